package clean

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// drawRows draws rows whose cells are good, mendable or hopeless.
func drawRows(r *rapid.T) []cells {
	choices := []string{"", "natl", "geneva", "GENEVA", " natl", "natl\u200b", "Aa", "zz", "dk", "DK ", "e\u0301te\u0301", "n\u0430tl"}
	sets := append([]string{"natl geneva", "natl  GENEVA", "zz natl", "geneva\tdk", "zz yy"}, choices...)
	texts := []string{"", "plain", " a  b ", "a\r\n\r\nb", "e\u0301", "\u200fمي\u200cخ", "x\x00y", "\u00a0", "\u200b"}
	numbers := []string{"", "12", " 12", "12\u00a0", "many", "1e3"}
	rows := make([]cells, rapid.IntRange(1, 9).Draw(r, "rows"))
	for i := range rows {
		rows[i] = cells{
			"uuid":    fmt.Sprintf("u%d", i),
			"consent": rapid.SampledFrom([]string{"yes", "yes", "yes", "Yes", "yes ", "no", "", "perhaps"}).Draw(r, "consent"),
			"stage":   rapid.SampledFrom(choices).Draw(r, "stage"),
			"hard":    rapid.SampledFrom(sets).Draw(r, "hard"),
			"order":   rapid.SampledFrom(sets).Draw(r, "order"),
			"staff":   rapid.SampledFrom(numbers).Draw(r, "staff"),
			"share":   rapid.SampledFrom(numbers).Draw(r, "share"),
			"story":   rapid.SampledFrom(texts).Draw(r, "story"),
		}
	}
	return rows
}

// reapply is an independent reading of the log: it changes the cells of the
// rows as the log says, and fails where the old value is not what stands there.
func reapply(r *rapid.T, rows []cells, log [][]string) []cells {
	byUUID := map[string]cells{}
	for _, row := range rows {
		c := cells{}
		for k, v := range row {
			c[k] = v
		}
		byUUID[row["uuid"]] = c
	}
	for _, l := range log {
		row := byUUID[l[0]]
		question, issue, old, kind, now := l[1], l[2], l[3], l[4], l[5]
		if kind == "remove_survey" {
			if question != "" || old != "" || now != "" {
				r.Fatalf("a removed response leaves something in the log: %q", l)
			}
			delete(byUUID, l[0])
			continue
		}
		// CSV readers take CR LF inside a cell for LF.
		if strings.ReplaceAll(row[question], "\r\n", "\n") != old {
			r.Fatalf("line %q: the cell holds %q", l, row[question])
		}
		row[question] = now
		if kind == "blank_response" && (issue == UnknownChoice || issue == notReadable) {
			row[question] = "<lost>"
		}
	}
	var out []cells
	for _, row := range rows {
		if c, ok := byUUID[row["uuid"]]; ok {
			out = append(out, c)
		}
	}
	return out
}

func TestRawAnswersAndTheLogGiveTheCleanOnes(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		rows := drawRows(r)
		out, _, _, log, err := try(rowsOf(t, rows, nil), consenting(), dir, 2)
		if err != nil {
			r.Fatal(err)
		}
		want := rowsOf(t, reapply(r, rows, log), nil)
		got, expected := answersOnly(shown(t, out, 0)), answersOnly(shown(t, want, 0))
		if !slices.Equal(got, expected) {
			r.Fatalf("cleaned\n%s\nraw and log\n%s\nlog %q", strings.Join(got, "\n"), strings.Join(expected, "\n"), log)
		}
	})
}

// answersOnly leaves out why answers are blank: the log changes answers.
func answersOnly(rows []string) []string {
	var out []string
	for _, row := range rows {
		var kept []string
		for _, part := range strings.Split(row, " ") {
			if !strings.HasSuffix(part, "asked>") && !strings.HasSuffix(part, "=<not") {
				kept = append(kept, strings.Replace(part, `"<lost>"`, "<invalid>", 1))
			}
		}
		out = append(out, strings.Join(kept, " "))
	}
	return out
}

