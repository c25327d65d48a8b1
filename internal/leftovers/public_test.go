package leftovers

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/identity/planted"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// publicIdentities names the classes of identities that a machine finds in the
// texts of published files, with the file of each, and how many texts there were.
func publicIdentities(t *testing.T, reports string) (found []string, texts int) {
	t.Helper()
	err := filepath.WalkDir(reports, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Type()&fs.ModeSymlink != 0 {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, text := range append(textsOf(t, path, content), e.Name()) {
			texts++
			for _, m := range identity.Find(text) {
				found = append(found, fmt.Sprintf("%s: %s", e.Name(), m.Class))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, texts
}

// textsOf takes the texts out of a published file, each as a reader meets it.
func textsOf(t *testing.T, path string, content []byte) []string {
	t.Helper()
	var out []string
	switch filepath.Ext(path) {
	case ".html", ".svg":
		page, err := html.Parse(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		out = pageTexts(t, page)
	case ".csv":
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				out = append(out, sheet.Bare(cell))
			}
		}
	case ".json":
		var all any
		if err := json.Unmarshal(content, &all); err != nil {
			t.Fatal(err)
		}
		out = jsonTexts(all)
	case ".xml":
		out = xmlTexts(t, content)
	case ".parquet":
		columns, err := dataset.Texts(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		out = columns
	case ".docx":
		out = documentTexts(t, content)
	case ".xlsx":
		out = workbookTexts(t, content)
	case ".md":
		out = strings.Split(string(content), "\n")
	case ".png":
	default:
		t.Errorf("%s: nothing is known of files of this kind", filepath.Base(path))
	}
	return out
}

// inline are the elements that do not end a text.
var inline = []string{"b", "strong", "i", "em", "span", "a", "abbr", "sup", "sub", "small", "tspan", "code", "bdi", "mark", "wbr"}

// pageTexts returns the texts of the elements of a page, where words that stand
// in elements within the line belong together, and of the attributes that are
// read out or lead somewhere.
func pageTexts(t *testing.T, n *html.Node) []string {
	t.Helper()
	var out []string
	var b strings.Builder
	flush := func() {
		if text := strings.TrimSpace(b.String()); text != "" {
			out = append(out, text)
		}
		b.Reset()
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.Type == html.ElementNode {
			if n.Data == "script" && isData(n) && n.FirstChild != nil {
				var all any
				if err := json.Unmarshal([]byte(n.FirstChild.Data), &all); err != nil {
					t.Fatal(err)
				}
				out = append(out, jsonTexts(all)...)
			}
			if n.Data == "style" || n.Data == "script" {
				return
			}
			for _, a := range n.Attr {
				if slices.Contains([]string{"title", "alt", "aria-label", "content", "href", "src", "summary", "data-label"}, a.Key) && !strings.HasPrefix(a.Val, "data:") {
					out = append(out, a.Val)
				}
			}
		}
		within := n.Type != html.ElementNode || slices.Contains(inline, n.Data)
		if !within {
			flush()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if !within {
			flush()
		}
	}
	walk(n)
	flush()
	return out
}

// isData says whether a script holds data, such as those of the explorer, and
// is no program.
func isData(n *html.Node) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "type" && a.Val == "application/json" })
}

func jsonTexts(v any) []string {
	var out []string
	switch v := v.(type) {
	case string:
		out = append(out, v)
	case []any:
		for _, x := range v {
			out = append(out, jsonTexts(x)...)
		}
	case map[string]any:
		for k, x := range v {
			out = append(append(out, k), jsonTexts(x)...)
		}
	}
	return out
}

// xmlTexts returns the texts and attributes of a codebook, but for the
// namespaces that its standard asks for.
func xmlTexts(t *testing.T, content []byte) []string {
	t.Helper()
	var out []string
	for d := xml.NewDecoder(bytes.NewReader(content)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.CharData:
			out = append(out, string(token))
		case xml.StartElement:
			for _, a := range token.Attr {
				if a.Name.Local != "xmlns" && a.Name.Space != "xmlns" && a.Name.Local != "schemaLocation" {
					out = append(out, a.Value)
				}
			}
		}
	}
}

// TestPublicTextsAreReadOutOfEachKindOfFile plants an identity in each place of
// each kind of file, and in the same places what only looks like one.
func TestPublicTextsAreReadOutOfEachKindOfFile(t *testing.T) {
	const mail, decoy = "planted@example.org", "A/HRC/47/6, Article 19"
	for name, write := range map[string]func(value string) []byte{
		"cell.html":      func(v string) []byte { return []byte("<table><tr><td>a</td><td>" + v + "</td></tr></table>") },
		"split.html":     func(v string) []byte { return []byte("<p>ask <b>" + v[:4] + "</b><i>" + v[4:] + "</i></p>") },
		"attribute.html": func(v string) []byte { return []byte(`<p title="` + v + `">a</p>`) },
		"picture.html": func(v string) []byte {
			return []byte("<svg><title>a</title><text><tspan>" + v + "</tspan></text></svg>")
		},
		"figure.svg": func(v string) []byte { return []byte("<svg><desc>" + v + "</desc></svg>") },
		"explorer.html": func(v string) []byte {
			return []byte(`<p>a</p><script type="application/json" id="explore-data">{"a":["` + v[:4] + `\u00` + fmt.Sprintf("%02x", v[4]) + v[5:] + `"]}</script>`)
		},
		"results.csv":  func(v string) []byte { return []byte("a,b\n1,\"" + v + "\"\n") },
		"results.json": func(v string) []byte { return []byte(`{"a":[{"b":"` + v + `"}]}`) },
		"key.json":     func(v string) []byte { return []byte(`{"` + v + `":1}`) },
		"codebook.xml": func(v string) []byte { return []byte(`<a xmlns="http://example.org"><b>` + v + `</b></a>`) },
		"runs.docx": func(v string) []byte {
			return document(t, `<w:p xmlns:w="w"><w:r><w:t>`+v[:4]+`</w:t></w:r><w:r><w:t>`+v[4:]+`</w:t></w:r></w:p>`)
		},
		"picture.docx": func(v string) []byte { return document(t, `<w:p xmlns:w="w"><w:docPr descr="`+v+`"/></w:p>`) },
		"value.xml":    func(v string) []byte { return []byte(`<a><b c="` + v + `"/></a>`) },
		"results.parquet": func(v string) []byte {
			var b bytes.Buffer
			if err := dataset.WriteColumns(&b, []dataset.ParquetColumn{{Name: "n", Counts: []int64{1}}, {Name: "text", Texts: []string{v}}}); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		},
	} {
		for value, want := range map[string]int{mail: 1, decoy: 0} {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, name), write(value), 0o600); err != nil {
				t.Fatal(err)
			}
			if got, _ := publicIdentities(t, dir); len(got) != want {
				t.Errorf("%s: %d identities, want %d: %v", name, len(got), want, got)
			}
		}
	}
}

// TestPublicTextsMayLookLikeIdentities: what only looks like one is none on a page.
func TestPublicTextsMayLookLikeIdentities(t *testing.T) {
	var page strings.Builder
	for _, lang := range planted.Languages() {
		for _, text := range planted.Decoys(3, 100, lang) {
			page.WriteString("<p>" + html.EscapeString(text.Text) + "</p>")
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "page.html"), []byte(page.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, texts := publicIdentities(t, dir); len(got) > 0 || texts < 600 {
		t.Errorf("%d texts, found %v", texts, got)
	}
}
