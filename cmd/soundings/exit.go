package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// The exit statuses, as in the help.
const (
	exitDone    = 0
	exitOther   = 1
	exitUsage   = 2
	exitInput   = 3
	exitNotSafe = 4
)

const exitHelp = `Exit statuses:
  0  done
  1  anything else: another run at work, disk full ...
  2  wrong use, or a mistake in the config, the form or the plan; retention over
  3  answers refused
  4  not safe to publish`

// usageError is a wrong use of the command.
type usageError struct{ error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func exitStatus(err error) int {
	var wrong usageError
	var refused *pipeline.RefusedError
	var retention *pipeline.RetentionError
	var unsafe *protect.NotSafe
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &unsafe):
		return exitNotSafe
	case errors.As(err, &refused):
		if slices.ContainsFunc(refused.Findings, aboutAnswers) {
			return exitInput
		}
		return exitUsage
	case errors.As(err, &wrong), errors.As(err, &retention):
		return exitUsage
	default:
		return exitOther
	}
}

// aboutAnswers reports whether a finding refuses the answers, not what the
// config or the form says about them: what becomes of columns that identify is
// for the config to say.
func aboutAnswers(f finding.Finding) bool {
	return f.Severity == finding.Refusal &&
		(f.Stage == "ingest" && !strings.HasPrefix(f.Kind, "identifying-") && !strings.HasPrefix(f.Kind, "identities") || f.Stage == "clean" && strings.HasPrefix(f.Kind, "log-") || f.Stage == "code" && strings.HasPrefix(f.Kind, "coded-") || slices.Contains([]string{"consent-absent", "weight-absent", "bad-weight", "weight-missing"}, f.Kind))
}

// report prints an error, and with a refusal everything that must be mended.
func report(w io.Writer, err error) {
	if err == nil {
		return
	}
	var refused *pipeline.RefusedError
	if errors.As(err, &refused) {
		printFindings(w, refused.Findings, finding.Warning)
	}
	fmt.Fprintln(w, "soundings: "+err.Error())
}

// printFindings prints findings from a severity upwards.
func printFindings(w io.Writer, findings []finding.Finding, from finding.Severity) {
	shown := map[finding.Severity]bool{finding.Refusal: true, finding.Warning: from != finding.Refusal, finding.Note: from == finding.Note}
	for _, f := range findings {
		if shown[f.Severity] {
			fmt.Fprintf(w, "%s: %s\n", f.Severity, oneLine(f.String()))
		}
	}
}
