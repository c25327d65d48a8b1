package browser

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var update = flag.Bool("update", false, "draw the golden pictures anew")

// Pictures are compared small and in grey, square by square: what moves, is
// missing or is turned round shows, the edges of letters do not.
const (
	square   = 8  // pixels of the page to one of the picture
	farApart = 48 // of 255: a square that differs
	mostOff  = 25 // thousandths of the squares may
)

// looksAsBefore compares parts of a page with pictures of them. They were drawn
// with the fonts of one machine: with others the texts have other widths, and
// nothing can be compared.
func looksAsBefore(t *testing.T, browser context.Context, file, lang string) {
	for name, part := range map[string]struct {
		address, at string
		width       int64
	}{
		"summary":         {"", "#top", 1200},
		"explorer":        {"#explore=tools_used,org_size_groups", "#explore", 1200},
		"explorer-narrow": {"#explore=tools_used,org_size_groups", "#explore", 390},
		"figure":          {"", "#f-needs", 1200},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t, browser, file+part.address, part.width)
			fonts := ask[string](t, p, `(() => {
				const c = document.createElement("canvas").getContext("2d");
				c.font = "100px " + getComputedStyle(document.body).fontFamily;
				return ["Soundings 0123", "استطلاع"].map(s => Math.round(c.measureText(s).width)).join(" ");
			})()`)
			ask[int](t, p, fmt.Sprintf(`document.querySelector(%q).scrollIntoView(), 0`, part.at))
			shot, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(err)
			}
			got, err := png.Decode(bytes.NewReader(shot))
			if err != nil {
				t.Fatal(err)
			}
			compare(t, shrunk(got), filepath.Join("testdata", "looks", name+"-"+lang), fonts)
		})
	}
}

// compare compares a picture with a golden one, beside which stands how wide
// texts were when it was drawn.
func compare(t *testing.T, got *image.Gray, golden, fonts string) {
	t.Helper()
	if *update {
		var b bytes.Buffer
		if err := png.Encode(&b, got); err != nil {
			t.Fatal(err)
		}
		for name, content := range map[string][]byte{golden + ".png": b.Bytes(), golden + ".txt": []byte(fonts + "\n")} {
			if err := os.WriteFile(name, content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	drawn, err := os.ReadFile(golden + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(string(drawn)) != fonts {
		t.Skipf("the fonts here are others than those of the picture: texts are %s wide, not %s", fonts, strings.TrimSpace(string(drawn)))
	}
	content, err := os.ReadFile(golden + ".png")
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if off := difference(got, want); off > mostOff {
		t.Errorf("%d thousandths of the picture differ; look at it with -artifacts, then run with -update", off)
		if f := flag.Lookup("test.artifacts"); f != nil && f.Value.String() == "true" {
			var b bytes.Buffer
			_ = png.Encode(&b, got) // a buffer does not fail
			if err := os.WriteFile(filepath.Join(t.ArtifactDir(), filepath.Base(golden)+".png"), b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// shrunk returns the mean lightness of each square of a picture.
func shrunk(in image.Image) *image.Gray {
	size := in.Bounds().Size()
	out := image.NewGray(image.Rect(0, 0, size.X/square, size.Y/square))
	for y := range out.Rect.Max.Y {
		for x := range out.Rect.Max.X {
			sum := 0
			for dy := range square {
				for dx := range square {
					sum += int(color.GrayModel.Convert(in.At(x*square+dx, y*square+dy)).(color.Gray).Y)
				}
			}
			out.SetGray(x, y, color.Gray{Y: uint8(sum / (square * square))})
		}
	}
	return out
}

// difference returns how many thousandths of the squares of two pictures
// differ: all, where their sizes do.
func difference(a, b image.Image) int {
	if a.Bounds() != b.Bounds() {
		return 1000
	}
	size, off := a.Bounds().Size(), 0
	for y := range size.Y {
		for x := range size.X {
			d := int(color.GrayModel.Convert(a.At(x, y)).(color.Gray).Y) - int(color.GrayModel.Convert(b.At(x, y)).(color.Gray).Y)
			if d > farApart || -d > farApart {
				off++
			}
		}
	}
	return 1000 * off / (size.X * size.Y)
}

// A comparison is worth something only if it sees what it is for: a bar that is
// missing, and a page that is turned round.
func TestPicturesThatDifferAreSeen(t *testing.T) {
	page := func(x0, x1 int) image.Image {
		out := image.NewGray(image.Rect(0, 0, 400, 400))
		for y := range 400 {
			for x := range 400 {
				shade := uint8(255)
				if y > 100 && y < 180 && x >= x0 && x < x1 {
					shade = 60
				}
				out.SetGray(x, y, color.Gray{Y: shade})
			}
		}
		return shrunk(out)
	}
	if off := difference(page(0, 200), page(0, 200)); off != 0 {
		t.Errorf("the same picture differs by %d", off)
	}
	for name, other := range map[string]image.Image{"turned round": page(200, 400), "without the bar": page(0, 0), "smaller": image.NewGray(image.Rect(0, 0, 10, 10))} {
		if off := difference(page(0, 200), other); off <= mostOff {
			t.Errorf("a picture that is %s differs by %d only", name, off)
		}
	}
}
