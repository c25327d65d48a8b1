package report_test

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	parse "golang.org/x/net/html"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// figuresOf is a further table with one value in each cell.
func figuresOf(row table.Row, n int64, value float64, choices ...string) *table.Table {
	t := &table.Table{Row: row, Level: survey.RespondentLevel, Choices: choices}
	groups := [][]string{nil}
	if len(row.By) > 0 {
		groups = [][]string{{"north"}, {"south"}}
	}
	for _, values := range groups {
		var base table.Base
		base.Reasons[survey.Answered] = n / int64(len(groups))
		base.Kish, base.Weighted = float64(base.Answered()), float64(base.Answered())
		var cells []table.Estimate
		for range choices {
			cells = append(cells, table.Estimate{Value: value, Lo: value - 0.25, Hi: value + 0.25, DF: 100, DEff: 1, Count: base.Answered()})
		}
		t.Domains, t.Cells = append(t.Domains, table.Domain{Values: values, Base: base}), append(t.Cells, cells)
	}
	return t
}

// further are tables and tests beside those of the sample.
func further() []*table.Table {
	region := []string{"region"}
	tests := func(row table.Row, all ...table.Test) *table.Table {
		t := &table.Table{Row: row, Level: survey.RespondentLevel, Tests: all}
		if len(row.By) > 0 {
			t.Domains = []table.Domain{{Values: []string{"north"}}, {Values: []string{"south"}}}
		}
		return t
	}
	model := figuresOf(table.Row{Analysis: table.RegressionLinear, Item: "staff", With: []string{"hard_speak", "region"}}, 180, 0.456, "(Intercept)", "hard_speak", "region=south")
	model.Cells[0][2].Count = 90
	return []*table.Table{
		model,
		tests(table.Row{Analysis: table.TestIndependence, Item: "words_codes", By: region}, table.Test{Method: "rao-scott-f", Statistic: 6.154, NDF: 1, DDF: 178.4, P: 0.0141, Adjusted: 0.0282, Adjust: "holm", Effect: 0.1849, EffectName: "cramer_v", N: 180}),
		tests(table.Row{Analysis: table.TestIndependence, Item: "tools", By: region}, table.Test{Method: "rao-scott-f", Statistic: 6.154, NDF: 1, DDF: 178.4, P: 0.0141, Adjusted: 0.02, Adjust: "holm", N: 180}),
		tests(table.Row{Analysis: table.TestMean, Item: "hard_write", By: region}, table.Test{Method: "t", Statistic: -0.118, DDF: 178, P: 0.9062, Effect: -0.031, EffectName: "difference", Lo: -0.441, Hi: 0.379, N: 180}),
		tests(table.Row{Analysis: table.TestMean, Item: "staff", By: region}, table.Test{Method: "t", Statistic: -9.118, DDF: 178, P: 0.00002, N: 180}),
		tests(table.Row{Analysis: table.TestPaired, Item: "hard_write", With: []string{"hard_speak"}}, table.Test{Method: "wilcoxon", Statistic: 31, P: 0.021, N: 180}),
		tests(table.Row{Analysis: table.Compare, Item: "words_codes", By: region}, table.Test{Choice: "money", Pair: true, Between: [2]int{0, 1}, P: 0.61, Adjusted: 0.92, Adjust: "bh"}, table.Test{Choice: "none", Pair: true, Between: [2]int{0, 1}, P: 0.01, Adjusted: 0.02, Adjust: "bh"}),
		figuresOf(table.Row{Analysis: table.Median, Item: "staff"}, 180, 2.5, ""),
		figuresOf(table.Row{Analysis: table.Median, Item: "staff", By: region}, 180, 2.5, ""),
		figuresOf(table.Row{Analysis: table.Quantile, Item: "staff", Prob: 0.75}, 180, 3.5, ""),
		figuresOf(table.Row{Analysis: table.Total, Item: "staff"}, 180, 450, ""),
		figuresOf(table.Row{Analysis: table.Ratio, Item: "staff", With: []string{"need_help"}}, 180, 5.004, ""),
		figuresOf(table.Row{Analysis: table.NetScore, Item: "hard_write", Values: []string{"4", "5"}, Against: []string{"1", "2"}}, 180, -0.1, ""),
		figuresOf(table.Row{Analysis: table.Correlation, Item: "hard_write", With: []string{"hard_speak", "staff"}}, 180, -0.345, "hard_speak", "staff"),
		figuresOf(table.Row{Analysis: table.Alpha, Item: "hard_write", With: []string{"hard_speak"}}, 180, 0.812, ""),
	}
}

