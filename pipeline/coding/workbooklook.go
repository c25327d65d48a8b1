package coding

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// look is how a cell looks.
type look struct {
	kind  string // head, text, faint, field
	right bool   // its text runs from right to left
}

func (b *bookWriter) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	order := uint64(1)
	if l.right {
		order = 2
	}
	horizontal := "left"
	if l.right {
		horizontal = "right"
	}
	s := &excelize.Style{
		Font: &excelize.Font{Family: "Arial", Size: 11, Color: "1F2933"}, NumFmt: sheet.TextFormat,
		Alignment: &excelize.Alignment{Vertical: "top", Horizontal: horizontal, WrapText: true, ReadingOrder: order},
	}
	line := func(color string) {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: color, Style: 1})
		}
	}
	switch l.kind {
	case "head":
		s.Font = &excelize.Font{Family: "Arial", Size: 11, Bold: true, Color: "FFFFFF"}
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"234E70"}}
		s.Alignment.Vertical = "center"
		line("FFFFFF")
	case "faint":
		s.Font.Size, s.Font.Color = 9, "616E7C"
		line("E4E7EB")
	case "field":
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF9E6"}}
		line("D9C98F")
	default:
		line("E4E7EB")
	}
	id, err := b.file.NewStyle(s)
	b.styles[l] = id
	return id, err
}

// cell writes a text. It is guarded, for who saves the sheet as CSV.
func (b *bookWriter) cell(name string, column, row int, text string, l look) error {
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	style, err := b.style(l)
	if err != nil {
		return err
	}
	if text != "" {
		// What looks like a sign that workbooks write by its number stays as it is.
		text = escaped.ReplaceAllString(sheet.Guard(text), "_x005F${0}")
		if err := b.file.SetCellStr(name, at, text); err != nil {
			return err
		}
	}
	return b.file.SetCellStyle(name, at, at, style)
}

// escaped is how workbooks write a sign by its number.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// shownText is a text in a cell of some width, in digits.
type shownText struct {
	text  string
	width float64
	kind  string
}

// height makes a row as high as its texts need: not all programs do so themselves.
func (b *bookWriter) height(name string, row int, cells []shownText) error {
	points := 18.0
	for _, c := range cells {
		fits, line := c.width-1, 14.5
		switch c.kind {
		case "faint":
			fits, line = c.width*11/9-1, 12
		case "head":
			fits -= 3 // the mark of the filter
		}
		points = max(points, 4+line*float64(lines(c.text, fits)))
	}
	return b.file.SetRowHeight(name, row, min(points, 409)) // the highest row that there is
}

// lines estimates into how many lines a text is broken.
func lines(text string, width float64) int {
	n := 0
	for part := range strings.SplitSeq(text, "\n") {
		n++
		used := 0.0
		for word := range strings.FieldsSeq(part) {
			wide := 0.0
			for _, r := range word {
				switch {
				case r >= 0x2e80: // signs of Chinese are twice as wide
					wide += 2
				case unicode.Is(unicode.Mn, r):
				case unicode.IsUpper(r) || unicode.Is(unicode.Cyrillic, r):
					wide += 1.2
				default:
					wide++
				}
			}
			switch {
			case used > 0 && used+1+wide <= width:
				used += 1 + wide
			default:
				if used > 0 {
					n++
				}
				extra := int(wide / width)
				n += extra
				used = wide - float64(extra)*width
			}
		}
	}
	return n
}
