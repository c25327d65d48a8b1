package weight

import (
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Sheet is a table of a file as it was read.
type Sheet struct {
	File   string
	Header []string
	Rows   [][]string
	Lines  []int // row of the file on which each stands
}

// Sheets are the sheets that the config names: nil where it names none.
type Sheets struct {
	Frame   *Sheet
	Invited *Sheet
}

// frame is what is known of a population.
type frame struct {
	file    string
	margins []*frameMargin
	numbers []frameNumber
	size    float64 // of the population, where the sheet says it by itself; else 0
}

// frameMargin is the totals of the joint choices of some items.
type frameMargin struct {
	items []string
	rows  []frameRow
	at    map[string]int // place in rows, by the values
}

type frameRow struct {
	values   []float64 // as in weighting.Key, in the order of the items
	total    float64
	answered float64
	line     int
}

type frameNumber struct {
	item  string
	total float64
	line  int
}

func (m *frameMargin) name() string { return strings.Join(m.items, " x ") }

func valuesKey(values []float64) string {
	var b []byte
	for _, v := range values {
		b = strconv.AppendFloat(append(b, ' '), v, 'g', -1, 64)
	}
	return string(b)
}

// sheetReader reads a sheet against the survey.
type sheetReader struct {
	*Sheet
	survey *survey.Survey
	found  []finding.Finding
	out    frame
}

func (r *sheetReader) refuse(kind string, line int, column, problem, remedy string) {
	r.found = append(r.found, finding.Finding{Stage: stage, Kind: kind, Severity: finding.Refusal,
		Place: finding.Place{File: r.File, Row: line, Column: column}, Problem: problem, Remedy: remedy})
}

// readFrame reads known totals: rows of item, value and total; or a column for
// each item beside the total, where a row leaves empty what it does not speak of.
func readFrame(sheet *Sheet, s *survey.Survey) (frame, []finding.Finding) {
	r := &sheetReader{Sheet: sheet, survey: s, out: frame{file: sheet.File}}
	total := r.column("total")
	if total < 0 {
		r.refuse("frame", 1, "", "The frame has no column total.", "Add the column with the population of each row.")
		return r.out, r.found
	}
	item, value := r.column("item"), r.column("value")
	var items []string
	var columns []int
	if item < 0 || value < 0 {
		items, columns = r.items(total)
	}
	if len(r.found) > 0 {
		return r.out, r.found
	}
	for i, cells := range r.Rows {
		line := r.Lines[i]
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		n, ok := r.number(cell(cells, total), line, "total")
		if !ok {
			continue
		}
		if columns == nil {
			r.long(cell(cells, item), cell(cells, value), n, line)
			continue
		}
		var names, words []string
		for k, at := range columns {
			if word := cell(cells, at); word != "" {
				names, words = append(names, items[k]), append(words, word)
			}
		}
		r.row(names, words, frameRow{total: n, line: line}, "")
	}
	if len(r.out.margins) == 0 && len(r.out.numbers) == 0 && len(r.found) == 0 {
		r.refuse("frame", 0, "", "The frame has no rows.", "Add a row for each choice, with its total.")
	}
	return r.out, r.found
}

// long reads a row of item, value and total. Joint choices are joined by "*".
func (r *sheetReader) long(item, value string, total float64, line int) {
	if item == "" && value == "" {
		r.out.size = total
		return
	}
	if item == "" {
		r.refuse("frame", line, "item", "The row names no item.", "Name the item, or leave the value empty too for the whole population.")
		return
	}
	if value == "" {
		r.numeric(item, total, line)
		return
	}
	names, words := []string{item}, []string{value}
	if strings.Contains(item, "*") {
		names, words = strings.Split(item, "*"), strings.Split(value, "*")
		if len(words) != len(names) {
			r.refuse("frame", line, "value", "The item and the value of the row have not as many parts.", "Write a joint choice as size*lang and small*fr.")
			return
		}
	}
	for i := range names {
		names[i], words[i] = strings.TrimSpace(names[i]), strings.TrimSpace(words[i])
	}
	for _, name := range names {
		if !r.usable(name, line, "item") {
			return
		}
	}
	r.row(names, words, frameRow{total: total, line: line}, "value")
}

// numeric takes the total of a numeric item.
func (r *sheetReader) numeric(name string, total float64, line int) {
	if !r.usable(name, line, "item") {
		return
	}
	if it, _ := r.survey.Item(name); !it.Type.Numeric() {
		r.refuse("frame", line, "value", "The row names no choice of the item "+name+".", "Name a choice; only the total of a numeric item has no value.")
		return
	}
	if slices.ContainsFunc(r.out.numbers, func(n frameNumber) bool { return n.item == name }) {
		r.refuse("frame-twice", line, "item", "The total of the item "+name+" stands twice.", "Remove one of the rows.")
		return
	}
	r.out.numbers = append(r.out.numbers, frameNumber{name, total, line})
}

// row takes the total of a joint choice.
func (r *sheetReader) row(names, words []string, row frameRow, column string) {
	if len(names) == 0 {
		r.out.size = row.total
		return
	}
	for i, name := range names {
		v, ok := r.value(name, words[i])
		if !ok {
			where := column
			if where == "" {
				where = name
			}
			it, _ := r.survey.Item(name)
			r.refuse("frame-choice", row.line, where, "The cell names no choice of the item "+name+".", spelling.DidYouMean(words[i], choiceNames(r.survey, it), "Write the name or the label of a choice."))
			return
		}
		row.values = append(row.values, v)
	}
	m := r.margin(names)
	order := make([]float64, len(m.items))
	for i, name := range m.items {
		order[i] = row.values[slices.Index(names, name)]
	}
	row.values = order
	if _, twice := m.at[valuesKey(order)]; twice {
		r.refuse("frame-twice", row.line, column, "The frame has an earlier row for the same choice of "+m.name()+".", "Add the two up, or correct one.")
		return
	}
	m.at[valuesKey(order)] = len(m.rows)
	m.rows = append(m.rows, row)
}

func (r *sheetReader) margin(names []string) *frameMargin {
	for _, m := range r.out.margins {
		if sameItems(m.items, names) {
			return m
		}
	}
	m := &frameMargin{items: slices.Clone(names), at: map[string]int{}}
	r.out.margins = append(r.out.margins, m)
	return m
}

func sameItems(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
