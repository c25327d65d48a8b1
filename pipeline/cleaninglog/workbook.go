package cleaninglog

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// Book is what a workbook for analysts is made of: answers as they stand, and
// lines to decide on.
type Book struct {
	Language    string // of the readme; English where it has none in that language
	RightToLeft bool
	Data        []DataSheet
	Lines       []Line                                            // decided already, and proposed
	Choices     func(question string) (names []string, open bool) // what new_value may hold; open: something else as well
	Dir         string                                            // restricted folder for files under way
}

// DataSheet is the answers of one level. Its first column holds the identifier.
type DataSheet struct {
	Name    string // "" for the respondents; of a repeat, its name
	Columns []string
	Rows    iter.Seq2[DataRow, error]
}

// DataRow is the answers of one row, in the form in which logs speak of them.
type DataRow struct {
	UUID  string
	Index int64 // row of a repeat within its response; 0 for the response itself
	Cells []string
}

// Limits of a worksheet.
const (
	MaxSheetRows    = 1_048_576
	maxSheetColumns = 16_384
	maxSheetCell    = 32_767 // UTF-16 units
)

// ErrSheet says that something does not fit a worksheet.
var ErrSheet = errors.New("it does not fit a worksheet")

// bookColumns are the columns of the sheet that analysts fill in, with widths.
func bookColumns() []struct {
	name  string
	width float64
} {
	return []struct {
		name  string
		width float64
	}{{colUUID, 20}, {colQuestion, 24}, {colIssue, 28}, {colOld, 24}, {colType, 18}, {colNew, 24}, {colBinding, 20}, {colCheck, 18}, {colDescription, 40}, {colComment, 30}, {colLevel, 12}, {colIndex, 8}, {colProposed, 24}}
}

// Fits reports whether a line can be written to a worksheet without being cut:
// a cut old value would be another one.
func (l Line) Fits() bool {
	for _, cell := range l.cells() {
		if !fits(sheet.Guard(cell)) {
			return false
		}
	}
	return true
}

func fits(cell string) bool {
	return len(cell) <= maxSheetCell || len(utf16.Encode([]rune(cell))) <= maxSheetCell
}

func (l Line) cells() []string {
	index := ""
	if l.Index > 0 {
		index = strconv.FormatInt(l.Index, 10)
	}
	return []string{l.UUID, l.Question, l.Issue, l.Old, string(l.Type), l.New, l.binding(), l.CheckID, l.Description, l.Comment, l.Level, index, l.Proposed}
}

// binding returns what a line is coloured by: lines of one check about one
// response have one colour.
func (l Line) binding() string {
	if l.Binding != "" {
		return l.Binding
	}
	what := cmp.Or(l.CheckID, l.Question, l.Issue)
	return what + " ~/~ " + l.UUID
}

// rowOf names the row that a line is about.
type rowOf struct {
	level, uuid string
	index       int64
}

// Write writes the workbook. Equal content gives equal bytes.
func (b Book) Write(w io.Writer) (err error) {
	f := excelize.NewFile(excelize.Options{TmpDir: b.Dir, UnzipSizeLimit: 4 << 30})
	defer func() { err = cmp.Or(err, f.Close()) }()
	lines := slices.Clone(b.Lines)
	slices.SortStableFunc(lines, func(x, y Line) int {
		return cmp.Or(cmp.Compare(x.CheckID, y.CheckID), cmp.Compare(x.Question, y.Question), cmp.Compare(x.UUID, y.UUID),
			cmp.Compare(x.Level, y.Level), cmp.Compare(x.Index, y.Index), cmp.Compare(x.Issue, y.Issue), cmp.Compare(x.Old, y.Old), cmp.Compare(x.New, y.New))
	})
	s := &sheets{book: b, file: f, styles: map[string]int{}}
	if len(lines)+1 > MaxSheetRows {
		return fmt.Errorf("write the log of %d lines: %w", len(lines), ErrSheet)
	}
	bound := s.colours(lines)
	for i, d := range b.Data {
		name := sheetName(d.Name, b.Data[:i])
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return fmt.Errorf("make a sheet: %w", err)
		}
		if err := s.data(name, d, bound); err != nil {
			return fmt.Errorf("write the sheet of answers: %w", err)
		}
	}
	for _, part := range []struct {
		name  string
		write func(name string) error
	}{{SheetName, func(name string) error { return s.log(name, lines) }}, {"readme", s.readme}, {rulesSheet, s.rules}} {
		if _, err := f.NewSheet(part.name); err != nil {
			return fmt.Errorf("make a sheet: %w", err)
		}
		if err := part.write(part.name); err != nil {
			return fmt.Errorf("write the sheet %s: %w", part.name, err)
		}
	}
	if at, err := f.GetSheetIndex(SheetName); err == nil {
		f.SetActiveSheet(at)
	}
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "Soundings", LastModifiedBy: "Soundings", Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"}); err != nil {
		return fmt.Errorf("describe the workbook: %w", err)
	}
	return s.save(w)
}

// sheetName names the sheet of a level. Names of sheets have 31 characters.
func sheetName(level string, before []DataSheet) string {
	if level == "" {
		return "checked_dataset"
	}
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return '_'
		}
		return r
	}, "checked_"+level)
	if r := []rune(name); len(r) > 28 {
		name = string(r[:28])
	}
	for i, d := range before {
		if i > 0 && strings.EqualFold(sheetName(d.Name, nil), name) {
			return name + "_" + strconv.Itoa(len(before))
		}
	}
	return name
}
