package browser

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// inPage is how an address begins whose content stands in the page itself.
const inPage = "data:"

// asksForNothing tests that a page asks for nothing but itself, apart from what
// begins in one of some ways.
func asksForNothing(t *testing.T, p *tab, file string, apart ...string) {
	requests, complaints := p.heard()
	requests = slices.DeleteFunc(requests, func(r string) bool {
		return slices.ContainsFunc(apart, func(a string) bool { return strings.HasPrefix(r, a) })
	})
	if !slices.Equal(requests, []string{file}) {
		t.Errorf("the page asks for %q", requests)
	}
	none(t, complaints)
	if !ask[bool](t, p, `document.querySelector('meta[http-equiv="Content-Security-Policy"]').content.includes("default-src 'none'")`) {
		t.Error("the page's policy does not forbid everything else")
	}
	// The style is the one thing that the policy lets in: without it, the
	// page would look bare and nothing would say so.
	if ask[string](t, p, `getComputedStyle(document.querySelector(".band")).backgroundColor`) == "rgba(0, 0, 0, 0)" {
		t.Error("the page's style is not applied")
	}
}

func saysItsLanguage(t *testing.T, p *tab, lang, dir string) {
	for what, want := range map[string]string{
		`document.documentElement.lang`:                             lang,
		`document.documentElement.dir`:                              dir,
		`getComputedStyle(document.body).direction`:                 dir,
		`document.querySelector("[aria-current]").lang`:             lang,
		`document.querySelector("figure svg").getAttribute("lang")`: lang,
	} {
		if got := ask[string](t, p, what); got != want {
			t.Errorf("%s is %q, not %q", what, got, want)
		}
	}
}

// isAccessible audits a page; this takes the marks of its pictures away.
func isAccessible(t *testing.T, p *tab) {
	t.Helper()
	if found := axe(t, p); found.Passed < 20 {
		t.Errorf("only %d rules were kept: was the page audited?", found.Passed)
	} else {
		nothingIn(t, found)
	}
}

// hasContrast tests that every text stands out; this lays the page out whole.
func hasContrast(t *testing.T, p *tab) {
	t.Helper()
	const most = 3600 // wide enough for each table
	p.do(t, chromedp.EmulateViewport(most, 900))
	found := contrast(t, p)
	if found.Looked < 100 {
		t.Errorf("only %d texts were looked at", found.Looked)
	}
	nothingIn(t, found)
}

func nothingIn(t *testing.T, found audit) {
	t.Helper()
	for what, rules := range map[string][]violation{"broken": found.Violations, "undecided": found.Undecided} {
		for _, v := range rules {
			t.Errorf("%s: %s: %s (%d times)", what, v.Rule, v.Help, v.Number)
			for _, w := range v.Where {
				t.Logf("  %s", w)
			}
		}
	}
}

// worksWithTheKeyboard goes through the page with Tab: the skip link comes
// first and leads to the report, whatever has the focus shows it, and Enter
// opens and closes a table.
func worksWithTheKeyboard(t *testing.T, p *tab) {
	p.do(t, chromedp.KeyEvent(kb.Tab))
	if !ask[bool](t, p, `document.activeElement.matches("a.skip") && document.activeElement.getBoundingClientRect().top >= 0`) {
		t.Error("the first Tab does not show the skip link")
	}
	p.do(t, chromedp.KeyEvent(kb.Enter))
	if got := ask[string](t, p, `document.activeElement.id`); got != "report" {
		t.Errorf("the skip link leads to %q", got)
	}
	const most = 200
	for range most {
		p.do(t, chromedp.KeyEvent(kb.Tab))
		if ask[bool](t, p, `getComputedStyle(document.activeElement).outlineStyle === "none"`) {
			t.Errorf("the focus does not show on %s", ask[string](t, p, `document.activeElement.outerHTML.slice(0, 80)`))
		}
		if !ask[bool](t, p, `document.activeElement.matches("figure summary")`) {
			continue
		}
		const opened = `document.activeElement.parentElement.open`
		for _, want := range []bool{true, false} {
			p.do(t, chromedp.KeyEvent(kb.Enter))
			if ask[bool](t, p, opened) != want {
				t.Errorf("after Enter, that a table is open is not %v", want)
			}
		}
		return
	}
	t.Errorf("%d times Tab lead to no table", most)
}

func languagesLeadToOneAnother(t *testing.T, p *tab, pages map[string]string) {
	for _, lang := range []string{"ar", "en"} {
		// The click returns when the next page has loaded, or not at all.
		p.do(t, chromedp.Click(`nav.languages a[hreflang="`+lang+`"]`), chromedp.WaitReady(`html[lang="`+lang+`"] main`))
		where, err := url.Parse(ask[string](t, p, `location.href`))
		if err != nil {
			t.Fatal(err)
		}
		if want := path.Base(pages[lang]); path.Base(where.Path) != want {
			t.Errorf("the link to %s leads to %s, not to %s", lang, path.Base(where.Path), want)
		}
	}
}
