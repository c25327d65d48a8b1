package xlsx

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/report"
)

// banners writes a sheet for each chapter: the banner once, over the tables of
// the chapter one under the other.
func (b *book) banners(t *report.Tables) []entry {
	var out []entry
	l := newLayout(t)
	for _, ch := range t.Chapters {
		s := b.sheet(ch.Title)
		l.head(b, s, t, ch)
		out = append(out, entry{chapter: true, label: ch.Title, sheet: s.name, row: 1})
		row := firstRow
		for _, table := range ch.Tables {
			out = append(out, entry{label: table.Label, detail: table.Caption, sheet: s.name, row: row})
			end := l.table(s, row, table)
			s.named(table.ID, row, end, l.last)
			row = end + 2
		}
		s.finish(row, l.last, firstRow-1, 1)
	}
	return out
}

// firstRow is the first row under the banner.
const firstRow = 4

// head is a question of the banner with all groups that any table has.
type head struct {
	label  string
	groups []string
	column int // of its first group
}

// layout says in which column each group stands, alike on all sheets: banners of
// tables lack the question they are about.
type layout struct {
	heads    []head
	lettered bool // each group has a column for letters behind it
	last     int  // column
}

func newLayout(t *report.Tables) *layout {
	l := &layout{last: 2}
	var labels []string
	groups := map[string][]string{}
	for _, ch := range t.Chapters {
		for _, table := range ch.Tables {
			var heads []string
			for _, h := range table.Heads {
				heads = append(heads, again(heads, h.Label))
				label := heads[len(heads)-1]
				groups[label] = merged(groups[label], groupsOf(h))
				l.lettered = l.lettered || slices.ContainsFunc(h.Columns, func(c report.BannerColumn) bool { return c.Letter != "" })
			}
			labels = merged(labels, heads)
		}
	}
	for _, label := range labels {
		l.heads = append(l.heads, head{label, groups[label], l.last + 1})
		l.last += len(groups[label]) * l.wide()
	}
	return l
}

func groupsOf(h report.BannerHead) (out []string) {
	for _, c := range h.Columns {
		out = append(out, again(out, c.Label))
	}
	return out
}

// again tells a label from those before it that are alike: a no-break space
// behind it is not seen.
func again(before []string, label string) string {
	for slices.Contains(before, label) {
		label += "\u00a0"
	}
	return label
}

// merged is a list with what another has beside it, in an order that fits both.
func merged(list, other []string) []string {
	for i, label := range other {
		if slices.Contains(list, label) {
			continue
		}
		at := len(list)
		for _, next := range other[i+1:] {
			if k := slices.Index(list, next); k >= 0 {
				at = k
				break
			}
		}
		list = slices.Insert(list, at, label)
	}
	return list
}

// wide is how many columns a group takes.
func (l *layout) wide() int {
	if l.lettered {
		return 2
	}
	return 1
}

const (
	stubWidth   = 44
	figureWidth = 11
	letterWidth = 4
)

// head writes the banner at the top of a sheet.
func (l *layout) head(b *book, s *page, t *report.Tables, ch report.TableChapter) {
	s.width(1, stubWidth)
	s.width(2, figureWidth)
	s.back(b)
	s.text(1, 2, ch.Title, chapterStyle)
	s.text(1, 3, "", bannerStyle)
	s.text(2, 2, "", bannerStyle)
	s.text(2, 3, t.Words.Total, headCell)
	high, headHigh := lines(t.Words.Total, figureWidth), lines(ch.Title, stubWidth)
	width := figureWidth
	if l.lettered {
		width += letterWidth
	}
	for _, h := range l.heads {
		for n, group := range h.groups {
			at := h.column + n*l.wide()
			s.width(at, figureWidth)
			if l.lettered {
				s.width(at+1, letterWidth)
			}
			s.across(at, 3, at+l.wide()-1, group, headCell)
			high = max(high, lines(group, width))
		}
		s.across(h.column, 2, h.column+len(h.groups)*l.wide()-1, h.label, bannerStyle)
		headHigh = max(headHigh, lines(h.label, width*len(h.groups)))
	}
	s.high(2, max(18, 15*headHigh))
	s.high(3, 15*high+3)
}

// table writes a table and returns its last row.
func (l *layout) table(s *page, row int, t report.BannerTable) int {
	s.text(1, row, t.Label, tableStyle)
	for at := 2; at <= l.last; at++ {
		s.text(at, row, "", tableStyle)
	}
	s.high(row, max(18, 15*lines(t.Label, stubWidth)))
	columns := l.columns(t)
	if t.Caption != "" && t.Caption != t.Label {
		row++
		s.across(1, row, min(l.last, 12), t.Caption, captionStyle)
		s.high(row, 15*lines(t.Caption, stubWidth+10*figureWidth))
	}
	if letters := lettersOf(t); slices.ContainsFunc(letters, func(x string) bool { return x != "" }) {
		row++
		for n, letter := range letters {
			s.across(columns[n], row, columns[n]+l.wide()-1, letter, letterHeadStyle)
		}
	}
	for _, r := range t.Rows {
		row++
		stub, base := stubStyle, plainCell
		if r.Base {
			stub, base = baseStubStyle, baseCell
		}
		s.text(1, row, r.Head, stub)
		s.high(row, 15*lines(r.Head, stubWidth))
		for n, c := range r.Cells {
			if n >= len(columns) {
				break
			}
			s.figure(columns[n], row, c.Text, c.Value, base)
			if c.Letters != "" && n > 0 && l.lettered {
				s.text(columns[n]+1, row, c.Letters, letterStyle)
			}
		}
	}
	if note := strings.Join(t.Notes, " "); note != "" {
		row++
		s.across(1, row, min(l.last, 12), note, noteStyle)
		s.high(row, 13*lines(note, stubWidth+10*figureWidth+20))
	}
	return row
}

// columns are those of the cells of a table: of everybody, then of each group.
func (l *layout) columns(t report.BannerTable) []int {
	out := []int{2}
	var seen []string
	for _, h := range t.Heads {
		seen = append(seen, again(seen, h.Label))
		k := slices.IndexFunc(l.heads, func(x head) bool { return x.label == seen[len(seen)-1] })
		for _, group := range groupsOf(h) {
			out = append(out, l.heads[k].column+slices.Index(l.heads[k].groups, group)*l.wide())
		}
	}
	return out
}

// lettersOf are the letters of the columns of a table; everybody has none.
func lettersOf(t report.BannerTable) []string {
	out := []string{""}
	for _, h := range t.Heads {
		for _, c := range h.Columns {
			out = append(out, c.Letter)
		}
	}
	return out
}
