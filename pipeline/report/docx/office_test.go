package docx

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// opened converts a document with LibreOffice and returns the text of its pages.
func opened(t *testing.T, content []byte) string {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("needs soffice: install libreoffice-writer")
	}
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("needs pdftotext: install poppler-utils")
	}
	dir := t.TempDir()
	convert := func(name string, content []byte) (pdf, said string) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		defer cancel()
		out, _ := exec.CommandContext(ctx, office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--convert-to", "pdf", "--outdir", dir, path).CombinedOutput()
		return strings.TrimSuffix(path, filepath.Ext(path)) + ".pdf", string(out)
	}
	pdf, said := convert("report.docx", content)
	if _, err := os.Stat(pdf); err != nil {
		if plain, _ := convert("plain.txt", []byte("words")); !exists(plain) {
			t.Skip("soffice reads no texts here: install libreoffice-writer")
		}
		t.Fatalf("the document cannot be opened: %s", said)
	}
	text, err := exec.Command(reader, pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// TestDocumentsOpen: LibreOffice shows what a document holds, in the order in
// which it is read, from the right too. (pdftotext puts marks beside Arabic words
// elsewhere, so that words and ranges alone are looked for.)
func TestDocumentsOpen(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for tag, want := range map[string][]string{
		"en": {"A <report>", "Please note Invented & short.", "Contents", "In brief", "Region topic", "Figure 1. Most \"often\": North", "Table 1. Where do you work?", "North & <south>", "43%", "Threats", "1. Guide", "0.36–0.42"},
		"ar": {"تقرير", "مصطنع وقصير.", "المحتويات", "باختصار", "موضوع المنطقة", "معظمها يعمل هناك.", "38–47", "UPR Info", "أين تعملون؟", "38–47", "قليل جداً.", "0.36–0.42", "يبيّن ما ينبغي فعله.", "20%–28%"},
	} {
		text := opened(t, written(t, sample(tag)))
		bare := strings.Map(func(r rune) rune {
			if r >= '\u2066' && r <= '\u2069' || r >= '\u202a' && r <= '\u202e' || r == '\u200e' || r == '\u200f' {
				return -1
			}
			return r
		}, strings.Join(strings.Fields(text), " "))
		at := 0
		for _, w := range want {
			next := strings.Index(bare[at:], w)
			if next < 0 {
				t.Errorf("%s: %q does not come after %q in %q", tag, w, bare[:at], bare[at:])
				break
			}
			at += next
		}
	}
}
