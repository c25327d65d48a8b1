package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/recommend"
)

// RecommendRequest asks what is missing in draft recommendations.
type RecommendRequest struct {
	File     string // a text with one a line, a .docx with one a paragraph, or a table
	Column   string // of a table
	Language string // of all of them; "" tells each by its text
}

// Recommendation is a draft and what was found about it.
type Recommendation struct {
	Text string
	recommend.Assessment
}

// Recommend judges the recommendations of a file. What is the matter with the
// file is a *RefusedError, which names no text.
func Recommend(ctx context.Context, checker *recommend.Checker, q RecommendRequest) ([]Recommendation, error) {
	texts, err := draftTexts(q)
	var fault *records.Fault
	if errors.As(err, &fault) {
		return nil, unreadDrafts(q.File, fault.Kind, fault.Problem, fault.Remedy)
	}
	if err != nil {
		return nil, err
	}
	var out []Recommendation
	for _, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		a, err := checker.Assess(text, q.Language)
		if err != nil {
			return nil, err
		}
		out = append(out, Recommendation{text, a})
	}
	if out == nil {
		return nil, unreadDrafts(q.File, "no-recommendation", "The file holds no recommendation.", "Write one on each line or in each paragraph, or name the column of a table with --column.")
	}
	return out, nil
}

func unreadDrafts(file, kind, problem, remedy string) error {
	return &RefusedError{Stage: "ingest", Findings: []finding.Finding{{Stage: "ingest", Kind: kind, Severity: finding.Refusal,
		Place: finding.Place{File: file}, Problem: problem, Remedy: remedy}}}
}

// maxDrafts is the size that a text of recommendations may have, in bytes.
const maxDrafts = 16 << 20

// draftTexts reads the recommendations of a file, by what it is.
func draftTexts(q RecommendRequest) ([]string, error) {
	in, err := openPlain(q.File)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", q.File, err)
	}
	defer in.Close()
	switch name := strings.ToLower(q.File); {
	case strings.HasSuffix(name, ".docx"):
		size, err := in.Seek(0, io.SeekEnd)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", q.File, err)
		}
		d, err := records.ReadDocument(in, size)
		return drafts(d.Paragraphs), err
	case q.Column == "" && (strings.HasSuffix(name, ".txt") || strings.HasSuffix(name, ".md")):
		content, err := io.ReadAll(io.NewSectionReader(in, 0, maxDrafts+1))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", q.File, err)
		}
		if len(content) > maxDrafts {
			return nil, &records.Fault{Kind: "too-large", Problem: "The text is larger than 16 MB.", Remedy: "Check that this is the right file, or divide it."}
		}
		if err := notUTF8(q.File, content); err != nil {
			return nil, err
		}
		return drafts(strings.Split(strings.TrimPrefix(string(content), "\uFEFF"), "\n")), nil
	}
	sheets, err := ingest.Tables(in, ingest.Source{File: q.File})
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(sheets, func(s records.Sheet) bool { return !s.Hidden })
	if at < 0 {
		return nil, &records.Fault{Kind: "no-sheet", Problem: "The workbook has no sheet that can be seen.", Remedy: "Show the sheet with the recommendations, and save the workbook."}
	}
	return draftColumn(sheets[at], q.Column)
}

// numbered is the number before a recommendation, such as 121.3 or 4).
var numbered = regexp.MustCompile(`^\(?([0-9]+[.)]|[0-9]+\.[0-9]+[.)]?)\s+`)

// drafts returns the lines that hold a recommendation: three words or signs of
// Chinese at least, so that numbers and empty lines are left out. Of a row of a
// document's table the first cell counts; in lists of the Office of the High
// Commissioner the source stands in it too, and themes between the rows.
func drafts(lines []string) []string {
	var out []string
	for _, line := range lines {
		line, _, _ = strings.Cut(strings.TrimLeft(line, "-*•–—\t "), "\t")
		line, _, _ = strings.Cut(line, "Source of Position:")
		line = strings.TrimSpace(numbered.ReplaceAllString(strings.TrimSpace(line), ""))
		if strings.HasPrefix(line, "Theme:") {
			continue
		}
		if recommend.Words(line) >= 3 {
			out = append(out, line)
		}
	}
	return out
}

// draftColumn returns the texts of a column; a table of one column needs no name.
func draftColumn(sheet records.Sheet, column string) ([]string, error) {
	rows, err := sheet.Open()
	if err != nil {
		return nil, fmt.Errorf("open the table: %w", err)
	}
	defer records.Close(rows)
	var out []string
	at := -1
	for {
		c, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return drafts(out), nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the table: %w", err)
		}
		for i := range c.Len() {
			cells := c.Strings(i)
			switch {
			case c.Blank(i):
			case at < 0:
				for k := range cells {
					cells[k] = strings.TrimSpace(cells[k])
				}
				if at = slices.Index(cells, column); column == "" && len(cells) == 1 {
					at = 0
				}
				if at < 0 {
					return nil, &records.Fault{Kind: "no-column", Problem: "The table has no column of this name, or has several and none was named.", Remedy: "Say with --column which one holds the recommendations."}
				}
			case at < len(cells):
				out = append(out, cells[at])
			}
		}
	}
}
