package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/derive"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// fold makes of each domain with groups that are too small to be shown another
// one, in which these are one group. That tells more than marks in their place.
// A plan of the analyst's, and a domain whose choices the config merges, are
// taken as they are.
func (r *run) fold(s at, d *dataset.Dataset) (*dataset.Dataset, error) {
	s.counted(d.Respondents(), d.Respondents(), "responses")
	items := r.config.foldable(d)
	if len(items) == 0 {
		return d, r.keepFolding()
	}
	history, err := r.foldingHistory()
	if err != nil {
		return nil, err
	}
	counts, err := r.countChoices(d, items)
	if err != nil {
		return nil, err
	}
	label, err := foldedLabel(d.Survey)
	if err != nil {
		return nil, err
	}
	least := 2 * int64(r.config.Disclosure.For(protect.Public).Threshold)
	wide := d.Survey
	for i, item := range items {
		choices, fixed := history.of(item, d.Survey)
		switch {
		case !fixed:
			choices = sparseChoices(d.Survey.Choices(item), counts[i], least)
		case len(choices) == 0 && len(sparseChoices(d.Survey.Choices(item), counts[i], least)) > 0:
			s.found([]finding.Finding{r.config.notFolded(item.Name)})
		}
		if len(choices) > 0 {
			r.config.folds = append(r.config.folds, derive.Folded(wide, item, choices, label))
		}
	}
	s.found(r.config.foldedDomains(d.Survey))
	if d, err = r.deriveFolds(s, d); d == nil || err != nil {
		return nil, err
	}
	return d, r.keepFolding()
}

// foldable returns the items whose groups may be folded: those that make domains
// or columns of tables, are a single choice, and were left to the program.
func (c Config) foldable(d *dataset.Dataset) []*survey.Item {
	if c.Plan.File != "" || !c.Disclosure.Fold {
		return nil
	}
	names, _ := c.domainItems(d.Survey) // what is wrong with them is found when the plan is made
	declared := c.definitions(d.Survey)
	var out []*survey.Item
	for _, name := range slices.Concat(names, c.Tables.Banner) {
		item, ok := d.Survey.Item(name)
		if !ok || slices.Contains(out, item) || item.Level != 0 || item.Type != survey.SelectOne || !d.Levels[0].Layout.Has(name) {
			continue
		}
		if !slices.ContainsFunc(declared, func(x derive.Definition) bool {
			return x.Name == name || x.From == name && len(x.Recode) > 0
		}) {
			out = append(out, item)
		}
	}
	return out
}

// countChoices counts the respondents who made each choice of some items.
func (r *run) countChoices(d *dataset.Dataset, items []*survey.Item) ([][]int64, error) {
	return engine.Tally(r.ctx, r.engine, d.Levels[0], func() [][]int64 {
		out := make([][]int64, len(items))
		for i, item := range items {
			out[i] = make([]int64, len(d.Survey.Choices(item)))
		}
		return out
	}, func(counts [][]int64, b *dataset.Batch) error {
		for k, item := range items {
			column := b.Column(item.Name)
			for i := range b.Len() {
				if column.Answered(i) && column.Codes[i] != dataset.NoCode {
					counts[k][column.Codes[i]]++
				}
			}
		}
		return nil
	}, func(into, from [][]int64) error {
		for k := range into {
			for c := range into[k] {
				into[k][c] += from[k][c]
			}
		}
		return nil
	})
}

// sparseChoices returns the names of the choices that become one group.
func sparseChoices(choices []survey.Choice, counts []int64, least int64) []string {
	var names []string
	var respondents []int64
	for code, choice := range choices {
		if choice.Missing == survey.Answered {
			names = append(names, choice.Name)
			respondents = append(respondents, counts[code])
		}
	}
	var out []string
	for _, i := range derive.Sparse(respondents, least) {
		out = append(out, names[i])
	}
	return out
}

// foldedLabel is what folded groups are called, in the languages of the form.
func foldedLabel(s *survey.Survey) (survey.Text, error) {
	all, err := lang.Languages()
	if err != nil {
		return nil, err
	}
	const key = "groups.other"
	out := survey.Text{"en": all[0].Say(key), s.Default: all[0].Say(key)}
	for _, tag := range append([]string{s.Default}, tags(s)...) {
		if l := lang.Choose(all, []string{tag}); len(l) > 0 && l[0].Has(key) {
			out[tag] = l[0].Say(key)
		}
	}
	return out, nil
}

func tags(s *survey.Survey) []string {
	var out []string
	for _, l := range s.Languages {
		out = append(out, l.Tag)
	}
	return out
}

