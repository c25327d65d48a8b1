package xlsform

import (
	"regexp"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// expression is a condition or a mention of items that is checked once all
// names of the form are known.
type expression struct {
	source   string
	place    finding.Place
	severity finding.Severity // what a reference to nothing means
	parsed   bool             // it must be readable in full: answers are judged by it
}

// condition returns the cell of a condition and puts it up to be parsed.
func (in *reading) condition(each row, key string, severity finding.Severity) string {
	cell, title := in.sheet.cell(each, key)
	if cell = straighten(cell); cell != "" {
		in.checks = append(in.checks, expression{cell, in.sheet.place(each, title), severity, true})
	}
	return cell
}

// mention returns the cell of an expression that is not run here, and puts up
// the items that it refers to.
func (in *reading) mention(each row, key string) string {
	cell, title := in.sheet.cell(each, key)
	if cell = straighten(cell); cell != "" {
		in.checks = append(in.checks, expression{cell, in.sheet.place(each, title), finding.Warning, false})
	}
	return cell
}

func (in *reading) mentionLabels(each row) {
	for _, key := range []string{"label", "hint"} {
		for _, text := range in.sheet.raw(each, key) {
			_, title := in.sheet.cell(each, key)
			in.checks = append(in.checks, expression{text, in.sheet.place(each, title), finding.Warning, false})
		}
	}
}

// checkExpressions parses the conditions and looks up what they refer to.
func (r *reader) checkExpressions(*survey.Survey) {
	for _, e := range r.checks {
		names := mentioned(e.source)
		if e.parsed {
			parsed, err := items(e.source)
			if err != nil {
				r.add("bad-expression", finding.Refusal, e.place, "The expression cannot be read: "+err.Error()+".", "Correct it, or simplify it in the form handed in here; without a condition, the item counts as asked of everyone.")
				continue
			}
			names = parsed
		}
		for _, name := range names {
			if !r.names[name] {
				remedy := "Correct the name, or add the item to the form."
				if near := r.nearName(name); near != "" {
					remedy = "Did you mean " + near + "?"
				}
				r.add("unknown-item", e.severity, e.place, "It refers to "+shorten(name)+", which the form does not have.", remedy)
			}
		}
	}
}

// nearName returns the name that differs only in case and signs.
func (r *reader) nearName(name string) string {
	if r.near == nil {
		r.near = map[string]string{}
		for known := range r.names {
			if before, taken := r.near[bare(known)]; !taken || known < before {
				r.near[bare(known)] = known
			}
		}
	}
	return r.near[bare(name)]
}

var referenceInText = regexp.MustCompile(`\$\{\s*(?:last-saved#)?([^{}]*?)\s*\}`)

// mentioned returns the names in ${...}, in their order, each once.
func mentioned(source string) []string {
	var names []string
	for _, m := range referenceInText.FindAllStringSubmatch(source, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

// straighten undoes the curly quotation marks that word processors make.
func straighten(s string) string {
	return strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`, "\u00a0", " ").Replace(s)
}
