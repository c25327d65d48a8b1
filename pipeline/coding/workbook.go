package coding

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// Workbook is what one coder is given, or who decides where coders disagree.
type Workbook struct {
	Language  string   // of its words
	Coder     string   // who codes; "" for decisions
	Context   []string // what the columns of context are called
	Suggest   bool     // show what rules suggest
	Learnt    bool     // show what was learnt from coded answers
	Letters   int      // of decisions: how many coders an answer has at most
	Decisions bool
	Codes     []Code
	Rows      []Entry
}

// Entry is one answer in a workbook.
type Entry struct {
	Name      string // of the unit
	Question  string
	Language  string
	Context   []string
	Text      string
	Suggested []string // codes by rules
	Learnt    []string // codes by learning, with how likely they are
	Coders    []Said   // of decisions: what coders said, each under a letter
}

// Said is what one coder said, for who decides.
type Said struct {
	Codes []string
	Flag  Flag
}

// codeColumns is how many columns there are for codes. More can be written into
// one cell, divided by semicolons.
const codeColumns = 5

// most is how many UTF-16 units a cell of a worksheet holds.
const most = 32_767

// Fits reports whether a text can stand in a cell of a worksheet whole.
func Fits(text string) bool {
	text = sheet.Guard(text)
	return len(text) <= most || len(utf16.Encode([]rune(text))) <= most
}

// Write writes the workbook: answers, the codes with what they mean, and how to
// go about it. Equal content gives equal bytes. Its cells are texts.
func (k Workbook) Write(to io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	b := bookWriter{Workbook: k, file: f, words: wordsOf(k.Language), rightToLeft: rightToLeft(k.Language), styles: map[look]int{}}
	for i, part := range []struct {
		name  string
		write func(name string) error
	}{{b.words.answers, b.answers}, {b.words.codes, b.codes}, {b.words.help, b.help}} {
		if i == 0 {
			err = f.SetSheetName(f.GetSheetName(0), part.name)
		} else {
			_, err = f.NewSheet(part.name)
		}
		if err == nil {
			err = f.SetSheetView(part.name, -1, &excelize.ViewOptions{RightToLeft: &b.rightToLeft})
		}
		if err == nil {
			err = part.write(part.name)
		}
		if err != nil {
			return fmt.Errorf("write the sheet %s: %w", part.name, err)
		}
	}
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "Soundings", LastModifiedBy: "Soundings", Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z", Language: k.Language}); err != nil {
		return fmt.Errorf("describe the workbook: %w", err)
	}
	var content bytes.Buffer
	if err := f.Write(&content); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	packed, err := sheet.Repack(content.Bytes())
	if err != nil {
		return err
	}
	_, err = to.Write(packed)
	return err
}

func rightToLeft(language string) bool { return language == "ar" }

// bookWriter writes the sheets of a workbook.
type bookWriter struct {
	Workbook
	file        *excelize.File
	words       words
	rightToLeft bool
	styles      map[look]int
}

// bookColumn is a column of the sheet of answers.
type bookColumn struct {
	head  string
	width float64
	kind  string
	text  func(e Entry) string
	right func(e Entry) bool // whether the text of a cell runs from right to left
	list  string             // what can be chosen: codes, flags or ""
}

// columns returns the columns of the sheet of answers.
func (b *bookWriter) columns() []bookColumn {
	sheetwise := func(Entry) bool { return b.rightToLeft }
	out := []bookColumn{
		{b.words.unit, 19, "faint", func(e Entry) string { return e.Name }, func(Entry) bool { return false }, ""},
		{b.words.question, 26, "faint", func(e Entry) string { return e.Question }, sheetwise, ""},
		{b.words.language, 10, "faint", func(e Entry) string { return e.Language }, sheetwise, ""},
	}
	for i, label := range b.Context {
		out = append(out, bookColumn{label, 16, "faint", func(e Entry) string { return at(e.Context, i) }, sheetwise, ""})
	}
	out = append(out, bookColumn{b.words.answer, 56, "text", func(e Entry) string { return e.Text }, func(e Entry) bool { return rightToLeft(e.Language) }, ""})
	for i := range b.Letters {
		out = append(out, bookColumn{b.words.coder + " " + string(rune('A'+i)), 22, "text", func(e Entry) string {
			if i >= len(e.Coders) {
				return ""
			}
			return b.said(e.Coders[i])
		}, sheetwise, ""})
	}
	if b.Decisions || b.Suggest {
		head := b.words.suggested
		if b.Decisions {
			head = b.words.rules
		}
		out = append(out, bookColumn{head, 22, "faint", func(e Entry) string { return strings.Join(e.Suggested, "; ") }, sheetwise, ""})
	}
	if b.Learnt {
		out = append(out, bookColumn{b.words.learnt, 22, "faint", func(e Entry) string { return strings.Join(e.Learnt, "; ") }, sheetwise, ""})
	}
	none := func(Entry) string { return "" }
	for i := range codeColumns {
		head := b.words.code
		if b.Decisions {
			head = b.words.decision
		}
		out = append(out, bookColumn{head + " " + strconv.Itoa(i+1), 22, "field", none, sheetwise, "codes"})
	}
	out = append(out,
		bookColumn{b.words.flag, 16, "field", none, sheetwise, "flags"},
		bookColumn{b.words.note, 30, "field", none, sheetwise, ""})
	if !b.Decisions {
		out = append(out, bookColumn{b.words.coder, 12, "faint", func(Entry) string { return b.Coder }, sheetwise, ""})
	}
	return out
}

func at(list []string, i int) string {
	if i >= len(list) {
		return ""
	}
	return list[i]
}

