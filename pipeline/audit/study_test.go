package audit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/audit"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// study is a survey of a few items and the answers of everybody: for each group
// of respondents, how many gave the same answers.
type study struct {
	survey *survey.Survey
	groups []group
}

// group is n respondents with one answer to each item: choices joined by spaces,
// "" for an answer that was not given, "-" for an item that was not asked.
type group struct {
	n       int
	answers map[string]string
}

type item struct {
	name, choices string
	multiple      bool
	scored        bool
	role          survey.Role
}

func newStudy(t *testing.T, items []item, groups []group) *study {
	t.Helper()
	var sv survey.Survey
	for _, i := range items {
		var choices []survey.Choice
		for n, name := range strings.Fields(i.choices) {
			c := survey.Choice{Name: name}
			if i.scored {
				score := float64(n + 1)
				c.Score = &score
			}
			choices = append(choices, c)
		}
		sv.Lists = append(sv.Lists, survey.NewChoiceList(i.name, choices))
		it := survey.Item{Name: i.name, Type: survey.SelectOne, List: i.name, Role: i.role}
		if i.multiple {
			it.Type = survey.SelectMultiple
		}
		sv.Items = append(sv.Items, it)
	}
	made, findings := survey.New(sv)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return &study{made, groups}
}

// shares asks for the shares of an item, for everybody or by others.
func (s *study) shares(name string, by ...string) table.Row {
	it, _ := s.survey.Item(name)
	if it.Type == survey.SelectMultiple {
		return table.Row{Analysis: table.PropSelectMultiple, Item: name, By: by}
	}
	return table.Row{Analysis: table.PropSelectOne, Item: name, By: by}
}

// table counts the table of a row of shares, for everybody or by one item.
func (s *study) table(row table.Row) *table.Table {
	it, _ := s.survey.Item(row.Item)
	t := &table.Table{Row: row, Level: survey.RespondentLevel, Design: table.Convenience}
	for _, c := range s.survey.Choices(it) {
		t.Choices = append(t.Choices, c.Name)
	}
	domains := [][]string{nil}
	if len(row.By) > 0 {
		by, _ := s.survey.Item(row.By[0])
		domains = nil
		for _, c := range s.survey.Choices(by) {
			domains = append(domains, []string{c.Name})
		}
	}
	for _, values := range domains {
		d := table.Domain{Values: values}
		counts := make([]int64, len(t.Choices))
		for _, g := range s.groups {
			if len(values) > 0 && !slices.Contains(strings.Fields(g.answers[row.By[0]]), values[0]) {
				continue
			}
			answer := g.answers[row.Item]
			switch answer {
			case "":
				d.Base.Reasons[survey.NotAnswered] += int64(g.n)
				continue
			case "-":
				d.Base.Reasons[survey.NotAsked] += int64(g.n)
				continue
			}
			d.Base.Reasons[survey.Answered] += int64(g.n)
			for c, name := range t.Choices {
				if slices.Contains(strings.Fields(answer), name) {
					counts[c] += int64(g.n)
				}
			}
		}
		n := float64(d.Base.Answered())
		d.Base.Weighted, d.Base.Kish = n, n
		var cells []table.Estimate
		for _, c := range counts {
			cells = append(cells, table.Estimate{Value: float64(c) / n, Lo: math.NaN(), Hi: math.NaN(), Count: c, Weighted: float64(c)})
		}
		t.Domains, t.Cells = append(t.Domains, d), append(t.Cells, cells)
	}
	return t
}

// release is a ledger that pens have written, as it is read back.
type release struct {
	head  ledger.Head
	lines []ledger.Line
	alone map[string]bool // keys of figures behind which a single respondent is
}

// publish protects the tables of some rows, and has pens write all of it into
// the results and onto a page.
func (s *study) publish(t *testing.T, cfg protect.Config, links ledger.Links, rows ...table.Row) *release {
	t.Helper()
	out := &release{alone: map[string]bool{}}
	var tables []*table.Table
	for _, r := range rows {
		made := s.table(r)
		tables = append(tables, made)
		for d, domain := range made.Domains {
			for c, choice := range made.Choices {
				if made.Cells[d][c].Count == 1 {
					out.alone[string(r.KeyOf(choice, domain.Values))] = true
				}
			}
		}
	}
	safe, _, err := protect.Protect(s.survey, table.Plan{Rows: rows}, tables, nil, protect.Public, cfg)
	if err != nil {
		t.Fatal(err)
	}
	safe.Results(safe.Pen("results", nil))
	page := safe.Pen("report.en", nil)
	for _, v := range safe.Views() {
		for d := range v.Domains() {
			page.Text(v.Base(d))
			for c := range v.Choices() {
				page.Text(v.Count(d, c))
				page.Length(v.Share(d, c))
			}
		}
	}
	var n int64
	for _, g := range s.groups {
		n += int64(g.n)
	}
	var b bytes.Buffer
	if err := safe.WriteLedger(&b, ledger.Run{Run: 1, Respondents: n}, nil, links); err != nil {
		t.Fatal(err)
	}
	out.head, err = ledger.Read(&b, func(l ledger.Line) error { out.lines = append(out.lines, l); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (r *release) audit() []audit.Fault {
	return audit.Audit(r.head, r.lines, audit.Config{Alone: func(key string) bool { return r.alone[key] }})
}

// line returns a line of the results with a key that holds some texts, of a
// statistic.
func (r *release) line(t *testing.T, status ledger.Status, stat string, parts ...string) ledger.Line {
	t.Helper()
	for _, l := range r.lines {
		if l.Artifact == "results" && l.Status == status && l.Stat == stat && !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(l.Key, p) }) {
			return l
		}
	}
	t.Fatalf("there is no %s %s of %q\n%s", status, stat, parts, r)
	return ledger.Line{}
}

// plant puts a published number into the ledger.
func (r *release) plant(l ledger.Line, value float64, decimals int) {
	l.Status, l.Marker = ledger.Published, ""
	l.Value, l.Decimals = json.Number(fmt.Sprint(value)), decimals
	r.lines = append(r.lines, l)
}

// String shows a release, for tests that fail.
func (r *release) String() string {
	var b strings.Builder
	for _, l := range r.lines {
		if l.Artifact == "results" {
			fmt.Fprintf(&b, "%s %s %s %v\n", l.Key, l.Stat, l.Status, l.Value)
		}
	}
	return b.String()
}

// line returns the line of the share of a choice of the item x of everybody.
func (s *study) line(r *release, choice string) ledger.Line {
	for _, l := range r.lines {
		if l.Stat == ledger.Pct && l.Key == string(s.shares("x").KeyOf(choice, nil)) {
			return l
		}
	}
	return ledger.Line{}
}

// plantInstead publishes the count of a line wherever it is withheld.
func (r *release) plantInstead(l ledger.Line, n float64) {
	r.lines = slices.DeleteFunc(r.lines, func(o ledger.Line) bool { return o.Key == l.Key })
	l.Stat, l.Of = ledger.Count, nil
	r.plant(l, n, 0)
}
