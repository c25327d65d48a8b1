package cleaninglog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Aliases are words of a project's own logs.
type Aliases struct {
	ChangeType map[string]string `yaml:"change_type"` // their word -> a type of change
	Columns    map[string]string `yaml:"columns"`     // their column -> one of this package
}

// The columns that are read.
const (
	colUUID        = "uuid"
	colQuestion    = "question"
	colIssue       = "issue"
	colOld         = "old_value"
	colType        = "change_type"
	colNew         = "new_value"
	colCheck       = "check_id"
	colBinding     = "check_binding"
	colComment     = "comment"
	colDescription = "description"
	colIndex       = "index"
	colLevel       = "level"
	colProposed    = "proposed_value"
)

// columnWords are the names a column may have, the first being its own.
func columnWords() [][]string {
	return [][]string{
		{colUUID, "_uuid", "x_uuid", "key", "instance_id"},
		{colQuestion, "questions", "variable", "question_name", "item"},
		{colIssue, "issues"},
		{colOld, "old"},
		{colType, "change", "type", "action"},
		{colNew, "new"},
		{colCheck, "check"},
		{colBinding, "binding"},
		{colDescription},
		{colComment, "comments", "explanation", "reason", "feedback"},
		{colIndex, "loop_index", "repeat_index"},
		{colLevel, "sheet", "loop", "repeat"},
		{colProposed},
	}
}

// typeWords are other words for the types of change.
func typeWords() map[string]Type {
	return map[string]Type{
		"change": ChangeResponse, "changed": ChangeResponse, "replace": ChangeResponse,
		"blank": BlankResponse, "set_na": BlankResponse, "remove_response": BlankResponse,
		"remove": RemoveSurvey, "deletion": RemoveSurvey, "delete": RemoveSurvey, "delete_survey": RemoveSurvey, "removed_survey": RemoveSurvey,
		"no_change": NoAction, "keep": NoAction, "none": NoAction,
		"recode": RecodeOther, "recoded_other": RecodeOther,
		"created": VariableAdded, "variable_created": VariableAdded, "create_variable": VariableAdded, "added": VariableAdded,
		"removed_variable": VariableRemoved, "remove_variable": VariableRemoved,
	}
}

// folded brings a word to the form in which words are compared: small letters,
// one underscore for blanks and signs.
func folded(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "\ufeff"), "x.u.feff.")
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" .-_/\u00a0", r) })
	return strings.Join(parts, "_")
}

// columnsOf finds the columns of a header: by their own names, by other names,
// by those of the project. Of two columns for one thing the one that comes first
// in columnWords counts.
func (a Aliases) columnsOf(header []string) (at map[string]int, unknown []string) {
	ours := map[string]string{}
	for name, to := range a.Columns {
		ours[folded(name)] = folded(to)
	}
	rank := map[string]int{}
	at = map[string]int{}
	used := map[int]bool{}
	for i, name := range header {
		word := folded(name)
		to, declared := ours[word]
		for _, words := range columnWords() {
			place := slices.IndexFunc(words, func(w string) bool { return folded(w) == word })
			if declared {
				place = -1
				if to == words[0] {
					place = 0
				}
			}
			if place < 0 {
				continue
			}
			before, taken := at[words[0]]
			if taken && rank[words[0]] <= place {
				continue
			}
			if taken {
				delete(used, before)
			}
			at[words[0]], rank[words[0]] = i, place
			used[i] = true
		}
	}
	for i, name := range header {
		if !used[i] && strings.TrimSpace(name) != "" {
			unknown = append(unknown, strings.TrimSpace(name))
		}
	}
	return at, unknown
}

// typeOf reads a type of change.
func (a Aliases) typeOf(cell string) (Type, bool) {
	word := folded(cell)
	for name, to := range a.ChangeType {
		if folded(name) == word {
			word = folded(to)
			break
		}
	}
	if slices.Contains(Types(), Type(word)) || word == "" {
		return Type(word), true
	}
	t, ok := typeWords()[word]
	return t, ok
}

// Validate reports what is wrong with the aliases themselves.
func (a Aliases) Validate() []finding.Finding {
	var out []finding.Finding
	refuse := func(kind, problem, remedy string) {
		out = append(out, finding.Finding{Stage: "clean", Kind: kind, Severity: finding.Refusal, Problem: problem, Remedy: remedy})
	}
	for _, name := range slices.Sorted(maps.Keys(a.ChangeType)) {
		if !slices.Contains(Types(), Type(folded(a.ChangeType[name]))) {
			refuse("alias-type", fmt.Sprintf("The word %q is to stand for a type of change that there is not.", name), "The types are: "+typeNames()+".")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.Columns)) {
		if !slices.ContainsFunc(columnWords(), func(w []string) bool { return w[0] == folded(a.Columns[name]) }) {
			refuse("alias-column", fmt.Sprintf("The column %q is to stand for one that logs do not have.", name), "The columns are: "+columnNames()+".")
		}
	}
	return out
}

func typeNames() string {
	var names []string
	for _, t := range Types() {
		names = append(names, string(t))
	}
	return strings.Join(names, ", ")
}

func columnNames() string {
	var names []string
	for _, w := range columnWords() {
		names = append(names, w[0])
	}
	return strings.Join(names, ", ")
}
