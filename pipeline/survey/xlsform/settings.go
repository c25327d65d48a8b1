package xlsform

import (
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// readSettings reads the one row of the settings sheet.
func (r *reader) readSettings(s *sheet, out *survey.Survey) {
	if s == nil || len(s.rows) == 0 {
		return
	}
	each := s.rows[0]
	out.ID, _ = s.cell(each, "form_id")
	out.Version, _ = s.cell(each, "version")
	out.Title = s.text(each, "title")
	if len(s.rows) > 1 {
		r.add("more-settings", finding.Warning, s.place(s.rows[1], ""), "The settings sheet has more than one row of settings.", "Keep one row; only the first counts.")
	}
}
