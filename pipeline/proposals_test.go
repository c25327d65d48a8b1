package pipeline

import (
	"bytes"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

func TestProposalsNobodyCanLookAtAreCounted(t *testing.T) {
	var out bytes.Buffer
	w := &proposalsWriter{sheet.NewWriter(&out), map[[2]string]int64{}}
	for range mostProposals + 7 {
		if err := w.Add(cleaninglog.Change{UUID: "synthetic", Question: "a", CheckID: "relevant"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Add(cleaninglog.Change{UUID: "synthetic", Question: "b", CheckID: "relevant"}); err != nil {
		t.Fatal(err)
	}
	w.csv.Flush()
	if lines := bytes.Count(out.Bytes(), []byte("\n")); lines != mostProposals+1 {
		t.Errorf("%d lines, want %d", lines, mostProposals+1)
	}
	if found := w.tooMany(); len(found) != 1 || found[0].Count != 7 || found[0].Place.Item != "a" {
		t.Errorf("findings %v", found)
	}
}
