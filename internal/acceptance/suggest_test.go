package acceptance

import (
	"context"
	"encoding/csv"
	"os"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/suggest"
)

// TestTopicsOfSentencesAreLearntInSixLanguages learns the topics of 701
// sentences that each stand in six languages, and judges them on 99 others. The
// bounds are what a linear model over n-grams of letters reaches elsewhere.
func TestTopicsOfSentencesAreLearntInSixLanguages(t *testing.T) {
	languages := []struct {
		code, dir string
		least     float64
	}{
		{"en", "eng_Latn", 0.75}, {"ar", "arb_Arab", 0.73}, {"zh", "zho_Hans", 0.80},
		{"fr", "fra_Latn", 0.70}, {"ru", "rus_Cyrl", 0.72}, {"es", "spa_Latn", 0.77},
	}
	var all []suggest.Example
	for _, l := range languages {
		all = append(all, sentences(t, l.code, shared(t, "data", "six-languages", l.dir, "train.tsv"))...)
	}
	m, _, err := suggest.Train(context.Background(), all, suggest.Settings{Single: true, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range languages {
		right := 0
		others := sentences(t, l.code, shared(t, "data", "six-languages", l.dir, "dev.tsv"))
		for _, e := range others {
			if got := m.Best(e.Text); len(got) > 0 && got[0].Code == e.Codes[0] {
				right++
			}
		}
		accuracy := float64(right) / float64(len(others))
		t.Logf("%s: %d of %d topics, %.3f", l.code, right, len(others), accuracy)
		if accuracy < l.least {
			t.Errorf("%s: %.3f of topics are right, want %.2f", l.code, accuracy, l.least)
		}
	}
}

// sentences reads a table of sentences with their topics.
func sentences(t *testing.T, language, file string) (all []suggest.Example) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		all = append(all, suggest.Example{Text: row[2], Language: language, Codes: []string{row[1]}, Group: row[0]})
	}
	return all
}
