package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/publish"
)

func refusal(stage, kind string) error {
	return &pipeline.RefusedError{Stage: stage, Findings: []finding.Finding{
		{Stage: stage, Kind: "whatever", Severity: finding.Warning},
		{Stage: stage, Kind: kind, Severity: finding.Refusal},
	}}
}

func TestExitStatusSaysWhoseFaultItIs(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want int
	}{
		"nothing wrong":                    {nil, 0},
		"wrong use":                        {usage("no such flag"), 2},
		"a mistake in the config":          {refusal("config", "unknown-key"), 2},
		"a mistake in the form":            {refusal("form", "unknown-type"), 2},
		"a mistake in the plan":            {refusal("plan", "plan-sheet"), 2},
		"a consent item that is misspelt":  {refusal("clean", "unknown-item"), 2},
		"a weight item that is misspelt":   {refusal("weight", "unknown-item"), 2},
		"retention is over":                {&pipeline.RetentionError{Date: "2027-06-30"}, 2},
		"answers without a column":         {refusal("ingest", "missing-column"), 3},
		"answers without consent":          {refusal("clean", "consent-absent"), 3},
		"a weight below zero":              {refusal("weight", "bad-weight"), 3},
		"not safe to publish":              {&protect.NotSafe{}, 4},
		"not safe, told by a stage":        {fmt.Errorf("protect: %w", &protect.NotSafe{}), 4},
		"another run at work":              {fmt.Errorf("begin: %w", publish.ErrLocked), 1},
		"a disk that is full, for example": {errors.New("write: no space left on device"), 1},
	} {
		if got := exitStatus(c.err); got != c.want {
			t.Errorf("%s: status %d, want %d", name, got, c.want)
		}
	}
}

func TestMessagesCannotSteerATerminal(t *testing.T) {
	var b strings.Builder
	report(plain{w: &b}, errors.New("the file a\x1b[2J\u202e\x9b.csv\tis odd\nindeed"))
	if got, want := b.String(), "soundings: the file a\ufffd[2J\ufffd\ufffd.csv\tis odd\nindeed\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
