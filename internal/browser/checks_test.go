package browser

import (
	"embed"
	"path"
	"testing"
)

//go:embed testdata/checks/*.js testdata/axe/axe.min.js
var scripts embed.FS

func script(t *testing.T, name string) string {
	t.Helper()
	content, err := scripts.ReadFile(path.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// check returns what one of the checks finds wrong with a page.
func check(t *testing.T, p *tab, name string) []string {
	t.Helper()
	return ask[[]string](t, p, script(t, "checks/"+name+".js"))
}

// openAll opens every part of the page that can be closed.
func openAll(t *testing.T, p *tab) {
	t.Helper()
	ask[int](t, p, `document.querySelectorAll("details").forEach(d => { d.open = true }), document.querySelectorAll("details").length`)
}

// violation is a rule of accessibility that elements of a page break.
type violation struct {
	Rule   string   `json:"rule"`
	Help   string   `json:"help"`
	Number int      `json:"number"`
	Where  []string `json:"where"` // the first of them
}

// audit is what axe-core found: rules that were broken, rules that it could not
// decide, how many were kept, and by how many elements.
type audit struct {
	Violations []violation `json:"violations"`
	Undecided  []violation `json:"undecided"`
	Passed     int         `json:"passed"`
	Looked     int         `json:"looked"`
}

// axe looks at a page by the rules of WCAG 2.2, levels A and AA, and by good
// practice; contrast apart.
func axe(t *testing.T, p *tab) audit {
	t.Helper()
	return audited(t, p, `{runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]}, rules: {"target-size": {enabled: true}, "color-contrast": {enabled: false}}}`)
}

// contrast looks at the contrast of all texts outside pictures, whose texts the
// check of texts looks at. What would have to be scrolled to is undecided for
// axe, and so are words of one letter: each part is laid out whole, and short
// words are looked at too.
func contrast(t *testing.T, p *tab) audit {
	t.Helper()
	ask[int](t, p, `document.querySelectorAll(".scroll").forEach(s => { s.style.overflow = "visible"; s.style.maxBlockSize = "none" }), 0`)
	return audited(t, p, `{runOnly: {type: "rule", values: ["color-contrast"]}}`)
}

// audited runs axe-core on a page without the marks of its pictures. They are
// images to assistive technology, of which their titles and descriptions count;
// axe would take most of its time over them.
func audited(t *testing.T, p *tab, options string) audit {
	t.Helper()
	loaded := ask[bool](t, p, `document.querySelectorAll('svg[role="img"] > :not(title, desc)').forEach(m => m.remove());
`+script(t, "axe/axe.min.js")+`
;axe._audit.checks["color-contrast"].options.ignoreLength = true;
typeof axe.run === "function"`)
	if !loaded {
		t.Fatal("axe-core did not load")
	}
	return ask[audit](t, p, `axe.run(document, Object.assign(`+options+`, {preload: false})).then(r => {
		const brief = v => ({rule: v.id, help: v.help, number: v.nodes.length, where: v.nodes.slice(0, 5).map(n => n.target.join(" ") + ": " + (n.any[0] || n.all[0] || n.none[0] || {message: ""}).message)});
		return {violations: r.violations.map(brief), undecided: r.incomplete.map(brief), passed: r.passes.length, looked: r.passes.reduce((n, v) => n + v.nodes.length, 0)};
	})`)
}
