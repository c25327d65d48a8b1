package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/trace"
)

// TraceRequest says which figures of a run to trace.
type TraceRequest struct {
	Run  string   // its number, or "latest"
	Keys []string // or beginnings of keys
	Of   string   // list the figures of an artifact instead
	JSON bool
}

// Trace says where figures of a run come from, down to counts. It reads the
// restricted folder, and is for analysts.
func Trace(c Config, dir string, q TraceRequest) (string, error) {
	reports, restricted := under(dir, c.Folders.Reports), under(dir, c.Folders.Restricted)
	n, err := runNamed(reports, q.Run)
	if err != nil {
		return "", err
	}
	record, err := trace.Read(n, os.DirFS(filepath.Join(restricted, publish.Name(n))), os.DirFS(filepath.Join(reports, publish.Name(n), "public")))
	if there, _ := runsIn(reports, restricted); err != nil && !slices.Contains(there, n) {
		return "", fmt.Errorf("there is no run %d: the folder of reports names those there are", n)
	}
	if errors.Is(err, trace.ErrGone) {
		return "", fmt.Errorf("%w. Put the folder %s back from a copy, or run again with the same answers", err, publish.Name(n))
	}
	if err != nil {
		return "", err
	}
	if q.Of != "" {
		return listed(record, q)
	}
	traces := []trace.Trace{}
	for _, word := range q.Keys {
		key, err := record.Find(word)
		if err != nil {
			return nearby(err), err
		}
		traces = append(traces, record.Follow(key))
	}
	if q.JSON {
		return indented(traces)
	}
	var texts []string
	for _, t := range traces {
		texts = append(texts, t.Text())
	}
	return strings.Join(texts, "\n"), nil
}

func listed(record *trace.Record, q TraceRequest) (string, error) {
	all, err := record.Of(q.Of)
	if err != nil {
		return "", err
	}
	if q.JSON {
		return indented(all)
	}
	return trace.List(all), nil
}

// nearby lists the keys that were probably meant.
func nearby(err error) string {
	var missed *trace.NotFound
	if !errors.As(err, &missed) || len(missed.Near) == 0 {
		return ""
	}
	out := strings.Join(missed.Near, "\n") + "\n"
	if missed.More > 0 {
		out += fmt.Sprintf("... and %d more\n", missed.More)
	}
	return out
}

func indented(v any) (string, error) {
	content, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return "", fmt.Errorf("write the trace as JSON: %w", err)
	}
	return string(content) + "\n", nil
}

// runNamed returns the number of a run: of the latest published one, or the one
// that is named.
func runNamed(reports, name string) (int, error) {
	if name == "latest" {
		n, err := publish.LatestNumber(reports)
		if errors.Is(err, publish.ErrNoRun) {
			err = fmt.Errorf("%w: run \"soundings run\" first", err)
		}
		return n, err
	}
	n, err := strconv.Atoi(name)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%q is no run: name its number, as in its folder, or \"latest\"", name)
	}
	return n, nil
}
