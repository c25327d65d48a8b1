package pack

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
)

func packed(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, files); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchivesHoldWhatWasPackedAndSameBytes(t *testing.T) {
	files := map[string][]byte{"report.en.html": []byte("page"), "figures/a.en.png": []byte("picture")}
	first := packed(t, files)
	if !bytes.Equal(first, packed(t, files)) {
		t.Error("the same files gave other bytes")
	}
	if n, err := Verify(bytes.NewReader(first), int64(len(first))); n != 2 || err != nil {
		t.Errorf("%d files, %v", n, err)
	}
}

// altered packs anew what is in an archive, but for what a function does to it.
func altered(t *testing.T, content []byte, change func(name string, part []byte) (string, []byte, bool), more ...string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name string, part []byte) {
		to, err := w.Create(name)
		if err == nil {
			_, err = to.Write(part)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range in.File {
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		if name, part, keep := change(f.Name, part); keep {
			put(name, part)
		}
	}
	for _, name := range more {
		put(name, []byte("x"))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhatWasChangedInAnArchiveIsTold(t *testing.T) {
	content := packed(t, map[string][]byte{"report.en.html": []byte("page"), "results.csv": []byte("1")})
	same := func(name string, part []byte) (string, []byte, bool) { return name, part, true }
	for what, c := range map[string]struct {
		change func(string, []byte) (string, []byte, bool)
		more   []string
		want   string
	}{
		"nothing":      {same, nil, ""},
		"a file more":  {same, []string{"other.csv"}, "something in it"},
		"a file twice": {same, []string{"results.csv"}, "something in it"},
		"a list twice": {same, []string{ManifestName}, "something in it"},
		"one outside":  {same, []string{"../x"}, "something in it"},
		"a changed one": {func(n string, p []byte) (string, []byte, bool) {
			return n, bytes.ReplaceAll(p, []byte("page"), []byte("pagf")), true
		}, nil, "not as it was packed"},
		"a longer one": {func(n string, p []byte) (string, []byte, bool) {
			if n == "results.csv" {
				p = append(p, 'x')
			}
			return n, p, true
		}, nil, "not as it was packed"},
		"one less":    {func(n string, p []byte) (string, []byte, bool) { return n, p, n != "results.csv" }, nil, "missing"},
		"no manifest": {func(n string, p []byte) (string, []byte, bool) { return n, p, n != ManifestName }, nil, "no " + ManifestName},
	} {
		changed := altered(t, content, c.change, c.more...)
		_, err := Verify(bytes.NewReader(changed), int64(len(changed)))
		var trouble *Trouble
		if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &trouble) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", what, err, c.want)
		}
	}
}

func TestFoldersAreReadAsListedOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "figures"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.html", "figures/b.png"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	listed, err := publish.Files(dir)
	if err != nil {
		t.Fatal(err)
	}
	if files, err := Gather(dir, listed); err != nil || len(files) != 2 || string(files["figures/b.png"]) != "figures/b.png" {
		t.Errorf("%q %v", files, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "figures", "someone.png"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Gather(dir, listed); err == nil || strings.Contains(err.Error(), "someone") {
		t.Errorf("a file more: %v", err)
	}
}

func TestNotesSayWhatEachFileIsInEveryLanguage(t *testing.T) {
	all, err := lang.Languages()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		names := []string{"codebook.xml", "figures/f-a.en.png", "manifest.json", "report." + l.Tag + ".html", "report.xx.html", "results.csv", "results.json", "tables." + l.Tag + ".xlsx"}
		note := string(Readme(l, names, "notice.partners"))
		if strings.Contains(note, "⟨") || strings.Contains(note, "report.xx.html") {
			t.Errorf("%s: %s", l.Tag, note)
		}
		for _, want := range []string{"codebook.xml", "figures/", "report." + l.Tag + ".html", "results.csv, results.json", "tables." + l.Tag + ".xlsx", l.Say("notice.partners")} {
			if !strings.Contains(note, want) {
				t.Errorf("%s: no %q in %s", l.Tag, want, note)
			}
		}
	}
}
