package protect

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// person is one respondent: the choice made of each item, "" for no answer.
type person map[string]string

// series is a survey that is released again and again.
type series struct {
	t        interface{ Fatal(...any) }
	plan     table.Plan
	cfg      Config
	people   []person
	role     survey.Role
	releases []Release
	safes    []*Safe
	then     [][]person // who was counted, by run
	plans    []table.Plan
}

var seriesKinds = []kind{{name: "region", choices: 3}, {name: "ease", choices: 4, scaled: true}, {name: "tool", choices: 3}}

func newSeries(t interface{ Fatal(...any) }, n int) *series {
	r := rand.New(rand.NewPCG(7, 7))
	s := &series{t: t, cfg: Config{Threshold: 5}}
	for range n {
		s.people = append(s.people, someone(r.IntN))
	}
	for _, name := range []string{"ease", "tool", "region"} {
		s.plan.Rows = append(s.plan.Rows, table.Row{Analysis: table.PropSelectOne, Item: name})
	}
	for _, name := range []string{"ease", "tool"} {
		s.plan.Rows = append(s.plan.Rows, table.Row{Analysis: table.PropSelectOne, Item: name, By: []string{"region"}})
	}
	s.plan.Rows = append(s.plan.Rows, table.Row{Analysis: table.Mean, Item: "ease"}, table.Row{Analysis: table.Mean, Item: "ease", By: []string{"region"}})
	return s
}

// someone answers at random; a draw of n gives 0 to n-1.
func someone(draw func(int) int) person {
	p := person{"region": fmt.Sprintf("c%d", 1+draw(3)), "ease": fmt.Sprintf("c%d", 1+draw(4)), "tool": fmt.Sprintf("c%d", 1+draw(3))}
	if draw(12) == 0 {
		p["tool"] = ""
	}
	if draw(8) == 0 {
		p["region"] = ""
	}
	return p
}

func (s *series) study() *study {
	kinds := slices.Clone(seriesKinds)
	kinds[1].role = s.role
	out := newStudy(s.t, len(s.people), kinds...)
	for i, p := range s.people {
		for name, choice := range p {
			if choice != "" {
				out.set(name, i, choice)
			}
		}
	}
	return out
}

// release makes the next release, and keeps its record as a file would.
func (s *series) release() *Safe {
	st := s.study()
	safe, _, err := Protect(st.survey, s.plan, st.tables(s.plan), s.releases, Public, s.cfg)
	if err != nil {
		s.t.Fatal(err)
	}
	run := len(s.then) + 1
	content, err := EncodeReleases([]Release{safe.Release(run)})
	if err != nil {
		s.t.Fatal(err)
	}
	read, err := ReadReleases(content, run)
	if err != nil {
		s.t.Fatal(err)
	}
	again, _ := EncodeReleases(read)
	if string(again) != string(content) {
		s.t.Fatal("a record that was read is written otherwise")
	}
	s.releases, s.safes, s.then = append(s.releases, read...), append(s.safes, safe), append(s.then, slices.Clone(s.people))
	s.plans = append(s.plans, s.plan)
	return safe
}

func (s *series) view(item string, by ...string) *View {
	v, ok := s.safes[len(s.safes)-1].View(table.Row{Analysis: table.PropSelectOne, Item: item, By: by})
	if !ok {
		s.t.Fatal("no view")
	}
	return v
}

func (s *series) join(n int, of person) {
	for range n {
		s.people = append(s.people, of)
	}
}

// numbersOf writes a view as programs read it.
func numbersOf(v *View) string {
	var out []string
	for _, n := range v.numbers() {
		out = append(out, fmt.Sprint(told(*n)))
	}
	return strings.Join(out, " ")
}

var usual = person{"region": "c1", "ease": "c2", "tool": "c1"}

