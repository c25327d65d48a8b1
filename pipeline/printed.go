package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/report/html"
	"github.com/soundings-survey/soundings/pipeline/report/pdf"
)

// printed writes the pages of an edition as PDF, through a browser of this
// machine. Without one, or where it fails, all else has been made: a finding
// says what is missing and how to get it.
func (r *run) printed(e *edition, reports []*report.Report) ([]finding.Finding, error) {
	if !slices.Contains(r.config.formats(), pdfFormat) {
		return nil, nil
	}
	path := pdf.Find(r.config.Report.Chromium)
	if path == "" {
		return []finding.Finding{unprinted("No Chromium was found on this machine, which prints the reports as PDF.",
			"Install Chromium or Chrome (on Debian and Ubuntu \"sudo apt install chromium\") or name its program under \"report.chromium\", and run again; or open a page in any browser and print it. Everything else has been made.")}, nil
	}
	printer, err := pdf.Start(r.ctx, path)
	if err != nil {
		return r.failed(err)
	}
	defer printer.Close()
	err = engine.Ordered(r.ctx, r.engine, engine.Each(reports), func(made *report.Report) (struct{}, error) {
		return struct{}{}, r.print(printer, e.dir, made.Lang)
	}, func(struct{}) error { return nil })
	var wrong *printError
	if errors.As(err, &wrong) {
		return r.failed(wrong.err)
	}
	return nil, err
}

// printError is a fault of the browser, after which a run goes on.
type printError struct{ err error }

func (e *printError) Error() string { return e.err.Error() }

func (r *run) print(printer *pdf.Printer, dir, tag string) error {
	page, err := os.ReadFile(filepath.Join(dir, html.FileName(tag)))
	if err != nil {
		return fmt.Errorf("read the page: %w", cause(err))
	}
	content, err := printer.Print(r.ctx, page)
	if err != nil {
		return &printError{err}
	}
	if err := os.WriteFile(filepath.Join(dir, pdf.FileName(tag)), content, 0o600); err != nil {
		return fmt.Errorf("write a report as %s: %w", pdfFormat, cause(err))
	}
	return nil
}

// failed tells that the browser did not print. What it says itself may hold
// paths of the machine, and stays out.
func (r *run) failed(err error) ([]finding.Finding, error) {
	if r.ctx.Err() != nil {
		return nil, r.ctx.Err()
	}
	problem := "The Chromium of this machine did not print the reports as PDF."
	if errors.Is(err, context.DeadlineExceeded) {
		problem = "The Chromium of this machine took too long to print the reports as PDF."
	}
	return []finding.Finding{unprinted(problem, "Run again; if it fails again, update Chromium or name another under \"report.chromium\", or open a page in a browser and print it. Some or all reports are missing as PDF. Everything else has been made.")}, nil
}

func unprinted(problem, remedy string) finding.Finding {
	return finding.Finding{Stage: "report", Kind: "pdf", Severity: finding.Warning, Problem: problem, Remedy: remedy}
}
