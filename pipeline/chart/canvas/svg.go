package canvas

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
)

// fontFamilies returns the fonts of SVG text: the bundled ones where a page or
// the machine has them, else what systems offer for the six languages. In
// Chinese the Chinese font comes first, for the quotation marks and dashes that
// Unicode shares with Latin.
func fontFamilies(lang string) string {
	bundled := "'Noto Sans','Noto Sans Arabic','Noto Sans SC'"
	if strings.HasPrefix(lang, "zh") {
		bundled = "'Noto Sans SC','Noto Sans','Noto Sans Arabic'"
	}
	return bundled + ",system-ui,'Segoe UI',Tahoma,'PingFang SC','Microsoft YaHei',sans-serif"
}

// SVGOptions say how an SVG is written.
type SVGOptions struct {
	Prefix string  // goes before the figure's id in ids; letters, digits, "-" and "_"
	Scale  float64 // CSS pixels a point; 0 means 1.5, at which the smallest text is 12 pixels

	// Fit, if given, measures every text and holds the reader's program to that width, so
	// that a page without the bundled fonts still shows labels in their places.
	Fit *typeset.Typesetter
}

// SVG writes a figure as an SVG element with real text. It uses presentation
// attributes only, so that it shows under a content security policy without
// unsafe-inline, and can stand in an HTML page or in a file. It fails if the
// figure is not valid.
func SVG(f *Figure, opts SVGOptions) ([]byte, error) {
	if opts.Prefix != "" && !validID(opts.Prefix) {
		return nil, fmt.Errorf("figure %s: prefix of ids must be letters, digits, - and _, beginning with a letter", f.ID)
	}
	s := &svg{rtl: f.RTL(), figure: f, fit: opts.Fit}
	s.head(f, opts)
	if err := Walk(f, s); err != nil {
		return nil, err
	}
	s.b.WriteString("</svg>\n")
	return s.b.Bytes(), nil
}

type svg struct {
	b      bytes.Buffer
	rtl    bool
	figure *Figure
	fit    *typeset.Typesetter // may be nil
}

func (s *svg) head(f *Figure, opts SVGOptions) {
	scale := opts.Scale
	if scale == 0 {
		scale = 1.5
	}
	id := opts.Prefix + f.ID
	s.open("svg", "xmlns", "http://www.w3.org/2000/svg", "id", id, "role", "img", "aria-labelledby", id+"-title "+id+"-desc",
		"lang", f.Lang, "xml:lang", f.Lang, "viewBox", "0 0 "+num(f.Width)+" "+num(f.Height), "width", num(f.Width*scale), "height", num(f.Height*scale))
	if s.rtl {
		s.attr("direction", "rtl")
	}
	s.attr("font-family", fontFamilies(f.Lang))
	s.b.WriteString(">\n")
	s.element("title", f.Title, "id", id+"-title")
	s.element("desc", f.Description, "id", id+"-desc")
	s.open("rect", "width", num(f.Width), "height", num(f.Height), "fill", string(White))
	s.b.WriteString("/>\n")
}

// Rect implements Sink.
func (s *svg) Rect(r Rect) {
	if r.Fill != "" || r.Edge != "" {
		s.open("rect", "x", num(r.X), "y", num(r.Y), "width", num(r.W), "height", num(r.H))
		s.paint(r.Fill, r.Edge, r.EdgeWidth)
		s.b.WriteString("/>\n")
	}
	if r.Hatch != "" {
		var d strings.Builder
		for _, l := range hatch(r) {
			d.WriteString("M" + num(l.X1) + " " + num(l.Y1) + "L" + num(l.X2) + " " + num(l.Y2))
		}
		s.open("path", "d", d.String())
		s.paint("", r.Hatch, hatchWidth)
		s.b.WriteString("/>\n")
	}
}

// Line implements Sink.
func (s *svg) Line(l Line) {
	if l.Colour == "" {
		return
	}
	s.open("line", "x1", num(l.X1), "y1", num(l.Y1), "x2", num(l.X2), "y2", num(l.Y2), "stroke", string(l.Colour), "stroke-width", num(l.Width))
	if l.Dash > 0 {
		s.attr("stroke-dasharray", num(l.Dash))
	}
	s.b.WriteString("/>\n")
}

// Dot implements Sink.
func (s *svg) Dot(d Dot) {
	s.open("circle", "cx", num(d.X), "cy", num(d.Y), "r", num(d.R))
	s.paint(d.Fill, d.Edge, d.EdgeWidth)
	s.b.WriteString("/>\n")
}

// Path implements Sink.
func (s *svg) Path(p Path) {
	var d strings.Builder
	for i, q := range p.Points {
		step := "L"
		if i == 0 {
			step = "M"
		}
		d.WriteString(step + num(q.X) + " " + num(q.Y))
	}
	if p.Fill != "" {
		d.WriteString("Z")
	}
	s.open("path", "d", d.String())
	s.paint(p.Fill, p.Edge, p.EdgeWidth)
	s.b.WriteString("/>\n")
}

// Text implements Sink.
func (s *svg) Text(t PlacedText) {
	s.open("text", "x", num(t.X), "y", num(t.Y), "font-size", num(t.Size), "fill", string(t.Colour))
	if t.Bold {
		s.attr("font-weight", "700")
	}
	rtl := t.Dir == RTL
	switch {
	case rtl && !s.rtl:
		s.attr("direction", "rtl")
	case s.rtl && !rtl:
		s.attr("direction", "ltr")
	}
	// SVG counts anchors from where the text itself begins.
	switch {
	case t.Side == Centre:
		s.attr("text-anchor", "middle")
	case (t.Side == Right) != rtl:
		s.attr("text-anchor", "end")
	}
	if s.fit != nil {
		if width := s.fit.Width(t.Content, s.figure.style(t.Text)); width > 0 {
			s.attr("textLength", num(width))
			s.attr("lengthAdjust", "spacingAndGlyphs")
		}
	}
	s.b.WriteString(">" + escape(t.Content) + "</text>\n")
}

// Open implements Sink.
func (s *svg) Open(g Group) {
	s.open("g")
	if g.Role != "" {
		s.attr("role", g.Role)
	}
	s.b.WriteString(">\n")
	if g.Title != "" {
		s.element("title", g.Title)
	}
}

// Close implements Sink.
func (s *svg) Close() { s.b.WriteString("</g>\n") }

func (s *svg) paint(fill, edge Colour, width float64) {
	if fill == "" {
		fill = "none"
	}
	s.attr("fill", string(fill))
	if edge != "" {
		s.attr("stroke", string(edge))
		s.attr("stroke-width", num(width))
	}
}

func (s *svg) open(name string, attrs ...string) {
	s.b.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		s.attr(attrs[i], attrs[i+1])
	}
}

func (s *svg) attr(name, value string) { s.b.WriteString(" " + name + `="` + escape(value) + `"`) }

func (s *svg) element(name, content string, attrs ...string) {
	s.open(name, attrs...)
	s.b.WriteString(">" + escape(content) + "</" + name + ">\n")
}

// num writes a length with at most two decimals.
func num(v float64) string {
	v = math.Round(v*100) / 100
	if v == 0 {
		v = 0 // no minus sign
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// escape makes text safe in XML content and attributes; characters that XML
// forbids become U+FFFD.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\n', r == '\t', r == '\r':
			b.WriteByte(' ')
		case r < 0x20, r == 0xFFFE, r == 0xFFFF:
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