// deriveFolds adds the items with folded groups to the answers. Their files lie
// apart from those of other derived items, from which they are read.
func (r *run) deriveFolds(s at, d *dataset.Dataset) (*dataset.Dataset, error) {
	if len(r.config.folds) == 0 {
		return d, nil
	}
	apart := r.engine
	apart.Dir = filepath.Join(r.engine.Dir, "folded")
	if err := os.MkdirAll(apart.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make a folder for answers under way: %w", cause(err))
	}
	out, findings, err := derive.Items(r.ctx, apart, d, r.config.folds)
	s.found(findings)
	if err != nil || finding.Refused(findings) {
		return nil, err
	}
	r.config.Disclosure.Country = derive.WithMade(r.config.Disclosure.Country, r.config.folds)
	r.config.Disclosure.Identity = derive.WithMade(r.config.Disclosure.Identity, r.config.folds)
	return out, nil
}

// folded returns domains with the items of folded groups in place of those they
// are made of.
func (c Config) folded(names []string) []string {
	out := slices.Clone(names)
	for i, name := range out {
		for _, fold := range c.folds {
			if fold.From == name {
				out[i] = fold.Name
			}
		}
	}
	return out
}

// unfolded returns the item that a folded one was made of, or the item itself.
func (c Config) unfolded(name string) string {
	for _, fold := range c.folds {
		if fold.Name == name {
			return fold.From
		}
	}
	return name
}

// foldedDomains tells which domains were folded. It names the groups and
// no number of respondents.
func (c Config) foldedDomains(s *survey.Survey) []finding.Finding {
	var out []finding.Finding
	for _, fold := range c.folds {
		item, _ := s.Item(fold.From)
		left := 1
		for _, choice := range s.Choices(item) {
			if choice.Missing == survey.Answered && len(fold.Parts(choice.Name, []survey.Choice{choice})) == 1 {
				left++
			}
		}
		out = append(out, finding.Finding{
			Stage: "fold", Kind: "folded", Severity: finding.Note, Place: finding.Place{Item: fold.From},
			Problem: fmt.Sprintf("Some groups of %s are too small to be shown, so figures are broken down by %s: %d groups, of which the last is made of %s.", fold.From, fold.Name, left, strings.Join(foldedChoices(fold), ", ")),
			Remedy:  "To make groups of your own, merge choices under \"items\" and name the merged item under \"domains\". \"fold: false\" under \"disclosure\" leaves groups as they are.",
		})
	}
	return out
}

// notFolded tells of a domain that earlier reports have shown with all of its
// groups.
func (c Config) notFolded(name string) finding.Finding {
	return finding.Finding{
		Stage: "fold", Kind: "not-folded", Severity: finding.Note, Place: finding.Place{Item: name},
		Problem: "Some groups of " + name + " are too small to be shown. They are not folded together, since an earlier report has figures by them as they are, from which those by folded groups could be subtracted.",
		Remedy:  "Nothing needs to be done. To show more, merge choices under \"items\" and name the merged item under \"domains\", once as many respondents have joined as the threshold says.",
	}
}

// otherwiseFolded warns of groupings of an item that earlier reports have with
// other groups folded together.
func (r *run) otherwiseFolded(p table.Plan, s *survey.Survey) ([]finding.Finding, error) {
	history, err := r.foldingHistory()
	if err != nil || len(history.folded) == 0 {
		return nil, err
	}
	var out []finding.Finding
	told := map[string]bool{}
	for _, row := range p.Rows {
		for _, name := range row.By {
			item, ok := s.Item(name)
			if !ok || told[name] || slices.ContainsFunc(r.config.folds, func(d derive.Definition) bool { return d.Name == name }) {
				continue
			}
			told[name] = true
			for _, from := range []string{name, item.Derived} {
				if len(history.folded[from]) > 0 {
					out = append(out, finding.Finding{
						Stage: "plan", Kind: "folded-otherwise", Severity: finding.Warning, Place: finding.Place{Item: name},
						Problem: "An earlier report has figures by folded groups of " + from + ", this one by " + name + ", which divides respondents otherwise. Figures of the one can be subtracted from those of the other, which nobody checks.",
						Remedy:  "Leave groups as they were told first, or wait until as many respondents have joined as the threshold says.",
					})
				}
			}
		}
	}
	return out, nil
}

// foldsOf returns what the report says of folded groups.
func (c Config) foldsOf() []report.Fold {
	var out []report.Fold
	for _, fold := range c.folds {
		out = append(out, report.Fold{Item: fold.From, Choices: foldedChoices(fold)})
	}
	return out
}

// foldedChoices returns the choices that a fold makes one.
func foldedChoices(fold derive.Definition) []string {
	for _, choices := range fold.Recode { // of one new choice
		return choices
	}
	return nil
}
