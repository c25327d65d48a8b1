package recommend

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// coded is a recommendation that people have ranked.
type coded struct {
	text    string
	rank    int
	issues  []string
	session int
}

// evidence reads recommendations of UPR Info's database that lie beside the checkout.
func evidence(t *testing.T, names ...string) []coded {
	t.Helper()
	var out []coded
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "upr-info", name))
		if err != nil {
			t.Skip("the database is not beside the checkout:", err)
		}
		text, err := charmap.Macintosh.NewDecoder().String(string(content))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			rank, err := strconv.Atoi(row[8])
			if err != nil || rank < 1 || rank > 5 {
				continue
			}
			session, err := strconv.Atoi(strings.TrimSpace(row[10]))
			if err != nil {
				t.Fatal("a session is not a number")
			}
			c := coded{text: strings.TrimSpace(row[3]), rank: rank, session: session}
			for issue := range strings.SplitSeq(row[9], ",") {
				c.issues = append(c.issues, strings.TrimSpace(issue))
			}
			out = append(out, c)
		}
	}
	return out
}

// unseen returns the recommendations of later sessions whose text did not occur
// in the sessions on which the lists of words were made.
func unseen(t *testing.T) []coded {
	t.Helper()
	known := map[string]bool{}
	for _, c := range evidence(t, "1-5.csv", "6-9.csv") {
		known[c.text] = true
	}
	var out []coded
	for _, c := range evidence(t, "10-13.csv") {
		if !known[c.text] {
			out = append(out, c)
		}
	}
	return out
}

// The lists were made on sessions 1 to 9. What is measured here was not looked
// at while they were made; do not mend them by it.
func TestRulesAgreeWithThoseWhoRankedLaterSessions(t *testing.T) {
	l, err := newLexicon("en")
	if err != nil {
		t.Fatal(err)
	}
	rows, right := unseen(t), 0
	for _, c := range rows {
		if r, _ := l.rank(tokens(c.text)); r.Value == c.rank {
			right++
		}
	}
	share := float64(right) / float64(len(rows))
	t.Logf("%d of %d: %.1f %%", right, len(rows), 100*share)
	if share < 0.80 {
		t.Errorf("%.1f %% of %d recommendations have the rank that people gave them; want 80 %%", 100*share, len(rows))
	}
}

// TestTermsFindTheIssuesThatPeopleFound: how often issues found by terms are those
// that people gave, on the same later recommendations.
func TestTermsFindTheIssuesThatPeopleFound(t *testing.T) {
	c, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]string{}
	for _, i := range c.words["en"].issues {
		byName[i.issue.Name] = i.issue.ID
	}
	byName["Detention"], byName["Technical assistance and cooperation"] = byName["Detention conditions"], byName["Technical assistance"] // as later sessions call them
	type counts struct{ both, terms, people int }
	var all, shared counts
	inSix := map[string]bool{}
	for _, i := range c.SharedIssues() {
		inSix[i.ID] = true
	}
	for _, row := range unseen(t) {
		people := map[string]bool{}
		for _, name := range row.issues {
			if id := byName[name]; id != "" {
				people[id] = true
			} else if name != "Other" {
				t.Fatal("an issue is not in the list")
			}
		}
		a, err := c.Assess(row.text, "en")
		if err != nil {
			t.Fatal(err)
		}
		terms := map[string]bool{}
		for _, i := range a.Issues {
			terms[i.ID] = true
		}
		for id := range people {
			all.people++
			if inSix[id] {
				shared.people++
			}
		}
		for id := range terms {
			all.terms++
			if inSix[id] {
				shared.terms++
			}
			if people[id] {
				all.both++
				if inSix[id] {
					shared.both++
				}
			}
		}
	}
	for name, n := range map[string]counts{"all issues": all, "the issues of six languages": shared} {
		precision, recall := float64(n.both)/float64(n.terms), float64(n.both)/float64(n.people)
		t.Logf("%s: precision %.3f, recall %.3f", name, precision, recall)
		if precision < 0.75 || recall < 0.8 {
			t.Errorf("%s: less precise or complete than was measured first", name)
		}
	}
}

// TestRecommendationsBecameMoreSpecific: by the labels of the file itself.
func TestRecommendationsBecameMoreSpecific(t *testing.T) {
	rows := evidence(t, "1-5.csv", "6-9.csv", "10-13.csv")
	for _, c := range []struct {
		from, to int
		want     float64
	}{{1, 2, 31.13}, {11, 12, 39.13}} {
		all, specific := 0, 0
		for _, row := range rows {
			if row.session >= c.from && row.session <= c.to {
				all++
				if row.rank == 5 {
					specific++
				}
			}
		}
		if got := 100 * float64(specific) / float64(all); math.Abs(got-c.want) > 0.005 {
			t.Errorf("sessions %d and %d: %.3f %% of %d are of rank 5, want %.2f", c.from, c.to, got, all, c.want)
		}
	}
}
