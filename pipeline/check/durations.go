package check

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// durations finds interviews that cannot have been and such as were much faster
// than the others.
func (w *work) durations(level int) ([]looker, error) {
	cfg := w.cfg.Durations
	if cfg.Off || level > 0 {
		return nil, nil
	}
	t := timing{cfg: cfg, least: float64(cfg.Seconds)}
	if cfg.Seconds > 0 {
		t.usual = fmt.Sprintf("the config asks for %d", cfg.Seconds)
	} else {
		all, err := measure(w, w.d.Levels[0], 1, t.read, 0.5)
		if err != nil {
			return nil, fmt.Errorf("look how long responses took: %w", err)
		}
		if all[0].n >= fewest {
			median := all[0].quantile(0.5)
			t.least = float64(cfg.Share * median)
			t.usual = fmt.Sprintf("half of all took %s or more", decimal(median))
		}
	}
	return []looker{t}, nil
}

type timing struct {
	cfg   Durations
	least float64
	usual string // what fast is fast beside, "" where nobody is told to be fast
}

// read gives the durations that can have been.
func (t timing) read(b *dataset.Batch, put func(int, float64)) {
	for i := range b.Len() {
		if n := b.Seconds(i); n != dataset.NoSeconds && t.impossible(n) == "" {
			put(0, float64(n))
		}
	}
}

func (t timing) impossible(seconds int64) string {
	switch {
	case seconds < 0:
		return "The end was before the start"
	case seconds == 0:
		return "The end was the start"
	case seconds > t.cfg.Longest:
		return fmt.Sprintf("It took longer than %d seconds", t.cfg.Longest)
	}
	return ""
}

func (t timing) look(s *sheet) {
	known, judged := int64(0), int64(0)
	for i := range s.b.Len() {
		n := s.b.Seconds(i)
		if n == dataset.NoSeconds {
			continue
		}
		known++
		if why := t.impossible(n); why != "" {
			s.tell(i, remark{check: Impossible, issue: "impossible duration", comment: fmt.Sprintf("%s: %d seconds.", why, n)})
			continue
		}
		if t.usual == "" {
			continue
		}
		judged++
		if float64(n) < t.least {
			s.tell(i, remark{check: Speeder, issue: "speeder", comment: fmt.Sprintf("It took %d seconds; %s.", n, t.usual)})
		}
	}
	if known > 0 {
		s.looked(Impossible, "", known)
	}
	if judged > 0 {
		s.looked(Speeder, "", judged)
	}
}
