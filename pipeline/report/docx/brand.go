package docx

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // logos may be
	_ "image/png"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/report"
)

// The colours of headings and of marks where the project has none of its own.
const (
	plainDark   = "0B3A4C"
	plainAccent = "1F6F8B"
)

// colourOf returns a colour as documents write it.
func colourOf(own canvas.Colour, otherwise string) string {
	if own == "" {
		return otherwise
	}
	return strings.TrimPrefix(string(own), "#")
}

// brand is what the project puts over the title: its logo, or its name. A logo
// that is a drawing is left to the page: few word processors show one.
func (d *document) brand(b report.Brand) string {
	if picture := d.logo(b); picture != "" {
		return d.paragraph(para{style: "Figure"}, "", picture)
	}
	if b.Name != "" {
		return d.plain(para{style: "FigureNote"}, b.Name)
	}
	return ""
}

const highLogo = 42 * point

func (d *document) logo(b report.Brand) string {
	size, kind, err := image.DecodeConfig(bytes.NewReader(b.Logo.Content))
	if err != nil || size.Height == 0 || size.Width == 0 {
		return ""
	}
	n := len(d.media) + 1
	m := medium{ID: fmt.Sprintf("figure%d", n), File: fmt.Sprintf("media/logo.%s", kind), content: b.Logo.Content}
	d.media = append(d.media, m)
	wide := min(highLogo*size.Width/size.Height, mostWide)
	return inline(wide, wide*size.Height/size.Width, n, "logo", b.Logo.Alt, m.ID)
}
