package badinput

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestRowsAreReadAsTheyStand(t *testing.T) {
	blank := make([]string, len(columns))
	wide := goodAnswers()
	for i := 9; i < len(wide); i++ {
		wide[i] = append(wide[i], canary)
	}
	total := slices.Clone(blank)
	total[0], total[at("budget")] = "Total", "210000"
	swallow := func(row int, end string) []byte {
		return goodAnswers().line(row, func(l string) string {
			i := strings.LastIndex(l, ",")
			return l[:i+1] + `"` + canary + end
		})
	}
	broken := goodAnswers().with(5, "experience", canary+"\nsecond\r\nthird").with(9, "founded", canary)
	huge := goodAnswers().with(4, "experience", strings.Repeat(canary+" ", 5<<20/7))
	answers(t, []trial{
		{file: "cr.csv", body: goodAnswers().text(",", "\r"), do: accept, rows: 20, same: true},
		{file: "crlf.csv", body: goodAnswers().text(",", "\r\n"), do: accept, rows: 20, same: true},
		{file: "cr_cr_lf.csv", body: goodAnswers().text(",", "\r\r\n"), do: either, rows: 20},
		{file: "lines_in_cells.csv", body: broken.csv(), do: either, says: []string{"row 11", "founded"}, rows: 20},
		{file: "doubled_quotes.csv", body: goodAnswers().with(3, "experience", `""`+canary+`"", he "said"`).csv(), do: accept, rows: 20},
		{file: "quote_open_at_end.csv", body: swallow(21, "\n"), do: reject, says: []string{"row 21", "experience", "quote"}},
		{file: "quote_open_early.csv", body: swallow(3, "\n"), do: reject, says: []string{"row 3", "experience", "quote"}},
		{file: "quote_after.csv", body: swallow(8, `" x`+"\n"), do: either, says: []string{"row 8", "experience", "quote"}},
		{file: "single_quotes.csv", body: goodAnswers().line(6, func(l string) string { return strings.Replace(l, "funds", "'funds,fear'", 1) }), do: reject, says: []string{"row 6", "13", "12"}},
		{file: "long_row.csv", body: goodAnswers().swap(7, append(slices.Clone(goodAnswers()[6]), canary, canary)...).csv(), do: reject, says: []string{"row 7", "14", "12"}},
		{file: "wider_from_row_10.csv", body: wide.csv(), do: reject, says: []string{"row 10", "13", "12"}},
		{file: "one_cell_row.csv", body: goodAnswers().swap(11, canary).csv(), do: reject, says: []string{"row 11", "12"}},
		{file: "footnote.csv", body: append(goodAnswers().csv(), "Exported by "+canary+"\n"...), do: reject, says: []string{"row 22", "12"}},
		{file: "delimiters_only.csv", body: goodAnswers().insert(5, blank, blank).csv(), do: accept, rows: 20, same: true},
		{file: "white_lines.csv", body: bytes.ReplaceAll(goodAnswers().csv(), []byte("\n"), []byte("\n  \t \n")), do: accept, rows: 20, same: true},
		{file: "total_row.csv", body: goodAnswers().insert(22, total).csv(), do: either, says: []string{"row 22", "_uuid"}},
		{file: "header_again.csv", body: goodAnswers().insert(12, columns).csv(), do: either, says: []string{"row 12", "header"}, rows: 20},
		{file: "joined_with_mark.csv", body: goodAnswers().insert(12, append([]string{mark + "_uuid"}, columns[1:]...)).csv(), do: either, says: []string{"row 12", "header"}, rows: 20},
		{file: "header_only_and_blank.csv", body: append(goodAnswers()[:1].csv(), "\n\n,,,,,,,,,,,\n"...), do: reject, says: []string{"no responses"}},
		{file: "spaces_after_commas.csv", body: goodAnswers().text(", ", "\n"), do: either, rows: 20},
		{file: "cell_too_long.csv", body: huge.csv(), do: reject, says: []string{"row 4", "experience"}},
		{file: "row_too_long.csv", body: append(goodAnswers().csv(), `x,"`+strings.Repeat("a", 30<<20)...), do: reject, says: []string{"row 22"}},
		{file: "every_cell_bad.csv", body: everyCellBad().csv(), do: either, says: []string{"usefulness", "founded", "budget", "row 2"}, rows: 3000},
		{file: "half_a_row.csv", body: goodAnswers().csv()[:len(goodAnswers().csv())-60], do: either, says: []string{"21"}},
	})
}

// everyCellBad has thousands of rows in which no cell is what it should be.
func everyCellBad() sheet {
	t := goodAnswers()[:1]
	for i := range 3000 {
		row := []string{fmt.Sprintf("%08x-0000-4000-8000-000000000000", i)}
		for range columns[1:] {
			row = append(row, canary+"\x1b[31m")
		}
		t = append(t, row)
	}
	return t
}

func TestDelimitersAreProven(t *testing.T) {
	sep := func(line, delimiter string) []byte {
		return append([]byte(line), goodAnswers().text(delimiter, "\n")...)
	}
	both := goodAnswers()
	for i := range both {
		both[i] = []string{strings.Join(both[i][:6], ";"), strings.Join(both[i][6:], ";")}
	}
	answers(t, []trial{
		{file: "tab.csv", body: goodAnswers().text("\t", "\n"), do: warn, says: []string{"tab"}, rows: 20, same: true},
		{file: "tab.tsv", body: goodAnswers().text("\t", "\n"), do: accept, rows: 20, same: true},
		{file: "bar.csv", body: goodAnswers().text("|", "\n"), do: warn, says: []string{"|"}, rows: 20, same: true},
		{file: "comma.tsv", body: goodAnswers().csv(), do: accept, rows: 20, same: true},
		{file: "colon.csv", body: goodAnswers().text(":", "\n"), do: reject, says: []string{"delimiter"}},
		{file: "caret.csv", body: goodAnswers().text("^", "\n"), do: reject, says: []string{"delimiter"}},
		{file: "sep_tab.csv", body: sep("sep=\t\r\n", "\t"), do: warn, rows: 20, same: true},
		{file: "sep_bar.csv", body: sep("SEP=|\n", "|"), do: warn, rows: 20, same: true},
		{file: "sep_mark.csv", body: sep(mark+"sep=;\r", ";"), do: warn, rows: 20, same: true},
		{file: "sep_quoted.csv", body: sep("\"sep=;\"\n", ";"), do: warn, rows: 20, same: true},
		{file: "sep_blank.csv", body: sep("sep=; \n", ";"), do: either, rows: 20},
		{file: "sep_row.csv", body: sep("sep=,,,,,,,,,,,,\n", ","), do: either, rows: 20},
		{file: "sep_lies.csv", body: sep("sep=;\n", ","), do: either, says: []string{"sep=", "delimiter"}},
		{file: "sep_letter.csv", body: sep("sep=a\n", ","), do: either, says: []string{"sep="}},
		{file: "sep_only.csv", body: []byte("sep=;\n"), do: reject, says: []string{"no header"}},
		{file: "sep_utf16.csv", body: utf16Of(sep("sep=\t\r\n", "\t"), false, true), do: warn, says: []string{"UTF-16"}, rows: 20, same: true},
		{file: "semicolons_in_commas.csv", body: both.csv(), do: either, says: []string{"delimiter"}},
	})
}
