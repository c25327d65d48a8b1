package canvas

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
)

var update = flag.Bool("update", false, "write the golden files anew")

func newTypesetter(t testing.TB) *typeset.Typesetter {
	t.Helper()
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

func golden(t *testing.T, name string, got []byte) []byte {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return want
}

func TestDemoFigureLooksAsBefore(t *testing.T) {
	ts := newTypesetter(t)
	for _, w := range demoTexts() {
		t.Run(w.lang, func(t *testing.T) {
			f := demo(t, ts, w)
			svg, err := SVG(f, SVGOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if want := golden(t, "demo-"+w.lang+".svg", svg); !bytes.Equal(svg, want) {
				t.Error("the SVG has changed; look at it, then run with -update")
			}
			picture, err := PNG(f, 144, ts)
			if err != nil {
				t.Fatal(err)
			}
			if share := difference(t, picture, golden(t, "demo-"+w.lang+".png", picture)); share > 0.0005 {
				t.Errorf("%.2f%% of the picture's pixels have changed; look at it, then run with -update", 100*share)
			}
		})
	}
}

// difference returns the share of pixels that differ visibly; machines may
// round the last bit of a shade differently.
func difference(t *testing.T, a, b []byte) float64 {
	t.Helper()
	var images [2]image.Image
	for i, data := range [][]byte{a, b} {
		var err error
		if images[i], err = png.Decode(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
	}
	size := images[0].Bounds()
	if size != images[1].Bounds() {
		return 1
	}
	changed := 0
	for y := range size.Dy() {
		for x := range size.Dx() {
			r1, g1, b1, _ := images[0].At(x, y).RGBA()
			r2, g2, b2, _ := images[1].At(x, y).RGBA()
			for _, d := range []int{int(r1) - int(r2), int(g1) - int(g2), int(b1) - int(b2)} {
				if d > 0x0400 || d < -0x0400 {
					changed++
					break
				}
			}
		}
	}
	return float64(changed) / float64(size.Dx()*size.Dy())
}

func TestDemoFigureReadsWell(t *testing.T) {
	ts := newTypesetter(t)
	for _, w := range demoTexts() {
		found, err := Inspect(demo(t, ts, w), ts)
		if err != nil || !found.OK() {
			t.Errorf("%s: %+v, %v", w.lang, found, err)
		}
	}
}

func TestBothFormatsGiveTheSameBytesTwice(t *testing.T) {
	w := demoTexts()[1]
	var svgs, pngs [2][]byte
	for i := range 2 {
		ts := newTypesetter(t)
		f := demo(t, ts, w)
		var err error
		if svgs[i], err = SVG(f, SVGOptions{}); err != nil {
			t.Fatal(err)
		}
		if pngs[i], err = PNG(f, 96, ts); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(svgs[0], svgs[1]) || !bytes.Equal(pngs[0], pngs[1]) {
		t.Error("bytes differ")
	}
}

func TestPNGHasNoMetadata(t *testing.T) {
	ts := newTypesetter(t)
	data, err := PNG(demo(t, ts, demoTexts()[0]), 72, ts)
	if err != nil {
		t.Fatal(err)
	}
	for at := 8; at < len(data); {
		length := int(data[at])<<24 | int(data[at+1])<<16 | int(data[at+2])<<8 | int(data[at+3])
		if kind := string(data[at+4 : at+8]); kind != "IHDR" && kind != "PLTE" && kind != "IDAT" && kind != "IEND" {
			t.Errorf("chunk %s", kind)
		}
		at += 12 + length
	}
}

// attributes reads an SVG as XML and returns the elements' attributes by name.
func attributes(t *testing.T, svg []byte) []map[string]string {
	t.Helper()
	var out []map[string]string
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			attrs := map[string]string{"": e.Name.Local}
			for _, a := range e.Attr {
				attrs[a.Name.Local] = a.Value
			}
			out = append(out, attrs)
		}
	}
}

func TestSVGIsAccessibleAndNeedsNoInlineStyle(t *testing.T) {
	ts := newTypesetter(t)
	for _, w := range demoTexts() {
		f := demo(t, ts, w)
		svg, err := SVG(f, SVGOptions{Prefix: "p7-"})
		if err != nil {
			t.Fatal(err)
		}
		elements := attributes(t, svg)
		root := elements[0]
		if root["role"] != "img" || root["aria-labelledby"] != "p7-demo-title p7-demo-desc" || root["lang"] != w.lang || root["viewBox"] != "0 0 500 310" || root["width"] != "750" {
			t.Errorf("%s: root %v", w.lang, root)
		}
		if (root["direction"] == "rtl") != (w.dir == RTL) {
			t.Errorf("%s: direction %q", w.lang, root["direction"])
		}
		ids := map[string]string{}
		texts := 0
		for _, e := range elements {
			if id := e["id"]; id != "" {
				if ids[id] != "" {
					t.Errorf("id %s twice", id)
				}
				ids[id] = e[""]
			}
			if e["style"] != "" || e[""] == "style" || e[""] == "script" {
				t.Errorf("inline style or script in %v", e)
			}
			if e[""] == "text" {
				texts++
			}
		}
		if ids["p7-demo-title"] != "title" || ids["p7-demo-desc"] != "desc" || texts < 20 {
			t.Errorf("%s: ids %v, %d texts", w.lang, ids, texts)
		}
		for _, word := range w.choices {
			if !strings.Contains(string(svg), ">"+word+"</text>") {
				t.Errorf("%s: a label is not plain text", w.lang)
			}
		}
	}
}
