// Package pdf prints pages of reports through a Chromium that is found on the
// machine: tagged, with an outline, in the language and direction of the page.
// No library of Go does so in Arabic. The browser gets the page as text, has no
// network, a profile that is thrown away, and is gone when the printer is closed.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// FileName returns the name of the printed report in a language.
func FileName(tag string) string { return "report." + tag + ".pdf" }

// patience is how long a page may take. A report of a hundred figures takes some
// seconds.
const patience = 2 * time.Minute

// Printer is a browser at work. It may be used by several goroutines.
type Printer struct {
	ctx     context.Context
	close   []func()
	profile string
	once    sync.Once
}

// Start starts the browser at a path.
func Start(ctx context.Context, path string) (*Printer, error) { return start(ctx, path, patience) }

// start gives up on a browser that is not there after a while.
func start(ctx context.Context, path string, wait time.Duration) (*Printer, error) {
	profile, err := os.MkdirTemp("", "soundings-print-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the browser: %w", err)
	}
	p := &Printer{profile: profile}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.DisableGPU, chromedp.WSURLReadTimeout(time.Minute),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true), chromedp.Flag("no-pings", true),
		chromedp.Flag("disable-domain-reliability", true), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.UserAgent("Soundings"), // stands in the document as its creator
		chromedp.Flag("disable-crash-reporter", true), chromedp.Flag("disable-breakpad", true))
	if os.Geteuid() == 0 { // Chromium refuses to start as root with its sandbox
		options = append(options, chromedp.NoSandbox)
	}
	allocator, stop := chromedp.NewExecAllocator(ctx, options...)
	p.close = append(p.close, stop)
	browser, stop := chromedp.NewContext(allocator, quiet()...)
	p.close = append(p.close, stop)
	p.ctx = browser
	// The browser lives as long as the context of its first action, which so can
	// have no deadline of its own.
	slow := time.AfterFunc(wait, stop)
	if err := chromedp.Do(browser); err != nil {
		late := !slow.Stop()
		p.Close()
		if late {
			return nil, fmt.Errorf("start the browser: it took longer than %s: %w", wait, context.DeadlineExceeded)
		}
		return nil, fmt.Errorf("start the browser: %w", err)
	}
	slow.Stop()
	return p, nil
}

// quiet keeps what the library has to say off the terminal: what matters comes
// back as an error.
func quiet() []chromedp.ContextOption {
	nothing := func(string, ...any) {}
	return []chromedp.ContextOption{chromedp.WithLogf(nothing), chromedp.WithErrorf(nothing)}
}

// Close ends the browser and removes what it wrote.
func (p *Printer) Close() {
	p.once.Do(func() {
		if p.ctx != nil {
			_ = chromedp.Cancel(p.ctx) // waits until the process is gone
		}
		for _, stop := range p.close {
			stop()
		}
		_ = os.RemoveAll(p.profile)
	})
}

// A4, in inches.
const (
	paperWidth  = 210 / 25.4
	paperHeight = 297 / 25.4
)

// Print returns a page as PDF. Whatever it would fetch is blocked.
func (p *Printer) Print(ctx context.Context, html []byte) ([]byte, error) {
	tab, stop := chromedp.NewContext(p.ctx)
	defer stop()
	tab, cancel := context.WithTimeout(tab, patience)
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	out, err := chromedp.Run(tab, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		if _, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
			return nil, err
		}
		tree, err := cdp.Call(ctx, t, page.GetFrameTree, cdp.Empty{})
		if err != nil {
			return nil, err
		}
		if _, err := cdp.Call(ctx, t, page.SetDocumentContent, page.SetDocumentContentParams{FrameID: tree.FrameTree.Frame.ID, HTML: string(html)}); err != nil {
			return nil, err
		}
		yes := true
		made, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{
			PrintBackground: &yes, PreferCSSPageSize: &yes, GenerateTaggedPDF: &yes, GenerateDocumentOutline: &yes,
			PaperWidth: paperWidth, PaperHeight: paperHeight,
		})
		return made.Data, err
	})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("print a page: the browser took longer than %s: %w", patience, context.DeadlineExceeded)
	case err != nil:
		return nil, fmt.Errorf("print a page: %w", err)
	}
	return undated(out), nil
}
