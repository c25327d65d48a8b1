package judged

import (
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/recommend"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// plan is what is judged, and the survey with the items that this adds.
type plan struct {
	open   []*survey.Item
	issues map[string]int32 // the place of each issue in its list
	survey *survey.Survey
}

func newPlan(d *dataset.Dataset, checker *recommend.Checker, cfg Config) (plan, []finding.Finding) {
	p := plan{survey: d.Survey, issues: map[string]int32{}}
	var findings []finding.Finding
	p.open, findings = openItems(d, cfg)
	findings = append(findings, unfitAccepted(d.Survey, cfg)...)
	if finding.Refused(findings) {
		return p, findings
	}
	var items []survey.Item
	for _, it := range p.open {
		for _, made := range []struct {
			suffix, list, message string
			kind                  survey.Type
		}{
			{RankSuffix, rankList, "item.rank", survey.SelectOne},
			{SmartSuffix, smartList, "item.smart", survey.SelectMultiple},
			{IssueSuffix, issueList, "item.issues", survey.SelectMultiple},
		} {
			label := said(checker, made.message)
			if len(p.open) > 1 {
				label = beside(label, it.Label)
			}
			var short survey.Text
			if made.suffix == RankSuffix && len(p.open) == 1 {
				short = said(checker, "short.rank")
			}
			items = append(items, survey.Item{
				Name: it.Name + made.suffix, Path: it.Path + made.suffix, Type: made.kind, List: made.list,
				Level: it.Level, Label: label, Short: short, Chapter: it.Chapter, Derived: it.Name, Role: it.Role,
			})
		}
	}
	shared := checker.SharedIssues()
	for at, issue := range shared {
		p.issues[issue.ID] = int32(at)
	}
	wide, more := d.Survey.With(items, []*survey.ChoiceList{ranks(checker), checks(checker), issues(shared)})
	for _, f := range more {
		f.Stage = "code"
		findings = append(findings, f)
	}
	p.survey = wide
	return p, findings
}

// said returns a message in each language.
func said(checker *recommend.Checker, key string) survey.Text {
	out := survey.Text{}
	for _, language := range recommend.Languages() {
		out[language] = checker.Say(language, key)
	}
	return out
}

// beside returns what is said with the label of the item that it is said of.
func beside(said, label survey.Text) survey.Text {
	out := survey.Text{}
	for language, text := range said {
		out[language] = text
		if l, ok := label.In(language, ""); ok {
			out[language] = text + ": " + l
		}
	}
	return out
}

// ranks is the list of ranks. Their scores are UPR Info's.
func ranks(checker *recommend.Checker) *survey.ChoiceList {
	var choices []survey.Choice
	for rank := 1; rank <= 5; rank++ {
		name, score := strconv.Itoa(rank), float64(rank)
		choices = append(choices, survey.Choice{Name: name, Label: said(checker, "label."+name), Score: &score})
	}
	return survey.NewChoiceList(rankList, choices)
}

// told returns the checks that the item of checks has. That the action is specific
// is told by the rank: said twice, one of the two would give back the other where
// it is withheld.
func told() []recommend.Check {
	return slices.DeleteFunc(recommend.Checks(), func(c recommend.Check) bool { return c == recommend.Action })
}

func checks(checker *recommend.Checker) *survey.ChoiceList {
	var choices []survey.Choice
	for _, c := range told() {
		choices = append(choices, survey.Choice{Name: string(c), Label: said(checker, "label."+string(c))})
	}
	return survey.NewChoiceList(smartList, choices)
}

func issues(shared []recommend.SharedIssue) *survey.ChoiceList {
	var choices []survey.Choice
	for _, i := range shared {
		choices = append(choices, survey.Choice{Name: i.ID, Label: survey.Text(i.Names)})
	}
	return survey.NewChoiceList(issueList, choices)
}

// openItems returns the items to be judged, in survey order.
func openItems(d *dataset.Dataset, cfg Config) ([]*survey.Item, []finding.Finding) {
	if len(cfg.Items) == 0 {
		return nil, []finding.Finding{refuse("no-items", finding.Place{}, "The config says what became of recommendations, but not which item quotes them.", "Add \"recommendations.items\".")}
	}
	open, findings := d.Survey.OpenItems(d.Holds, cfg.Items, "recommendations.items", "judged as a recommendation")
	return slices.DeleteFunc(open, func(it *survey.Item) bool { return !slices.Contains(cfg.Items, it.Name) }), findings
}

// unfitAccepted refuses an item of acceptance that has no single choice.
func unfitAccepted(s *survey.Survey, cfg Config) []finding.Finding {
	if cfg.Accepted == "" {
		return nil
	}
	place := finding.Place{Item: cfg.Accepted}
	var names []string
	for _, it := range s.Items {
		if it.Type == survey.SelectOne && it.Role != survey.Identifying {
			names = append(names, it.Name)
		}
	}
	it, known := s.Item(cfg.Accepted)
	switch {
	case !known:
		return []finding.Finding{refuse("unknown-item", place, "The item "+cfg.Accepted+" is to say what became of recommendations, but the survey does not have it.",
			spelling.DidYouMean(cfg.Accepted, names, "Correct \"recommendations.accepted\" in the config."))}
	case !slices.Contains(names, it.Name):
		return []finding.Finding{refuse("not-one-choice", place, "The item "+cfg.Accepted+" is to say what became of recommendations, but it does not take one choice.", "Name an item of type select_one under \"recommendations.accepted\".")}
	}
	var findings []finding.Finding
	for _, name := range cfg.Items {
		if quoting, ok := s.Item(name); ok && quoting.Level != it.Level {
			findings = append(findings, refuse("other-level", place, "The item "+cfg.Accepted+" is to say what became of the recommendations in "+name+", but is asked on another level.", "Name items of one level, or leave \"accepted\" out."))
		}
	}
	return findings
}

func refuse(kind string, place finding.Place, problem, remedy string) finding.Finding {
	return finding.Finding{Stage: "code", Kind: kind, Severity: finding.Refusal, Place: place, Problem: problem, Remedy: remedy}
}

// Plan asks what became of recommendations of each rank, at the level of the
// respondents: the mean of an item with a scale, for the shares of its steps would
// be cells so small that most must be withheld; else shares.
func (c Config) Plan(s *survey.Survey) []table.Row {
	accepted, ok := s.Item(c.Accepted)
	if !ok {
		return nil
	}
	analysis := table.PropSelectOne
	if s.Scaled(accepted) {
		analysis = table.Mean
	}
	var rows []table.Row
	for _, name := range c.Items {
		rows = append(rows, table.Row{Analysis: analysis, Item: c.Accepted, By: []string{name + RankSuffix}})
	}
	return rows
}

// WithoutRanks takes out of a guessed plan what ranks that divide another item
// cannot have: tables by groups, which together with theirs would give answers
// away, and means, of which nobody speaks.
func (c Config) WithoutRanks(p table.Plan) table.Plan {
	if c.Accepted == "" {
		return p
	}
	return table.Plan{Rows: slices.DeleteFunc(p.Rows, func(row table.Row) bool {
		name, is := strings.CutSuffix(row.Item, RankSuffix)
		return is && slices.Contains(c.Items, name) && (len(row.By) > 0 || row.Analysis == table.Mean)
	})}
}
