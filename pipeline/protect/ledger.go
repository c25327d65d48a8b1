package protect

import (
	"cmp"
	"slices"
	"sync"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// Line is one line of the ledger: a figure, or its mark, that was put into an
// artifact. Whoever audits a release reads these lines.
type Line struct {
	Artifact string    `json:"artifact"`
	Key      table.Key `json:"key"`
	At       string    `json:"at"`              // "text", "length" for bars and colours, or "letter" of a comparison
	Stat     Stat      `json:"stat"`            // with " low" or " high" for an end of its interval
	Value    string    `json:"value,omitempty"` // as published, with a decimal point; a share as a proportion
	Decimals int       `json:"decimals"`        // as shown: of a share, those of its percentage
	Status   Status    `json:"status"`
	Run      int       `json:"run,omitempty"`    // whose answers an earlier figure rests on
	Marker   string    `json:"marker,omitempty"` // what stands in place of a withheld figure
}

type ledger struct {
	mu    sync.Mutex
	lines map[Line]struct{}
}

func (s *Safe) write(l Line) {
	if s == nil || s.ledger == nil {
		return
	}
	s.ledger.mu.Lock()
	defer s.ledger.mu.Unlock()
	s.ledger.lines[l] = struct{}{}
}

// Ledger returns a line for every figure that any pen has written, in one order
// and each once.
func (s *Safe) Ledger() []Line {
	if s == nil || s.ledger == nil {
		return nil
	}
	s.ledger.mu.Lock()
	defer s.ledger.mu.Unlock()
	out := make([]Line, 0, len(s.ledger.lines))
	for l := range s.ledger.lines {
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Artifact, b.Artifact), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Stat, b.Stat),
			cmp.Compare(a.At, b.At), cmp.Compare(a.Status, b.Status), cmp.Compare(a.Value, b.Value),
			cmp.Compare(a.Decimals, b.Decimals), cmp.Compare(a.Run, b.Run), cmp.Compare(a.Marker, b.Marker))
	})
	return out
}
