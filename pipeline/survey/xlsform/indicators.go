package xlsform

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// indicatorColumn returns what a column of the sheet of indicators holds.
func indicatorColumn(base string) string {
	switch base {
	case "type", "name", "label", "calculation":
		return base
	case "fullname":
		return "name"
	case "labelreport", "label_report":
		return "label"
	case "calculate", "expression":
		return "calculation"
	case "list_name", "listname", "list":
		return "list"
	case "repeatvar", "frame", "level":
		return "level"
	}
	return ""
}

// readIndicators reads the sheet of indicators that analysis tools add to a
// form. Calculations in the language of the form are taken; R code is not run,
// so that an indicator which has it is left out, and said so.
func (r *reader) readIndicators(s *sheet, out *survey.Survey) []survey.Indicator {
	if s == nil {
		return nil
	}
	var made []survey.Indicator
	for _, each := range s.rows {
		i := survey.Indicator{Label: s.text(each, "label")}
		var title string
		i.Name, title = s.cell(each, "name")
		i.Place = s.place(each, title)
		if i.Name == "" {
			r.add("no-name", finding.Refusal, i.Place, "The indicator has no name.", "Give it one.")
			continue
		}
		source, title := s.cell(each, "calculation")
		place := s.place(each, title)
		i.Expression = straighten(source)
		if i.Expression == "" {
			r.add("no-calculation", finding.Warning, place, "The indicator "+i.Name+" has no calculation, and is left out.", "Write one in the language of the form, or remove the row.")
			continue
		}
		if _, err := expr.Parse(i.Expression); err != nil {
			if expr.IsR(i.Expression) {
				r.add("r-code", finding.Warning, place, "The calculation of the indicator "+i.Name+" is R code, which is not run here; the indicator is left out.", "Write it in the language of the form, such as if(selected(${item}, 'a'), 1, 0).")
			} else {
				r.add("bad-expression", finding.Refusal, place, "The calculation of the indicator "+i.Name+" cannot be read: "+err.Error()+".", "Correct it, or remove the row.")
			}
			continue
		}
		cell, title := s.cell(each, "type")
		var ok bool
		if i.Type, i.List, ok = indicatorType(cell); !ok {
			r.add("unknown-type", finding.Refusal, s.place(each, title), "The indicator "+i.Name+" has no type that is known.", "Write integer, decimal, text, date, select_one, select_multiple or indicator.")
			continue
		}
		if list, _ := s.cell(each, "list"); list != "" && strings.HasPrefix(i.Type, "select_") {
			i.List = list
		}
		if level, _ := s.cell(each, "level"); isRepeat(out, level) { // other names are those of the main file
			i.Level = level
		}
		made = append(made, i)
	}
	return made
}

// indicatorType reads a type, with the list that may stand behind it.
func indicatorType(cell string) (kind, list string, ok bool) {
	words := strings.Fields(cell)
	if len(words) == 0 {
		return "", "", false
	}
	if len(words) > 1 {
		list = words[1]
	}
	switch strings.ToLower(words[0]) {
	case "indicator", "logical", "boolean":
		return "indicator", "", true
	case "select_one", "select_multiple":
		return strings.ToLower(words[0]), list, true
	case "integer", "int":
		return "integer", "", true
	case "decimal", "numeric", "double":
		return "decimal", "", true
	case "text", "string", "character":
		return "text", "", true
	case "date":
		return "date", "", true
	}
	return "", "", false
}

func isRepeat(s *survey.Survey, name string) bool {
	at, ok := s.LevelIndex(name)
	return ok && at > 0
}
