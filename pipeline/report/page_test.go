package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	parse "golang.org/x/net/html"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/report/html"
)

var update = flag.Bool("update", false, "write the golden pages anew")

func page(t testing.TB, in report.Input) []byte {
	t.Helper()
	out, err := html.Write(compose(t, in))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPagesLookAsBefore(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		got := page(t, sample(t, tag))
		if again := page(t, sample(t, tag)); !bytes.Equal(got, again) {
			t.Errorf("%s: the same answers gave two pages", tag)
		}
		path := filepath.Join("testdata", html.FileName(tag))
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: the page has changed; look at it, then run with -update", tag)
		}
	}
}

// walk visits every node.
func walk(n *parse.Node, visit func(*parse.Node)) {
	visit(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, visit)
	}
}

func attr(n *parse.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func content(n *parse.Node) string {
	var b strings.Builder
	walk(n, func(m *parse.Node) {
		if m.Type == parse.TextNode {
			b.WriteString(m.Data)
		}
	})
	return b.String()
}

func find(n *parse.Node, name string) (out []*parse.Node) {
	walk(n, func(m *parse.Node) {
		if m.Type == parse.ElementNode && m.Data == name {
			out = append(out, m)
		}
	})
	return out
}

func read(t testing.TB, p []byte) *parse.Node {
	t.Helper()
	doc, err := parse.Parse(bytes.NewReader(p))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestPagesAreWellFormedAndAccessible(t *testing.T) {
	for tag, dir := range map[string]string{"en": "ltr", "ar": "rtl"} {
		doc := read(t, page(t, sample(t, tag)))
		root := find(doc, "html")[0]
		if attr(root, "lang") != tag || attr(root, "dir") != dir {
			t.Errorf("%s: lang %q dir %q", tag, attr(root, "lang"), attr(root, "dir"))
		}
		ids, level := map[string]bool{}, 0
		walk(doc, func(n *parse.Node) {
			if id := attr(n, "id"); id != "" {
				if ids[id] {
					t.Errorf("%s: id %s stands twice", tag, id)
				}
				ids[id] = true
			}
			if n.Type == parse.ElementNode && len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
				if now := int(n.Data[1] - '0'); now > level+1 {
					t.Errorf("%s: h%d after h%d", tag, now, level)
				} else {
					level = now
				}
			}
			if attr(n, "style") != "" || n.Type == parse.ElementNode && (n.Data == "img" || n.Data == "iframe" || n.Data == "link") {
				t.Errorf("%s: <%s> in the page", tag, n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: handler %s", tag, a.Key)
				}
			}
		})
		for _, name := range []string{"a", "svg", "div", "section", "nav"} {
			for _, n := range find(doc, name) {
				for _, key := range []string{"href", "aria-labelledby"} {
					for _, id := range strings.Fields(attr(n, key)) {
						if id = strings.TrimPrefix(id, "#"); !ids[id] && id != "report.en.html" && id != "report.ar.html" {
							t.Errorf("%s: %s leads to %s, which is not there", tag, key, id)
						}
					}
				}
			}
		}
		all := find(doc, "figure")
		if len(all) < 8 {
			t.Errorf("%s: only %d figures", tag, len(all))
		}
		for _, f := range all {
			svgs := find(f, "svg")
			if len(svgs) != 1 || attr(svgs[0], "role") != "img" || content(find(svgs[0], "title")[0]) == "" || content(find(svgs[0], "desc")[0]) == "" || len(find(svgs[0], "text")) < 3 {
				t.Errorf("%s: figure %s lacks a chart, its title or its description", tag, attr(f, "id"))
			}
			if len(find(f, "table")) != 1 || len(find(f, "tbody")[0].FirstChild.NextSibling.Attr) != 0 || len(find(find(f, "tbody")[0], "tr")) == 0 || len(find(f, "figcaption")) != 1 {
				t.Errorf("%s: figure %s lacks its table", tag, attr(f, "id"))
			}
		}
		for _, th := range find(doc, "th") {
			if attr(th, "scope") == "" {
				t.Errorf("%s: a heading of a table has no scope", tag)
			}
		}
		for _, table := range find(doc, "table") {
			if len(find(table, "caption")) != 1 || content(find(table, "caption")[0]) == "" {
				t.Errorf("%s: table without a caption", tag)
			}
		}
	}
}

func TestThePolicyKnowsTheStyleSheetAndTheScriptByTheirHashes(t *testing.T) {
	doc := read(t, page(t, sample(t, "en")))
	styles := find(doc, "style")
	if len(styles) != 1 {
		t.Fatalf("%d style sheets", len(styles))
	}
	sum := sha256.Sum256([]byte(content(styles[0])))
	policy := ""
	for _, m := range find(doc, "meta") {
		if attr(m, "http-equiv") == "Content-Security-Policy" {
			policy = attr(m, "content")
		}
	}
	var programs []*parse.Node
	for _, n := range find(doc, "script") {
		if attr(n, "type") != "application/json" {
			programs = append(programs, n)
		}
	}
	if len(programs) != 1 || len(programs[0].Attr) != 0 {
		t.Fatalf("%d scripts", len(programs))
	}
	code := sha256.Sum256([]byte(content(programs[0])))
	if !strings.Contains(policy, "script-src 'sha256-"+base64.StdEncoding.EncodeToString(code[:])+"';") {
		t.Errorf("the policy %q does not know the script", policy)
	}
	if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
}

// A word that the catalogue lacks stands in angle brackets of its own.
func TestEveryWordIsInTheCatalogue(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		if p := string(page(t, sample(t, tag))); strings.Contains(p, "⟨") {
			t.Errorf("%s: %q", tag, regexp.MustCompile("⟨[^⟩]*⟩").FindAllString(p, -1))
		}
	}
}

