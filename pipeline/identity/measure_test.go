package identity_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/identity/planted"
)

var update = flag.Bool("update", false, "write the table of docs/identities.md anew")

// count is what was planted and found of a class in a language.
type count struct {
	planted, whole int // planted; of them, no byte was left
	told, right    int // matches; of them, those on something planted
}

func (c count) recall() float64    { return float64(c.whole) / float64(max(1, c.planted)) }
func (c count) precision() float64 { return float64(c.right) / float64(max(1, c.told)) }

type cell struct {
	class identity.Class
	lang  string
}

const (
	textsEach  = 3000
	decoysEach = 1500
)

func measure(t *testing.T, see func(text planted.Text, redacted string, found []identity.Match)) map[cell]count {
	t.Helper()
	out := map[cell]count{}
	for _, lang := range planted.Languages() {
		for _, text := range append(planted.Texts(7, textsEach, lang), planted.Decoys(7, decoysEach, lang)...) {
			redacted, found := identity.Redact(text.Text, lang)
			if see != nil {
				see(text, redacted, found)
			}
			for _, p := range text.Plants {
				c := out[cell{p.Class, lang}]
				c.planted++
				if covered(p, found) {
					c.whole++
				}
				out[cell{p.Class, lang}] = c
			}
			for _, m := range found {
				c := out[cell{m.Class, lang}]
				c.told++
				if touches(m, text.Plants) {
					c.right++
				}
				out[cell{m.Class, lang}] = c
			}
		}
	}
	return out
}

// covered says that matches leave no byte of a plant.
func covered(p planted.Plant, found []identity.Match) bool {
	at := p.Start
	for _, m := range found {
		if m.Start <= at && m.End > at {
			at = m.End
		}
	}
	return at >= p.End
}

// touches says that a match is on something planted.
func touches(m identity.Match, plants []planted.Plant) bool {
	for _, p := range plants {
		if m.Start < p.End && p.Start < m.End {
			return true
		}
	}
	return false
}

func TestStructuredIdentitiesAreAllFoundAndNothingElse(t *testing.T) {
	missed, wrong := 0, 0
	counts := measure(t, func(text planted.Text, redacted string, found []identity.Match) {
		for _, p := range text.Plants {
			if p.Class != identity.Name && !covered(p, found) {
				if missed++; missed <= 60 {
					t.Errorf("%s: %s %q is not found in %q", text.Lang, p.Class, text.Text[p.Start:p.End], text.Text)
				}
			}
		}
		for _, m := range found {
			if !touches(m, text.Plants) {
				if wrong++; wrong <= 40 {
					t.Logf("%s: %s %q is taken from %q", text.Lang, m.Class, text.Text[m.Start:m.End], text.Text)
				}
			}
		}
	})
	for c, n := range counts {
		if c.class != identity.Name && (n.recall() < 1 || n.precision() < 0.99) {
			t.Errorf("%s in %s: recall %.3f of %d, precision %.3f of %d", c.class, c.lang, n.recall(), n.planted, n.precision(), n.told)
		}
		if c.class == identity.Name && n.recall() < 0.6 {
			t.Errorf("names in %s: recall %.3f", c.lang, n.recall())
		}
	}
	t.Logf("%d missed, %d taken wrongly", missed, wrong)
}

const (
	opening = "<!-- table: written by a test -->\n"
	closing = "<!-- end of table -->\n"
)

func TestDocumentTellsTheMeasures(t *testing.T) {
	const path = "../../docs/identities.md"
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(page), opening)
	table, after, ok2 := strings.Cut(rest, closing)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table", path)
	}
	want := measures(measure(t, nil))
	if *update {
		if err := os.WriteFile(path, []byte(before+opening+want+closing+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if table != want {
		t.Errorf("the table of %s is not what is measured; run the test with -update and look at the difference:\n%s", path, want)
	}
}

func measures(counts map[cell]count) string {
	var b strings.Builder
	b.WriteString("| Class |")
	for _, lang := range planted.Languages() {
		fmt.Fprintf(&b, " %s |", lang)
	}
	b.WriteString(" Planted |\n|---|" + strings.Repeat("---|", len(planted.Languages())+1) + "\n")
	for _, class := range identity.Classes() {
		fmt.Fprintf(&b, "| %s |", class)
		all := 0
		for _, lang := range planted.Languages() {
			c := counts[cell{class, lang}]
			all += c.planted
			fmt.Fprintf(&b, " %s / %s |", down(c.recall()), down(c.precision()))
		}
		fmt.Fprintf(&b, " %d |\n", all)
	}
	return b.String()
}

// down writes two decimals and never rounds up.
func down(x float64) string { return fmt.Sprintf("%.2f", float64(int(x*100+1e-9))/100) }
