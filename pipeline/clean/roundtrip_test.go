package clean

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/verify"
)

// decided is rows, and lines of a log that all fit them.
type decided struct {
	rows, repeat []cells
	lines        []cleaninglog.Line
	children     map[string]bool // "uuid choice" -> as lines about single choices have it
}

func drawDecided(r *rapid.T) decided {
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(r, label) }
	d := decided{children: map[string]bool{}}
	for i := range rapid.IntRange(1, 7).Draw(r, "rows") {
		uuid := fmt.Sprintf("u%d", i)
		row := cells{
			"uuid": uuid, "consent": pick("consent", "yes", "yes", "yes", "no"), "stage": pick("stage", "natl", " geneva", "other", "zz", ""),
			"hard": pick("hard", "natl", "natl geneva", "geneva other", "natl  zz", "zz", ""), "staff": pick("staff", "3", "9", "12 ", "many", ""),
			"share": pick("share", "0.5", "", "x"), "story": pick("story", "a  b", "plain", "", "l\r\nm"), "double": pick("double", "6", "18", "7", ""), "fourfold": pick("fourfold", "12", "36", ""),
			"hard_other": pick("text", "home", ""),
		}
		d.rows = append(d.rows, row)
		for n := range rapid.IntRange(0, 2).Draw(r, "repeats") {
			d.repeat = append(d.repeat, cells{"uuid": uuid, "detail": pick("detail", "x ", "y")})
			if rapid.Bool().Draw(r, "say") {
				l := line(uuid, "detail", d.repeat[len(d.repeat)-1]["detail"], change, "new")
				l.Index = int64(n + 1)
				d.lines = append(d.lines, l)
			}
		}
		say := func(item string, news ...string) {
			if now := pick(item+" to", append(news, "", "keep", "keep")...); now == "" {
				d.lines = append(d.lines, line(uuid, item, row[item], empty, ""))
			} else if now != "keep" {
				d.lines = append(d.lines, line(uuid, item, row[item], change, now))
			}
		}
		say("staff", "4", "12", "7.0")
		say("stage", "geneva", "At home", "online")
		say("story", "new text", "plain")
		say("share", "1", "0.25")
		switch pick("how", "whole", "children", "recode", "remove", "none") {
		case "whole":
			say("hard", "natl online", "geneva")
		case "children":
			if row["hard"] != "zz" {
				for _, choice := range []string{"natl", "online"} {
					on := rapid.Bool().Draw(r, choice)
					has := slices.Contains(strings.Fields(row["hard"]), choice)
					old := fmt.Sprint(has)
					if row["hard"] == "" {
						old = ""
					}
					d.lines = append(d.lines, line(uuid, "hard/"+choice, old, change, strings.ToUpper(fmt.Sprint(on))))
					d.children[uuid+" "+choice] = on
				}
			}
		case "recode":
			if row["hard"] == "geneva other" && row["hard_other"] != "" {
				d.lines = append(d.lines, line(uuid, "hard_other", "home", cleaninglog.RecodeOther, "natl"))
				d.children[uuid+" natl"], d.children[uuid+" other"] = true, false
			}
		case "remove":
			d.lines = append(d.lines, line(uuid, "", "", cleaninglog.RemoveSurvey, ""))
		}
	}
	if rapid.Bool().Draw(r, "add") {
		d.lines = append(d.lines, line("all", "extra", "", cleaninglog.VariableAdded, ""), line("u0", "extra", "", change, "5"), line("all", "fourfold", "", cleaninglog.VariableRemoved, ""))
	}
	return d
}

// outcomeOf is all that came of cleaning, with what stands in the files.
type outcomeOf struct {
	answers, log string
	parquet      [2][]byte
	out          *dataset.Dataset
}

func follow(t testing.TB, r *rapid.T, raw *dataset.Dataset, lines []cleaninglog.Line, dir string, workers int) outcomeOf {
	var log bytes.Buffer
	w, err := cleaninglog.NewWriter(&log)
	if err != nil {
		r.Fatal(err)
	}
	cfg := consenting()
	cfg.Lines = lines
	out, _, findings, err := Clean(context.Background(), engine.Engine{Workers: workers, Dir: dir}, raw, cfg, w)
	if err != nil || finding.Refused(findings) {
		r.Fatalf("%v %v", err, findings)
	}
	if err := w.Close(); err != nil {
		r.Fatal(err)
	}
	got := outcomeOf{log: log.String(), out: out, answers: strings.Join(append(shown(t, out, 0), shown(t, out, 1)...), "\n")}
	for level := range got.parquet {
		var b bytes.Buffer
		if err := out.WriteRestricted(&b, level); err != nil {
			r.Fatal(err)
		}
		got.parquet[level] = b.Bytes()
	}
	return got
}

func TestCleanAnswersAreTheRawOnesAndTheLog(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		d := drawDecided(r)
		raw := logAnswers(t, d.rows, d.repeat)
		got := follow(t, r, raw, numbered(slices.Clone(d.lines)), dir, 2)

		// Another program finds the same.
		result, err := verify.Verify(verify.Request{Raw: raw, Log: strings.NewReader(got.log), Clean: func(level string) (dataset.Stored, error) {
			if level == "visits" {
				return bytes.NewReader(got.parquet[1]), nil
			}
			return bytes.NewReader(got.parquet[0]), nil
		}})
		if err != nil || !result.Equal() {
			r.Fatalf("not equal: %v %v\nanswers\n%s\nlog\n%s", result.Differences, err, got.answers, got.log)
		}

		// Single choices are as lines about them have it.
		for b, err := range got.out.Batches(0) {
			if err != nil {
				r.Fatal(err)
			}
			for i := range b.Len() {
				for _, choice := range []string{"natl", "online", "other"} {
					if want, said := d.children[b.UUID(i)+" "+choice]; said && want != slices.Contains(strings.Fields(b.Form(i, "hard")), choice) {
						r.Fatalf("the choice %s is not as the log has it: %s", choice, b.Form(i, "hard"))
					}
				}
			}
		}

		// Neither the order of lines nor the number of workers matters.
		turned := numbered(slices.Clone(d.lines))
		rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1)).Shuffle(len(turned), func(i, j int) { turned[i], turned[j] = turned[j], turned[i] })
		if again := follow(t, r, raw, turned, dir, 3); again.answers != got.answers || again.log != got.log || !bytes.Equal(again.parquet[0], got.parquet[0]) {
			r.Fatalf("in another order:\n%s\n%s\nwas\n%s\n%s", again.answers, again.log, got.answers, got.log)
		}

		// Nor does that of the rows, but for where they stand.
		rows := slices.Clone(d.rows)
		slices.Reverse(rows)
		again := follow(t, r, logAnswers(t, rows, d.repeat), numbered(slices.Clone(d.lines)), dir, 1)
		one, two := strings.Split(again.answers, "\n"), strings.Split(got.answers, "\n")
		slices.Sort(one)
		slices.Sort(two)
		if !slices.Equal(one, two) {
			r.Fatalf("rows in another order:\n%s\nwas\n%s", strings.Join(one, "\n"), strings.Join(two, "\n"))
		}
	})
}
