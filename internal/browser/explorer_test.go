package browser

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// explorerWorks goes to the explorer of a page and uses it with the keyboard
// alone: it searches for a question, chooses it and a group, and reads the
// figures, which must be those of the page's own data.
func explorerWorks(t *testing.T, p *tab, file string) {
	t.Helper()
	focused := func() string { return ask[string](t, p, `document.activeElement.id`) }
	if ask[bool](t, p, `document.getElementById("explore-here").hidden || !document.getElementById("explore-without").hidden`) {
		t.Fatal("the explorer is not offered")
	}
	ask[int](t, p, `document.querySelector('.contents a[href="#explore"]').focus(), 0`)
	p.do(t, chromedp.KeyEvent(kb.Enter))
	for range 12 {
		p.do(t, chromedp.KeyEvent(kb.Tab))
		if focused() == "explore-search" {
			break
		}
	}
	if focused() != "explore-search" {
		t.Fatalf("Tab leads from the heading of the explorer to %q", focused())
	}
	// A word of the last question of the third chapter, which few others have.
	const data = `JSON.parse(document.getElementById("explore-data").textContent)`
	word := ask[string](t, p, data+`.chapters.flatMap(c => c.items).find(i => i.name === "tools_used").label`)
	p.do(t, chromedp.KeyEvent(word))
	if got := ask[int](t, p, `document.querySelectorAll("#explore-item option").length`); got < 1 || got > 20 {
		t.Errorf("a search leaves %d questions", got)
	}
	p.do(t, chromedp.KeyEvent(kb.Tab))
	if focused() != "explore-item" {
		t.Fatalf("Tab leads from the search to %q", focused())
	}
	for range 20 {
		if ask[string](t, p, `document.activeElement.value`) == "tools_used" {
			break
		}
		p.do(t, chromedp.KeyEvent(kb.ArrowDown))
	}
	p.do(t, chromedp.KeyEvent(kb.Tab))
	if focused() != "explore-group" {
		t.Fatalf("Tab leads from the question to %q", focused())
	}
	for range 2 {
		p.do(t, chromedp.KeyEvent(kb.ArrowDown))
	}
	shows := `(() => {
		const d = ` + data + `, find = id => document.getElementById(id), bare = e => e.textContent;
		const i = d.chapters.flatMap(c => c.items).find(i => i.name === "tools_used"), v = i.views.find(v => v.by === find("explore-group").value);
		const wrong = [];
		const want = (what, got, text) => { if (got !== text) wrong.push(what + ": " + JSON.stringify(got) + ", not " + JSON.stringify(text)); };
		if (!v.by) wrong.push("no group is chosen");
		want("title", bare(find("explore-title")), d.texts[v.title]);
		want("announcement", bare(find("explore-said")), d.texts[v.title]);
		want("chart", find("explore-chart").getAttribute("aria-label"), d.texts[v.chart]);
		want("address", decodeURIComponent(location.hash), "#explore=tools_used," + v.by);
		const rows = [...document.querySelectorAll("#explore-table tbody tr")].slice(1);
		want("rows", rows.length, v.rows.length);
		const lines = [...document.querySelectorAll("#explore-chart .line:not(.axis)")];
		want("bars", lines.length, v.rows.length * v.groups.length);
		let hidden = 0;
		v.rows.forEach((r, n) => r.cells.forEach((c, k) => {
			want("cell", bare(rows[n].querySelectorAll("td")[k].firstChild), d.texts[c[0]]);
			const line = lines[n * v.groups.length + k], bar = line.querySelector(".length");
			want("figure", bare(line.querySelector(".figure bdi")), d.texts[c[0]]);
			if (c.length < 3) { hidden++; if (bar || line.querySelector(".ends")) wrong.push("a withheld figure has a length"); }
			else want("length", bar.getAttribute("width"), (100 * c[2]).toFixed(2) + "%");
		}));
		if (!hidden) wrong.push("no figure is withheld, so that its bar was not tested");
		if (document.documentElement.scrollWidth > innerWidth) wrong.push("the page is wider than its window");
		return wrong;
	})()`
	none(t, ask[[]string](t, p, shows))
	// In a right-to-left page bars grow leftwards.
	if !ask[bool](t, p, `(() => {
		const plot = document.querySelector("#explore-chart .plotted"), a = plot.getBoundingClientRect(), b = plot.querySelector(".length").getBoundingClientRect();
		return document.dir === "rtl" ? Math.abs(a.right - b.right) < 3 : Math.abs(a.left - b.left) < 3;
	})()`) {
		t.Error("bars do not begin where reading begins")
	}
	requests, complaints := p.heard()
	if slices.ContainsFunc(requests, func(r string) bool { where, _, _ := strings.Cut(r, "#"); return where != file }) {
		t.Errorf("the explorer asks for %q", requests)
	}
	none(t, complaints)
}

// explorerFollowsAddresses opens a page at a choice, and at one that there is not.
func explorerFollowsAddresses(t *testing.T, browser func(address string) *tab, file string) {
	t.Helper()
	p := browser(file + "#explore=tools_wanted,region_groups")
	if got := ask[string](t, p, `document.getElementById("explore-item").value + " " + document.getElementById("explore-group").value`); got != "tools_wanted region_groups" {
		t.Errorf("the address leads to %q", got)
	}
	p = browser(file + "#explore=" + url.QueryEscape(`<img src=x>,"`))
	if got := ask[int](t, p, `document.getElementById("explore-item").selectedIndex + document.querySelectorAll("#explore img").length`); got != 0 {
		t.Errorf("an address of nothing changes the choice: %d", got)
	}
	_, complaints := p.heard()
	none(t, complaints)
}

// explorerSaves reads what the explorer saves as a file.
func explorerSaves(t *testing.T, p *tab) {
	t.Helper()
	got := ask[string](t, p, `new Promise(resolve => {
		URL.createObjectURL = blob => { blob.text().then(resolve); return "#"; };
		document.getElementById("explore-save").click();
	})`)
	rows := strings.Split(strings.TrimSpace(got), "\r\n")
	if want := ask[int](t, p, `document.querySelectorAll("#explore-table tbody tr").length`); len(rows) != want+1 {
		t.Errorf("the file has %d rows for %d answers: %q", len(rows), want-1, rows)
	}
	if last := ask[string](t, p, `[...document.querySelectorAll("#explore-table tbody tr:last-child td bdi")][0].textContent`); !strings.Contains(rows[len(rows)-1], strings.Trim(last, "\u2066\u2069")) {
		t.Errorf("the last row of the file, %q, lacks %q", rows[len(rows)-1], last)
	}
}
