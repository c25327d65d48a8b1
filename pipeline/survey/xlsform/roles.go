package xlsform

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// admittedRoles is what the finding of an unknown role offers.
const admittedRoles = "none, key, sens, identifying (or default-non-anonymised, Remove, Reference, Mask, Generalise, Direct_identifier, Quasi_identifier, Sensitive_information)"

// parseRole reads a word of the role or anonymise column.
func parseRole(word string) (survey.Role, bool) {
	switch strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(word)) {
	case "", "none", "plain", "no", "default_non_anonymised", "default_non_anonymized", "non_anonymised", "non_anonymized", "not_identifier":
		return survey.Plain, true
	case "key", "generalise", "generalize", "quasi_identifier":
		return survey.Key, true
	case "sens", "sensitive", "sensitive_information":
		return survey.Sensitive, true
	case "identifying", "remove", "reference", "mask", "direct_identifier":
		return survey.Identifying, true
	}
	return survey.Plain, false
}

// role returns the role of a row: the strictest of those it names. A device, a
// user, a place on the map or a recording is identifying whatever the row says,
// which is stated.
func (r *reader) role(s *sheet, each row, of survey.Type, cell string) (role, stated survey.Role) {
	strictest := survey.Plain
	for _, i := range s.at["role"] {
		if i >= len(each.cells) || each.cells[i] == "" {
			continue
		}
		c := s.columns[i]
		role, ok := parseRole(each.cells[i])
		if !ok {
			r.add("unknown-role", finding.Refusal, s.place(each, c.title), "The role "+each.cells[i]+" is not known.", "Write one of: "+admittedRoles+".")
			continue
		}
		if care(role) > care(strictest) {
			strictest = role
		}
	}
	if of == survey.GPS || of == survey.Media || of == survey.Metadata && identifies(cell) {
		return survey.Identifying, strictest
	}
	return strictest, strictest
}

// care orders the roles by how much care they ask for.
func care(role survey.Role) int {
	switch role {
	case survey.Key:
		return 1
	case survey.Sensitive:
		return 2
	case survey.Identifying:
		return 3
	}
	return 0
}
