package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/report"
)

// weights are invented weights of the invented replies, by region.
func weights() quality.Weights {
	return quality.Weights{
		Column: true, Method: "rake", Population: 2000, Responses: 180, Effective: 150, DEff: 1.2, Ratio: 4.5, Top1: 0.02, Top5: 0.11,
		Margins: []quality.Margin{{Items: []string{"region"}, Rows: []quality.MarginRow{
			{Values: []string{"north"}, N: 90, Frame: 0.7, Before: 0.5, After: 0.7}, {Values: []string{"south"}, N: 90, Frame: 0.3, Before: 0.5, After: 0.3},
		}}},
	}
}

func weighted(t testing.TB, tag string, w quality.Weights) report.Input {
	in := sample(t, tag)
	in.Weighted, in.Weights = true, in.Safe.Weights(in.Survey, w, in.Reserved)
	return in
}

// words are the sentences of blocks.
func words(blocks []report.Block) string {
	var out []string
	for _, b := range blocks {
		switch b := b.(type) {
		case report.Paragraph:
			out = append(out, b.Text.Text)
		case report.List:
			out = append(out, said(b.Items)...)
		}
	}
	return strings.Join(out, "\n")
}

func TestTheChapterOnWeightsComparesRespondentsWithThePopulation(t *testing.T) {
	blocks := chapter(t, compose(t, weighted(t, "en", weights())), "weights")
	for id, want := range map[string][]string{
		"f-balance-region": {"North | 70% | 50% | 70% | 90", "South | 30% | 50% | 30% | 90"},
		"uneven":           {"Design effect of the weights | 1.2", "Effective number of respondents, about | 150", "The largest weight is at most this many times the smallest | 5"},
	} {
		if got := rows(t, blocks, id); !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", id, got, want)
		}
	}
	if got := words(blocks); !strings.Contains(got, "a weight that came with the answers") || !strings.Contains(got, "(raking)") || strings.Contains(got, "Caution") {
		t.Error(got)
	}
}

func TestTheChapterOnWeightsWarnsAndSaysWhatIsAssumed(t *testing.T) {
	w := weights()
	w.Column, w.Method, w.Asked, w.Costly, w.DEff = false, "", []string{"region"}, "deff-above-2", 2.4
	r := compose(t, weighted(t, "en", w))
	if got := words(chapter(t, r, "weights")); !strings.Contains(got, "among those alike in Region") || !strings.Contains(got, "Caution: the weights are so uneven") {
		t.Error(got)
	}
	for _, b := range chapter(t, r, "weights") {
		if table, ok := b.(report.Table); ok && table.ID == "f-balance-region" && table.Header[1] != "Those asked" {
			t.Errorf("headings %q", table.Header)
		}
	}
}

func TestTheChapterOnWeightsHidesSmallGroups(t *testing.T) {
	w := weights()
	w.Margins[0].Rows[0].N, w.Margins[0].Rows[1].N = 174, 6
	blocks := chapter(t, compose(t, weighted(t, "en", w)), "weights")
	if got := rows(t, blocks, "f-balance-region"); !slices.Equal(got, []string{"North | 70% | c | c | c", "South | 30% | c | c | c"}) {
		t.Errorf("balance %q", got)
	}
	if got := rows(t, blocks, "uneven"); got != nil {
		t.Errorf("unevenness %q", got)
	}
	if got := words(blocks); !strings.Contains(got, "to protect respondents") {
		t.Error(got)
	}
}

func TestWithoutWeightsThereIsNoChapterOnThem(t *testing.T) {
	for _, ch := range compose(t, sample(t, "en")).Chapters {
		if ch.ID == "weights" {
			t.Error("a chapter on weights that were not used")
		}
	}
}
