package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheBundledExampleIsCopiedAndPassesItsCheck makes the example project and
// takes it through every stage. It is the one slow test: -short leaves it out.
func TestTheBundledExampleIsCopiedAndPassesItsCheck(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "example")
	soundings := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if status := Main(context.Background(), args, &out, &errs); status != exitDone {
			t.Fatalf("%v: status %d\n%s", args, status, &errs)
		}
		return out.String()
	}
	soundings("init", dir)
	for _, name := range []string{"config.yaml", "data/form.xlsx", "data/answers.csv", "data/codebook.yaml", "data/components.yaml", "data/coded/coder-a.csv", "data/coded/coder-b.csv"} {
		want, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not the same: %v", name, err)
		}
	}
	if testing.Short() {
		t.Skip("the stages take their time")
	}
	out := soundings("check", "--config", filepath.Join(dir, "config.yaml"))
	if !strings.Contains(out, "A run would publish") {
		t.Error("the example does not pass its check")
	}
	// Some of its answers are faulty on purpose; every warning says where.
	placed := regexp.MustCompile(`^warning: data/answers\.csv, row [0-9]+, column [a-z_/]+`)
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "warning: ") && !placed.MatchString(line) {
			t.Errorf("a warning without a place: %s", line)
		}
	}
	if n := strings.Count(out, "warning: "); n < 5 {
		t.Errorf("only %d warnings about the faults of the example", n)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "re*")); len(left) > 0 {
		t.Errorf("a check left %v behind", left)
	}
}
