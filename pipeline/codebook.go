package pipeline

import (
	"io"
	"path/filepath"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/ddi"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// codebookFile is the published description of the survey's variables.
const codebookFile = "codebook.xml"

// answerFiles says which files hold the clean answers, and which items.
func answerFiles(d *dataset.Dataset) []ddi.File {
	var out []ddi.File
	for i, l := range d.Levels {
		out = append(out, ddi.File{Name: cleanAnswers(d.Survey.Levels[i].Name), Level: i, Holds: l.Layout.Has})
	}
	return out
}

// writeCodebook writes the codebook, which says nothing of the answers.
func (r *run) writeCodebook(dir string, asked *survey.Survey) error {
	return writeFile(filepath.Join(dir, codebookFile), func(w io.Writer) error {
		return ddi.Write(w, ddi.Input{
			Survey: asked, Title: r.config.title(asked), Design: r.config.Design.Filled().Kind, Weight: r.config.Weight.Column,
			Files: r.answerFiles, Public: []string{"results.csv", "results.json", "results.parquet"},
		})
	})
}
