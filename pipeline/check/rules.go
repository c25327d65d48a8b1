package check

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// rules applies the analyst's own rules. Each flagged response gives one line
// for each column to clean.
func (w *work) rules(level int) ([]looker, error) {
	if w.cfg.Rules == "" {
		return nil, nil
	}
	rules, findings := ReadRules(w.cfg.Rules, w.request.Rules)
	if level == 0 { // once
		w.found.AddAll(findings)
	}
	if finding.Refused(findings) {
		return nil, nil
	}
	var out []looker
	for _, r := range rules {
		bound, ok := w.bindRule(r, level)
		if ok {
			out = append(out, bound)
		}
	}
	return out, nil
}

// ruled is a rule bound to a level.
type ruled struct {
	rule    Rule
	scope   *asked.Scope
	holds   *asked.Expression
	columns []string
}

// bindRule binds a rule at the level of its deepest item or column; what it sums
// up may lie below. It reports what is wrong with it at the level of respondents,
// once.
func (w *work) bindRule(r Rule, level int) (ruled, bool) {
	say := func(severity finding.Severity, column, problem, remedy string) {
		if level == 0 {
			w.found.Add(finding.Finding{Stage: stage, Kind: "rule", Severity: severity,
				Place: finding.Place{File: w.cfg.Rules, Row: r.Row, Column: column}, Problem: problem, Remedy: remedy})
		}
	}
	parsed, err := expr.Parse(r.Perform)
	if err != nil {
		say(finding.Refusal, rulePerform, "The expression cannot be read: "+err.Error()+".", remedyOf(r.Perform))
	}
	good := err == nil
	var names []string
	if parsed != nil {
		names = parsed.Items()
		if parsed.UsesSelf() {
			say(finding.Refusal, rulePerform, "The expression speaks of \".\", and a rule stands beside no item.", "Write the item as ${name}.")
			good = false
		}
	}
	if good && len(names) == 0 && len(r.Columns) == 0 {
		say(finding.Refusal, ruleColumns, "The rule names no column to clean, and its expression speaks of no item.", "Name the items to look at, with commas between them.")
		good = false
	}
	at := -1
	for k, name := range append(names, r.Columns...) {
		item, ok := w.d.Survey.Item(name)
		column := rulePerform
		if k >= len(names) {
			column = ruleColumns
		}
		switch {
		case ok && (column == ruleColumns || slices.Contains(parsed.Plain(), name)):
			at = max(at, item.Level)
		case ok:
		default:
			if _, repeat := w.d.Survey.LevelIndex(name); repeat && column == rulePerform {
				continue
			}
			say(finding.Refusal, column, "The rule speaks of "+name+", which the survey does not have.", suggestion(name, w.itemNames()))
			good = false
		}
	}
	at = max(at, 0)
	columns := r.Columns
	if len(columns) == 0 {
		for _, name := range names {
			if item, ok := w.d.Survey.Item(name); ok && item.Level == at {
				columns = append(columns, name)
			}
		}
		if len(columns) == 0 {
			columns = []string{""} // the response as a whole
		}
	}
	if good && !w.onOneLevel(parsed, r.Columns, at, say) || !good || at != level && level != 0 {
		return ruled{}, false
	}
	scope := w.scope(at)
	bound, err := scope.Bind(r.Perform, "")
	var far *asked.OutOfReachError
	switch {
	case errors.As(err, &far):
		say(finding.Warning, rulePerform, "The rule is not applied: "+err.Error()+".", "It needs answers that the file lacks, that are set aside, or that stand in another repeat.")
		return ruled{}, false
	case err != nil:
		say(finding.Refusal, rulePerform, "The expression cannot be read: "+err.Error()+".", remedyOf(r.Perform))
		return ruled{}, false
	}
	for _, name := range columns {
		if name != "" && !w.d.Levels[at].Layout.Has(name) {
			say(finding.Warning, ruleColumns, "The rule is not applied: the answers to "+name+" are not among those that are read.", "Leave the column out of the rule if the file lacks it.")
			return ruled{}, false
		}
	}
	w.tally.day[subject{r.ID, ""}] = ofTheDay(r.Perform)
	if at == level {
		w.needs[level].Add(bound)
	}
	return ruled{r, scope, bound, columns}, at == level
}

