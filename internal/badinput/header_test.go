package badinput

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestHeadersMeanOneThing(t *testing.T) {
	named := func(name string) []byte { return goodAnswers().header("region", name).csv() }
	all := func(change func(string) string) []byte {
		g := goodAnswers()
		for k := range g[0] {
			g[0][k] = change(g[0][k])
		}
		return g.csv()
	}
	reordered := goodAnswers()
	for i := range reordered {
		slices.Reverse(reordered[i])
	}
	many := goodAnswers()
	for k := range 5000 {
		many.column(fmt.Sprintf("extra_column_%d", k), "")
	}
	toomany := goodAnswers()[:2]
	for k := range 17_000 {
		toomany.column(fmt.Sprintf("c%d", k), "")
	}
	titles := func(n int) []byte {
		g := goodAnswers()
		for range n {
			title := make([]string, len(columns))
			title[0] = "Survey of " + canary
			g = g.insert(1, title)
		}
		return g.csv()
	}
	answers(t, []trial{
		{file: "reordered.csv", body: reordered.csv(), do: accept, rows: 20, same: true},
		{file: "blank_behind.csv", body: named("region "), do: warn, says: []string{"region"}, rows: 20, same: true},
		{file: "blank_before.csv", body: named("  region"), do: warn, says: []string{"region"}, rows: 20, same: true},
		{file: "no_break_space.csv", body: named("region\u00a0"), do: warn, says: []string{"region"}, rows: 20, same: true},
		{file: "zero_width.csv", body: named("re\u200bgion"), do: warn, says: []string{"region"}, rows: 20, same: true},
		{file: "rtl_mark.csv", body: named("\u200fregion"), do: warn, says: []string{"region"}, rows: 20, same: true},
		{file: "line_end_in_name.csv", body: named("region\n"), do: warn, says: []string{"region"}, rows: 20, same: true},
		{file: "upper_case.csv", body: named("REGION"), do: either, says: []string{"region"}, rows: 20},
		{file: "all_upper_case.csv", body: all(strings.ToUpper), do: either, says: []string{"region", "row 1"}, rows: 20},
		{file: "all_padded.csv", body: all(func(s string) string { return " " + s + " " }), do: warn, says: []string{"region"}, rows: 20, same: true},
		{file: "cyrillic.csv", body: named("regi\u043en"), do: reject, says: []string{"region", "row 1"}},
		{file: "misspelt.csv", body: named("regoin"), do: reject, says: []string{"region", "regoin"}},
		{file: "spaces_for_underscores.csv", body: goodAnswers().header("took_part", "took part").csv(), do: either, says: []string{"took_part"}},
		{file: "twice_when_trimmed.csv", body: goodAnswers().column("region ", canary).csv(), do: reject, says: []string{"region", "5", "13"}},
		{file: "twice_in_case.csv", body: goodAnswers().column("Region", canary).csv(), do: either, says: []string{"Region"}},
		{file: "twice_uuid.csv", body: goodAnswers().column("_uuid", "x").csv(), do: reject, says: []string{"_uuid", "1", "13"}},
		{file: "thrice.csv", body: goodAnswers().column("region", "x").column("region", "y").csv(), do: reject, says: []string{"region", "5", "13", "14"}},
		{file: "name_and_path.csv", body: goodAnswers().column("Region", canary).column("The Region", canary).csv(), do: either, says: []string{"Region"}},
		{file: "no_name.csv", body: named(""), do: reject, says: []string{"region"}},
		{file: "no_name_extra.csv", body: goodAnswers().column("", canary).csv(), do: either, says: []string{"row 2"}},
		{file: "no_header.csv", body: goodAnswers()[1:].csv(), do: reject, says: []string{"row 1"}},
		{file: "title_row.csv", body: titles(1), do: reject, says: []string{"row 2", "header"}},
		{file: "three_title_rows.csv", body: titles(3), do: reject, says: []string{"row 4", "header"}},
		{file: "comment_row.csv", body: append([]byte("# made by "+canary+"\n"), goodAnswers().csv()...), do: reject, says: []string{"row 2", "header"}},
		{file: "second_header.csv", body: goodAnswers().insert(2, surveyLabels()).csv(), do: either, says: []string{"row 2"}},
		{file: "terminal_escape.csv", body: named("\x1b]0;pwned\x07region\x9b"), do: reject, says: []string{"region"}},
		{file: "turned_name.csv", body: goodAnswers().column("\u202enoiger", canary).csv(), do: warn, says: []string{"noiger"}, rows: 20},
		{file: "script_name.csv", body: goodAnswers().column("<script>alert(1)</script>", canary).csv(), do: warn, says: []string{"script"}, rows: 20},
		{file: "formula_name.csv", body: goodAnswers().column("=HYPERLINK(\"http://x\")", canary).csv(), do: warn, says: []string{"HYPERLINK"}, rows: 20},
		{file: "long_name.csv", body: goodAnswers().column(strings.Repeat("n", 2<<20), canary).csv(), do: warn, says: []string{"nnnn"}, rows: 20},
		{file: "many_unknown.csv", body: many.csv(), do: warn, says: []string{"5000", "extra_column_0"}, rows: 20},
		{file: "too_many_columns.csv", body: toomany.csv(), do: reject, says: []string{"row 1", "16384"}},
		{file: "other_survey.csv", body: sheet{{"a", "b", "c"}, {canary, canary, canary}}.csv(), do: reject, says: []string{"row 1", "form"}},
		{file: "uuid_missing.csv", body: withoutColumn("_uuid").csv(), do: accept, rows: 20},
		{file: "two_missing.csv", body: withoutColumn("region", "budget").csv(), do: reject, says: []string{"region", "budget"}},
	})
}

// surveyLabels is a second header, of questions in place of names.
func surveyLabels() []string {
	row := slices.Clone(columns)
	for k, name := range row {
		row[k] = "Question " + name
	}
	return row
}

func withoutColumn(names ...string) sheet {
	t := goodAnswers()
	for _, name := range names {
		for i, row := range t {
			k := slices.Index(goodAnswers()[0], name) - (len(columns) - len(row))
			if name == "_uuid" || len(row) == len(columns) {
				k = at(name)
			}
			t[i] = slices.Delete(slices.Clone(row), k, k+1)
		}
	}
	return t
}