// fullSample is the sample of a design with further tables, and shares by region.
func fullSample(t testing.TB, tag string, design table.DesignKind, change ...func(*table.Table)) report.Input {
	t.Helper()
	in := sample(t, tag)
	plan := table.Guess(in.Survey, []string{"region"})
	for _, r := range slices.Concat(in.Components.Plan(in.Survey), report.Plan(in.Survey, nil)) {
		plan.Add(r)
	}
	var tables []*table.Table
	for _, row := range plan.Rows {
		tables = append(tables, tally(in.Survey, row, replies()))
	}
	for _, of := range further() {
		plan.Add(of.Row)
		tables = append(tables, of)
	}
	for _, of := range tables {
		of.Design = design
		for _, f := range change {
			f(of)
		}
	}
	safe, findings, err := protect.Protect(in.Survey, plan, tables, nil, protect.Public, protect.Config{Threshold: 10})
	if err != nil {
		t.Fatal(err, findings)
	}
	in.Safe, in.Quality = safe, safe.Account(account(), report.ChecksAlone[:]...)
	return in
}

// lines are all texts of a report outside of charts.
func lines(r *report.Report) string {
	var b strings.Builder
	put := func(texts ...string) { b.WriteString(strings.Join(texts, " | ") + "\n") }
	tabled := func(t report.Table) {
		put(t.Caption)
		put(t.Header...)
		for _, row := range t.Rows {
			cells := []string{row.Head}
			for _, c := range row.Cells {
				cells = append(cells, c.Text)
			}
			put(cells...)
		}
	}
	for _, ch := range r.Chapters {
		for _, block := range ch.Blocks {
			switch x := block.(type) {
			case report.Paragraph:
				put(x.Text.Text)
			case report.List:
				put(said(x.Items)...)
			case report.Table:
				tabled(x)
			case report.Figure:
				put(texts(x.Canvas.Marks)...)
				put(said(x.Notes)...)
				for _, more := range append([]report.Table{x.Table}, x.More...) {
					tabled(more)
				}
			}
		}
	}
	return b.String()
}

func TestTestsStandUnderTheirFigure(t *testing.T) {
	all := figures(compose(t, fullSample(t, "en", table.Simple)))
	for id, want := range map[string][]string{
		"f-words_codes-by-region": {"Rao–Scott test of independence: statistic 6.15; df 1 and 178.40; p = 0.014; adjusted p c (Holm); Cramér’s V 0.18."},
		"f-hard_write-by-region":  {"writing: t test: statistic -0.12; df 178; p = 0.906; difference -0.03 [-0.44 – 0.38]."},
		"f-staff":                 {"t test: statistic -9.12; df 178; p <0.001."},
	} {
		if got := all[id].Notes; !slices.Equal(said(got), want) {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	more := all["f-words_codes-by-region"].More
	if len(more) != 1 || len(more[0].Rows) != 1 || more[0].Rows[0].Head != "Money: North / South" || more[0].Rows[0].Cells[0].Text != "0.610" {
		t.Errorf("comparisons %+v", more)
	}
}

func TestFurtherFiguresStandInTheChapterOfTheirItem(t *testing.T) {
	r := compose(t, fullSample(t, "en", table.Simple))
	got := lines(r)
	for _, want := range []string{
		"Median | 2.5 | ", "Median, North | 2.5 | ", "Value that 75% do not exceed | 3.5", "Total | c | c | c", "Ratio to Helpdesk | 5.00",
		"Share of Hard and Very hard less share of Very easy and Easy | -10%", "Correlation with Difficulty: speaking | -0.3",
		"Reliability of the scale with Difficulty: speaking (Cronbach’s alpha) | 0.81", "Linear regression: Region: South | 0.46", "Linear regression: constant | 0.46",
		"A test is withheld to protect respondents.",
		"Difficulty: writing with Difficulty: speaking: Wilcoxon test: statistic 31.00; p = 0.021.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no line %q in\n%s", want, got)
		}
	}
}

