package hostile

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// evaluates reports whether a spreadsheet program could take a cell for a
// formula, wherever it divides lines. It shares nothing with what guards cells.
func evaluates(cell string) bool {
	if cell != "" && strings.ContainsRune("\t\r\n\x00", rune(cell[0])) {
		return true
	}
	return formula.MatchString(cell) && !signed.MatchString(cell)
}

var (
	formula = regexp.MustCompile(`(?:^|[;\t\r\n])[\s\pC\p{Zs}\x{FE00}-\x{FE0F}]*[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}\x{2212}\x{FE62}\x{FE63}\x{FE66}\x{FE6B}]`)
	signed  = regexp.MustCompile(`^[+-](?:\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|Inf)$`)
)

// steers reports whether a sign steers a terminal or overrides the order of letters.
func steers(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r >= 0x202a && r <= 0x202e || r == 0x2028 || r == 0x2029
}

// tree lists what lies under a folder, with the sizes of files outside the
// folders that runs write.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		out = append(out, filepath.ToSlash(name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// look reads every file under a folder but those that were given.
func look(t *testing.T, dir string, given []string) (seen map[string]int) {
	t.Helper()
	seen = map[string]int{}
	for _, name := range tree(t, dir) {
		if slices.Contains(given, name) {
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		info, err := os.Lstat(path)
		if err != nil {
			t.Fatal(err)
		}
		if !info.Mode().IsRegular() {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		seen[filepath.Ext(name)]++
		if strings.IndexFunc(name, func(r rune) bool { return steers(r) || strings.ContainsRune(`\:*?"<>|=`, r) }) >= 0 || strings.Contains(name, "..") {
			t.Errorf("the file name %q is not harmless", name)
		}
		switch filepath.Ext(name) {
		case ".csv":
			lookCSV(t, name, content)
		case ".xlsx":
			lookBook(t, name, content)
		case ".docx":
			lookDocument(t, name, content)
		case ".html":
			lookPage(t, name, content)
		case ".xml":
			lookXML(t, name, content)
		case ".json":
			if !json.Valid(content) {
				t.Errorf("%s is not JSON", name)
			}
		}
	}
	return seen
}

func lookCSV(t *testing.T, name string, content []byte) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for i, row := range rows {
		for k, cell := range row {
			if evaluates(cell) {
				t.Errorf("%s, row %d, column %d: a spreadsheet would evaluate %q", name, i+1, k+1, cell)
			}
		}
	}
}

// lookBook looks for formulas in a workbook, for texts that could become one,
// and for whatever leads out of it.
func lookBook(t *testing.T, name string, content []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range z.File {
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		lookXML(t, name+"/"+part.Name, body)
		if strings.Contains(part.Name, "external") || bytes.Contains(body, []byte(`TargetMode="External"`)) || bytes.Contains(body, []byte("ddeLink")) {
			t.Errorf("%s: %s leads out of the workbook", name, part.Name)
		}
		d, inText := xml.NewDecoder(bytes.NewReader(body)), false
		for {
			token, err := d.Token()
			if err != nil {
				break
			}
			switch v := token.(type) {
			case xml.StartElement:
				if v.Name.Local == "f" {
					t.Errorf("%s: %s has a formula", name, part.Name)
				}
				inText = v.Name.Local == "t" || v.Name.Local == "v"
			case xml.EndElement:
				inText = false
			case xml.CharData:
				if inText && evaluates(string(v)) && !strings.HasPrefix(part.Name, "docProps/") {
					t.Errorf("%s: %s holds %q", name, part.Name, v)
				}
			}
		}
	}
}

func lookXML(t *testing.T, name string, content []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(content))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if _, is := token.(xml.Directive); is {
			t.Errorf("%s has a document type", name)
		}
	}
}