// onOneLevel reports whether the columns of a rule stand on its level, and what
// it sums up below it.
func (w *work) onOneLevel(parsed *expr.Expr, columns []string, at int, say func(severity finding.Severity, column, problem, remedy string)) bool {
	good := true
	for _, name := range columns {
		if item, _ := w.d.Survey.Item(name); item.Level != at {
			say(finding.Refusal, ruleColumns, "The rule has items of several levels: "+name+" stands on another than its deepest item.", "Write a rule for each level.")
			good = false
		}
	}
	for _, name := range parsed.Groups() {
		if item, ok := w.d.Survey.Item(name); ok && item.Level > 0 && !w.below(item.Level, at) {
			say(finding.Refusal, rulePerform, "The rule sums up "+name+", and is itself judged for each row of a repeat that does not lie above it.", "Name columns of the level above, or none, and speak of its items alone.")
			good = false
		}
	}
	return good
}

func (r ruled) look(s *sheet) {
	v := r.scope.Evaluator()
	n := int64(0)
	for i := range s.b.Len() {
		v.Begin(s.row(i))
		verdict := v.Decide(r.holds)
		if verdict != asked.Unknown {
			n++
		}
		if verdict != asked.Asked {
			continue
		}
		for _, name := range r.columns {
			s.tell(i, remark{check: r.rule.ID, on: name, issue: r.rule.Says, comment: "The rule holds: " + r.rule.Perform})
		}
	}
	s.looked(r.rule.ID, "", n)
}

// remedyOf says how to write what other tools write otherwise.
func remedyOf(source string) string {
	var out []string
	for _, known := range [...]struct {
		is     *regexp.Regexp
		remedy string
	}{
		{regexp.MustCompile(`%in%`), "for \"x %in% c('a', 'b')\" write \"${x} = 'a' or ${x} = 'b'\""},
		{regexp.MustCompile(`!?is\.na\s*\(`), "for \"is.na(x)\" write \"${x} = ''\", for \"!is.na(x)\" write \"${x} != ''\""},
		{regexp.MustCompile(`==`), "for \"==\" write \"=\""},
		{regexp.MustCompile(`&`), "for \"&\" write \"and\""},
		{regexp.MustCompile(`\|`), "for \"|\" write \"or\""},
		{regexp.MustCompile(`![^=]`), "for \"!x\" write \"not(x)\""},
		{regexp.MustCompile(`\b(?:TRUE|FALSE|True|False)\b`), "for TRUE and FALSE write true() and false()"},
		{regexp.MustCompile(`\b(?:str_detect|grepl)\s*\(`), "for a pattern write \"regex(${x}, 'pattern')\", for a part of a text \"contains(${x}, 'part')\""},
		{regexp.MustCompile(`\bnchar\s*\(`), "for nchar(x) write string-length(${x})"},
		{regexp.MustCompile(`\b(?:ifelse|if_else|case_when)\s*\(`), "for ifelse write if(condition, then, else)"},
		{regexp.MustCompile("[\u2018\u2019\u201c\u201d]"), "write straight quotation marks"},
		{regexp.MustCompile(`\$[A-Za-z_]`), "refer to an item as ${name}"},
	} {
		if known.is.MatchString(source) {
			out = append(out, known.remedy)
		}
	}
	if len(out) == 0 && !strings.Contains(source, "${") {
		out = append(out, "refer to an item as ${name}")
	}
	if len(out) == 0 {
		return "Correct it; the language is that of the form's conditions."
	}
	text := strings.Join(out, "; ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