func TestCleaningTwiceChangesNothingMore(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		out, _, _, _, err := try(rowsOf(t, drawRows(r), nil), consenting(), one, 1)
		if err != nil {
			r.Fatal(err)
		}
		again, sum, findings, log, err := try(out, consenting(), two, 1)
		if err != nil {
			r.Fatal(err)
		}
		if len(log) > 0 || len(findings) > 0 || sum.In != sum.Out {
			r.Fatalf("the second time: log %q, findings %v", log, findings)
		}
		if a, b := shown(t, out, 0), shown(t, again, 0); !slices.Equal(a, b) {
			r.Fatalf("first %q, second %q", a, b)
		}
	})
}

func TestTheOrderOfRowsAndWorkersDoesNotMatter(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		rows := drawRows(r)
		turned := slices.Clone(rows)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1)).Shuffle(len(turned), func(i, j int) { turned[i], turned[j] = turned[j], turned[i] })
		var results [2][]string
		for k, rs := range [][]cells{rows, turned} {
			out, sum, _, log, err := try(rowsOf(t, rs, nil), consenting(), dir, 1+2*k)
			if err != nil {
				r.Fatal(err)
			}
			lines := shown(t, out, 0)
			for n, l := range log {
				lines = append(lines, fmt.Sprint("log ", l))
				if n > 0 && position(rs, log[n-1][0]) > position(rs, l[0]) {
					r.Fatalf("the log is not in the order of the rows: %q", log)
				}
			}
			slices.Sort(lines)
			results[k] = append(lines, fmt.Sprint(sum))
		}
		if !slices.Equal(results[0], results[1]) {
			r.Fatalf("in order %q, turned %q", results[0], results[1])
		}
	})
}

func position(rows []cells, uuid string) int {
	return slices.IndexFunc(rows, func(c cells) bool { return c["uuid"] == uuid })
}

func TestTidyingATidyTextChangesNothing(t *testing.T) {
	pieces := []string{"a", "é", "e", "\u0301", "\u0327", " ", "\u00a0", "\n", "\r", "\t", "\v", "\x00", "\u200b", "\u200c", "\u200d", "\u200e", "\ufeff", "\u00ad",
		"م", "ي", "\u064b", "क", "\u094d", "ष", "👩", "🏽", "\ufe0f", "签", "\u3000", "\uff21", "\xff", "\u1100", "\u1161", "\u0600", "\u2028"}
	rapid.Check(t, func(r *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 14).Draw(r, "pieces"), "")
		checkTidy(r, s)
	})
}

func checkTidy(t interface{ Fatalf(string, ...any) }, s string) {
	once := last(s, tidy(s))
	if more := tidy(once); len(more) > 0 {
		t.Fatalf("%q tidied is %q, and again %q", s, once, more)
	}
	if strings.TrimSpace(once) != once || strings.Contains(once, "  ") || strings.ContainsAny(once, "\u200b\u202e\ufeff\x00") {
		t.Fatalf("%q tidied is %q", s, once)
	}
}

func FuzzTidy(f *testing.F) {
	for _, s := range []string{"", " a  b ", "e\u0301\u200b", "می\u200cخواهم", "\xff \r\n", "0\xc2\x02\x81", "क्\u200dष"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkTidy(t, s) })
}

func FuzzMendCell(f *testing.F) {
	for _, s := range []string{"natl", " NATL", "natl geneva zz", "12 ", "2024-02-29\n", "\u200b", "\xff"} {
		f.Add(s)
	}
	form := form(f)
	f.Fuzz(func(t *testing.T, raw string) {
		for i := range form.Items {
			item := &form.Items[i]
			var list *survey.ChoiceList
			if item.Type.HasChoices() {
				list = form.List(item.List)
			}
			m := mendCell(item, list, raw)
			if m.answer.Reason == survey.Invalid && m.answer.bound {
				t.Fatalf("%s: an invalid cell was bound", item.Name)
			}
			if before := raw; len(m.changes) > 0 {
				for _, c := range m.changes {
					if c.Old != before {
						t.Fatalf("%s: the log goes from %q to %q", item.Name, before, c.Old)
					}
					before = c.New
				}
			}
			b := dataset.NewBuilder(dataset.NewLayout(form, item.Level, nil))
			b.Begin(dataset.Response{})
			m.answer.put(b.Column(item.Name))
			if got := b.Batch().Column(item.Name).Reasons[0]; got != m.answer.Reason {
				t.Fatalf("%s: reason %s in the dataset, %s said", item.Name, got, m.answer.Reason)
			}
		}
	})
}