func (b *bookWriter) said(s Said) string {
	switch s.Flag {
	case None:
		return b.words.none
	case Unclear:
		return b.words.unclear
	}
	return strings.Join(s.Codes, "; ")
}

// answers writes the sheet that is filled in.
func (b *bookWriter) answers(name string) error {
	columns := b.columns()
	for i, c := range columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := errors.Join(b.file.SetColWidth(name, letter, letter, c.width), b.cell(name, i+1, 1, c.head, look{"head", b.rightToLeft})); err != nil {
			return err
		}
		for k, e := range b.Rows {
			if err := b.cell(name, i+1, k+2, c.text(e), look{c.kind, c.right(e)}); err != nil {
				return err
			}
		}
		if err := b.choose(name, c.list, letter); err != nil {
			return err
		}
	}
	if err := b.arrange(name, len(columns), len(b.Rows)+1, 1); err != nil {
		return err
	}
	var heads []shownText
	for _, c := range columns {
		heads = append(heads, shownText{c.head, c.width, "head"})
	}
	if err := b.height(name, 1, heads); err != nil {
		return err
	}
	for k, e := range b.Rows {
		var cells []shownText
		for _, c := range columns {
			cells = append(cells, shownText{c.text(e), c.width, c.kind})
		}
		if err := b.height(name, k+2, cells); err != nil {
			return err
		}
	}
	return nil
}

// choose makes the cells of a column drop-downs.
func (b *bookWriter) choose(name, list, letter string) error {
	if list == "" || len(b.Rows) == 0 {
		return nil
	}
	v := excelize.NewDataValidation(true)
	v.Sqref = fmt.Sprintf("%s2:%s%d", letter, letter, len(b.Rows)+1)
	if list == "flags" {
		if err := v.SetDropList([]string{b.words.none, b.words.unclear}); err != nil {
			return err
		}
	} else {
		v.SetSqrefDropList(fmt.Sprintf("'%s'!$A$2:$A$%d", b.words.codes, len(b.Codes)+1))
		// Several codes can be written into one cell: a program warns and lets it pass.
		v.SetError(excelize.DataValidationErrorStyleWarning, b.words.code, b.words.notInList)
	}
	return b.file.AddDataValidation(name, v)
}

// arrange freezes the head and the first columns, adds the filter and fits the
// sheet to the width of a page.
func (b *bookWriter) arrange(name string, columns, rows, frozen int) error {
	corner, err := excelize.CoordinatesToCellName(columns, max(rows, 1))
	if err != nil {
		return err
	}
	left, err := excelize.CoordinatesToCellName(frozen+1, 2)
	if err != nil {
		return err
	}
	pane := "bottomRight"
	if frozen == 0 {
		pane = "bottomLeft"
	}
	return errors.Join(
		b.file.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: frozen, YSplit: 1, TopLeftCell: left, ActivePane: pane}),
		b.file.AutoFilter(name, "A1:"+corner, nil),
		b.page(name),
	)
}

// page fits a sheet to the width of a page.
func (b *bookWriter) page(name string) error {
	fit, width, height, landscape := true, 1, 0, "landscape"
	return errors.Join(
		b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &width, FitToHeight: &height}),
	)
}

// codes writes the sheet that explains each code, and that drop-downs read.
func (b *bookWriter) codes(name string) error {
	type codeColumn struct {
		head  string
		width float64
		text  func(Code) string
		right func(Code) bool // whether the text runs from right to left
	}
	authors := func(Code) bool { return false } // in the language of the codebook's author
	columns := []codeColumn{
		{b.words.code, 38, func(c Code) string { return c.shown(b.Language) }, func(Code) bool { return b.rightToLeft }},
		{b.words.group, 24, func(c Code) string { return c.group(b.Language) }, func(Code) bool { return b.rightToLeft }},
		{b.words.definition, 60, func(c Code) string { d, _ := c.definition(b.Language); return d }, func(c Code) bool {
			_, own := c.definition(b.Language)
			return own && b.rightToLeft
		}},
		{b.words.include, 48, func(c Code) string { return c.Include }, authors},
		{b.words.exclude, 48, func(c Code) string { return c.Exclude }, authors},
	}
	for k, code := range b.Codes {
		var cells []shownText
		for _, c := range columns {
			cells = append(cells, shownText{c.text(code), c.width, "text"})
		}
		if err := b.height(name, k+2, cells); err != nil {
			return err
		}
	}
	for i, c := range columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := errors.Join(b.file.SetColWidth(name, letter, letter, c.width), b.cell(name, i+1, 1, c.head, look{"head", b.rightToLeft})); err != nil {
			return err
		}
		for k, code := range b.Codes {
			if err := b.cell(name, i+1, k+2, c.text(code), look{"text", c.right(code)}); err != nil {
				return err
			}
		}
	}
	return b.arrange(name, len(columns), len(b.Codes)+1, 1)
}

// help writes how to go about it.
func (b *bookWriter) help(name string) error {
	lines := b.words.guide
	if b.Suggest || b.Learnt {
		lines = append(slices.Clone(lines), b.words.hint)
	}
	if b.Decisions {
		lines = b.words.judge
	}
	if err := errors.Join(b.file.SetColWidth(name, "A", "A", 5), b.file.SetColWidth(name, "B", "B", 100), b.page(name)); err != nil {
		return err
	}
	for i, l := range lines {
		if err := errors.Join(b.cell(name, 1, i+1, strconv.Itoa(i+1), look{"faint", b.rightToLeft}), b.cell(name, 2, i+1, l, look{"text", b.rightToLeft}),
			b.height(name, i+1, []shownText{{l, 100, "text"}})); err != nil {
			return err
		}
	}
	return nil
}
