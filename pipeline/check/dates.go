package check

import (
	"math"
	"slices"
	"time"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

const (
	secondsADay = 24 * 60 * 60
	microsADay  = secondsADay * 1_000_000
)

// today returns the run's day, in days since 1970-01-01.
func (w *work) today() int64 {
	return int64(math.Floor(float64(w.request.Now.Unix()) / secondsADay))
}

// dates finds days that were still to come when the answers were checked, and
// days before the earliest one. A day of grace allows for time zones. When
// answers were sent is set aside as they are read, so the day of the run it is.
func (w *work) dates(level int) ([]looker, error) {
	cfg := w.cfg.Dates
	if cfg.Off || !w.known("dates.leave", cfg.Leave...) {
		return nil, nil
	}
	earliest, latest := int64(math.MinInt64), int64(math.MaxInt64)
	if cfg.Earliest != "" {
		day, err := time.Parse(time.DateOnly, cfg.Earliest)
		if err != nil {
			return nil, nil // Validate has refused it
		}
		earliest = day.Unix() / secondsADay
	}
	if !w.request.Now.IsZero() {
		latest = w.today() + 1
	}
	var out []looker
	for _, item := range w.held(level) {
		if (item.Type == survey.Date || item.Type == survey.DateTime) && item.Derived == "" && !slices.Contains(cfg.Leave, item.Name) {
			out = append(out, dated{item, cfg.Earliest, earliest, latest})
		}
	}
	return out, nil
}

type dated struct {
	item             *survey.Item
	since            string
	earliest, latest int64 // days
}

func (d dated) look(s *sheet) {
	c := s.b.Column(d.item.Name)
	n := int64(0)
	for i, reason := range c.Reasons {
		if reason != survey.Answered {
			continue
		}
		n++
		day := c.Ints[i]
		if d.item.Type == survey.DateTime {
			day = int64(math.Floor(float64(day) / microsADay))
		}
		switch {
		case day > d.latest:
			s.tell(i, remark{check: DateFuture, item: d.item.Name, issue: "date in the future", comment: "The date was still to come when the answers were checked."})
		case day < d.earliest:
			s.tell(i, remark{check: DateEarly, item: d.item.Name, issue: "date too early", comment: "The date is before " + d.since + "."})
		}
	}
	s.looked(DateFuture, d.item.Name, n)
	if d.since != "" {
		s.looked(DateEarly, d.item.Name, n)
	}
}