func TestTablesStayAsTheyWereUntilEnoughHaveJoined(t *testing.T) {
	for _, n := range []int{1, 2, 4} {
		s := newSeries(t, 300)
		s.release()
		before := numbersOf(s.view("ease"))
		s.join(n, usual)
		safe := s.release()
		for _, v := range safe.Views() {
			if why, whole := v.Whole(); v.AsOf() != 1 && !whole {
				t.Errorf("%d joined, and %s is as of %d %s", n, v.row.Key(), v.AsOf(), why)
			}
		}
		if numbersOf(s.view("ease")) != before {
			t.Errorf("%d joined, and figures differ", n)
		}
		if got := s.view("ease").Base(0).AsOf(); got != 1 {
			t.Errorf("a figure is as of run %d", got)
		}
		s.join(5-n, usual)
		s.release()
		if v := s.view("ease"); v.AsOf() != 0 || numbersOf(v) == before {
			t.Errorf("5 joined in all, and the table is as of %d", v.AsOf())
		}
	}
}

func TestThoseWhoJoinMustBeEnoughInEachAnswer(t *testing.T) {
	s := newSeries(t, 300)
	s.release()
	for i := range 8 {
		p := person{"region": "c1", "ease": "c2", "tool": "c1"}
		if i == 0 {
			p["ease"] = "c3"
		}
		s.people = append(s.people, p)
	}
	s.release()
	if v := s.view("ease"); v.AsOf() != 1 {
		t.Error("one more of an answer is shown")
	}
	if v := s.view("tool"); v.AsOf() != 0 {
		t.Error("eight more of one answer are not shown")
	}
	if v := s.view("region"); v.AsOf() != 0 {
		t.Error("eight more of one region are not shown")
	}
}

func TestOneEditHoldsWhatItChanges(t *testing.T) {
	s := newSeries(t, 300)
	s.release()
	p := person{"region": s.people[3]["region"], "tool": s.people[3]["tool"], "ease": "c1"}
	if s.people[3]["ease"] == "c1" {
		p["ease"] = "c2"
	}
	s.people[3] = p
	s.plan.Rows = append(s.plan.Rows, table.Row{Analysis: table.PropSelectOne, Item: "region", By: []string{"tool"}})
	s.release()
	for _, v := range []*View{s.view("ease"), s.view("ease", "region")} {
		if v.AsOf() != 1 {
			t.Errorf("%s is not held", v.row.Key())
		}
	}
	if v := s.view("tool"); v.AsOf() != 0 {
		t.Error("a table that did not change is marked")
	}
	mean, _ := s.safes[1].View(table.Row{Analysis: table.Mean, Item: "ease"})
	if mean.AsOf() != 1 {
		t.Error("a mean changes by one answer")
	}
	if _, whole := s.view("region", "tool").Whole(); !whole {
		t.Error("a new table is shown beside an edit")
	}
}

func TestOneWithdrawalHoldsEverything(t *testing.T) {
	s := newSeries(t, 300)
	s.release()
	s.people = s.people[1:]
	s.plan.Rows = append(s.plan.Rows, table.Row{Analysis: table.PropSelectOne, Item: "region", By: []string{"tool"}})
	safe := s.release()
	for _, v := range safe.Views() {
		if _, whole := v.Whole(); v.AsOf() != 1 && !whole {
			t.Errorf("%s is shown anew", v.row.Key())
		}
	}
	if _, whole := s.view("region", "tool").Whole(); !whole {
		t.Error("a new table is shown although one respondent has left")
	}
}

func TestTheSameAnswersGiveTheSameRelease(t *testing.T) {
	s := newSeries(t, 300)
	a := s.release()
	b := s.release()
	c := s.release()
	for i, v := range a.Views() {
		for _, w := range []*View{b.Views()[i], c.Views()[i]} {
			if numbersOf(v) != numbersOf(w) || w.AsOf() != 0 || v.reason != w.reason {
				t.Errorf("%s differs", v.row.Key())
			}
		}
	}
	for _, told := range s.releases[2].Tables {
		if told.AsOf > 1 {
			t.Error("the record says that an unchanged table is of a later run")
		}
	}
}

func TestStricterRulesHoldForEarlierFigures(t *testing.T) {
	s := newSeries(t, 300)
	s.release()
	s.cfg.Threshold = 25
	s.join(1, usual)
	s.release()
	if _, whole := s.view("tool", "region").Whole(); !whole {
		t.Error("figures of fewer than 25 are shown as they were")
	}
	if v := s.view("tool"); v.AsOf() != 1 {
		t.Error("a table that the new threshold allows is gone")
	}

	s = newSeries(t, 300)
	s.release()
	s.role = survey.Identifying
	s.join(1, usual)
	s.release()
	if _, whole := s.view("ease").Whole(); !whole {
		t.Error("an item that identifies is shown as it was")
	}
}

