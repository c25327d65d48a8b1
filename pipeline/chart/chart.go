// Package chart draws protected tables: bars with intervals, diverging bars for
// scales, and heat maps for breakdowns. A chart takes protected numbers only
// and turns them into marks through the pen that records it. Each is drawn once
// and mirrors itself for languages that read from right to left.
package chart

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// Head is what stands around every chart.
type Head struct {
	ID          string // letters, digits, "-" and "_"
	Lang        string // BCP 47
	RTL         bool
	Title       string         // the finding
	Subtitle    string         // measure, unit, wording of the question
	Source      string         // source, base, notes
	Description string         // for those who cannot see the chart
	N           string         // "n" as the language writes it
	Numbers     protect.Format // how the language writes the numbers of a scale; nil: plainly
}

// sheet is a figure under construction: head and foot are known, the body is drawn.
type sheet struct {
	head   Head
	fig    *canvas.Figure
	ts     *typeset.Typesetter
	pen    *protect.Pen
	top    float64 // where the body begins
	source []typeset.Line
}

const (
	inner   = canvas.FullWidth - 2*canvas.Margin
	headGap = 10.0 // between head and body, body and source
)

// newSheet sets the head of a chart.
func newSheet(h Head, pen *protect.Pen, ts *typeset.Typesetter) *sheet {
	dir := canvas.LTR
	if h.RTL {
		dir = canvas.RTL
	}
	s := &sheet{head: h, ts: ts, pen: pen, fig: &canvas.Figure{
		ID: h.ID, Width: canvas.FullWidth, Height: 1, Dir: dir, Lang: h.Lang, Title: h.Title, Description: h.Description,
	}}
	s.top = canvas.Margin
	s.block(h.Title, canvas.TitleSize, true, canvas.Ink, 2)
	s.top += 3
	s.block(h.Subtitle, canvas.SubtitleSize, false, canvas.Muted, 3)
	s.top += headGap
	s.source = ts.Wrap(h.Source, s.fig.Style(canvas.SourceSize, false), inner, 5)
	return s
}

// block sets a wrapped paragraph at the top of what is free.
func (s *sheet) block(text string, size float64, bold bool, c canvas.Colour, lines int) {
	if text == "" {
		return
	}
	wrapped := s.ts.Wrap(text, s.fig.Style(size, bold), inner, lines)
	s.draw(s.page(), canvas.Paragraph(wrapped, canvas.Text{X: canvas.Margin, Y: s.top, Size: size, Bold: bold, Colour: c})...)
	s.top += float64(len(wrapped)) * canvas.LineHeight(size)
}

// page is the whole figure. Its height is not known before the body is drawn,
// and frames do not clip, so the height of the frame does not matter.
func (s *sheet) page() canvas.Frame { return s.fig.Frame() }

func (s *sheet) draw(in canvas.Frame, marks ...canvas.Mark) { s.fig.Draw(in, marks...) }

// finish sets the source line below a body of a height and returns the figure.
func (s *sheet) finish(body float64) *canvas.Figure {
	y := s.top + body + headGap
	s.draw(s.page(), canvas.Paragraph(s.source, canvas.Text{X: canvas.Margin, Y: y, Size: canvas.SourceSize, Colour: canvas.Muted})...)
	s.fig.Height = y + float64(len(s.source))*canvas.LineHeight(canvas.SourceSize) + canvas.Margin
	return s.fig
}

// width measures a text.
func (s *sheet) width(text string, size float64, bold bool) float64 {
	return s.ts.Width(text, s.fig.Style(size, bold))
}

// label is the wrapped name of a row with its base behind it.
type label struct {
	lines []typeset.Line
	base  string
}

// labels wraps the names of rows into a column and returns its width and the
// height that every row needs. Bases stand on a line of their own when they
// would not fit behind the last line of the name.
func (s *sheet) labels(names []string, bases []protect.Number, most float64) (out []label, width, row float64) {
	row = canvas.RowHeight
	for i, name := range names {
		l := label{lines: s.ts.Wrap(name, s.fig.Style(canvas.LabelSize, false), most, 3)}
		if bases != nil {
			l.base = s.baseText(bases[i])
		}
		for _, line := range l.lines {
			width = max(width, line.Width)
		}
		width = max(width, s.width(l.base, canvas.SmallValue, false))
		out = append(out, l)
	}
	width = min(width, most)
	for _, l := range out {
		row = max(row, l.height()+6)
	}
	return out, width, row
}

// labelsOf is labels of rows, each with its base where they are told apart.
func (s *sheet) labelsOf(rows []Row, bases bool, most float64) (out []label, width, row float64) {
	names := make([]string, len(rows))
	var under []protect.Number
	for i, r := range rows {
		names[i] = r.Label
		if bases {
			under = append(under, r.Base)
		}
	}
	return s.labels(names, under, most)
}

// baseText is a base as it stands in a row: "n = 88".
func (s *sheet) baseText(n protect.Number) string { return s.head.N + " = " + s.pen.Text(n) }

func (l label) height() float64 {
	h := float64(len(l.lines)) * canvas.LineHeight(canvas.LabelSize)
	if l.base != "" {
		h += canvas.LineHeight(canvas.SmallValue)
	}
	return h
}

// drawLabel centres the label of a row on y.
func (s *sheet) drawLabel(in canvas.Frame, l label, y float64) {
	top := y - l.height()/2
	s.draw(in, canvas.Paragraph(l.lines, canvas.Text{X: 0, Y: top, Size: canvas.LabelSize})...)
	if l.base != "" {
		base := top + float64(len(l.lines))*canvas.LineHeight(canvas.LabelSize) + canvas.LineHeight(canvas.SmallValue)/2
		s.draw(in, canvas.Text{X: 0, Y: canvas.Baseline(base, canvas.SmallValue), Content: l.base, Size: canvas.SmallValue, Colour: canvas.Muted})
	}
}

// bare takes the percent signs off a figure, or off both ends of a range: inside
// a chart of percentages the subtitle names the unit. It takes off the isolates
// around them too: what is drawn is isolated as a whole.
func bare(text string) string {
	return strings.TrimSpace(percentSigns.Replace(text))
}

var percentSigns = strings.NewReplacer("\u202f%", "", "\u00a0%", "", "%", "", "\u2066", "", "\u2069", "")
