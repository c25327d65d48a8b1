package protect

import "testing"

// A p-value rounded to a limit is told to lie under it only where it did.
func TestRoundedProbabilitiesKeepTheirSideOfALimit(t *testing.T) {
	s := &Safe{book: newBook(nil, Default())}
	pen := s.Pen("tables.en", nil)
	for _, c := range []struct {
		p, limit float64
		want     bool
	}{
		{0.0499, 1 - 0.95, true}, {0.0496, 1 - 0.95, true}, {0.05, 1 - 0.95, false}, {0.0501, 1 - 0.95, false}, {0.049, 1 - 0.95, true},
		{0.0999, 1 - 0.90, true}, {0.1001, 1 - 0.90, false}, {0.0004, 1 - 0.999, true}, {0.0012, 1 - 0.999, false}, {0, 1 - 0.95, true}, {1, 1 - 0.5, false},
	} {
		under, shown := pen.Under(probability(PStat, "key", c.p), c.limit)
		if under != c.want || !shown {
			t.Errorf("p %v under %v: %v, shown %v", c.p, c.limit, under, shown)
		}
	}
	if under, shown := pen.Under(withheld(PStat, "key"), 0.05); under || shown {
		t.Error("a withheld p lies under a limit")
	}
	for _, l := range s.Ledger() {
		if l.As != "letter" || l.Stat != string(PStat) || l.Artifact != "tables.en" {
			t.Errorf("the ledger has %+v", l)
		}
	}
	if len(s.Ledger()) == 0 {
		t.Error("nothing stands in the ledger")
	}
}
