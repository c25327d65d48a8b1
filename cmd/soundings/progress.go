package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/soundings-survey/soundings/pipeline"
)

// progress returns what shows a run as it goes: structured logs when asked for,
// a line a stage on a terminal, nothing elsewhere.
func (c *command) progress() (pipeline.Progress, error) {
	switch format := c.settings.v.GetString(flagLog); format {
	case "json":
		return logged{slog.New(slog.NewJSONHandler(forPrograms(c.errs), nil))}, nil
	case "text":
		if f, ok := beneath(c.errs).(*os.File); ok && isTerminal(f) {
			return lines{f}, nil
		}
		return silent{}, nil
	default:
		return nil, usage("--log is %q; it is text or json", format)
	}
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

type silent struct{}

func (silent) Begin(string)            {}
func (silent) End(pipeline.StepRecord) {}

// lines shows the stages one below the other.
type lines struct{ w io.Writer }

func (l lines) Begin(stage string) { fmt.Fprintf(l.w, "%-10s ...", stage) }

func (l lines) End(s pipeline.StepRecord) {
	what := fmt.Sprintf("%d %s", s.Out, s.Unit)
	if s.In != s.Out {
		what = fmt.Sprintf("%d to %d %s", s.In, s.Out, s.Unit)
	}
	note := ""
	if s.Findings > 0 {
		note = fmt.Sprintf(", %d to look at", s.Findings)
	}
	fmt.Fprintf(l.w, "\r%-10s %s%s (%.1f s)\x1b[K\n", s.Stage, what, note, s.Seconds)
}

// logged writes a structured line a stage. It holds counts, never answers.
type logged struct{ log *slog.Logger }

func (l logged) Begin(stage string) { l.log.Info("stage begins", "stage", stage) }

func (l logged) End(s pipeline.StepRecord) {
	l.log.Info("stage ends", "stage", s.Stage, "in", s.In, "out", s.Out, "unit", s.Unit, "findings", s.Findings, "seconds", s.Seconds)
}
