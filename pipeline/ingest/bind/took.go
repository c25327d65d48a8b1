package bind

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Clock says in which columns a file tells how long a response took: from a
// start to an end, or in seconds. Only the length of time is taken from them.
type Clock struct{ start, end, seconds int }

// NewClock finds the columns, by the names that collecting tools give them.
func NewClock(s *survey.Survey, h Header) Clock {
	find := func(names ...string) int {
		for _, name := range names {
			for k, c := range h.Columns {
				if c.Role == SetAside && (c.As == name || s != nil && c.Item < len(s.Items) && s.Items[c.Item].Type == survey.Metadata && s.Items[c.Item].Name == name) {
					return k
				}
			}
		}
		return -1
	}
	return Clock{
		start:   find("start", "starttime", "start_time", "startdate"),
		end:     find("end", "endtime", "end_time", "submitdate"),
		seconds: find("_duration", "interviewtime"),
	}
}

// Took returns how long the response in a record took.
func (c Clock) Took(row cells) dataset.Took {
	if c.start >= 0 && c.end >= 0 {
		from, _, ok := moment(bytes.TrimSpace(row.Cell(c.start)))
		to, _, ok2 := moment(bytes.TrimSpace(row.Cell(c.end)))
		if ok && ok2 {
			return dataset.Took{Known: true, Seconds: floorSeconds(to - from)}
		}
	}
	if c.seconds >= 0 {
		text, _, _ := strings.Cut(string(bytes.TrimSpace(row.Cell(c.seconds))), ".")
		if n, err := strconv.ParseInt(text, 10, 32); err == nil {
			return dataset.Took{Known: true, Seconds: n}
		}
	}
	return dataset.Took{}
}

func floorSeconds(micros int64) int64 {
	s := micros / 1_000_000
	if micros%1_000_000 < 0 {
		s--
	}
	return s
}
