package code

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/engine"
)

// A reviewer sees each open answer, and what it keeps comes back in the order of
// answers, whatever the number of workers.
func TestAReviewerDecidesOnEachAnswer(t *testing.T) {
	var rows []answers
	for i := range 40 {
		rows = append(rows, answers{fmt.Sprintf("The visa was refused %d times", i), "funding"})
	}
	rows = append(rows, answers{"nothing", notAsked})
	d, cb := sample(t, rows, nil), testBook(t)
	for _, workers := range []int{1, 4} {
		var kept []string
		reviewer := Reviewer{
			Look: func(s Seen) ([]int32, any) {
				if s.Item == "why" {
					return s.Rule, nil
				}
				return []int32{0, 1}, fmt.Sprintf("%d %s %d %s", s.Response[0], s.Item, len(s.Hits), s.Language())
			},
			Keep: func(what any) error { kept = append(kept, what.(string)); return nil },
		}
		out, _, findings, err := Reviewed(context.Background(), engine.Engine{Workers: workers, Dir: t.TempDir()}, d, NewMatcher(cb), Config{}, reviewer)
		if err != nil || len(findings) > 0 {
			t.Fatal(err, findings)
		}
		if len(kept) != 41 || kept[0] != "0 what 1 en" || kept[39] != "39 what 1 en" || !slices.IsSortedFunc(kept, func(a, b string) int {
			var x, y int
			_, _ = fmt.Sscan(a, &x)
			_, _ = fmt.Sscan(b, &y)
			return x - y
		}) {
			t.Errorf("%d workers: kept %q", workers, kept)
		}
		both := cb.Codes[0].ID + "+" + cb.Codes[1].ID
		if got := show(t, out, 0, "what_codes"); got[0] != both || got[40] != both {
			t.Errorf("the reviewer's codes are %q and %q, want %s", got[0], got[40], both)
		}
		if got := show(t, out, 0, AllItem)[0]; !strings.Contains(got, cb.Codes[1].ID) {
			t.Errorf("all codes are %s, without those of the reviewer", got)
		}
	}
	stop := errors.New("disk full")
	_, _, _, err := Reviewed(context.Background(), engine.Engine{Workers: 2, Dir: t.TempDir()}, d, NewMatcher(cb), Config{}, Reviewer{
		Look: func(s Seen) ([]int32, any) { return s.Rule, "" }, Keep: func(any) error { return stop },
	})
	if !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
}
