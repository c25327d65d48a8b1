package cleaninglog

import (
	"archive/zip"
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/sheet"
)

const (
	rulesSheet = "validation_rules"
	headerFill = "EE5859"
	font       = "Arial Narrow"
)

// fills are the colours of rows that a check binds, light enough to read on.
func fills() []string {
	return []string{"FCE4D6", "DDEBF7", "E2EFDA", "FFF2CC", "EADCF4", "D9F0EE", "F8D7DA", "E7E6E6", "D6E4F0", "F5E6CC"}
}

// sheets writes the sheets of one workbook.
type sheets struct {
	book   Book
	file   *excelize.File
	styles map[string]int // by fill
	fills  map[string]string
	lists  []list // drop-downs, a column each of the sheet of rules
}

// list is the content of a drop-down.
type list struct {
	name   string
	values []string
	open   bool
	rows   []int // rows of the log that have it
}

// colours gives each binding a colour in the order of the lines, and returns the
// colour of each row of answers that a line is about.
func (s *sheets) colours(lines []Line) map[rowOf]string {
	s.fills = map[string]string{}
	bound := map[rowOf]string{}
	for _, l := range lines {
		b := l.binding()
		if s.fills[b] == "" {
			s.fills[b] = fills()[len(s.fills)%len(fills())]
		}
		at := rowOf{l.Level, l.UUID, l.Index}
		if l.UUID != Everybody && bound[at] == "" {
			bound[at] = s.fills[b]
		}
	}
	return bound
}

// style returns the style of cells with a fill; "" for none.
func (s *sheets) style(fill string) (int, error) {
	if id, ok := s.styles[fill]; ok {
		return id, nil
	}
	st := &excelize.Style{Font: &excelize.Font{Family: font, Size: 11}, NumFmt: sheet.TextFormat, Alignment: &excelize.Alignment{Vertical: "top"}}
	if fill == headerFill {
		st.Font = &excelize.Font{Family: font, Size: 12, Bold: true, Color: "FFFFFF"}
	}
	if fill == "wrap" {
		st.Alignment.WrapText = true
	} else if fill != "" {
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	}
	id, err := s.file.NewStyle(st)
	s.styles[fill] = id
	return id, err
}

// begin starts a sheet: its direction, header, frozen panes and widths.
func (s *sheets) begin(name string, columns []string, widths []float64, firstColumn int) (*excelize.StreamWriter, error) {
	rtl := s.book.RightToLeft
	if err := s.file.SetSheetView(name, -1, &excelize.ViewOptions{RightToLeft: &rtl}); err != nil {
		return nil, err
	}
	w, err := s.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	corner, err := excelize.CoordinatesToCellName(firstColumn+1, 2)
	if err != nil {
		return nil, err
	}
	pane := "bottomRight"
	if firstColumn == 0 {
		pane = "bottomLeft"
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, XSplit: firstColumn, YSplit: 1, TopLeftCell: corner, ActivePane: pane}); err != nil {
		return nil, err
	}
	for i := range columns {
		width := 16.0
		if i < len(widths) {
			width = widths[i]
		}
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	return w, s.row(w, 1, columns, headerFill)
}

// row writes a row of texts. All cells are text, so that 007 stays what it is,
// and guarded, so that =cmd does too where the sheet is saved as CSV.
func (s *sheets) row(w *excelize.StreamWriter, n int, cells []string, fill string) error {
	style, err := s.style(fill)
	if err != nil {
		return err
	}
	values := make([]any, len(cells))
	for i, c := range cells {
		values[i] = excelize.Cell{StyleID: style, Value: sheet.Guard(c)}
	}
	at, err := excelize.CoordinatesToCellName(1, n)
	if err != nil {
		return err
	}
	return w.SetRow(at, values)
}

// end adds the filter and closes a sheet.
func (s *sheets) end(w *excelize.StreamWriter, name string, columns, rows int) error {
	corner, err := excelize.CoordinatesToCellName(columns, max(rows, 1))
	if err != nil {
		return err
	}
	if err := s.file.AutoFilter(name, "A1:"+corner, nil); err != nil {
		return err
	}
	return w.Flush()
}

// data writes the answers of a level.
func (s *sheets) data(name string, d DataSheet, bound map[rowOf]string) error {
	columns := append([]string{colUUID}, d.Columns...)
	if d.Name != "" {
		columns = append([]string{colUUID, colIndex}, d.Columns...)
	}
	if len(columns) > maxSheetColumns {
		return fmt.Errorf("%d columns: %w", len(columns), ErrSheet)
	}
	w, err := s.begin(name, columns, nil, 1)
	if err != nil {
		return err
	}
	n := 1
	for r, err := range d.Rows {
		if err != nil {
			return err
		}
		if n++; n > MaxSheetRows {
			return fmt.Errorf("more than %d rows: %w", MaxSheetRows-1, ErrSheet)
		}
		cells := []string{r.UUID}
		if d.Name != "" {
			cells = append(cells, strconv.FormatInt(r.Index, 10))
		}
		for _, c := range r.Cells {
			cells = append(cells, cut(c))
		}
		if err := s.row(w, n, cells, bound[rowOf{d.Name, r.UUID, r.Index}]); err != nil {
			return err
		}
	}
	return s.end(w, name, len(columns), n)
}

