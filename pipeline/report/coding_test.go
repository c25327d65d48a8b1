package report_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/report"
)

// codedAccount is an invented account of coding of the invented replies: the
// dictionary of Arabic is weaker.
func codedAccount() quality.Coding {
	n := func(n int64) quality.Coded { return quality.Coded{Answers: n, Respondents: n} }
	share := func(rule, of, sampled, people int64, v, lo, hi float64) quality.CodingShare {
		return quality.CodingShare{ByRule: n(rule), Parts: []int64{rule}, Sampled: n(sampled), ByPeople: n(people), Share: float64(rule) / float64(of), Corrected: quality.CodingFigure{Value: v, Lo: lo, Hi: hi}}
	}
	f := func(v, lo, hi float64) quality.CodingFigure { return quality.CodingFigure{Value: v, Lo: lo, Hi: hi} }
	return quality.Coding{
		Read: n(180), Looked: n(110), Sampled: n(100), Twice: n(40), Coders: 2, Items: []string{"words_codes"},
		Agreement: []quality.CodingAgreement{
			{Statistic: quality.AlphaOfSets, Rests: n(40), CodingFigure: f(0.784, 0.691, 0.861)},
			{Statistic: quality.CohenKappa, Rests: n(40), CodingFigure: f(math.NaN(), math.NaN(), math.NaN())},
			{Statistic: quality.ShareOfDecision, Rests: n(40), CodingFigure: f(0.94, math.NaN(), math.NaN())},
			{Statistic: quality.AlphaOfSets, Group: 1, Rests: n(25), CodingFigure: f(0.81, 0.7, 0.9)},
			{Statistic: quality.AlphaOfSets, Group: 2, Rests: n(15), CodingFigure: f(0.7, 0.5, 0.9)},
		},
		Languages: []quality.CodingLanguage{
			{Languages: []string{"en"}, Read: n(100), Sampled: n(60), ByPeople: 70, ByRule: 66, Sensitivity: f(0.91, 0.82, 0.96), Precision: f(0.95, 0.88, 0.98)},
			{Languages: []string{"ar", ""}, Read: n(80), Sampled: n(40), ByPeople: 48, ByRule: 24, Sensitivity: f(0.46, 0.33, 0.6), Precision: f(0.92, 0.74, 0.98)},
		},
		Codes: []quality.CodingCode{
			{Code: "money", All: share(72, 180, 100, 52, 0.52, 0.45, 0.59), Languages: []quality.CodingShare{share(52, 100, 60, 33, 0.54, 0.46, 0.62), share(20, 80, 40, 19, 0.5, 0.37, 0.63)},
				Sensitivity: f(0.75, 0.62, 0.85), Precision: f(0.75, 0.6, 0.86), ByPeople: n(52), ByRule: n(44), Alpha: 0.83},
			{Code: "time", Sensitive: true, All: share(54, 180, 100, 12, 0.2, 0.13, 0.28), Languages: []quality.CodingShare{share(30, 100, 60, 11, 0.2, 0.1, 0.3), share(24, 80, 40, 11, 0.2, 0.1, 0.3)},
				Sensitivity: f(0.9, 0.6, 0.98), Precision: f(0.4, 0.3, 0.6), ByPeople: n(12), ByRule: n(30), Alpha: math.NaN()},
		},
	}
}

func codedReport(t testing.TB, tag string) *report.Report {
	in := sample(t, tag)
	coding := in.Safe.Coding(codedAccount())
	in.Coding = &coding
	return compose(t, in)
}

func TestTheChapterOnCodingNamesItsFigures(t *testing.T) {
	blocks := chapter(t, codedReport(t, "en"), "coding")
	for id, want := range map[string][]string{
		"coding-counts": {"Read by rules | 180", "Coded by people | 110", "Of these, drawn at random | 100", "Coded by two people or more | 40"},
		"coding-agreement": {"Krippendorff’s alpha of whole sets of codes (distance MASI) | 0.78 | 40",
			"Cohen’s kappa of decisions on codes | not defined: all codes are the same, so that nothing could disagree | 40", "Decisions on codes that agree | 94% | 40"},
		"coding-languages":     {"English | 100 | 60 | 91% | 95% | 0.81", "Arabic; not known | 80 | 40 | 46% | 92% | c"},
		"f-coding-codes-table": {"Money | 40% | 52% | 75% | 75% | 0.83", "Time | 30% | 20% | c | 40% | c"},
		"f-coding-money-table": {"English | 52% | 54%", "Arabic; not known | 25% | 50%"},
		"f-coding-time-table":  nil, // sensitive
	} {
		if got := rows(t, blocks, id); !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", id, got, want)
		}
	}
	intervals := 0
	for _, b := range blocks {
		if f, ok := b.(report.Figure); ok {
			for _, r := range f.Table.Rows {
				if r.Cells[1].Note != "" {
					intervals++
				}
				if r.Cells[0].Note != "" {
					t.Error("a count of all answers has an interval")
				}
			}
		}
	}
	if intervals != 4 {
		t.Errorf("%d corrected shares have an interval", intervals)
	}
}

func TestCodingThatChangedByFewSaysSo(t *testing.T) {
	in := sample(t, "en")
	coding := in.Safe.Coding(codedAccount())
	coding.Kept = false
	in.Coding = &coding
	blocks := chapter(t, compose(t, in), "coding")
	last, ok := blocks[len(blocks)-1].(report.Paragraph)
	if len(blocks) != 2 || !ok || !strings.HasPrefix(last.Text.Text, "Figures on coding are not shown") {
		t.Errorf("%v", blocks)
	}
}

func TestWithoutCodersThereIsNoChapterOnCoding(t *testing.T) {
	for _, ch := range compose(t, sample(t, "en")).Chapters {
		if ch.ID == "coding" {
			t.Error("nobody coded anything")
		}
	}
}
