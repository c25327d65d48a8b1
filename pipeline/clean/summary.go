package clean

import (
	"cmp"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Summary says what cleaning did.
type Summary struct {
	In      int64         `json:"in"`      // responses that came in
	Out     int64         `json:"out"`     // responses that went on
	Removed []IssueCount  `json:"removed"` // responses taken out, by issue
	Changes []ChangeCount `json:"changes"` // changed answers, in survey order and by issue
	Log     LogCounts     `json:"log"`     // lines of analysts' logs

	Conflicts []Conflict `json:"-"` // lines that saw another answer; restricted
}

// IssueCount is how many responses were taken out for one issue.
type IssueCount struct {
	Issue string `json:"issue"`
	Count int64  `json:"count"`
}

// ChangeCount is how many lines the log has for one item and issue.
type ChangeCount struct {
	Item  string `json:"item"`
	Issue string `json:"issue"`
	Count int64  `json:"count"`
}

type counts struct {
	removed map[string]int64
	changes map[ChangeCount]int64
}

func newCounts() *counts {
	return &counts{removed: map[string]int64{}, changes: map[ChangeCount]int64{}}
}

func (c *counts) add(change cleaninglog.Change) {
	if change.Type == cleaninglog.RemoveSurvey {
		c.removed[change.Issue]++
		return
	}
	c.changes[ChangeCount{Item: change.Question, Issue: change.Issue}]++
}

func (c *counts) summary(in, out int64, s *survey.Survey) Summary {
	sum := Summary{In: in, Out: out}
	for issue, n := range c.removed {
		sum.Removed = append(sum.Removed, IssueCount{issue, n})
	}
	slices.SortFunc(sum.Removed, func(a, b IssueCount) int { return cmp.Compare(a.Issue, b.Issue) })
	order := make(map[string]int, len(s.Items))
	for i, it := range s.Items {
		order[it.Name] = i
	}
	for key, n := range c.changes {
		key.Count = n
		sum.Changes = append(sum.Changes, key)
	}
	slices.SortFunc(sum.Changes, func(a, b ChangeCount) int {
		return cmp.Or(cmp.Compare(order[a.Item], order[b.Item]), cmp.Compare(a.Issue, b.Issue))
	})
	return sum
}