// cut shortens an answer that is longer than a cell may be, and says so in it.
func cut(cell string) string {
	if fits(sheet.Guard(cell)) {
		return cell
	}
	r := []rune(cell)
	return string(r[:min(len(r), maxSheetCell/2-8)]) + " […]"
}

// log writes the sheet that analysts fill in.
func (s *sheets) log(name string, lines []Line) error {
	var columns []string
	var widths []float64
	for _, c := range bookColumns() {
		columns, widths = append(columns, c.name), append(widths, c.width)
	}
	w, err := s.begin(name, columns, widths, 1)
	if err != nil {
		return err
	}
	types := list{name: colType}
	for _, t := range Types() {
		types.values = append(types.values, string(t))
	}
	s.lists = []list{types}
	of := map[string]int{}
	for i, l := range lines {
		if err := s.row(w, i+2, l.cells(), s.fills[l.binding()]); err != nil {
			return err
		}
		s.offer(l.Question, i+2, of)
	}
	if err := s.dropDowns(name, len(lines)); err != nil {
		return err
	}
	return s.end(w, name, len(columns), len(lines)+1)
}

// offer gives a line of the log the choices of its item.
func (s *sheets) offer(question string, row int, of map[string]int) {
	if s.book.Choices == nil || question == "" {
		return
	}
	at, known := of[question]
	if !known {
		at = -1
		if names, open := s.book.Choices(question); len(names) > 0 {
			at = len(s.lists)
			s.lists = append(s.lists, list{name: question, values: names, open: open})
		}
		of[question] = at
	}
	if at >= 0 {
		s.lists[at].rows = append(s.lists[at].rows, row)
	}
}

// spare is how many lines below the last one have the drop-down of types too:
// analysts add lines of their own.
const spare = 500

func (s *sheets) dropDowns(name string, lines int) error {
	for i, l := range s.lists {
		v := excelize.NewDataValidation(true)
		if i == 0 {
			v.SetSqref(fmt.Sprintf("E2:E%d", min(lines+1+spare, MaxSheetRows)))
		} else {
			for _, part := range runs(l.rows) {
				v.SetSqref(fmt.Sprintf("F%d:F%d", part[0], part[1]))
			}
		}
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		v.SetSqrefDropList(fmt.Sprintf("%s!$%s$2:$%s$%d", rulesSheet, column, column, len(l.values)+1))
		v.ShowErrorMessage = !l.open
		if err := s.file.AddDataValidation(name, v); err != nil {
			return err
		}
	}
	return nil
}

// runs joins rows that follow each other.
func runs(rows []int) [][2]int {
	var out [][2]int
	for _, r := range rows {
		if n := len(out); n > 0 && out[n-1][1] == r-1 {
			out[n-1][1] = r
			continue
		}
		out = append(out, [2]int{r, r})
	}
	return out
}

// readme writes what the sheets are and what each type of change does.
func (s *sheets) readme(name string) error {
	words := readmeIn(s.book.Language)
	w, err := s.begin(name, []string{colType, colDescription}, []float64{24, 100}, 0)
	if err != nil {
		return err
	}
	n := 1
	for _, t := range Types() {
		n++
		if err := s.row(w, n, []string{string(t), words.types[t]}, "wrap"); err != nil {
			return err
		}
	}
	for _, step := range words.steps {
		n++
		if err := s.row(w, n, []string{"", step}, "wrap"); err != nil {
			return err
		}
	}
	return w.Flush()
}

// rules writes the lists of the drop-downs, a column each, and hides them.
func (s *sheets) rules(name string) error {
	w, err := s.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	longest := 0
	for _, l := range s.lists {
		longest = max(longest, len(l.values))
	}
	for n := range longest + 1 {
		cells := make([]string, len(s.lists))
		for i, l := range s.lists {
			if n == 0 {
				cells[i] = l.name
			} else if n <= len(l.values) {
				cells[i] = l.values[n-1]
			}
		}
		if err := s.row(w, n+1, cells, ""); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return s.file.SetSheetVisible(name, false)
}

// save writes the workbook with its parts in one order and without dates.
func (s *sheets) save(w io.Writer) (err error) {
	tmp, err := os.CreateTemp(s.book.Dir, "workbook-*")
	if err != nil {
		return fmt.Errorf("make a file for the workbook under way: %w", err)
	}
	defer func() {
		err = cmp.Or(err, tmp.Close(), os.Remove(tmp.Name()))
	}()
	if err := s.file.Write(tmp); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	size, err := tmp.Seek(0, io.SeekEnd)
	if err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	in, err := zip.NewReader(tmp, size)
	if err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	parts := slices.Clone(in.File)
	slices.SortFunc(parts, func(a, b *zip.File) int {
		return cmp.Or(cmp.Compare(rank(a.Name), rank(b.Name)), strings.Compare(a.Name, b.Name))
	})
	out := zip.NewWriter(w)
	for _, part := range parts {
		if err := repack(out, part); err != nil {
			return fmt.Errorf("write the workbook: %w", err)
		}
	}
	return out.Close()
}

// rank puts the list of contents first, as programs expect.
func rank(name string) int {
	if name == "[Content_Types].xml" {
		return 0
	}
	return 1
}

func repack(out *zip.Writer, part *zip.File) error {
	from, err := part.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return err
}
