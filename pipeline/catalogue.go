package pipeline

import "github.com/soundings-survey/soundings/pipeline/report/lang"

// languages returns the languages that reports can be made in.
func (r *run) languages() ([]*lang.Language, error) { return lang.Languages() }