// A sample that nobody drew has neither confidence nor margins, and tests of it
// say what they would be worth.
func TestTheDesignDecidesTheWords(t *testing.T) {
	convenience := lines(compose(t, fullSample(t, "en", table.Convenience)))
	for _, never := range []string{"confidence", "significan", "Lines are"} {
		for _, line := range strings.Split(convenience, "\n") {
			if strings.Contains(line, never) && !strings.Contains(line, "This is no test of significance") {
				t.Errorf("a self-selected sample is told of in %q", line)
			}
		}
	}
	for _, want := range []string{
		"Indicative interval", "Lighter lines are indicative intervals", "intervals in the table are indicative", "no figure here carries a margin of error",
		"Chance alone could give such a difference if the sample were random.", "The difference is larger than chance alone would give if the sample were random.",
		"p, if the sample were random", "Tests were asked for although the sample is self-selected.",
	} {
		if !strings.Contains(convenience, want) {
			t.Errorf("a self-selected sample is not told of in %q", want)
		}
	}
	for design, words := range map[table.DesignKind][]string{
		table.Simple: {"Simple random sample.", "a simple random sample"}, table.Stratified: {"Stratified random sample.", "within strata"},
		table.Cluster: {"Random sample of clusters.", "drawn by clusters"}, table.Replicate: {"Random sample with replicate weights.", "from replicate weights"},
	} {
		got := lines(compose(t, fullSample(t, "en", design)))
		for _, want := range append(words, "Lines are 95% confidence intervals.", "Intervals in the table are 95% confidence intervals.", "95% confidence interval", "The design effect is part of them.", "Each test is named where it stands") {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q", design, want)
			}
		}
		for _, never := range []string{"indicative", "if the sample were random", "self-selected", "chose to answer"} {
			if strings.Contains(got, never) {
				t.Errorf("%s: %q", design, never)
			}
		}
	}
}

func TestPagesOfFurtherFiguresHaveEveryWordAndNumber(t *testing.T) {
	for _, design := range []table.DesignKind{table.Convenience, table.Cluster} {
		for _, tag := range []string{"en", "ar"} {
			in := fullSample(t, tag, design)
			got := page(t, in)
			if dir := os.Getenv("REPORT_PAGES"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, string(design)+"."+tag+".html"), got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if strings.Contains(string(got), "⟨") {
				t.Errorf("%s %s: %q", design, tag, regexp.MustCompile("⟨[^⟩]*⟩").FindAllString(string(got), -1))
			}
			allowed := map[string]bool{"95%": true, "75%": true}
			n := in.Language.Numbers
			strip := strings.NewReplacer("\u2066", "", "\u2069", "", "-", "", "<", "")
			for _, l := range in.Safe.Ledger() {
				if v, err := l.Value.Float64(); err == nil {
					for _, s := range []string{n.Percent(v, l.Decimals), n.Decimal(v, l.Decimals), n.Count(int64(math.Abs(v)))} {
						s = strip.Replace(s)
						allowed[s], allowed[strings.TrimSuffix(s, "%")] = true, true
					}
				}
			}
			walk(read(t, got), func(x *parse.Node) {
				if x.Type != parse.TextNode || x.Parent.Data == "style" || x.Parent.Data == "script" || attr(x.Parent, "fill") == "#5C6670" {
					return
				}
				for _, token := range number.FindAllString(x.Data, -1) {
					if !allowed[token] && !structural[token] {
						t.Errorf("%s %s: %q of %q is not in the ledger", design, tag, token, strings.TrimSpace(x.Data))
					}
				}
			})
		}
	}
}

