package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/commentary"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// OwnWords are the commentary, titles and labels of analysts. "commentary:
// commentary.csv" is short for "commentary: {file: commentary.csv}".
type OwnWords struct {
	File  string             `yaml:"file"`
	Lines []commentary.Entry `yaml:"lines"`
}

// UnmarshalYAML reads the short form and the long one.
func (w *OwnWords) UnmarshalYAML(unmarshal func(any) error) error {
	if err := unmarshal(&w.File); err == nil {
		return nil
	}
	type long OwnWords
	return unmarshal((*long)(w))
}

// readOwn reads what analysts wrote for the report, from the config and from the
// sheet that it names, and gives each line the language of its report.
func (r *run) readOwn(s at, asked *survey.Survey) error {
	var lines []commentary.Line
	for i, e := range r.config.Report.Commentary.Lines {
		lines = append(lines, e.Lines(r.config.at(fmt.Sprintf("report.commentary.lines[%d]", i)))...)
	}
	if name := r.config.Report.Commentary.File; name != "" {
		content, err := r.open(name)
		if err != nil {
			return err
		}
		read, findings := commentary.Read(name, content)
		s.found(findings)
		lines = append(lines, read...)
	}
	if len(lines) == 0 {
		return nil
	}
	all, err := r.languages()
	if err != nil {
		return err
	}
	for i, l := range lines {
		lines[i].Language = languageOf(l.Language, asked.Default, all)
		if lines[i].Language == "" {
			s.found([]finding.Finding{{
				Stage: "survey", Kind: "commentary", Severity: finding.Warning, Place: l.At,
				Problem: "No report is made in the language of this line; it is left out.",
				Remedy:  "Correct the language, which is written as in \"languages\".",
			}})
			continue
		}
	}
	s.found(commentary.Check(lines))
	r.config.own = lines
	return nil
}

// languageOf returns the language of the catalogue that a line is in, "" where
// there is none.
func languageOf(tag, standard string, all []*lang.Language) string {
	if tag == "" {
		if chosen := lang.Choose(all, []string{standard}); len(chosen) > 0 {
			return chosen[0].Tag
		}
		return "en" // the report is made in English then
	}
	if chosen := lang.Choose(all, []string{tag}); len(chosen) > 0 {
		return chosen[0].Tag
	}
	return ""
}

// ownTexts are the texts of analysts that are published.
func (c Config) ownTexts() []publicText {
	var out []publicText
	for _, l := range c.own {
		out = append(out, publicText{"the commentary, title or label on", []string{l.Place}, l.At, []string{l.Text}})
	}
	return out
}

// misplaced refuses lines that label or hide what the survey does not have.
func (c Config) misplaced(s *survey.Survey) []finding.Finding {
	var out []finding.Finding
	for _, l := range c.own {
		if l.Kind != commentary.Hide && l.Kind != commentary.ShortLabel {
			continue
		}
		item, ok := l.Item(s)
		refuse := func(problem, remedy string) {
			out = append(out, finding.Finding{Stage: "plan", Kind: "commentary", Severity: finding.Refusal, Place: l.At, Problem: problem, Remedy: remedy})
		}
		if !ok {
			refuse(fmt.Sprintf("The line of the kind %s is about no item of the survey.", l.Kind), "Correct the name of the item, or remove the line.")
			continue
		}
		if l.Choice != "" && !slices.ContainsFunc(s.Choices(item), func(c survey.Choice) bool { return c.Name == l.Choice }) {
			refuse("The item "+item.Name+" does not have the choice of this line.", "Correct the choice, or remove the line.")
		}
	}
	return out
}

// ownHidden returns the items that analysts leave out.
func (c Config) ownHidden() []string {
	var out []string
	for _, l := range c.own {
		if l.Kind == commentary.Hide {
			out = append(out, l.Place, strings.TrimPrefix(l.Place, "f-"))
		}
	}
	return out
}

// commentaryFile keeps, in the restricted folder of a run, which published
// figures the texts of analysts speak of and how they were when each text was
// first met.
const commentaryFile = "commentary.json"

// ownRecord is its content.
type ownRecord struct {
	Version int                    `json:"version"`
	Lines   map[string]report.Told `json:"lines"` // by the fingerprint of a line
}

// ownInput is what the report is given of the texts of analysts: with how the
// figures they speak of were.
func (r *run) ownInput() (report.Own, error) {
	out := report.Own{Lines: r.config.own, Seen: map[string]report.Told{}}
	if len(out.Lines) == 0 {
		return out, nil
	}
	restricted := r.path(r.config.Folders.Restricted)
	runs, err := runsIn(restricted)
	if err != nil {
		return out, fmt.Errorf("look for earlier runs: %w", err)
	}
	for _, n := range slices.Backward(runs) {
		content, err := os.ReadFile(filepath.Join(restricted, publish.Name(n), commentaryFile))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return out, fmt.Errorf("read what commentary spoke of: %w", cause(err))
		}
		var record ownRecord
		if err := json.Unmarshal(content, &record); err != nil || record.Version != 1 {
			return out, fmt.Errorf("read what commentary spoke of in run %s: %s in its restricted folder is damaged; put back a copy of it, or delete it to begin anew", publish.Name(n), commentaryFile)
		}
		out.Seen = record.Lines
		return out, nil
	}
	return out, nil
}

// ownTold gathers what the reports of an edition tell in all languages.
type ownTold struct {
	told    map[string]report.Told
	changed map[string]bool
}

func newOwnTold() *ownTold {
	return &ownTold{told: map[string]report.Told{}, changed: map[string]bool{}}
}

func (o *ownTold) add(r *report.Report) {
	for id, figures := range r.Told {
		kept := report.Told{}
		maps.Copy(kept, map[table.Key]string(figures))
		o.told[id] = kept
	}
	maps.Copy(o.changed, r.Changed)
}

// writeOwn keeps what the texts of analysts spoke of, for later runs.
func (r *run) writeOwn(o *ownTold) error {
	if len(r.config.own) == 0 || r.env.check {
		return nil
	}
	return writeJSON(filepath.Join(r.private, commentaryFile), ownRecord{Version: 1, Lines: o.told})
}
