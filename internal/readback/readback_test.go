package readback

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

const root = "../.."

// quiet shows no progress.
type quiet struct{}

func (quiet) Begin(string)            {}
func (quiet) End(pipeline.StepRecord) {}

// made is the bundled report.
type made struct {
	public string
	ledger Ledger
	form   *survey.Survey
	own    []string // texts of the config and the files it names
}

// example makes the bundled report in some languages.
func example(t *testing.T, languages string) made {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS(filepath.Join(root, "data"))); err != nil {
		t.Fatal(err)
	}
	content := read(t, filepath.Join(root, "config.yaml"))
	content = regexp.MustCompile(`(?m)^formats: .*$`).ReplaceAll(content, []byte("formats: [html, docx, xlsx, md]\nlanguages: "+languages))
	file := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	c, findings := pipeline.ReadConfig(file, content)
	if finding.Refused(findings) {
		t.Fatal(findings)
	}
	out, err := pipeline.Run(context.Background(), c, pipeline.Env{Dir: dir, Now: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Seed: 1, Version: "test", Progress: quiet{}})
	if err != nil {
		t.Fatal(err)
	}
	ledger, err := os.Open(filepath.Join(out.Restricted, "ledger.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer ledger.Close()
	m := made{public: filepath.Dir(out.Default)}
	if m.ledger, err = ReadLedger(ledger); err != nil {
		t.Fatal(err)
	}
	if m.form, _, err = pipeline.ReadForm(pipeline.Form{Form: filepath.Join(dir, "data", "form.xlsx")}, os.ReadFile); err != nil {
		t.Fatal(err)
	}
	m.own = []string{string(content[strings.Index(string(content), "\nreport:"):]), string(read(t, filepath.Join(dir, "data", "components.yaml")))}
	return m
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// reading gathers the exceptions for a language.
func (m made) reading(t *testing.T, tag string) Reading {
	t.Helper()
	r := Reading{Sign: SignOf(tag), Sections: map[string][]string{}, Counted: numbers{"10": true, "20": true, fmt.Sprint(len(m.form.Languages)): true}}
	texts := m.own
	for _, i := range m.form.Items {
		texts = append(texts, i.Label[tag], i.Label[m.form.Default])
		for _, other := range m.form.Items {
			if path.Dir(other.Path) == path.Dir(i.Path) {
				r.Sections[i.Name] = append(r.Sections[i.Name], other.Name)
			}
		}
		for _, c := range m.form.Choices(&i) {
			texts = append(texts, c.Label[tag], c.Label[m.form.Default])
		}
	}
	for _, g := range m.form.Groups {
		texts = append(texts, g.Label[tag], g.Label[m.form.Default])
	}
	r.Own = OwnNumbers(r.Sign, append(texts, catalogue(t, tag)...)...)
	return r
}

// catalogue returns the program's own words in a language, without what stands
// in braces.
func catalogue(t *testing.T, tag string) []string {
	t.Helper()
	name, word := tag+".po", "msgstr"
	if tag == "en" {
		name, word = "messages.pot", "msgid"
	}
	braces := regexp.MustCompile(`\{[^}]*\}`)
	var out []string
	for _, line := range strings.Split(string(read(t, filepath.Join(root, "pipeline", "report", "lang", "catalogue", name))), "\n") {
		_, text, ok := strings.Cut(line, `"`)
		if ok && strings.HasPrefix(line, word) {
			out = append(out, braces.ReplaceAllString(text, ""))
		}
	}
	return out
}

// files are the artifacts of a language: how each is read, and which artifacts
// of the ledger account for it.
func (m made) files(t *testing.T, tag string) []artifactFile {
	t.Helper()
	drawings, err := filepath.Glob(filepath.Join(m.public, "figures", "*."+tag+".svg"))
	if err != nil || len(drawings) < 50 {
		t.Fatalf("%d figures are drawn (%v)", len(drawings), err)
	}
	var out []artifactFile
	for _, d := range drawings {
		out = append(out, artifactFile{"figures/" + filepath.Base(d), Page, []string{"report." + tag}})
	}
	return append(out, []artifactFile{
		{"report." + tag + ".html", Page, []string{"report." + tag}},
		{"tables." + tag + ".html", Page, []string{"tables." + tag}},
		{"report." + tag + ".docx", Document, []string{"report." + tag}},
		{"tables." + tag + ".xlsx", Workbook, []string{"tables." + tag, "report." + tag}},
		{"report." + tag + ".md", func(c []byte) ([]Said, error) { return Summary(c), nil }, []string{"report." + tag}},
	}...)
}

type artifactFile struct {
	name      string
	read      func([]byte) ([]Said, error)
	artifacts []string
}

// astray returns what in a file no line of the ledger accounts for, and how many
// numbers were looked at.
func (m made) astray(t *testing.T, f artifactFile, content []byte, r Reading) (out []string, looked int) {
	t.Helper()
	said, err := f.read(content)
	if err != nil {
		t.Fatalf("%s: %v", f.name, err)
	}
	for _, s := range said {
		least := []string{""}
		for k, name := range f.artifacts {
			a := m.ledger[name]
			if a == nil {
				t.Fatalf("the ledger has nothing of %s", name)
			}
			if found := a.Astray(s, r); k == 0 || len(found) < len(least) {
				least = found
			}
		}
		if s.Number != nil {
			looked++
		}
		looked += len(r.Sign.Numbers(s.Text))
		for _, n := range least {
			out = append(out, fmt.Sprintf("%s, %s: %s", f.name, s.Place, n))
		}
	}
	return out, looked
}

// facts adds the numbers of the key figures that count questions, not
// respondents: at most two on a page.
func (m made) facts(t *testing.T, tag string, r Reading) {
	t.Helper()
	said, err := Page(read(t, filepath.Join(m.public, "report."+tag+".html")))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range said {
		if s.Kind != Fact || s.Key != "" {
			continue
		}
		for _, n := range r.Sign.Numbers(s.Text) {
			if v, err := strconv.Atoi(n); err == nil && v <= len(m.form.Items) {
				r.Counted[n] = true
			}
		}
	}
	if len(r.Counted) > 5 {
		t.Errorf("%s: %d numbers count questions, languages and the threshold", tag, len(r.Counted))
	}
}

// TestEveryNumberIsInTheLedger reads every file of the bundled report back.
func TestEveryNumberIsInTheLedger(t *testing.T) {
	languages := []string{"en", "ar"}
	if os.Getenv("CI") != "" && !testing.Short() {
		languages = []string{"en", "ar", "es", "fr", "ru", "zh"}
	}
	m := example(t, "["+strings.Join(languages, ", ")+"]")
	for _, tag := range languages {
		r := m.reading(t, tag)
		m.facts(t, tag, r)
		for _, f := range m.files(t, tag) {
			astray, looked := m.astray(t, f, read(t, filepath.Join(m.public, f.name)), r)
			if len(astray) > 0 {
				t.Errorf("%s: %d of %d numbers are in no line of the ledger, such as:\n  %s", f.name, len(astray), looked, strings.Join(astray[:min(15, len(astray))], "\n  "))
			}
			if looked < 50 && !strings.HasSuffix(f.name, ".svg") {
				t.Errorf("%s: only %d numbers were found: was it read?", f.name, looked)
			}
		}
	}
	r := m.reading(t, "en")
	m.facts(t, "en", r)
	for name, plant := range plants() {
		t.Run("planted in "+name, func(t *testing.T) {
			for _, f := range m.files(t, "en") {
				if f.name != plant.file {
					continue
				}
				content := plant.put(t, read(t, filepath.Join(m.public, f.name)))
				astray, _ := m.astray(t, f, content, r)
				if len(astray) == 0 || slices.ContainsFunc(astray, func(s string) bool { return !strings.HasSuffix(s, ": "+plant.number) }) {
					t.Errorf("found %q, want %s alone", astray, plant.number)
				}
			}
		})
	}
}
