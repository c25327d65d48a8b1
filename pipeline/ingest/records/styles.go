package records

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
)

// readStyles learns which styles of cells show numbers as dates or times.
func (b *Book) readStyles() error {
	if b.parts["xl/styles.xml"] == nil {
		return nil
	}
	formats := map[int]NumberStyle{}
	in := ""
	return b.each("xl/styles.xml", func(_ *part, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil {
				formats[id] = StyleOf(attr(e, "formatCode"))
			}
		case "cellXfs", "cellStyleXfs", "cellStyles", "dxfs":
			in = e.Name.Local
		case "xf":
			if in == "cellXfs" {
				id, _ := strconv.Atoi(attr(e, "numFmtId"))
				style, custom := formats[id]
				if !custom {
					style = BuiltinStyle(id)
				}
				b.styles = append(b.styles, style)
			}
		}
		return nil
	})
}

// number writes the number of a cell as text, as its style shows it.
func (b *Book) number(stored string, style int) (text string, value float64, ok bool) {
	v, err := strconv.ParseFloat(strings.TrimSpace(stored), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return stored, 0, false
	}
	shown := PlainNumber
	if style >= 0 && style < len(b.styles) {
		shown = b.styles[style]
	}
	return NumberText(v, shown, b.from04), v, true
}
