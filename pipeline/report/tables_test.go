package report_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	parse "golang.org/x/net/html"

	"github.com/soundings-survey/soundings/pipeline/banner"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/report/html"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// pair is a comparison of the two regions.
func pair(choice string, p, effect float64) table.Test {
	return table.Test{Method: "design", Choice: choice, Pair: true, Between: [2]int{0, 1}, P: p, Adjusted: p, Effect: effect, EffectName: "difference", N: 180}
}

// compared is a table of comparisons of an item by region.
func compared(item string, tests ...table.Test) *table.Table {
	return &table.Table{Row: table.Row{Analysis: table.Compare, Item: item, By: []string{"region"}, Method: "design"}, Level: survey.RespondentLevel,
		Domains: []table.Domain{{Values: []string{"north"}}, {Values: []string{"south"}}}, Tests: tests}
}

// banners is the input of a page of banner tables with comparisons.
func banners(t testing.TB, tag string, design table.DesignKind, change func(*banner.Config)) report.Input {
	t.Helper()
	in := sample(t, tag)
	in.Tables = banner.Default()
	in.Tables.Banner, in.Tables.Test = []string{"region"}, banner.Design
	if change != nil {
		change(&in.Tables)
	}
	plan := table.Guess(in.Survey, []string{"region"})
	for _, r := range report.Plan(in.Survey, nil) {
		plan.Add(r)
	}
	var tables []*table.Table
	for _, row := range plan.Rows {
		tables = append(tables, tally(in.Survey, row, replies()))
	}
	codes := compared("words_codes", pair("money", 0.0498, 0.104), pair("time", 0.0801, -0.2))
	if in.Tables.Adjust == "holm" {
		codes.Tests = append(codes.Tests, pair("none", 0.001, 0.02)) // a comparison that is never shown
	}
	tables = append(tables, codes,
		compared("tools", pair("guide", 0.001, 0.1)), // the shares are withheld
		compared("staff", pair("", 0.1, 0.1)),
		compared("hard_write", pair("", 0.01, -0.001)),
		compared("threat", pair("yes", 0.0004, 0.3), pair("no", 0.0004, -0.3)))
	for _, of := range tables {
		if of.Row.Analysis == table.Compare && in.Tables.Adjust != "none" {
			of.Row.Adjust = in.Tables.Adjust
		}
	}
	settled, err := in.Tables.Settle(tables)
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range settled {
		plan.Add(of.Row)
		of.Design = design
	}
	safe, findings, err := protect.Protect(in.Survey, plan, settled, nil, protect.Public, protect.Config{Threshold: 10})
	if err != nil {
		t.Fatal(err, findings)
	}
	in.Safe = safe
	return in
}

func composeTables(t testing.TB, in report.Input) *report.Tables {
	t.Helper()
	out, err := report.ComposeTables(in)
	if err != nil || out == nil {
		t.Fatalf("tables %v: %v", out, err)
	}
	return out
}

// tableOf returns the table of an item.
func tableOf(t testing.TB, all *report.Tables, item string) report.BannerTable {
	t.Helper()
	for _, ch := range all.Chapters {
		for _, one := range ch.Tables {
			if one.ID == "f-"+item {
				return one
			}
		}
	}
	t.Fatalf("no table of %s", item)
	return report.BannerTable{}
}

// written are the rows of a table as text, letters behind a stroke.
func written(one report.BannerTable) []string {
	var out []string
	for _, row := range one.Rows {
		line := row.Head
		for _, c := range row.Cells {
			line += " | " + c.Text
			if c.Letters != "" {
				line += "/" + c.Letters
			}
		}
		out = append(out, line)
	}
	return out
}

