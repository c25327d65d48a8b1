package ingest

import "github.com/soundings-survey/soundings/pipeline/survey"

// give notes the answers that the config gives for all rows of a table: the wave
// they belong to and the source they come from.
func (u *input) give(t *table) {
	t.header.Given = map[int]int32{}
	for i := range u.survey.Items {
		item := &u.survey.Items[i]
		if item.Given == "" || item.Level != t.level {
			continue
		}
		word := u.source.Wave
		if item.Given == survey.GivenSource {
			word = u.source.Source
		}
		if code, ok := u.survey.List(item.List).Code(word); ok {
			t.header.Given[i] = code
		}
	}
}
