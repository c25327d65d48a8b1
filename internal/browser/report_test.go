package browser

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/soundings-survey/soundings"
	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// quiet is a progress nobody watches.
type quiet struct{}

func (quiet) Begin(string)            {}
func (quiet) End(pipeline.StepRecord) {}

// example makes the report of the bundled survey in English and Arabic, and
// returns the paths of its pages by language. More is added to its config.
func example(t *testing.T, more string, files map[string]string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, soundings.Example()); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(filepath.Join(dir, "config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(content, []byte("\nlanguages:")) {
		t.Fatal("the bundled config names languages: this test must change them")
	}
	config, findings := pipeline.ReadConfig("config.yaml", append(content, "\nlanguages: [en, ar]\n"+more...))
	if finding.Refused(findings) {
		t.Fatalf("the config is refused: %v", findings)
	}
	made, err := pipeline.Run(t.Context(), config, pipeline.Env{
		Dir: dir, Now: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), Seed: 1, Version: "test", Progress: quiet{},
	})
	if err != nil {
		t.Fatalf("make the report: %v", err)
	}
	return made.Reports
}

// address returns the address of a file for a browser.
func address(t *testing.T, file string) string {
	t.Helper()
	whole, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	if whole, err = filepath.EvalSymlinks(whole); err != nil {
		t.Fatal(err)
	}
	slashed := filepath.ToSlash(whole)
	if slashed[0] != '/' {
		slashed = "/" + slashed // a drive letter
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String()
}

func TestReport(t *testing.T) {
	browser := start(t)
	pages := example(t, "", nil)
	if len(pages) != 2 {
		t.Fatalf("the report has pages in %d languages", len(pages))
	}
	for lang, dir := range map[string]string{"en": "ltr", "ar": "rtl"} {
		t.Run(lang, func(t *testing.T) {
			file := address(t, pages[lang])
			p := open(t, browser, file, 1200)
			t.Run("asks for nothing but itself", func(t *testing.T) { asksForNothing(t, p, file) })
			t.Run("says its language and direction", func(t *testing.T) { saysItsLanguage(t, p, lang, dir) })
			t.Run("links lead somewhere", func(t *testing.T) { none(t, check(t, p, "links")) })
			openAll(t, p)
			t.Run("figures are whole", func(t *testing.T) { none(t, check(t, p, "figures")) })
			t.Run("texts of figures keep to their places", func(t *testing.T) { none(t, check(t, p, "texts")) })
			t.Run("is accessible", func(t *testing.T) { isAccessible(t, p) })
			for name, width := range map[string]int64{"wide": 1200, "tablet": 768, "narrow": 390} {
				t.Run("fits a "+name+" window", func(t *testing.T) {
					none(t, check(t, open(t, browser, file, width), "wide"))
				})
			}
			t.Run("texts of figures keep to their places in a narrow window", func(t *testing.T) {
				p := open(t, browser, file, 390)
				openAll(t, p)
				none(t, check(t, p, "texts"))
			})
			t.Run("can be looked at", func(t *testing.T) { draw(t, open(t, browser, file, 1200), lang) })
			t.Run("works with the keyboard", func(t *testing.T) { worksWithTheKeyboard(t, open(t, browser, file, 1200)) })
			for name, width := range map[string]int64{"wide": 1200, "narrow": 390} {
				t.Run("can be explored with the keyboard in a "+name+" window", func(t *testing.T) {
					explorerWorks(t, open(t, browser, file, width), file)
				})
			}
			t.Run("can be opened at a choice", func(t *testing.T) {
				explorerFollowsAddresses(t, func(address string) *tab { return open(t, browser, address, 1200) }, file)
			})
			t.Run("saves what is explored", func(t *testing.T) { explorerSaves(t, open(t, browser, file, 1200)) })
			t.Run("looks as before", func(t *testing.T) { looksAsBefore(t, browser, file, lang) })
			t.Run("has banner tables beside it", func(t *testing.T) {
				beside := address(t, filepath.Join(filepath.Dir(pages[lang]), "tables."+lang+".html"))
				tablesBesideReports(t, open(t, browser, beside, 1200), pages, lang, dir)
				fits(t, func(width int64) *tab { return open(t, browser, beside, width) })
			})
		})
	}
	t.Run("languages lead to one another", func(t *testing.T) {
		languagesLeadToOneAnother(t, open(t, browser, address(t, pages["en"]), 1200), pages)
	})
}

// none fails for each problem, up to a number that can be read.
func none(t *testing.T, problems []string) {
	t.Helper()
	for i, p := range problems {
		if i == 25 {
			t.Errorf("and %d more", len(problems)-i)
			return
		}
		t.Error(p)
	}
}
