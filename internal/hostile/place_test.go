package hostile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// link makes a link in the project, or skips the test.
func (w world) link(to, name string) {
	w.t.Helper()
	if err := os.Symlink(to, w.path(name)); err != nil {
		w.t.Skip("this system makes no links")
	}
}

func TestLinksLeadNoRunAstray(t *testing.T) {
	for name, c := range map[string]struct {
		lay    func(w world)
		status int
		says   string
	}{
		"restricted among reports":         {func(w world) { w.put("reports/x/keep", nil); w.link("reports/x", "restricted") }, 2, "lie one in the other"},
		"reports among what is restricted": {func(w world) { w.put("restricted/keep", nil); w.link("restricted", "reports") }, 2, "lie one in the other"},
		"a link in place of a file":        {func(w world) { w.put("restricted/keep", nil); w.link("../../home/precious", "restricted/.lock.json") }, 2, "a link where runs may write"},
		"a link in place of the key": {func(w world) {
			w.put("restricted/keep", nil)
			w.link("../../home/precious", "restricted/respondents.key")
		}, 2, "a link where runs may write"},
		"reports elsewhere": {func(w world) { w.link("../home", "reports") }, 0, ""},
		"a folder that is synchronised": {func(w world) {
			w.put("Dropbox/x/keep", nil)
			w.link("Dropbox/x", "restricted")
		}, 0, ""},
	} {
		w := newWorld(t)
		precious := filepath.Join(w.dir, "home", "precious")
		if err := os.WriteFile(precious, []byte("untouched"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, file := range []string{"survey.csv", "choices.csv", "settings.csv", "answers.csv"} {
			w.put(file, read(t, filepath.Join("..", "..", "testdata", "small", file)))
		}
		w.put("config.yaml", []byte("version: 1\nsurvey: {items: survey.csv, choices: choices.csv, settings: settings.csv}\ninput: [{file: answers.csv}]\nconsent: {item: consent, accept: \"yes\"}\nmissing: {dont_know: [dk]}\nlanguages: [en]\n"))
		c.lay(w)
		out := w.soundings(c.status, "run")
		if c.status != 0 && !strings.Contains(out, c.says) {
			t.Errorf("%s: it does not say %q\n%s", name, c.says, out)
		}
		if c.status == 0 && !strings.Contains(string(read(t, w.path("restricted/0001/findings.csv"))), ",folders,") {
			t.Errorf("%s: no warning among the findings", name)
		}
		if got := string(read(t, precious)); got != "untouched" {
			t.Errorf("%s: a file elsewhere now holds %q", name, got)
		}
	}
}
