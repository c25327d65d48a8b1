// Package browser tests the pages of the report in a browser: that they work
// with the keyboard and with assistive technology, in both directions of
// writing, at narrow and wide windows, and that they ask for nothing from
// elsewhere. It holds tests only.
//
// The tests need Chromium and are skipped without it, unless the environment
// variable SOUNDINGS_TEST_BROWSER is "required". To look at the pages, part by
// part, keep what the tests draw: go test -artifacts -outputdir DIR.
package browser

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// timeout is how long one tab may take over everything it is asked.
const timeout = 3 * time.Minute

// start starts a browser for a test, and returns its context.
func start(t *testing.T) context.Context {
	t.Helper()
	required := os.Getenv("SOUNDINGS_TEST_BROWSER") == "required"
	if testing.Short() && !required {
		t.Skip("tests in a browser take a while")
	}
	program := find()
	if program == "" {
		const message = "no Chromium or Chrome was found; on Debian: apt-get install chromium"
		if required {
			t.Fatal(message)
		}
		t.Skip(message)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.WSURLReadTimeout(time.Minute))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, stop := chromedp.NewContext(allocator)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return ctx
}

// find returns the path of the browser, or nothing.
func find() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// tab is a page that is open, and what the browser said about it.
type tab struct {
	ctx context.Context

	mu         sync.Mutex
	requests   []string
	complaints []string
}

// open opens a page in a tab of its own, in a window of a width.
func open(t *testing.T, browser context.Context, address string, width int64) *tab {
	t.Helper()
	p := &tab{}
	ctx, closeTab := chromedp.NewContext(browser, chromedp.WithListener(p.hear))
	t.Cleanup(closeTab)
	// The context of the first action lives as long as the tab.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	t.Cleanup(cancel)
	p.ctx = ctx
	p.do(t, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address))
	return p
}

// fits tests that a page is no wider than its window, for windows of three
// widths, of which the last is narrow.
func fits(t *testing.T, p *tab) {
	t.Helper()
	for _, width := range []int64{1200, 768, 390} {
		p.do(t, chromedp.EmulateViewport(width, 900))
		none(t, check(t, p, "wide"))
	}
}

// hear notes what the page asks for and what the browser complains about:
// errors and warnings, among them what the content security policy forbade.
func (p *tab) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	case *log.EventEntryAdded:
		p.complaints = append(p.complaints, string(e.Entry.Level)+": "+e.Entry.Text)
	case *runtime.EventConsoleAPICalled:
		p.complaints = append(p.complaints, "the page wrote to the console: "+string(e.Type))
	case *runtime.EventExceptionThrown:
		p.complaints = append(p.complaints, e.ExceptionDetails.Text)
	}
}

// heard returns what was asked for and complained about so far.
func (p *tab) heard() (requests, complaints []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.requests...), append([]string(nil), p.complaints...)
}

func (p *tab) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// ask evaluates an expression in the page. It goes through the developer tools,
// which the page's policy does not bind.
func ask[T any](t *testing.T, p *tab, expression string) T {
	t.Helper()
	answer, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("ask the page: %v", err)
	}
	return answer
}
