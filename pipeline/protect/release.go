package protect

import (
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Audience says for whom a release is made. Both are protected alike.
type Audience string

// The audiences.
const (
	Public   Audience = "public"
	Partners Audience = "partners"
)

// Release is the record of one release: everything that was published, and
// nothing that was withheld but the fact of it. Records are kept for good, so
// that what a later release adds can be held against them.
type Release struct {
	Version   int      `json:"version"` // of this format: 1
	Run       int      `json:"run"`
	Audience  Audience `json:"audience"`
	Threshold int      `json:"threshold"`
	Figures   []Figure `json:"figures"` // in order of key and statistic
}

// Figure is one published or withheld figure of a release.
type Figure struct {
	Key      table.Key `json:"key"`
	Stat     Stat      `json:"stat"`
	Status   Status    `json:"status"`
	Value    string    `json:"value,omitempty"`    // as published, with a decimal point: 0.31 for 31 %
	Decimals int       `json:"decimals,omitempty"` // of the figure as shown: of a share, those of its percentage
	Count    int64     `json:"count,omitempty"`    // respondents behind a published share
	Base     int64     `json:"base,omitempty"`     // respondents the published figure rests on
}

// Release returns the record of what the Safe publishes, to be kept under the
// number of the run.
func (s *Safe) Release(run int) Release {
	out := Release{Version: 1, Run: run, Audience: s.audience, Threshold: s.threshold}
	if s == nil || s.book == nil {
		return out
	}
	add := func(n Number, count, base Number) {
		if n.stat == "" {
			return
		}
		f := Figure{Key: n.key, Stat: n.stat, Status: n.Status()}
		if n.published {
			f.Value, f.Decimals = n.digits(n.value), n.decimals
			if count.published {
				f.Count = int64(count.value)
			}
			if base.published {
				f.Base = int64(base.value)
			}
		}
		out.Figures = append(out.Figures, f)
	}
	for _, v := range s.views {
		for d := range v.rows {
			r := &v.rows[d]
			add(r.base, Number{}, r.base)
			for c := range r.figures {
				add(r.figures[c], r.counts[c], r.base)
			}
			for _, m := range r.missing {
				add(m, Number{}, r.base)
			}
		}
	}
	for _, v := range s.tests {
		for _, x := range v.tests {
			for _, n := range x.numbers() {
				add(n, Number{}, x.N)
			}
		}
	}
	sortFigures(out.Figures)
	return out
}
