package recommend

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// ranked are recommendations in the style of the United Nations, written for
// these tests, with the rank that the published rules give them.
func ranked(t *testing.T, language string) []coded {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", language+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []coded
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		rank, text, ok := strings.Cut(lines.Text(), "\t")
		n, err := strconv.Atoi(rank)
		if !ok || err != nil {
			t.Fatalf("%s: %q is no rank and text", language, lines.Text())
		}
		out = append(out, coded{text: text, rank: n})
	}
	return out
}

func TestRecommendationsInEachLanguageHaveTheirRank(t *testing.T) {
	c, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range Languages() {
		if language == "en" {
			continue // judged on what people ranked
		}
		rows, right, told := ranked(t, language), 0, 0
		for i, row := range rows {
			a, err := c.Assess(row.text, language)
			if err != nil {
				t.Fatal(err)
			}
			if c.Language(row.text) == language {
				told++
			}
			if a.Rank.Value == row.rank {
				right++
			} else {
				t.Logf("%s, line %d: rank %d by %s %q; want %d", language, i+1, a.Rank.Value, a.Rank.Rule, a.Rank.Verb.Of(row.text), row.rank)
			}
		}
		t.Logf("%s: %d of %d ranks, %d languages", language, right, len(rows), told)
		if len(rows) < 60 || right*100 < 90*len(rows) || told < len(rows) {
			t.Errorf("%s: %d of %d have their rank, %d their language; want 90 %% of 60 or more, and all", language, right, len(rows), told)
		}
	}
}