func TestBannerTablesShowBasesFiguresAndLetters(t *testing.T) {
	all := composeTables(t, banners(t, "en", table.Simple, func(c *banner.Config) { c.MinimumBase = 31 }))
	for item, want := range map[string][]string{
		// 0.0498 is under 0.05 though it is told as 0.050; 0.1 is not under 0.10.
		"words_codes": {"Base (n, unweighted) | 180 | 90 | 90", "Money | 50% | 50%/B | 50%", "Time | 50% | 50% | 50%/a"},
		"staff":       {"Base (n, unweighted) | 180 | 90 | 90", "Mean | 2.5 | 2.5 | 2.5"},
		"tools":       {"Base (n, unweighted) | 180 | 90 | 90", "Guide (PDF) | 50% | 50%/B | 50%", "Template | 33% | 33% | 33%", "Helpdesk | 25% | 26% | 24%", "Rare | c | c | 0%"},
		// The difference is rounded to nothing and keeps its sign.
		"hard_write": {"Base (n, unweighted) | 180 | 90 | 90", "Very easy | 20% |  | ", "Easy | 20% |  | ", "Neither | 20% |  | ", "Hard | 20% |  | ", "Very hard | 20% |  | ",
			"Net: Very easy and Easy | 40% |  | ", "Net: Hard and Very hard | 40% |  | ", "Mean | 3.0 | 3.0 | 3.0/A"},
		"threat": {"Base (n, unweighted) | 60 | 30* | 30*", "Yes | 50% | 50% | 50%", "No | 50% | 50% | 50%"},
		"region": {"Base (n, unweighted) | 180", "North | 50%", "South | 50%"},
	} {
		if got := written(tableOf(t, all, item)); !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", item, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	codes := tableOf(t, all, "words_codes")
	if len(codes.Heads) != 1 || codes.Heads[0].Label != "Region" || !slices.Equal(codes.Heads[0].Columns, []report.BannerColumn{{Label: "North", Letter: "A"}, {Label: "South", Letter: "B"}}) {
		t.Errorf("heads %+v", codes.Heads)
	}
	want := "A letter: larger than the group with that letter; capital at 95% confidence, small at 90%; design-based t test, not adjusted for the number of comparisons; minimum base 31. Unweighted. Simple random sample."
	if got := strings.Join(codes.Notes, " "); got != want {
		t.Errorf("footer %q", got)
	}
	tools := tableOf(t, all, "tools")
	if got := strings.Join(tools.Notes, " "); got != want+" c in place of a figure: withheld to protect respondents." {
		t.Errorf("footer %q", got)
	}
	threat := tableOf(t, all, "threat")
	if got := strings.Join(threat.Notes, " "); !strings.Contains(got, "No comparison of groups is shown") || !strings.Contains(got, "* Base below 31: not compared.") || threat.Heads[0].Columns[0].Letter != "" {
		t.Errorf("a table without comparisons: %q, %+v", got, threat.Heads)
	}
}

func TestSettingsDecideTheLetters(t *testing.T) {
	for name, c := range map[string]struct {
		design table.DesignKind
		change func(*banner.Config)
		rows   []string // of words_codes
		say    []string
		never  []string
	}{
		"one level": {table.Stratified, func(c *banner.Config) { c.Levels = []float64{0.9} }, []string{"50%/B | 50%", "50% | 50%/A"},
			[]string{"larger than the group with that letter, at 90% confidence", "Stratified random sample."}, []string{"capital"}},
		"adjusted": {table.Cluster, func(c *banner.Config) { c.Adjust = "bonferroni" }, []string{"50%/B | 50%", "50% | 50%/a"},
			[]string{"adjusted for the comparisons in a row (Bonferroni)"}, []string{"not adjusted"}},
		"adjusted beside one that is withheld": {table.Cluster, func(c *banner.Config) { c.Adjust = "holm" }, []string{"50% | 50%"},
			[]string{"No comparison of groups is shown"}, []string{"A letter:"}},
		"a minimum base": {table.Simple, func(c *banner.Config) { c.MinimumBase = 91 }, []string{"180 | 90* | 90*", "50% | 50%"},
			[]string{"* Base below 91: not compared."}, []string{"A letter:"}},
		"no test": {table.Simple, func(c *banner.Config) { c.Test = banner.None }, []string{"50% | 50%"}, []string{"Groups are not compared by tests."}, []string{"A letter:", "self-selected", "minimum base"}},
		"a self-selected sample that is tested": {table.Convenience, nil, []string{"50%/B | 50%", "50% | 50%/a"},
			[]string{"by more than chance alone would give if the sample were random", "Self-selected sample.", "Tests were asked for although the sample is self-selected."}, []string{"confidence", "significan"}},
		"a self-selected sample that is not": {table.Convenience, func(c *banner.Config) { c.Test = banner.None }, []string{"50% | 50%"},
			[]string{"Groups are not compared by tests: the sample is self-selected."}, []string{"confidence", "A letter:"}},
	} {
		all := composeTables(t, banners(t, "en", c.design, c.change))
		rows := strings.Join(written(tableOf(t, all, "words_codes")), "\n")
		said := strings.Join(tableOf(t, all, "words_codes").Notes, " ") + strings.Join(said(all.Reading.Blocks[0].(report.List).Items), " ")
		for _, want := range c.rows {
			if !strings.Contains(rows, want) {
				t.Errorf("%s: no %q in\n%s", name, want, rows)
			}
		}
		for _, want := range c.say {
			if !strings.Contains(said, want) {
				t.Errorf("%s: it is not said that %q: %s", name, want, said)
			}
		}
		for _, never := range c.never {
			if strings.Contains(said, never) {
				t.Errorf("%s: it is said that %q: %s", name, never, said)
			}
		}
	}
}

func TestTablesAreThoseOfTheItemsAskedFor(t *testing.T) {
	all := composeTables(t, banners(t, "en", table.Simple, func(c *banner.Config) { c.Items = banner.Items{"staff", "tools"} }))
	n := 0
	for _, ch := range all.Chapters {
		n += len(ch.Tables)
	}
	if n != 2 {
		t.Errorf("%d tables", n)
	}
	none := banners(t, "en", table.Simple, func(c *banner.Config) { c.Items = banner.Items{"words"} })
	if got, err := report.ComposeTables(none); got != nil || err != nil {
		t.Errorf("a page without tables: %v, %v", got, err)
	}
	if _, err := report.ComposeTables(report.Input{}); err == nil {
		t.Error("nothing to compose is no error")
	}
}

func tablesPage(t testing.TB, in report.Input) []byte {
	t.Helper()
	w, err := html.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	out, err := w.WriteTables(composeTables(t, in))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func withLow(c *banner.Config) { c.MinimumBase = 31 }

func TestPagesOfTablesLookAsBefore(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		got := tablesPage(t, banners(t, tag, table.Simple, withLow))
		if again := tablesPage(t, banners(t, tag, table.Simple, withLow)); !bytes.Equal(got, again) {
			t.Errorf("%s: the same answers gave two pages", tag)
		}
		path := filepath.Join("testdata", html.TablesName(tag))
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: the page has changed; look at it, then run with -update", tag)
		}
		if bytes.Contains(got, []byte("⟨")) || bytes.Contains(got, []byte("ZgotmplZ")) {
			t.Errorf("%s: a word or a value is missing", tag)
		}
	}
}

