package protect

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/soundings-survey/soundings/internal/attack"
)

// Beside the first surveys stand some in which tables of two releases gave each
// other away: an item beside one that is made of it (63, 376 and 841), an item
// beside one that hangs on its answers (122 to 3663), and sizes of groups beside
// what is divided by them (728 to 2347). The audit is left out, so that nests do
// without it. As of linkedStudy alone, these surveys are no proof for others.
func TestLinkedItemsOfTwoReleasesGiveNothingAwayTogether(t *testing.T) {
	seeds := []uint64{63, 376, 841, 122, 190, 419, 595, 1169, 1412, 2424, 2663, 3663, 728, 979, 1524, 2347}
	for seed := range uint64(150) {
		seeds = append(seeds, seed)
	}
	mixed, withheld := 0, 0
	for _, seed := range seeds {
		s, plan, links := linkedStudy(t, rand.New(rand.NewPCG(seed, 5)))
		cfg := threeAudiences(10, 8, 5)
		cfg.Links = links
		releases, _, err := Each(s.survey, plan, s.tables(plan), nil, cfg)
		var unsafe *NotSafe
		if errors.As(err, &unsafe) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		mustHold(t, releases)
		inside := releases[2]
		if inside.stricter == 0 {
			continue // as it would be alone
		}
		if inside.stricter < len(inside.views) {
			mixed++
		}
		f := attack.Attack(s.read(t, inside, links))
		withheld += f.Withheld
		for _, c := range f.Of(taken...) {
			t.Errorf("survey %d, n=%d: %+v", seed, s.n, c)
		}
		if f.Contradiction {
			t.Errorf("survey %d: the ledger was not understood", seed)
		}
	}
	t.Logf("%d surveys of %d with tables of two releases, %d withheld counts attacked", mixed, len(seeds), withheld)
	if mixed == 0 {
		t.Error("no survey has tables of two releases")
	}
}
