package protect

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// study is a small survey with the answers of everybody, from which exact
// tables are counted. answers[item][respondent] holds the choices made; nil is
// no answer.
type study struct {
	survey  *survey.Survey
	n       int
	answers map[string][][]string
	reason  map[string][]survey.Reason
}

// kind describes an item of a study.
type kind struct {
	name     string
	choices  int
	multiple bool
	scaled   bool
	role     survey.Role
}

func choiceNames(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("c%d", i+1)
	}
	return out
}

func newStudy(t interface{ Fatal(...any) }, n int, kinds ...kind) *study {
	var sv survey.Survey
	sv.Levels = []survey.Level{{Name: survey.RespondentLevel, Parent: -1}}
	for _, k := range kinds {
		var choices []survey.Choice
		for i, name := range choiceNames(k.choices) {
			c := survey.Choice{Name: name}
			if k.scaled {
				s := float64(i + 1)
				c.Score = &s
			}
			choices = append(choices, c)
		}
		sv.Lists = append(sv.Lists, survey.NewChoiceList(k.name, choices))
		item := survey.Item{Name: k.name, Type: survey.SelectOne, List: k.name, Role: k.role}
		if k.multiple {
			item.Type = survey.SelectMultiple
		}
		sv.Items = append(sv.Items, item)
	}
	made, findings := survey.New(sv)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	s := &study{survey: made, n: n, answers: map[string][][]string{}, reason: map[string][]survey.Reason{}}
	for _, k := range kinds {
		s.answers[k.name] = make([][]string, n)
		s.reason[k.name] = make([]survey.Reason, n)
		for i := range n {
			s.reason[k.name][i] = survey.NotAnswered
		}
	}
	return s
}

func (s *study) set(item string, i int, choices ...string) {
	s.answers[item][i] = choices
	s.reason[item][i] = survey.Answered
}

// fill answers every item at random, some choices much rarer than others.
func (s *study) fill(r *rand.Rand, kinds []kind, skip float64) {
	for _, k := range kinds {
		names := choiceNames(k.choices)
		bend := 0.5 + 2*r.Float64()
		for i := range s.n {
			if r.Float64() < skip {
				s.reason[k.name][i] = survey.NotAnswered
				if r.IntN(2) == 0 {
					s.reason[k.name][i] = survey.Refused
				}
				continue
			}
			pick := func() string { return names[int(math.Pow(r.Float64(), bend)*float64(len(names)))] }
			set := []string{pick()}
			if k.multiple {
				for _, name := range names {
					if r.Float64() < 0.25 && !slices.Contains(set, name) {
						set = append(set, name)
					}
				}
			}
			s.set(k.name, i, set...)
		}
	}
}

// domains returns the values of the domains of a By, the last varying fastest.
func (s *study) domains(by []string) [][]string {
	out := [][]string{nil}
	for _, name := range by {
		item, _ := s.survey.Item(name)
		var next [][]string
		for _, d := range out {
			for _, c := range s.survey.Choices(item) {
				next = append(next, append(slices.Clone(d), c.Name))
			}
		}
		out = next
	}
	return out
}

func (s *study) in(i int, by, values []string) bool {
	for j, name := range by {
		if !slices.Contains(s.answers[name][i], values[j]) {
			return false
		}
	}
	return true
}

// tabulate counts the table of a row.
func (s *study) tabulate(row table.Row) *table.Table {
	item, _ := s.survey.Item(row.Item)
	t := &table.Table{Row: row, Level: survey.RespondentLevel, Design: table.Convenience, Choices: []string{""}}
	if row.Analysis == table.PropSelectOne || row.Analysis == table.PropSelectMultiple {
		t.Choices = nil
		for _, c := range s.survey.Choices(item) {
			t.Choices = append(t.Choices, c.Name)
		}
	}
	for _, values := range s.domains(row.By) {
		d := table.Domain{Values: values}
		counts := make([]int64, len(t.Choices))
		var sum, square float64
		for i := range s.n {
			if !s.in(i, row.By, values) {
				continue
			}
			d.Base.Reasons[s.reason[row.Item][i]]++
			set := s.answers[row.Item][i]
			for c, name := range t.Choices {
				if slices.Contains(set, name) || row.Analysis == table.PropNet && slices.ContainsFunc(set, func(v string) bool { return slices.Contains(row.Values, v) }) {
					counts[c]++
				}
			}
			if row.Analysis == table.Mean && len(set) > 0 {
				code, _ := s.survey.List(item.List).Code(set[0])
				v := *s.survey.Choices(item)[code].Score
				sum, square = sum+v, square+v*v
			}
		}
		n := float64(d.Base.Answered())
		d.Base.Weighted, d.Base.Kish = n, n
		var cells []table.Estimate
		for _, c := range counts {
			e := table.Estimate{Value: float64(c) / n, Count: c, Weighted: float64(c), Method: "logit"}
			se := math.Sqrt(e.Value * (1 - e.Value) / n)
			if row.Analysis == table.Mean {
				e.Value, e.Count = sum/n, int64(n)
				se = math.Sqrt((square/n - e.Value*e.Value) / n)
			}
			e.Lo, e.Hi = e.Value-1.96*se, e.Value+1.96*se
			cells = append(cells, e)
		}
		t.Domains, t.Cells = append(t.Domains, d), append(t.Cells, cells)
	}
	return t
}

func (s *study) tables(plan table.Plan) []*table.Table {
	var out []*table.Table
	for _, r := range plan.Rows {
		out = append(out, s.tabulate(r))
	}
	return out
}

func (s *study) protect(t interface {
	Helper()
	Fatal(...any)
}, plan table.Plan, cfg Config) *Safe {
	t.Helper()
	safe, _, err := Protect(s.survey, plan, s.tables(plan), nil, Public, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return safe
}

// shares counts the figures of a Safe and how many are withheld.
func withheldShare(s *Safe) (all, primary, secondary int) {
	for _, v := range s.Views() {
		p, q := v.Withheld()
		all, primary, secondary = all+len(v.Domains())*len(v.Choices()), primary+p, secondary+q
	}
	return
}

func largeStudy(t testing.TB, n, items int, skip float64, seed uint64) (*study, table.Plan) {
	kinds := []kind{{name: "region", choices: 6}, {name: "org", choices: 5}, {name: "size", choices: 4}}
	for i := range items {
		k := kind{name: fmt.Sprintf("q%02d", i), choices: 3 + i%4, multiple: i%3 == 1, scaled: i%3 == 0}
		if i%7 == 6 {
			k.role = survey.Sensitive
		}
		kinds = append(kinds, k)
	}
	s := newStudy(t, n, kinds...)
	r := rand.New(rand.NewPCG(seed, 1))
	s.fill(r, kinds[:3], 0)
	s.fill(r, kinds[3:], skip)
	return s, table.Guess(s.survey, []string{"region", "org", "size"})
}

func TestThreeHundredTablesTakeSeconds(t *testing.T) {
	for _, n := range []int{400, 2000} {
		s, plan := largeStudy(t, n, 56, 0.08, 7)
		safe := s.protect(t, plan, Default())
		all, primary, secondary := withheldShare(safe)
		t.Logf("%d respondents, %d tables: of %d figures %d primary, %d secondary", n, len(plan.Rows), all, primary, secondary)
	}
}