func TestBannerTablesAreWellFormed(t *testing.T) {
	doc := read(t, tablesPage(t, banners(t, "ar", table.Simple, withLow)))
	root := find(doc, "html")[0]
	if attr(root, "lang") != "ar" || attr(root, "dir") != "rtl" {
		t.Errorf("lang %q, dir %q", attr(root, "lang"), attr(root, "dir"))
	}
	all := find(doc, "table")
	if len(all) < 8 {
		t.Errorf("only %d tables", len(all))
	}
	for _, one := range all {
		columns := 2
		for _, g := range find(one, "colgroup")[2:] {
			n, _ := strconv.Atoi(attr(g, "span"))
			columns += n
		}
		spanned := 2
		for _, th := range find(find(one, "thead")[0], "th") {
			if attr(th, "scope") == "colgroup" {
				n, _ := strconv.Atoi(attr(th, "colspan"))
				spanned += n
			} else if attr(th, "scope") != "col" {
				t.Error("a heading has no scope")
			}
		}
		if spanned != columns || content(find(one, "caption")[0]) == "" {
			t.Errorf("headings span %d of %d columns", spanned, columns)
		}
		for _, tr := range find(find(one, "tbody")[0], "tr") {
			if heads := find(tr, "th"); len(heads) != 1 || attr(heads[0], "scope") != "row" || len(find(tr, "td")) != columns-1 {
				t.Errorf("a row has %d cells under %d columns", len(find(tr, "td")), columns)
			}
		}
	}
}

func TestEveryNumberOfTheTablesIsInTheLedger(t *testing.T) {
	in := banners(t, "en", table.Simple, nil)
	doc := read(t, tablesPage(t, in))
	allowed := map[string]bool{}
	for _, l := range in.Safe.Ledger() {
		if l.Artifact != report.TablesArtifact("en") || l.Status != protect.Published || l.As != "text" {
			continue
		}
		v, err := l.Value.Float64()
		if err != nil {
			t.Fatal(err)
		}
		switch n := in.Language.Numbers; {
		case l.Share():
			allowed[n.Percent(v, l.Decimals)] = true
		case l.Mean():
			allowed[n.Decimal(v, l.Decimals)] = true
		default:
			allowed[n.Count(int64(v))] = true
		}
	}
	checked := 0
	for _, td := range find(doc, "td") {
		walk(td, func(n *parse.Node) {
			if n.Type != parse.TextNode {
				return
			}
			for _, token := range number.FindAllString(n.Data, -1) {
				if checked++; !allowed[token] {
					t.Errorf("%q is not in the ledger", token)
				}
			}
		})
	}
	if checked < 50 {
		t.Errorf("only %d numbers were checked", checked)
	}
}

// What is a letter in the tables is not told a second time in the report.
func TestComparisonsStandInTheTablesAlone(t *testing.T) {
	in := banners(t, "en", table.Simple, nil)
	for id, f := range figures(compose(t, in)) {
		if len(f.More) > 0 {
			t.Errorf("%s has comparisons below it", id)
		}
	}
	in.Tables.Test = banner.None
	if more := figures(compose(t, in))["f-words_codes-by-region"].More; len(more) != 1 {
		t.Errorf("a comparison that is no letter is not told: %v", more)
	}
}
