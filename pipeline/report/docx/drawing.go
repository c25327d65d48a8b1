package docx

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/report"
)

// Lengths of drawings are in English metric units: 12,700 a point.
const (
	point    = 12700
	mostWide = textWidth * point / 20
	mostHigh = 500 * point // leaves room for the title of a chapter, a few lines and the caption
)

// drawing writes the picture of a figure within the line: as it was drawn, or
// as large as the page allows.
func (d *document) drawing(f report.Figure) (string, error) {
	if f.Canvas == nil {
		return "", fmt.Errorf("figure %s: nothing is drawn", f.ID)
	}
	content, err := d.picture(f)
	if err != nil {
		return "", fmt.Errorf("figure %s: %w", f.ID, err)
	}
	n := len(d.media) + 1
	m := medium{ID: fmt.Sprintf("figure%d", n), File: fmt.Sprintf("media/figure%d.png", n), content: content}
	d.media = append(d.media, m)
	wide, high := f.Canvas.Width*point, f.Canvas.Height*point
	if shrink := min(1, mostWide/wide, mostHigh/high); shrink < 1 {
		wide, high = float64(wide*shrink), float64(high*shrink)
	}
	return inline(int(wide), int(high), n, f.ID, f.Canvas.Title+". "+f.Canvas.Description, m.ID), nil
}

// inline stands a picture within a line.
func inline(wide, high, n int, name, alt, id string) string {
	return fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%[1]d" cy="%[2]d"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="%[3]d" name="%[4]s" descr="%[5]s"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%[3]d" name="%[4]s" descr="%[5]s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="%[6]s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[2]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		wide, high, n, escape(name), escape(alt), id)
}
