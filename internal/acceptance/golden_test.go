package acceptance

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// TestTwentyExportsAreOneSurvey reads one survey as a collecting tool exports it
// with four settings and with the labels of six languages, as text and as
// workbook: through what "soundings ingest" calls they are the same answers, and
// the workbooks the same rows of a repeat.
func TestTwentyExportsAreOneSurvey(t *testing.T) {
	folder := shared(t, "formats", "kobo-golden")
	exports, err := filepath.Glob(filepath.Join(folder, "[lx]*_*"))
	if err != nil || len(exports) != 20 {
		t.Fatalf("%d exports, want 20 (%v)", len(exports), err)
	}
	respondents, repeats := map[string][]string{}, map[string][]string{}
	for _, path := range exports {
		name := filepath.Base(path)
		q := pipeline.IngestRequest{Form: filepath.Join(folder, "form.xlsx"), Answers: path, Out: t.TempDir()}
		report, findings, err := pipeline.Ingest(context.Background(), q, env(q.Out))
		if err != nil || finding.Refused(findings) {
			t.Errorf("%s: %v %v", name, err, findings)
			continue
		}
		levels := report.Levels
		if len(levels) != 2 || levels[0].Rows != 2 {
			t.Errorf("%s: levels %+v, want two respondents and a repeat", name, levels)
			continue
		}
		respondents[levels[0].Hash] = append(respondents[levels[0].Hash], name)
		if filepath.Ext(path) == ".xlsx" {
			repeats[levels[1].Hash] = append(repeats[levels[1].Hash], name)
			if levels[1].Rows != 2 {
				t.Errorf("%s: %d rows of the repeat, want 2", name, levels[1].Rows)
			}
		}
		for _, out := range []string{"answers.parquet", "ingest.json"} {
			if len(read(t, filepath.Join(q.Out, out))) == 0 {
				t.Errorf("%s: %s is empty", name, out)
			}
		}
	}
	if len(respondents) != 1 {
		t.Errorf("the exports give different respondents: %v", respondents)
	}
	if len(repeats) != 1 {
		t.Errorf("the workbooks give different rows of the repeat: %v", repeats)
	}
}