func TestTheReportSaysWhatTheSilentCouldTurn(t *testing.T) {
	tables := func(in report.Input) map[string]report.Table {
		out := map[string]report.Table{}
		for _, b := range chapter(t, compose(t, in), "responses") {
			if x, ok := b.(report.Table); ok {
				out[x.ID] = x
			}
		}
		return out
	}
	got := tables(fullSample(t, "en", table.Convenience))["turning"]
	if len(got.Rows) == 0 || len(got.Rows[0].Cells) != 3 {
		t.Fatalf("no tipping points: %+v", got)
	}
	// 540 were invited: (270 - 0.75 * 160) / 380.
	if first := got.Rows[0]; first.Head != "Hard or Very hard: follow-up" || first.Cells[0].Text != "75%" || first.Cells[1].Text != "160" || first.Cells[2].Text != "39%" {
		t.Errorf("first row %+v", first)
	}
	in := fullSample(t, "en", table.Convenience)
	in.Quality = in.Safe.Account(quality.Account{Received: 180, Analysed: 180})
	if text := lines(compose(t, in)); len(tables(in)["turning"].Rows) > 0 || !strings.Contains(text, "it is not known how many were invited or could have answered") {
		t.Error("without a list of those invited there are tipping points, or no reason why not")
	}
	in.Frame = 1000
	if got := tables(in)["turning"]; len(got.Rows) == 0 {
		t.Error("a frame gives no tipping points")
	}
}

func TestTheReportSaysWhatTheSilentOfTwoGroupsCouldTurn(t *testing.T) {
	in := fullSample(t, "en", table.Convenience, func(of *table.Table) {
		if of.Row.Item != "words_codes" || of.Row.Analysis != table.PropSelectMultiple || len(of.Row.By) == 0 {
			return
		}
		for d, counts := range [][]int64{{60, 30}, {30, 60}} { // 67 and 33 percent
			for c, n := range counts {
				e := &of.Cells[d][c]
				e.Count, e.Value = n, float64(n)/90
				e.Lo, e.Hi = e.Value-0.1, e.Value+0.1
			}
		}
	})
	find := func(in report.Input) (rows []report.TableRow) {
		for _, b := range chapter(t, compose(t, in), "responses") {
			if x, ok := b.(report.Table); ok && x.ID == "turning-gaps" {
				rows = x.Rows
			}
		}
		return rows
	}
	if rows := find(in); len(rows) > 0 {
		t.Errorf("nothing is known of the groups: %+v", rows)
	}
	if !strings.Contains(lines(compose(t, in)), "Of differences between groups it cannot be told") {
		t.Error("it is not said why")
	}
	in.Quality = in.Safe.Account(quality.Account{Received: 180, Analysed: 180, Rates: []quality.Rate{{Group: "North", Invited: 300, Responded: 90}, {Group: "South", Invited: 300, Responded: 90}}})
	rows := find(in) // 0.34 / (0.7 + 0.7)
	if len(rows) != 1 || rows[0].Head != "In your own words, by Region: Money" || rows[0].Cells[0].Text != "North (67%) and South (33%)" || rows[0].Cells[1].Text != "24%" {
		t.Errorf("rows %+v", rows)
	}
}

// said are the words of texts.
func said(texts []report.Prose) []string {
	var out []string
	for _, t := range texts {
		out = append(out, t.Text)
	}
	return out
}
