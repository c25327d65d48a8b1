// Package gotaframe looks things up in a published table of results, as a gota
// data frame: small tables, for people to read. Figures are computed elsewhere;
// gota is for choosing and sorting lines only.
package gotaframe

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Query says which lines of the results to show.
type Query struct {
	Item string
	By   string // "" for everybody
	Sort string // "share": the greatest figure first; "": in the order of the file
	JSON bool   // as a list of objects with all columns, in place of a text table
}

// Show reads results.csv and returns the lines of an item, as a text table or JSON.
func Show(results io.Reader, q Query) (string, error) {
	if q.Sort != "" && q.Sort != "share" {
		return "", fmt.Errorf("cannot sort by %q: sort by share, or leave it out", q.Sort)
	}
	df, err := read(results)
	if err != nil {
		return "", err
	}
	by := q.By
	if by == "" {
		by = "NA"
	}
	of := df.Filter(equal("analysis_var", q.Item))
	if of.Err != nil || of.Nrow() == 0 {
		return "", fmt.Errorf("the latest run has no figures for an item called %q", q.Item)
	}
	of = of.Filter(equal("group_var", by))
	if of.Err != nil || of.Nrow() == 0 {
		return "", fmt.Errorf("the latest run has no figures for %s by %s", q.Item, q.By)
	}
	if q.Sort == "share" {
		// Arrange is stable, so lines with equal figures keep the order of the file.
		of = of.Arrange(dataframe.RevSort("stat"))
	}
	if q.JSON {
		return encode(of)
	}
	return render(of), of.Err
}

// read takes the columns as text but for the figure, which is sorted by.
func read(r io.Reader) (dataframe.DataFrame, error) {
	// A byte order mark is for Excel; gota would make it part of a name.
	content, err := io.ReadAll(r)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("read the results: %w", err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), "\ufeff"))).ReadAll()
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("read the results: %w", err)
	}
	for _, row := range rows {
		for i := range row {
			row[i] = sheet.Bare(row[i])
		}
	}
	df := dataframe.LoadRecords(rows,
		dataframe.DetectTypes(false), dataframe.DefaultType(series.String), dataframe.NaNValues(nil),
		dataframe.WithTypes(map[string]series.Type{"stat": series.Float}))
	if df.Err != nil {
		return df, fmt.Errorf("read the results: %w", df.Err)
	}
	names := map[string]bool{}
	for _, n := range df.Names() {
		names[n] = true
	}
	for _, c := range table.Columns {
		if !names[c] && slices.Contains(needed[:], c) {
			return df, fmt.Errorf("read the results: there is no column %s", c)
		}
	}
	return df, nil
}

// needed are the columns without which nothing can be shown. Results of earlier
// versions of the program lack others.
var needed = [...]string{"analysis_type", "analysis_var", "analysis_var_value", "group_var", "group_var_value", "stat", "stat_low", "stat_upp", "n_total", "status"}

func equal(column, value string) dataframe.F {
	return dataframe.F{Colname: column, Comparator: series.Eq, Comparando: value}
}

// render lays the lines out in columns, with shares in per cent. Lines of tests
// have their p value too, of quantiles which they are.
func render(df dataframe.DataFrame) string {
	cell := func(row int, column string) string {
		if !slices.Contains(df.Names(), column) {
			return ""
		}
		return df.Col(column).Elem(row).String()
	}
	head := []string{"analysis", "group", "choice", "figure", "low", "high", "base", "status"}
	var more []string
	for _, column := range []string{"p", "prob"} {
		for i := range df.Nrow() {
			if cell(i, column) != "" {
				head, more = append(head, column), append(more, column)
				break
			}
		}
	}
	oneLine := strings.NewReplacer("\t", " ", "\n", " ", "\v", " ", "\f", " ", "\xff", " ") // what tabwriter takes for the end of a cell
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join(head, "\t"))
	for i := range df.Nrow() {
		share := isShare(cell(i, "analysis_type"))
		line := []string{
			cell(i, "analysis_type"), cell(i, "group_var_value"), cell(i, "analysis_var_value"),
			figure(df.Col("stat").Elem(i).Float(), share), text(cell(i, "stat_low"), share), text(cell(i, "stat_upp"), share),
			cell(i, "n_total"), cell(i, "status"),
		}
		for _, column := range more {
			line = append(line, text(cell(i, column), false))
		}
		for j := range line {
			line[j] = oneLine.Replace(line[j])
		}
		fmt.Fprintln(w, strings.Join(line, "\t"))
	}
	_ = w.Flush() // a strings.Builder does not fail
	return b.String()
}

// isShare reports whether figures of an analysis are shown in per cent.
func isShare(analysis string) bool {
	switch table.Analysis(analysis) {
	case table.NetScore, table.RankFirst:
		return true
	}
	return strings.HasPrefix(analysis, "prop_")
}

func figure(v float64, share bool) string {
	if math.IsNaN(v) {
		return "-"
	}
	if share {
		return fmt.Sprintf("%.4g %%", 100*v)
	}
	return fmt.Sprintf("%.4g", v)
}

func text(s string, share bool) string {
	var v float64
	if _, err := fmt.Sscan(s, &v); err != nil {
		return ""
	}
	return figure(v, share)
}
