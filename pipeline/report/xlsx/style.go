package xlsx

import "github.com/xuri/excelize/v2"

// style is what a cell is for.
type style uint8

const (
	plainStyle style = iota
	titleStyle
	chapterStyle
	headStyle
	linkStyle
	chapterLinkStyle
	bannerStyle
	tableStyle
	captionStyle
	letterHeadStyle
	letterStyle
	stubStyle
	baseStubStyle
	noteStyle
	headCell
	stubHeadCell
	plainCell
	baseCell
	withheldCell
)

// styleKey tells styles apart.
type styleKey struct {
	style  style
	number string // format; "" for text
}

// Colours: ink, a grey that can be read on white, and the tint of heads.
const (
	ink  = "1F2933"
	grey = "5F6B7A"
	tint = "E8EDF2"
	blue = "0B5394"
	rule = "9AA5B1"
)

// style returns the number of a style, which is made once.
func (b *book) style(k styleKey) int {
	if id, ok := b.styles[k]; ok {
		return id
	}
	s := b.looks(k)
	id, err := b.file.NewStyle(&s)
	b.try(err)
	b.styles[k] = id
	return id
}

func (b *book) looks(k styleKey) excelize.Style {
	order := uint64(1) // left to right
	if b.rtl {
		order = 2
	}
	font := &excelize.Font{Family: b.font, Size: 10, Color: ink}
	s := excelize.Style{Font: font, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true, ReadingOrder: order}, NumFmt: 49}
	if k.number != "" {
		s.NumFmt, s.CustomNumFmt = 0, &k.number
	}
	line := func(side string, width int) {
		s.Border = append(s.Border, excelize.Border{Type: side, Color: rule, Style: width})
	}
	fill := func() { s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{tint}} }
	// Figures stand at the far side of their column, letters close to them behind.
	far, near := "right", "left"
	if b.rtl {
		far, near = near, far
	}
	figure := func() { s.Alignment.Horizontal, s.Alignment.ReadingOrder, s.Alignment.WrapText = far, 1, false }
	switch k.style {
	case titleStyle:
		font.Bold, font.Size, s.Alignment.WrapText = true, 16, false
	case chapterStyle:
		font.Bold, font.Size = true, 12
		fill()
	case headStyle:
		font.Bold = true
	case linkStyle:
		font.Color, font.Underline = blue, "single"
	case chapterLinkStyle:
		font.Color, font.Underline, font.Bold, font.Size = blue, "single", true, 11
	case bannerStyle, headCell, stubHeadCell:
		font.Bold = true
		fill()
		s.Alignment.Horizontal, s.Alignment.Vertical = map[style]string{bannerStyle: "center", headCell: far, stubHeadCell: near}[k.style], "bottom"
		line("bottom", 1)
	case tableStyle:
		font.Bold, font.Size = true, 11
		line("top", 2)
	case captionStyle:
		font.Italic = true
	case letterHeadStyle:
		font.Bold, font.Color = true, grey
		s.Alignment.Horizontal = "center"
	case letterStyle:
		font.Bold, font.Size = true, 8
		s.Alignment.Horizontal, s.Alignment.ReadingOrder = near, 1
	case baseStubStyle:
		font.Color = grey
		line("bottom", 1)
	case noteStyle:
		font.Size, font.Color = 8, grey
	case plainCell:
		figure()
	case baseCell:
		figure()
		font.Color = grey
		line("bottom", 1)
	case withheldCell:
		figure()
		font.Color = grey
	}
	return s
}