func TestATableThatWasAwayIsHeldAgainstWhatItShowed(t *testing.T) {
	s := newSeries(t, 300)
	s.release()
	rows := s.plan.Rows
	s.plan.Rows = rows[1:] // without ease
	s.join(6, usual)
	s.release()
	s.plan.Rows = rows
	p := usual
	s.people = append(s.people, person{"region": p["region"], "ease": "c3", "tool": p["tool"]})
	s.release()
	if v := s.view("ease"); v.AsOf() != 1 {
		t.Errorf("the table that came back is as of run %d", v.AsOf())
	}
	if v := s.view("tool"); v.AsOf() != 2 {
		t.Errorf("the table that stayed is as of run %d", v.AsOf())
	}
}

func TestForgottenRespondentsTakeTheirTablesAlong(t *testing.T) {
	s := newSeries(t, 300)
	s.release()
	for i := range s.releases {
		s.releases[i].Withdraw(map[int]bool{1: true})
	}
	gone := s.people[0]
	s.people = s.people[1:]
	safe := s.release()
	for _, v := range safe.Views() {
		if why, whole := v.Whole(); !whole || why != whyWithdrawn && why != whyChanged && !strings.Contains(why, "few") {
			t.Errorf("%s is shown: %s", v.row.Key(), why)
		}
	}
	s.join(4, gone)
	s.release()
	if _, whole := s.view("ease").Whole(); !whole {
		t.Error("three more than before are shown")
	}
	s.join(3, gone)
	s.release()
	if v := s.view("ease"); v.AsOf() != 0 || v.reason != "" {
		t.Errorf("six more than before are not shown: %s", v.reason)
	}
}

func TestWhatWasWithheldStaysWithheld(t *testing.T) {
	s := newSeries(t, 300)
	for i := range s.people {
		if s.people[i]["ease"] == "c4" {
			s.people[i]["ease"] = "c1"
		}
	}
	for i := range 3 {
		s.people[i]["ease"] = "c4"
	}
	s.release()
	if s.view("ease").Share(0, 3).Status() != Withheld {
		t.Fatal("three are shown")
	}
	s.join(20, person{"region": "c1", "ease": "c4", "tool": "c1"})
	s.release()
	if v := s.view("ease"); v.AsOf() == 0 && v.reason == "" && v.Share(0, 3).Status() != Withheld {
		t.Error("23 of whom 20 are new are shown: the others follow")
	}
}

// whole names the items of which a run has figures of everybody: with them those
// in no group follow from groups.
func (s *series) whole(run int) map[string]bool {
	out := map[string]bool{}
	for _, r := range s.plans[run].Rows {
		out[r.Item] = out[r.Item] || len(r.By) == 0 && r.Analysis == table.PropSelectOne
	}
	return out
}

// says tells of which respondents a version of a table of shares speaks: by
// counting people, not tables.
func (s *series) says(row table.Row, run int) map[string]int {
	people := s.then[run]
	whole := s.whole(run)
	out := map[string]int{"all": len(people)}
	for _, p := range people {
		x := p[row.Item]
		if x == "" {
			x = "missing"
		}
		if len(row.By) == 0 || whole[row.Item] { // groups alone say nothing of those in none
			out[row.Item+"="+x]++
			if x != "missing" {
				out[row.Item+"=any"]++
			}
		}
		for _, by := range row.By {
			g := p[by]
			if g == "" && !whole[row.Item] {
				continue
			}
			out[by+"="+g]++
			names := []string{row.Item + "=" + x, by + "=" + g}
			slices.Sort(names)
			out[strings.Join(names, "&")]++
			if x != "missing" {
				out[row.Item+"=any&"+by+"="+g]++
				for c := range 4 {
					if not := fmt.Sprintf("c%d", c+1); not != x {
						out[row.Item+"!="+not+"&"+by+"="+g]++
					}
				}
			}
		}
	}
	return out
}

