package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/report/docx"
)

// documents writes the reports as documents, once their figures have been drawn
// as pictures: a document holds them.
func (r *run) documents(e *edition, reports []*report.Report) error {
	if !slices.Contains(r.config.formats(), docxFormat) {
		return nil
	}
	for _, made := range reports {
		content, err := docx.Write(made, func(f report.Figure) ([]byte, error) {
			picture, err := os.ReadFile(filepath.Join(e.dir, figuresFolder, pictureName(f, made.Lang)))
			if err != nil {
				return nil, fmt.Errorf("read the picture: %w", cause(err))
			}
			return picture, nil
		})
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(e.dir, docx.FileName(made.Lang)), content, 0o600); err != nil {
			return fmt.Errorf("write a report as %s: %w", docxFormat, cause(err))
		}
	}
	return nil
}