// lookPage reads a page as browsers do: what it does and loads must be the
// page's own, and what is text must not act on what is around it.
func lookPage(t *testing.T, name string, content []byte) {
	t.Helper()
	if i := bytes.IndexFunc(content, steers); i >= 0 {
		t.Errorf("%s holds a sign that acts: %q", name, content[max(0, i-20):i+8])
	}
	page, err := html.Parse(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	styles, policies, policy := 0, 0, ""
	var programs []string
	for n := range page.Descendants() {
		switch n.Type {
		case html.ElementNode:
			switch n.Data {
			case "style":
				styles++
			case "script":
				if kind := value(n, "type"); kind != "application/json" {
					programs = append(programs, n.FirstChild.Data)
				} else if !json.Valid([]byte(n.FirstChild.Data)) {
					t.Errorf("%s holds figures that are not JSON", name)
				}
			case "input":
				if value(n, "type") != "search" {
					t.Errorf("%s has a field of the type %q", name, value(n, "type"))
				}
			case "iframe", "object", "embed", "base", "link", "form", "image", "img", "use", "foreignobject", "animate", "set", "audio", "video", "template":
				t.Errorf("%s has the element %s", name, n.Data)
			}
			for _, a := range n.Attr {
				key := strings.ToLower(a.Key)
				switch {
				case strings.HasPrefix(key, "on"), key == "style", key == "src", key == "srcset", key == "action", key == "formaction", key == "background", key == "ping":
					t.Errorf("%s: %s has the attribute %s=%q", name, n.Data, a.Key, a.Val)
				case key == "href" && !own.MatchString(a.Val):
					t.Errorf("%s leads to %q", name, a.Val)
				case key == "http-equiv":
					policies++
					policy = value(n, "content")
				}
			}
		case html.TextNode:
			if d := open(n.Data); d != 0 {
				t.Errorf("%s: %d isolates too many or too few in %q", name, d, n.Data)
			}
		case html.CommentNode:
			t.Errorf("%s has a comment: %q", name, n.Data)
		}
	}
	if strings.HasPrefix(filepath.Base(name), "report.") && len(programs) != 1 || len(programs) > 1 {
		t.Errorf("%s has %d scripts", name, len(programs))
	}
	for _, p := range programs {
		sum := sha256.Sum256([]byte(p))
		if want := "script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "';"; !strings.Contains(policy, want) || strings.Contains(p, mark) {
			t.Errorf("%s has a script that its policy does not know, or that holds a label", name)
		}
	}
	if styles != 1 || policies != 1 {
		t.Errorf("%s has %d style sheets and %d policies", name, styles, policies)
	}
}

// value returns the value of an attribute, "" where there is none.
func value(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

var own = regexp.MustCompile(`^(?:(?:report|tables)\.[a-z]{2}\.html)?(?:#[a-zA-Z0-9._-]*)?$`)

// open counts the isolates of a text that have not ended, or ends without one.
func open(text string) int {
	depth := 0
	for _, r := range text {
		switch {
		case r >= 0x2066 && r <= 0x2068:
			depth++
		case r == 0x2069:
			if depth--; depth < 0 {
				return depth
			}
		}
	}
	return depth
}

// textOf returns the text of a page as a reader sees it.
func textOf(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	page, err := html.Parse(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range page.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + "\n")
		}
	}
	return b.String()
}

func TestLookingFindsWhatIsThere(t *testing.T) {
	for _, cell := range []string{"=1", " =1", "\u200b@x", "x;=1", "x\n+y", "\tx", "\uff1d1", "-x"} {
		if !evaluates(cell) {
			t.Errorf("%q is taken for harmless", cell)
		}
	}
	for _, cell := range []string{"", "x", "-1", "+2.5", "'=1", "a=b", "x;'=1", "-Inf"} {
		if evaluates(cell) {
			t.Errorf("%q is taken for a formula", cell)
		}
	}
	for _, text := range Texts() {
		if slices.Contains([]string{"formula", "wide equals", "blank before", "zero width before", "behind a semicolon", "behind a line end"}, text.Name) && !evaluates(text.Text) {
			t.Errorf("%s: %q is taken for harmless", text.Name, text.Text)
		}
	}
}
