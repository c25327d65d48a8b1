package browser

import (
	"embed"
	"encoding/json"
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
// decide, and how many were kept.
type audit struct {
	Violations []violation `json:"violations"`
	Undecided  []violation `json:"undecided"`
	Passed     int         `json:"passed"`
}

// axe looks at a page by the rules of WCAG 2.2, levels A and AA, and by good
// practice.
func axe(t *testing.T, p *tab) audit {
	t.Helper()
	loaded := ask[bool](t, p, script(t, "axe/axe.min.js")+"\n;typeof axe.run === 'function'")
	if !loaded {
		t.Fatal("axe-core did not load")
	}
	tags, err := json.Marshal([]string{"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"})
	if err != nil {
		t.Fatal(err)
	}
	return ask[audit](t, p, `axe.run(document, {runOnly: {type: "tag", values: `+string(tags)+`}, rules: {"target-size": {enabled: true}}}).then(r => {
		const brief = v => ({rule: v.id, help: v.help, number: v.nodes.length, where: v.nodes.slice(0, 5).map(n => n.target.join(" ") + ": " + (n.any[0] || n.all[0] || n.none[0] || {message: ""}).message)});
		return {violations: r.violations.map(brief), undecided: r.incomplete.map(brief), passed: r.passes.length};
	})`)
}
