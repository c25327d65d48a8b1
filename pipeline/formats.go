package pipeline

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/report/html"
	"github.com/soundings-survey/soundings/pipeline/report/markdown"
	"github.com/soundings-survey/soundings/pipeline/report/xlsx"
)

// A format is a kind of file that reports are written as.
type format string

// The formats, by the word the config has for them.
const (
	htmlFormat     format = "html"
	docxFormat     format = "docx"
	xlsxFormat     format = "xlsx"
	pdfFormat      format = "pdf"
	markdownFormat format = "md"
)

// formats are all formats, in the order in which they are written and named.
func formats() []format {
	return []format{htmlFormat, docxFormat, xlsxFormat, pdfFormat, markdownFormat}
}

// formats returns the formats the config asks for. Where it names none these
// are all but PDF, which needs a browser and takes longer than all the others.
// Pages are always written: a run ends by naming one.
func (c Config) formats() []format {
	if len(c.Formats) == 0 {
		return slices.DeleteFunc(formats(), func(f format) bool { return f == pdfFormat })
	}
	var out []format
	for _, f := range formats() {
		if f == htmlFormat || slices.Contains(c.Formats, string(f)) {
			out = append(out, f)
		}
	}
	return out
}

// validFormats refuses the formats that nothing is written as.
func (c Config) validFormats() []finding.Finding {
	var known []string
	for _, f := range formats() {
		known = append(known, string(f))
	}
	var out []finding.Finding
	for _, name := range c.Formats {
		if !slices.Contains(known, name) {
			out = append(out, finding.Finding{
				Kind: "format", Severity: finding.Refusal,
				Problem: fmt.Sprintf("The format %q is not known.", name),
				Remedy:  "The formats are: " + strings.Join(known, ", ") + ".",
			})
		}
	}
	return out
}

// composed is what is written in one language for one audience.
type composed struct {
	report *report.Report
	tables *report.Tables // nil where there is nothing to put into a table
}

// write writes a report and its tables in each format but those that need what
// is made of all reports later: their pictures, or a browser.
func (r *run) write(e *edition, c composed, pages *html.Writer) error {
	for _, f := range r.config.formats() {
		files := map[string][]byte{}
		var err error
		switch f {
		case htmlFormat:
			err = c.pages(pages, files)
		case docxFormat: // see documents: it needs the pictures
		case pdfFormat: // see printed: it needs the pages
		case markdownFormat:
			files[markdown.FileName(c.report.Lang)] = markdown.Write(c.report)
		case xlsxFormat:
			files[xlsx.FileName(c.report.Lang)], err = xlsx.Write(c.report, c.tables)
		}
		if err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if err := os.WriteFile(filepath.Join(e.dir, name), files[name], 0o600); err != nil {
				return fmt.Errorf("write a report as %s: %w", f, cause(err))
			}
		}
	}
	return nil
}

// pages makes the page of a report and that of its tables.
func (c composed) pages(writer *html.Writer, to map[string][]byte) error {
	page, err := writer.Write(c.report)
	if err != nil {
		return err
	}
	to[html.FileName(c.report.Lang)] = page
	if c.tables == nil {
		return nil
	}
	page, err = writer.WriteTables(c.tables)
	if err != nil {
		return err
	}
	to[html.TablesName(c.tables.Lang)] = page
	return nil
}
