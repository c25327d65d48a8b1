package pipeline

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/publish"
)

// Retention says how long answers may be kept. "retention: 2027-12-31" is short
// for "retention: {until: 2027-12-31}".
type Retention struct {
	Until string `yaml:"until"` // the last day
}

// UnmarshalYAML reads the short form and the long one.
func (t *Retention) UnmarshalYAML(unmarshal func(any) error) error {
	if err := unmarshal(&t.Until); err == nil {
		return nil
	}
	type long Retention
	return unmarshal((*long)(t))
}

// last returns the last day; the zero time where there is no end.
func (t Retention) last() (time.Time, error) {
	if t.Until == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.DateOnly, t.Until)
}

// over reports whether the last day is past. The day itself still counts.
func (t Retention) over(now time.Time) bool {
	last, err := t.last()
	return err != nil || !last.IsZero() && !now.Before(last.AddDate(0, 0, 1))
}

// RetentionError says that the answers may no longer be kept.
type RetentionError struct {
	Date string
	What []string // files and folders that hold answers
}

// Error implements error.
func (e *RetentionError) Error() string {
	what := ""
	if len(e.What) > 0 {
		what = " (" + strings.Join(e.What, ", ") + ", and all copies of them)"
	}
	return "the retention date of this project, " + e.Date + ", is over: delete its answers" + what + ", or agree on a new date with those who answered and set it as retention.until in the config"
}

// retained names what holds answers: files of the config, and the restricted
// folder.
func (c Config) retained() []string {
	var out []string
	for _, in := range c.Input {
		out = append(out, filepath.ToSlash(in.File))
	}
	out = append(out, c.Clean.Log...)
	out = append(out, c.saidOfAnswers()...)
	return append(out, filepath.ToSlash(c.Folders.Restricted))
}

// saidOfAnswers names the files and patterns of the config that hold what people
// said of answers: codes, decisions and quotes.
func (c Config) saidOfAnswers() []string {
	all := append(slices.Clone(c.Coding.Files), c.Coding.Adjudicated, c.Quotes.Approved)
	return slices.DeleteFunc(all, func(name string) bool { return name == "" })
}

// decideRetention enters the date into the manifest. One that was moved since
// the last run stands beside the one before it.
func (r *run) decideRetention() []finding.Finding {
	until := r.config.Retention.Until
	if until == "" {
		return []finding.Finding{{Stage: "config", Kind: "no-retention", Severity: finding.Note, Place: finding.Place{File: r.config.file},
			Problem: "Nothing says how long the answers may be kept.",
			Remedy:  "Add the last day, as in \"retention: {until: 2027-12-31}\": runs are refused after it."}}
	}
	d := Decision{Key: "retention.until", Value: until}
	if was := r.lastRetention(); was != until {
		d.Was = was
	}
	r.manifest.Decisions = append(r.manifest.Decisions, d)
	return nil
}

// lastRetention returns the date that the last run had, "" without one.
func (r *run) lastRetention() string {
	entries, err := os.ReadDir(r.path(r.config.Folders.Restricted))
	if err != nil {
		return ""
	}
	last := 0
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil && e.IsDir() {
			last = max(last, n)
		}
	}
	content, err := os.ReadFile(filepath.Join(r.path(r.config.Folders.Restricted), publish.Name(last), "manifest.json"))
	var m Manifest
	if err != nil || json.Unmarshal(content, &m) != nil {
		return ""
	}
	at := slices.IndexFunc(m.Decisions, func(d Decision) bool { return d.Key == "retention.until" })
	if at < 0 {
		return ""
	}
	return m.Decisions[at].Value
}
