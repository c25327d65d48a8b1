package pdf

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// printer starts the browser of this machine, or skips the test.
func printer(t *testing.T) *Printer {
	t.Helper()
	path := Find("")
	if path == "" {
		const message = "no Chromium or Chrome was found; on Debian: apt-get install chromium"
		if os.Getenv("SOUNDINGS_TEST_BROWSER") == "required" {
			t.Fatal(message)
		}
		t.Skip(message)
	}
	p, err := Start(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// tool runs a program of poppler on a document, or says that it is not there.
func tool(t *testing.T, document []byte, name string, args ...string) (string, bool) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Logf("%s was not found, so nothing is asked of it; on Debian: apt-get install poppler-utils", name)
		return "", false
	}
	file := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, document, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(path, slices.Concat(args, []string{file}, map[bool][]string{true: {"-"}}[name == "pdftotext"])...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out), true
}

const arabic = `<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>عنوان التقرير</title></head>
<body><h1>عنوان التقرير</h1><p>بلغت النسبة &#x2066;43%&#x2069; في المجموعة الأولى.</p><h2>الفصل</h2>
<svg role="img" aria-label="شكل" width="100" height="20"><title>شكل</title><rect width="50" height="20"/></svg>
<img src="http://192.0.2.1/x.png" alt=""><img src="file:///etc/hostname" alt=""></body></html>`

// TestAPageBecomesADocument: tagged, with an outline, in its language, with text
// in the order of reading, and nothing of the machine or the day in it.
func TestAPageBecomesADocument(t *testing.T) {
	p := printer(t)
	out, err := p.Print(context.Background(), []byte(arabic))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"%PDF-", "/Lang (ar)", "/Outlines", "/StructTreeRoot", "/MarkInfo"} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("the document lacks %s", want)
		}
	}
	for _, found := range regexp.MustCompile(`\(D:\d{8}`).FindAll(out, -1) {
		if string(found) != "(D:20000101" {
			t.Errorf("it says when it was made: %s", found)
		}
	}
	host, _ := os.Hostname()
	for _, secret := range []string{"about:blank", "file://", p.profile, "Chrome", host} {
		if len(secret) > 3 && bytes.Contains(out, []byte(secret)) {
			t.Errorf("it holds %q", secret)
		}
	}
	if info, ok := tool(t, out, "pdfinfo"); ok {
		for _, want := range []string{"عنوان التقرير", "Tagged:          yes", "A4", "Creator:         Soundings"} {
			if !strings.Contains(info, want) {
				t.Errorf("pdfinfo does not say %q: %s", want, info)
			}
		}
	}
	if text, ok := tool(t, out, "pdftotext"); ok {
		plain := strings.NewReplacer("\u202a", "", "\u202b", "", "\u202c", "", "\u200e", "", "\u200f", "").Replace(text)
		for _, want := range []string{"عنوان التقرير", "بلغت النسبة", "في المجموعة", "الفصل"} {
			if !strings.Contains(plain, want) {
				t.Errorf("its text lacks %q: %q", want, plain)
			}
		}
	}
	again, err := p.Print(context.Background(), []byte(arabic))
	if err != nil || !bytes.Equal(again, out) {
		t.Errorf("the same page gives other bytes (%v)", err)
	}
}

func TestPrintingStopsWhenItIsTold(t *testing.T) {
	p := printer(t)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := p.Print(ctx, []byte(arabic)); err == nil {
		t.Error("a page was printed after the end")
	}
	profile := p.profile
	p.Close()
	if _, err := os.Stat(profile); !os.IsNotExist(err) {
		t.Errorf("the browser's folder is still there: %v", err)
	}
}

// A page that nothing forbids to load and to run is printed without either.
func TestPrintingLoadsAndRunsNothing(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	page := `<html lang="en"><head><title>printed</title><link rel="stylesheet" href="` + server.URL + `/style"></head>
<body><img src="` + server.URL + `/picture"><iframe src="` + server.URL + `/frame"></iframe><script>document.title = "ran"</script></body></html>`
	out, err := printer(t).Print(context.Background(), []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("%d requests were made", n)
	}
	if !bytes.Contains(out, []byte("/Title (printed)")) {
		t.Error("a script ran, or the document has no title")
	}
}

func TestABrowserThatHangsIsGivenUp(t *testing.T) {
	sleep, err := exec.LookPath("sleep")
	if err != nil {
		t.Skip("there is no program that sleeps here")
	}
	path := filepath.Join(t.TempDir(), "browser")
	if err := os.WriteFile(path, []byte("#!/bin/sh\nexec "+sleep+" 300\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	p, err := start(t.Context(), path, time.Second)
	if err == nil {
		p.Close()
		t.Fatal("it started")
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it failed otherwise: %v", err)
	}
}

func TestWhatIsNoBrowserDoesNotStart(t *testing.T) {
	path, err := exec.LookPath("true")
	if err != nil {
		t.Skip("there is no program that does nothing here")
	}
	if p, err := Start(t.Context(), path); err == nil {
		p.Close()
		t.Error("it started")
	}
}

func TestBrowsersAreLookedForWhereTheyUsuallyAre(t *testing.T) {
	env := func(name string) string {
		return map[string]string{"ProgramFiles": `C:\Program Files`, "LocalAppData": `C:\Users\x\AppData\Local`}[name]
	}
	if got := usual("windows", env); len(got) != 6 || !strings.Contains(got[0], "Chromium") {
		t.Errorf("on Windows: %q", got)
	}
	if got := usual("darwin", env); !slices.Contains(got, "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome") {
		t.Errorf("on macOS: %q", got)
	}
	if got := Find(filepath.Join(t.TempDir(), "none")); got != "" {
		t.Errorf("a program that is not there was found: %q", got)
	}
}

func TestDatesLoseTheDayButNotTheirLength(t *testing.T) {
	in := []byte("<</Creator (x)\n/CreationDate (D:20261126085538+00'00')\n/ModDate (D:20261126085538Z)>> (D:20261126085538)")
	want := "<</Creator (x)\n/CreationDate (D:20000101000000+00'00')\n/ModDate (D:20000101000000Z)>> (D:20261126085538)"
	if got := undated(in); string(got) != want || len(got) != len(in) {
		t.Errorf("%s", got)
	}
}
