package browser

import (
	"net/url"
	"path"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// withLetters are pages of banner tables of a random sample, which the test of
// the report keeps.
const withLetters = "../../pipeline/report/testdata"

// bannerTables tests a page of banner tables in a language.
func bannerTables(t *testing.T, p *tab, file, lang, dir string) {
	t.Run("asks for nothing but itself", func(t *testing.T) { asksForNothing(t, p, file) })
	t.Run("says its language and direction", func(t *testing.T) {
		for what, want := range map[string]string{
			`document.documentElement.lang`: lang, `getComputedStyle(document.body).direction`: dir, `document.querySelector("[aria-current]").lang`: lang,
		} {
			if got := ask[string](t, p, what); got != want {
				t.Errorf("%s is %q, not %q", what, got, want)
			}
		}
	})
	t.Run("links lead somewhere", func(t *testing.T) { none(t, check(t, p, "links")) })
	t.Run("tables are whole", func(t *testing.T) { none(t, check(t, p, "banners")) })
	t.Run("is accessible", func(t *testing.T) { isAccessible(t, p) })
	t.Run("fits its window", func(t *testing.T) { fits(t, p) })
}

func TestBannerTablesWithLetters(t *testing.T) {
	browser := start(t)
	for _, lang := range []string{"en", "ar"} {
		t.Run(lang, func(t *testing.T) {
			file := address(t, filepath.Join(withLetters, "tables."+lang+".html"))
			p := open(t, browser, file, 1200)
			bannerTables(t, p, file, lang, direction(lang))
			for what, want := range map[string]int{
				"thead .letter": 2, "tbody td small": 1, "tr.bases td": 3,
			} {
				if got := ask[int](t, p, `document.querySelectorAll('`+what+`').length`); got < want {
					t.Errorf("the page has %d of %s", got, what)
				}
			}
			if got := ask[string](t, p, `[...document.querySelectorAll("tbody td small bdi")].map(b => b.textContent).sort().join()`); got != "A,B,B,a" {
				t.Errorf("the letters are %q", got)
			}
			if !ask[bool](t, p, `[...document.querySelectorAll("tr.bases td bdi")].some(b => /^\d+\*$/.test(b.textContent))`) {
				t.Error("no base is marked as too small")
			}
			t.Run("has contrast", func(t *testing.T) { hasContrast(t, p) })
			t.Run("works with the keyboard", func(t *testing.T) { tablesWorkWithTheKeyboard(t, open(t, browser, file, 390)) })
			t.Run("can be looked at", func(t *testing.T) { draw(t, open(t, browser, file, 1200), "tables-"+lang) })
		})
	}
}

// tablesWorkWithTheKeyboard goes through the page with Tab: the skip link leads
// to the tables, and each table can be reached to be moved.
func tablesWorkWithTheKeyboard(t *testing.T, p *tab) {
	p.do(t, chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	if got := ask[string](t, p, `document.activeElement.id`); got != "tables" {
		t.Errorf("the skip link leads to %q", got)
	}
	p.do(t, chromedp.KeyEvent(kb.Tab))
	if !ask[bool](t, p, `document.activeElement.matches(".scroll") && document.activeElement.querySelector("table.banner") !== null && getComputedStyle(document.activeElement).outlineStyle !== "none"`) {
		t.Errorf("Tab leads to %s", ask[string](t, p, `document.activeElement.outerHTML.slice(0, 80)`))
	}
}

// tablesLeadBack tests that the tables and the report lead to one another.
func tablesLeadBack(t *testing.T, p *tab, pages map[string]string, lang string) {
	there := filepath.Join(filepath.Dir(pages[lang]), "tables."+lang+".html")
	for _, step := range []struct{ link, to string }{
		{`.beside a`, path.Base(filepath.ToSlash(pages[lang]))},
		{`.beside a`, path.Base(filepath.ToSlash(there))},
	} {
		p.do(t, chromedp.Click(step.link), chromedp.WaitReady(`html[lang="`+lang+`"] main`))
		where, err := url.Parse(ask[string](t, p, `location.href`))
		if err != nil {
			t.Fatal(err)
		}
		if got := path.Base(where.Path); got != step.to {
			t.Errorf("the link leads to %s, not to %s", got, step.to)
		}
	}
}
