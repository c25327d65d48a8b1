package canvas

import (
	"bytes"
	"fmt"
	"image/png"

	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// PNG draws a figure at a resolution in dots an inch (144 shows a point as two
// pixels), with text as shaped outlines. The same figure gives the same bytes;
// the file carries no metadata. It fails if the figure is not valid. Characters no font
// has leave a gap: ask Inspect for them.
func PNG(f *Figure, dpi int, ts *typeset.Typesetter) ([]byte, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	const most = 40e6 // pixels
	if pixels := f.Width * f.Height * float64(dpi) * float64(dpi) / (72 * 72); dpi < 1 || pixels > most {
		return nil, fmt.Errorf("figure %s: %d dots an inch are too few or too many for its size", f.ID, dpi)
	}
	c := vgimg.NewWith(vgimg.UseWH(vg.Length(f.Width), vg.Length(f.Height)), vgimg.UseDPI(dpi))
	s := vector{canvas: c, figure: f, ts: ts}
	if err := Walk(f, s); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(&b, paletted(c.Image())); err != nil {
		return nil, fmt.Errorf("write png of figure %s: %w", f.ID, err)
	}
	return b.Bytes(), nil
}
