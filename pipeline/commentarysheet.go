package pipeline

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/commentary"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// CommentarySheet returns the sheet for analysts to write on: a row for each
// place of the public report in its first language, with what stands there now,
// and all texts that they wrote already. Nothing is published.
func CommentarySheet(ctx context.Context, c Config, env Env) ([][]string, error) {
	env.check = true
	r, err := begin(ctx, c, env)
	if err != nil {
		return nil, err
	}
	defer r.end()
	r.toPublish()
	if r.err != nil {
		return nil, r.err
	}
	return sheetOf(r.first, r.config.own), nil
}

// sheetOf lists the places of a report with the texts there are for each.
func sheetOf(r *report.Report, lines []commentary.Line) [][]string {
	out := [][]string{commentary.Columns()}
	left := slices.Clone(lines)
	put := func(place string, kind commentary.Kind, now string) {
		had := false
		left = slices.DeleteFunc(left, func(l commentary.Line) bool {
			if l.Kind != kind || l.Choice != "" || l.Place != place && "f-"+l.Place != place {
				return false
			}
			had = had || l.Language == r.Lang
			out = append(out, []string{l.Place, "", string(kind), l.Language, l.Text, l.AsOf, now})
			return true
		})
		if !had {
			out = append(out, []string{place, "", string(kind), r.Lang, "", "", now})
		}
	}
	for _, ch := range r.Chapters {
		put(ch.ID, commentary.Comment, ch.Title)
		for _, b := range ch.Blocks {
			switch b := b.(type) {
			case report.Figure:
				put(b.ID, commentary.Title, b.Canvas.Title)
				put(b.ID, commentary.Comment, b.Label)
			case report.Withheld:
				put(b.ID, commentary.Comment, b.Label)
			}
		}
	}
	for _, l := range left {
		out = append(out, []string{l.Place, l.Choice, string(l.Kind), l.Language, l.Text, l.AsOf, ""})
	}
	return out
}

// SaveCommentary writes a sheet of commentary beside its place first, as a
// workbook where its name ends so, and puts it there whole. A file that is there
// is kept unless force is given; the name of the file that was written is returned.
func SaveCommentary(name string, rows [][]string, force bool) (string, error) {
	return save(name, force, func(w io.Writer) error {
		if strings.EqualFold(filepath.Ext(name), ".xlsx") {
			return sheet.WriteBook(w, "commentary", rows)
		}
		if _, err := io.WriteString(w, byteOrderMark); err != nil {
			return err
		}
		return sheet.WriteCSV(w, rows)
	})
}