// compare fails where two versions that were shown, of any tables, differ by
// few respondents in a group that both speak of.
func (s *series) compare(t interface{ Fatalf(string, ...any) }) {
	seen := map[string]map[int]int{} // group, run -> respondents
	for run, safe := range s.safes {
		for _, v := range safe.Views() {
			if v.reason != "" || v.row.Analysis == table.Mean {
				continue
			}
			asOf := run + 1
			if v.asOf > 0 {
				asOf = v.asOf
			}
			says := s.says(v.row, asOf-1)
			for n := range s.then { // what another version speaks of and this one does not is nobody
				for group := range s.says(v.row, n) {
					if !strings.Contains(group, "region=&") && !strings.HasSuffix(group, "region=") || s.whole(asOf - 1)[v.row.Item] {
						says[group] += 0
					}
				}
			}
			for group, n := range says {
				if seen[group] == nil {
					seen[group] = map[int]int{}
				}
				seen[group][asOf] = n
			}
			// What is shown is what was counted then.
			for d, domain := range v.rows {
				if domain.base.published {
					n := 0
					for _, p := range s.then[asOf-1] {
						if p[v.row.Item] != "" && (len(v.row.By) == 0 || p[v.row.By[0]] == domain.domain[0]) {
							n++
						}
					}
					if int(domain.base.value) != n {
						t.Fatalf("run %d, %s, domain %d: base %v, counted %d", run+1, v.row.Key(), d, domain.base.value, n)
					}
				}
			}
		}
	}
	for group, runs := range seen {
		for a, n := range runs {
			for b, m := range runs {
				if d := n - m; d != 0 && d > -s.cfg.Threshold && d < s.cfg.Threshold {
					t.Fatalf("%s: %d in run %d, %d in run %d", group, n, a, m, b)
				}
			}
		}
	}
}

func TestNoTwoReleasesDifferByFew(t *testing.T) {
	fresh, stayed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := newSeries(t, rapid.IntRange(60, 160).Draw(t, "n"))
		rows := s.plan.Rows
		s.release()
		for range rapid.IntRange(1, 4).Draw(t, "runs") {
			for range rapid.IntRange(1, 3).Draw(t, "changes") {
				switch rapid.IntRange(0, 4).Draw(t, "change") {
				case 0:
					s.join(rapid.IntRange(1, 12).Draw(t, "joined"), someone(func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "answer") }))
				case 1:
					for range rapid.IntRange(1, 12).Draw(t, "mixed") {
						s.people = append(s.people, someone(func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "answer") }))
					}
				case 2:
					s.people = slices.Clone(s.people)[rapid.IntRange(1, 8).Draw(t, "left"):]
				case 3:
					s.people = slices.Clone(s.people)
					s.people[rapid.IntRange(0, len(s.people)-1).Draw(t, "who")] = someone(func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "answer") })
				case 4:
					s.plan.Rows = slices.Clone(rows)
					at := rapid.IntRange(0, len(rows)-1).Draw(t, "without")
					s.plan.Rows = slices.Delete(s.plan.Rows, at, at+1)
				}
			}
			for _, v := range s.release().Views() {
				if v.reason == "" && v.asOf == 0 {
					fresh++
				} else if v.asOf > 0 {
					stayed++
				}
			}
		}
		s.compare(t)
	})
	if fresh == 0 || stayed == 0 {
		t.Errorf("%d tables were made anew, %d stayed", fresh, stayed)
	}
}

func TestThoseInNoGroupCountToo(t *testing.T) {
	s := newSeries(t, 300)
	s.plan.Rows = slices.DeleteFunc(s.plan.Rows, func(r table.Row) bool { return r.Item == "region" })
	s.release()
	s.join(10, usual)
	s.join(2, person{"ease": usual["ease"], "tool": usual["tool"]})
	s.release()
	if v := s.view("ease", "region"); v.AsOf() != 1 {
		t.Error("two more without a region follow from all and those with one")
	}
	if v := s.view("ease"); v.AsOf() != 0 {
		t.Error("twelve more of one answer are not shown")
	}
}