func TestLabelsCannotBreakOutOfThePage(t *testing.T) {
	if p := page(t, sample(t, "en")); bytes.Contains(p, []byte("rest <b>")) || !bytes.Contains(p, []byte("The rest &lt;b&gt;&amp;")) {
		t.Error("a label is not escaped")
	}
}

var number = regexp.MustCompile(`\d[\d,.]*\d%?|\d%?`)

// structural are the numbers of a page that count no respondents: the
// threshold and its double, the ends of scales, ranks, items, languages, and the
// rows and columns of charts, the bands of differences.
var structural = map[string]bool{"0": true, "1": true, "2": true, "3": true, "4": true, "5": true, "10": true, "20": true, "100": true, "7": true, "8": true, "0.5": true, "0.8": true}

func TestEveryNumberOfAPageIsInTheLedger(t *testing.T) {
	in := sample(t, "en")
	doc := read(t, page(t, in))
	allowed := map[string]bool{}
	for _, l := range in.Safe.Ledger() {
		if l.Artifact != report.Artifact("en") || l.Status != protect.Published {
			continue
		}
		v, err := l.Value.Float64()
		if err != nil {
			t.Fatal(err)
		}
		n := in.Language.Numbers
		switch {
		case l.Share():
			percent := n.Percent(v, l.Decimals)
			allowed[percent], allowed[strings.TrimSuffix(percent, "%")] = true, true
		case l.Mean():
			allowed[strings.TrimPrefix(n.Decimal(v, l.Decimals), "-")] = true
		default:
			allowed[n.Count(int64(v))] = true
		}
	}
	checked := 0
	walk(doc, func(n *parse.Node) {
		if n.Type != parse.TextNode || n.Parent.Data == "style" || n.Parent.Data == "script" || n.Parent.Data == "text" && attr(n.Parent, "text-anchor") == "middle" && attr(n.Parent, "fill") == "#5C6670" {
			return // the numbers of an axis are not figures
		}
		for _, token := range number.FindAllString(n.Data, -1) {
			checked++
			if !allowed[token] && !structural[token] {
				t.Errorf("%q of %q is not in the ledger", token, strings.TrimSpace(n.Data))
			}
		}
	})
	if checked < 300 {
		t.Errorf("only %d numbers were checked", checked)
	}
}

func TestNoWithheldFigureIsInThePage(t *testing.T) {
	in := sample(t, "en")
	doc := read(t, page(t, in))
	rare := 0
	for _, row := range find(doc, "tr") {
		cells := content(row)
		if !strings.HasPrefix(strings.TrimSpace(cells), "Rare") {
			continue
		}
		rare++
		for _, td := range find(row, "td")[:1] {
			if got := content(td); got != "c" {
				t.Errorf("a choice of four respondents is shown as %q", got)
			}
		}
	}
	if rare == 0 {
		t.Error("the withheld choice has no row")
	}
	withheld := 0
	for _, l := range in.Safe.Ledger() {
		if l.Status == protect.Withheld {
			withheld++
			if l.Value != "" {
				t.Errorf("a withheld figure has the value %q in the ledger", l.Value)
			}
		}
	}
	if withheld == 0 {
		t.Error("nothing was withheld, so that nothing was tested")
	}
}
