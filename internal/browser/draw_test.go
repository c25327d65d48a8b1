package browser

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// draw keeps pictures of the report for people to look at, a window at a time:
// the page with its breakdowns open and its tables of data closed.
func draw(t *testing.T, p *tab, lang string) {
	if f := flag.Lookup("test.artifacts"); f == nil || f.Value.String() != "true" {
		t.Skip("run with -artifacts to keep pictures")
	}
	const part = 1600
	p.do(t, chromedp.EmulateViewport(1200, part))
	ask[int](t, p, `document.querySelectorAll("details").forEach(d => { d.open = d.matches(".breakdown") }), 0`)
	height := ask[int](t, p, `document.documentElement.scrollHeight`)
	for i := 0; i*part < height; i++ {
		ask[int](t, p, fmt.Sprintf(`scrollTo(0, %d), 0`, i*part))
		picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.ArtifactDir(), fmt.Sprintf("%s-%02d.png", lang, i))
		if err := os.WriteFile(name, picture, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// drawPart keeps a picture of one chapter.
func drawPart(t *testing.T, p *tab, id, lang string) {
	if f := flag.Lookup("test.artifacts"); f == nil || f.Value.String() != "true" {
		t.Skip("run with -artifacts to keep pictures")
	}
	p.do(t, chromedp.EmulateViewport(1200, 1600))
	ask[int](t, p, fmt.Sprintf(`document.getElementById(%q).scrollIntoView(), 0`, id))
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(t.ArtifactDir(), id+"-"+lang+".png"), picture, 0o600); err != nil {
		t.Fatal(err)
	}
}
