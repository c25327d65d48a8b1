package acceptance

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"github.com/soundings-survey/soundings/pipeline/recommend"
	"github.com/soundings-survey/soundings/pipeline/suggest"
)

// coded is a recommendation as people coded it.
type coded struct {
	text, rank string
	session    int
	issues     []string
	marks      []string // what the verb rules say of it
}

// TestRecommendationsAreLearnt learns action rank and issues of recommendations
// of sessions 1 to 7 of the UPR, and judges them on those texts of sessions 8
// and 9 that do not occur before. Settings were chosen on these. With
// SOUNDINGS_LONG=1 it learns from sessions 1 to 9 and judges on 10 to 13.
func TestRecommendationsAreLearnt(t *testing.T) {
	files, last, least := []string{"1-5.csv", "6-9.csv"}, 7, []float64{0.89, 0.84, 0.86, 0.76}
	if os.Getenv("SOUNDINGS_LONG") != "" {
		files, last, least = append(files, "10-13.csv"), 9, []float64{0.89, 0.845, 0.86, 0.76}
	}
	var learn, judge []coded
	known := map[string]bool{}
	for _, r := range recommendations(t, files) {
		switch {
		case r.session <= last:
			learn = append(learn, r)
			known[r.text] = true
		case !known[r.text]:
			judge = append(judge, r)
		}
	}
	t.Logf("learnt from %d, judged on %d", len(learn), len(judge))
	began := time.Now()
	ranks := trained(t, learn, true)
	issues := trained(t, learn, false)
	t.Logf("learnt in %.1f s", time.Since(began).Seconds())

	var confusion [6][6]int
	for _, r := range judge {
		got, _ := strconv.Atoi(ranks.Best(r.text, r.marks...)[0].Code)
		confusion[r.rank[0]-'0'][got]++
	}
	accuracy, kappa := agreed(confusion, len(judge))
	t.Logf("rank: accuracy %.4f, kappa %.4f; rows are people's", accuracy, kappa)
	for _, row := range confusion[1:] {
		t.Log(row[1:])
	}
	hit, given, there := map[string]int{}, map[string]int{}, map[string]int{}
	for _, r := range judge {
		for _, i := range r.issues {
			there[i]++
		}
		for _, s := range issues.Best(r.text) {
			given[s.Code]++
			if slices.Contains(r.issues, s.Code) {
				hit[s.Code]++
			}
		}
	}
	var hits, all int
	var macro float64
	for i, n := range there {
		hits, all = hits+hit[i], all+n+given[i]
		macro += 2 * float64(hit[i]) / float64(n+given[i])
	}
	for i, n := range given {
		if there[i] == 0 {
			all += n
		}
	}
	micro := 2 * float64(hits) / float64(all)
	macro /= float64(len(there))
	t.Logf("issues: %d, micro-F1 %.4f, macro-F1 %.4f", len(there), micro, macro)
	for n, got := range []float64{accuracy, kappa, micro, macro} {
		if got < least[n] {
			t.Errorf("%s is %.4f, want %.3f", []string{"accuracy of ranks", "kappa of ranks", "micro-F1 of issues", "macro-F1 of issues"}[n], got, least[n])
		}
	}
}

func trained(t *testing.T, all []coded, ranks bool) *suggest.Model {
	t.Helper()
	var examples []suggest.Example
	for _, r := range all {
		e := suggest.Example{Text: r.text, Language: "en", Codes: r.issues}
		if ranks {
			e.Codes, e.Extra = []string{r.rank}, r.marks
		}
		examples = append(examples, e)
	}
	m, a, err := suggest.Train(context.Background(), examples, suggest.Settings{Single: ranks, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("cross-validated: Brier %.4f, calibration error %.4f", a.Brier, a.Error)
	return m
}

func agreed(confusion [6][6]int, n int) (accuracy, kappa float64) {
	var right, chance float64
	for i := range confusion {
		row, column := 0, 0
		for j := range confusion {
			row, column = row+confusion[i][j], column+confusion[j][i]
		}
		right += float64(confusion[i][i]) / float64(n)
		chance += float64(row) / float64(n) * float64(column) / float64(n)
	}
	return right, (right - chance) / (1 - chance)
}

// recommendations reads files of UPR Info's database, and asks the verb rules
// about each.
func recommendations(t *testing.T, files []string) []coded {
	t.Helper()
	checker, err := recommend.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	all := unmarked(t, files)
	for i := range all {
		a, err := checker.Assess(all[i].text, "en")
		if err != nil {
			t.Fatal(err)
		}
		all[i].marks = []string{fmt.Sprint("rank ", a.Rank.Value), string(a.Rank.Rule), fmt.Sprint(a.Rank.Value, a.Rank.Rule)}
	}
	return all
}

// unmarked reads files of UPR Info's database: lines end with CR, the text is
// Mac Roman, a cell holds several issues.
func unmarked(t testing.TB, files []string) (all []coded) {
	t.Helper()
	for _, name := range files {
		content, err := os.ReadFile(shared(t, "data", "upr-info", name))
		if err != nil {
			t.Fatal(err)
		}
		text, err := charmap.Macintosh.NewDecoder().Bytes(content)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(text)))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			session, err := strconv.Atoi(row[10])
			if err != nil || len(row[8]) != 1 || row[8] < "1" || row[8] > "5" {
				continue
			}
			r := coded{text: strings.TrimSpace(row[3]), rank: row[8], session: session}
			for issue := range strings.SplitSeq(row[9], ",") {
				r.issues = append(r.issues, strings.TrimSpace(issue))
			}
			all = append(all, r)
		}
	}
	return all
}

// BenchmarkLearning learns action rank and issues of 20,000 recommendations.
func BenchmarkLearning(b *testing.B) {
	var ranks, issues []suggest.Example
	for _, r := range unmarked(b, []string{"1-5.csv", "6-9.csv", "10-13.csv"})[:20000] {
		ranks = append(ranks, suggest.Example{Text: r.text, Language: "en", Codes: []string{r.rank}})
		issues = append(issues, suggest.Example{Text: r.text, Language: "en", Codes: r.issues})
	}
	for b.Loop() {
		for _, all := range [][]suggest.Example{ranks, issues} {
			if _, _, err := suggest.Train(context.Background(), all, suggest.Settings{Single: &all[0] == &ranks[0], Workers: 2}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
