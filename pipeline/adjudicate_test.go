package pipeline_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// codedElsewhere writes a project of which two coders say different things of
// each of two answers, in a folder, and reads its config.
func codedElsewhere(t *testing.T, dir string, answers [2]string) (pipeline.Config, pipeline.Env) {
	t.Helper()
	config := `version: 1
survey: {items: form.csv}
input: [{file: "answers/*.csv"}]
code: {codebook: codes.yaml}
coding: {coders: [ana, bo], files: ["coded/*.csv"]}
`
	for name, content := range map[string]string{
		"soundings.yaml":      config,
		"form.csv":            "type,name,label::English (en)\ntext,story,What stood in your way?\n",
		"answers/answers.csv": "story,_uuid\n" + answers[0] + ",00000000-0000-4000-8000-000000000001\n" + answers[1] + ",00000000-0000-4000-8000-000000000002\n",
		"codes.yaml":          "version: 1\ntitle: {en: Themes}\nfamilies:\n  - {id: BAR, label: {en: Obstacles}}\ncodes:\n  - {id: BAR_VISA, family: BAR, label: {en: Visas}, definition: Visa problems., terms: {en: [visa]}}\n  - {id: BAR_FUND, family: BAR, label: {en: Money}, definition: Money is lacking., terms: {en: [money]}}\n",
		"coded/all.csv": "_uuid,item,coder,codes\n" +
			"00000000-0000-4000-8000-000000000001,story,ana,BAR_VISA\n00000000-0000-4000-8000-000000000001,story,bo,BAR_FUND\n" +
			"00000000-0000-4000-8000-000000000002,story,ana,BAR_VISA\n00000000-0000-4000-8000-000000000002,story,bo,BAR_FUND\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, findings := pipeline.ReadConfig("soundings.yaml", []byte(config))
	if finding.Refused(findings) {
		t.Fatal(findings)
	}
	return c, pipeline.Env{Dir: dir, Now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Seed: 1, Workers: 1, Version: "test", Progress: nobody{}}
}

func TestAnswersThatNoCellHoldsAreToldAndNotCounted(t *testing.T) {
	long := strings.Repeat("the visa came late and ", 2_000)
	for name, c := range map[string]struct {
		answers       [2]string
		written, told int
	}{
		"none":       {[2]string{"The visa came late.", "There was no money."}, 2, 0},
		"one of two": {[2]string{"The visa came late.", long}, 1, 1},
		"both":       {[2]string{long, long + " too"}, 0, 2},
	} {
		dir := filepath.Join(t.TempDir(), "survey [2024]") // which is no pattern
		config, env := codedElsewhere(t, dir, c.answers)
		o, err := pipeline.Adjudicate(t.Context(), config, env, pipeline.AdjudicateRequest{})
		if err != nil {
			t.Fatal(name, err)
		}
		told := 0
		for _, f := range o.Findings {
			if f.Kind == "long-answer" {
				told++
			}
		}
		if o.Answers != c.written || told != c.told || (o.Path != "") != (c.written > 0) {
			t.Errorf("%s: %d written to %q, %d told", name, o.Answers, o.Path, told)
		}
	}
}

func TestCodesOfAnItemThatTheFormLacksStopTheRun(t *testing.T) {
	dir := t.TempDir()
	config, env := codedElsewhere(t, dir, [2]string{"The visa came late.", "There was no money."})
	path := filepath.Join(dir, "coded", "all.csv")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(content), "story", "storie")), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = pipeline.Adjudicate(t.Context(), config, env, pipeline.AdjudicateRequest{})
	var refused *pipeline.RefusedError
	if !errors.As(err, &refused) {
		t.Fatal(err)
	}
	for _, f := range refused.Findings {
		if f.Kind == "coded-unknown-item" && f.Count == 4 && f.Place.Row == 2 && strings.Contains(f.Remedy, "story") {
			return
		}
	}
	t.Error(refused.Findings)
}
