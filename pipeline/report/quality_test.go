package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/report"
)

// account is an invented account of the invented replies.
func account() quality.Account {
	return quality.Account{
		Received: 230, Analysed: 180,
		Aside: []quality.Aside{{Reason: quality.Duplicate, Count: 30}, {Reason: quality.NoConsent, Count: 16}, {Reason: quality.Blank, Count: 4}},
		Groups: []quality.Group{
			{Part: quality.Part{Wave: "first"}, Received: 130, Analysed: 100},
			{Part: quality.Part{Wave: "second"}, Received: 100, Analysed: 80},
		},
		Rates:   []quality.Rate{{Group: "members", Invited: 500, Responded: 200}, {Group: "guests", Invited: 40, Responded: 30}},
		Changes: []quality.VersionChange{{Version: "2", Kind: "added", Item: "tools", Choice: "rare"}, {Version: "2", Kind: "removed", Item: "gone"}},
		Checks: []quality.Check{
			{Check: "outlier", Item: "staff", Looked: 180, Flagged: 12}, {Check: "constraint", Item: "staff", Looked: 180, Flagged: 3},
			{Check: "of our own", Looked: 180}, {Check: quality.StraightLining, Item: "hard_write", Looked: 160, Flagged: 40},
		},
		Shifts:   []quality.Shift{{Item: "tools", Language: "south", Band: quality.Strong, Answered: 90, Others: 90}, {Item: "hard_write", Language: "north", Band: quality.Moderate, Answered: 12, Others: 90}},
		Language: "region",
	}
}

func chapter(t testing.TB, r *report.Report, id string) []report.Block {
	t.Helper()
	for _, ch := range r.Chapters {
		if ch.ID == id {
			return ch.Blocks
		}
	}
	t.Fatalf("no chapter %s", id)
	return nil
}

// rows are the rows of a table of the chapter on data quality, as text.
func rows(t testing.TB, blocks []report.Block, id string) []string {
	t.Helper()
	for _, b := range blocks {
		table, ok := b.(report.Table)
		if f, is := b.(report.Figure); is {
			table, ok = f.Table, true
		}
		if !ok || table.ID != id {
			continue
		}
		var out []string
		for _, row := range table.Rows {
			if len(row.Cells) != len(table.Header)-1 {
				t.Errorf("%s: %d cells under %d heads", id, len(row.Cells), len(table.Header))
			}
			cells := []string{row.Head}
			for _, c := range row.Cells {
				cells = append(cells, c.Text)
			}
			out = append(out, strings.Join(cells, " | "))
		}
		return out
	}
	return nil
}

func TestTheChapterOnDataQualitySaysWhatIsKnown(t *testing.T) {
	blocks := chapter(t, compose(t, sample(t, "en")), "responses")
	for id, want := range map[string][]string{
		"flow":     {"Responses received | 230", "Set aside: sent twice | 30", "Set aside: without consent; empty | 20", "Responses analysed | 180"},
		"groups":   {"Wave: first | 130 | 30 | 100", "Wave: second | 100 | 20 | 80"},
		"rates":    {"members | 500 | 200 | 40%", "guests | 40 | 30 | 75%"},
		"checks":   {"Numbers far from the others | 180 | 12", "Answers outside what the form admits | 180 | c", "Rules of the analysts’ own | 180 | 0"},
		"straight": {"How hard was each stage? | 160 | 25%"},
		"shifts":   {"Tools needed | South"}, // of the other too few could be compared
		"changes":  {"Tools needed: Rare | Added | 2", "gone | Removed | 2"},
		"makeup":   {"Who | 1/1 | 180 | 100% | 0% | 0% | 0% | 0% | 0% | 0%", "Stages | 3/3 | 540 | 96% | 4% | 0% | 0% | 0% | 0% | 0%", "The rest <b>& | 3/3 | 540 | 78% | 22% | 0% | 0% | 0% | 0% | 0%"},
	} {
		if got := rows(t, blocks, id); !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", id, got, want)
		}
	}
	worst := rows(t, blocks, "f-unanswered-table")
	if worst[0] != "Were you threatened? | 67% | 180" || worst[1] != "Difficulty: follow-up | 11% | 180" {
		t.Errorf("unanswered: %q", worst)
	}
}

func TestEveryKindAndReasonHasAWord(t *testing.T) {
	l := sample(t, "en").Language
	for _, kind := range quality.Kinds {
		if !l.Has("check." + kind) {
			t.Errorf("no word for the check %s", kind)
		}
	}
	for _, why := range quality.Reasons {
		if !l.Has("reason." + string(why)) {
			t.Errorf("no word for the reason %s", why)
		}
	}
}

func TestWithoutAnAccountTheChapterClaimsNothing(t *testing.T) {
	in := sample(t, "en")
	in.Quality = in.Safe.Account(quality.Account{Received: 185, Analysed: 180, Aside: []quality.Aside{{Reason: quality.Blank, Count: 5}}})
	blocks := chapter(t, compose(t, in), "responses")
	if got := rows(t, blocks, "flow"); !slices.Equal(got, []string{"Responses received | c", "Set aside | c", "Responses analysed | 180"}) {
		t.Errorf("flow %q", got)
	}
	for _, id := range []string{"groups", "rates", "checks", "straight", "shifts", "changes"} {
		if got := rows(t, blocks, id); got != nil {
			t.Errorf("%s: %q", id, got)
		}
	}
	for _, b := range blocks {
		if f, ok := b.(report.Figure); ok && f.ID == "f-flow" {
			t.Error("a flow of withheld counts is drawn")
		}
	}
}

func TestUnusedChoicesAreNamedOnlyWhereThatIsSafe(t *testing.T) {
	said := func(in report.Input) string {
		var out []string
		for _, b := range chapter(t, compose(t, in), "responses") {
			if l, ok := b.(report.List); ok {
				out = append(out, said(l.Items)...)
			}
		}
		return strings.Join(out, "\n")
	}
	in := sample(t, "en")
	if got := said(in); got != "Difficulty: follow-up: Very easy; Easy" {
		t.Errorf("unused %q", got)
	}
	in.Reserved = append(in.Reserved, "hard_follow")
	if got := said(in); got != "" {
		t.Errorf("of an item that says who respondents are: %q", got)
	}
}
