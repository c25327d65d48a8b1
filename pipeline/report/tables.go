package report

import (
	"errors"
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Tables is the page of banner tables in one language: for each item one table,
// with everybody in its first column and the groups of each question of the
// banner in the others.
type Tables struct {
	Lang      string // BCP 47
	Dir       string // "ltr" or "rtl"
	Title     string
	Notice    string // shown at the top; may be empty
	Languages []Link
	Chapters  []TableChapter
	Reading   Chapter // how to read the tables
	Words     TableWords
	Brand     Brand
}

// TableWords are what a format needs besides the tables, in their language.
type TableWords struct {
	Notice, Contents, Languages string
	Skip, Top, Report           string
	Total                       string
	Higher                      string // read out before letters: "higher than"
}

// TableChapter is the tables of a chapter of the form.
type TableChapter struct {
	ID, Title string
	Tables    []BannerTable
}

// BannerTable is the table of one item. Its first column of figures is that of
// everybody; those of the heads follow.
type BannerTable struct {
	ID      string // unique on the page
	Label   string
	Caption string
	Heads   []BannerHead
	Rows    []BannerRow
	Notes   []string // the footer
}

// BannerHead is a question of the banner with its groups.
type BannerHead struct {
	Label   string
	Columns []BannerColumn
}

// BannerColumn is a group. Without comparisons it has no letter.
type BannerColumn struct{ Label, Letter string }

// BannerRow is a row of a table: a base, or figures.
type BannerRow struct {
	Head  string
	Base  bool
	Cells []BannerCell
}

// BannerCell is a figure and the letters beside it. One that was not asked for
// is empty.
type BannerCell struct {
	Text, Letters string
	Value         Value // of Text
}

// TablesArtifact returns the name under which the ledger has the tables in a
// language.
func TablesArtifact(tag string) string { return "tables." + tag }

// ComposeTables makes the page of banner tables in one language. It is nil where
// there is nothing to put into a table.
func ComposeTables(in Input) (*Tables, error) {
	if in.Survey == nil || in.Safe == nil || in.Language == nil {
		return nil, errors.New("compose tables: survey, tables and language are needed")
	}
	c := newComposer(in, TablesArtifact(in.Language.Tag))
	c.title = c.projectText(in.Words.Title, in.Survey.Title)
	if c.title == "" {
		c.title = in.Survey.ID
	}
	b := newBannerComposer(c)
	out := &Tables{
		Lang: in.Language.Tag, Dir: in.Language.Dir(), Languages: links(in), Notice: c.notice(), Brand: c.brand(),
		Title: c.l.Say("tables.title", lang.Args{"title": c.title}),
		Words: TableWords{
			Notice: c.l.Say("notice.label"), Contents: c.l.Say("nav.contents"), Languages: c.l.Say("nav.languages"),
			Skip: c.l.Say("tables.skip"), Top: c.l.Say("nav.top"), Report: c.l.Say("tables.report"),
			Total: c.l.Say("tables.total"), Higher: c.l.Say("tables.higher"),
		},
	}
	for _, p := range parts(b.items()) {
		ch := TableChapter{ID: fmt.Sprintf("chapter-%d", len(out.Chapters)+1), Title: c.chapterTitle(p)}
		for _, sec := range p.sections {
			for _, i := range sec.items {
				if t, ok := b.table(i); ok {
					ch.Tables = append(ch.Tables, t)
				}
			}
		}
		if len(ch.Tables) > 0 {
			out.Chapters = append(out.Chapters, ch)
		}
	}
	if len(out.Chapters) == 0 {
		return nil, nil
	}
	out.Reading = Chapter{ID: "reading", Title: c.l.Say("tables.reading"), Blocks: []Block{List{Items: b.proses(b.reading())}}}
	return out, nil
}

// items are the items that the settings ask for, or all that the report has, of
// which there are shares or means.
func (b *bannerComposer) items() []*survey.Item {
	asked := b.settings.Items
	var out []*survey.Item
	for _, i := range b.tabulated() {
		if b.sharesOf(i) == nil && b.view(table.Mean, i.Name) == nil {
			continue // further figures alone
		}
		if len(asked) == 0 || slices.Contains(asked, i.Name) {
			out = append(out, i)
		}
	}
	return out
}
