package browser

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
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

// example makes the pages of the bundled survey in some languages, and returns
// their paths by language. More is added to its config, at its end and to what
// it says of the report.
func example(t *testing.T, langs []string, more, ofReport string, files map[string]string) map[string]string {
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
	formats, ofTheReport := regexp.MustCompile(`(?m)^formats:.*$`), regexp.MustCompile(`(?m)^report:$`)
	if !formats.Match(content) || !ofTheReport.Match(content) {
		t.Fatal("the bundled config names no formats, or says nothing of the report")
	}
	content = formats.ReplaceAll(content, []byte("formats: [html]"))
	content = ofTheReport.ReplaceAllLiteral(content, []byte("report:\n"+strings.TrimSuffix(ofReport, "\n")))
	content = fmt.Appendf(content, "\nlanguages: [%s]\n%s", strings.Join(langs, ", "), more)
	config, findings := pipeline.ReadConfig("config.yaml", content)
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

// direction returns in which direction a language is written.
func direction(lang string) string {
	if lang == "ar" {
		return "rtl"
	}
	return "ltr"
}

func TestReport(t *testing.T) {
	browser := start(t)
	langs := []string{"en", "ar", "es", "fr", "ru", "zh"}
	pages := example(t, langs, "", "", nil)
	if len(pages) != len(langs) {
		t.Fatalf("the report has pages in %d languages", len(pages))
	}
	for _, lang := range langs {
		t.Run(lang, func(t *testing.T) {
			dir := direction(lang)
			file := address(t, pages[lang])
			p := open(t, browser, file, 1200)
			t.Run("asks for nothing but itself", func(t *testing.T) { asksForNothing(t, p, file) })
			t.Run("says its language and direction", func(t *testing.T) { saysItsLanguage(t, p, lang, dir) })
			t.Run("links lead somewhere", func(t *testing.T) { none(t, check(t, p, "links")) })
			openAll(t, p)
			t.Run("figures are whole", func(t *testing.T) { none(t, check(t, p, "figures")) })
			t.Run("texts of figures keep to their places", func(t *testing.T) { none(t, check(t, p, "texts")) })
			t.Run("fits its window", func(t *testing.T) { fits(t, p) })
			t.Run("texts of figures keep to their places in a narrow window", func(t *testing.T) { none(t, check(t, p, "texts")) })
			t.Run("is accessible", func(t *testing.T) { isAccessible(t, p) })
			t.Run("can be looked at", func(t *testing.T) { draw(t, open(t, browser, file, 1200), lang) })
			beside := address(t, filepath.Join(filepath.Dir(pages[lang]), "tables."+lang+".html"))
			tables := open(t, browser, beside, 1200)
			t.Run("has banner tables beside it", func(t *testing.T) { bannerTables(t, tables, beside, lang, dir) })
			if lang != "en" && lang != "ar" {
				return // keys and script are the same for all that run in one direction
			}
			if lang == "en" { // colours are the same for all
				t.Run("has contrast", func(t *testing.T) { hasContrast(t, p) })
				t.Run("has contrast in tables", func(t *testing.T) { hasContrast(t, tables) })
			}
			t.Run("leads to tables and back", func(t *testing.T) { tablesLeadBack(t, open(t, browser, beside, 1200), pages, lang) })
			works(t, browser, file, lang)
		})
	}
	t.Run("languages lead to one another", func(t *testing.T) {
		languagesLeadToOneAnother(t, open(t, browser, address(t, pages["en"]), 1200), pages)
	})
}

// works tests what readers do with a page, and that it looks as it did.
func works(t *testing.T, browser context.Context, file, lang string) {
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
