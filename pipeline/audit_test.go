package pipeline

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/table"
)

type silent struct{}

func (silent) Begin(string)   {}
func (silent) End(StepRecord) {}

const smallConfig = `version: 1
survey: {items: survey.csv, choices: choices.csv, settings: settings.csv}
input: [{file: answers.csv}]
languages: [en]
`

// released is what is left of a run of the small survey, stage by stage as Run
// has them, with what a test does to the ledger between the report and its audit.
type released struct {
	dir, private string
	err          error
}

func release(t *testing.T, plant func([]ledger.Line) []ledger.Line) released {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "testdata", "small"))); err != nil {
		t.Fatal(err)
	}
	config, findings := ReadConfig("config.yaml", []byte(smallConfig))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	r, err := begin(t.Context(), config, Env{Dir: dir, Now: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), Seed: 1, Version: "test", Progress: silent{}})
	if err != nil {
		t.Fatal(err)
	}
	defer r.end()
	asked := step(r, "survey", r.readSurvey)
	answers := step(r, "ingest", func(s at) (*dataset.Dataset, error) { return r.ingest(s, asked) })
	answers = step(r, "clean", func(s at) (*dataset.Dataset, error) { return r.clean(s, answers) })
	answers = step(r, "check", func(s at) (*dataset.Dataset, error) { return r.check(s, answers) })
	answers = step(r, "code", func(s at) (*dataset.Dataset, error) { return r.code(s, answers) })
	answers = step(r, "derive", func(s at) (*dataset.Dataset, error) { return r.derive(s, answers) })
	answers = step(r, "weight", func(s at) (*dataset.Dataset, error) { return r.weight(s, answers) })
	answers = step(r, "fold", func(s at) (*dataset.Dataset, error) { return r.fold(s, answers) })
	r.account = step(r, "drift", func(s at) (*quality.Account, error) { return r.drift(s, answers) })
	plan := step(r, "plan", func(s at) (table.Plan, error) { return r.plan(s, answers) })
	tables := step(r, "estimate", func(s at) ([]*table.Table, error) { return r.estimate(s, answers, plan) })
	editions := step(r, "protect", func(s at) ([]*edition, error) { return r.protect(s, answers.Survey, plan, tables) })
	step(r, "report", func(s at) (struct{}, error) { return struct{}{}, r.report(s, answers.Survey, editions) })
	if r.err != nil {
		t.Fatal(r.err)
	}
	rewrite(t, filepath.Join(r.private, ledgerFile), plant)
	step(r, "audit", func(s at) (struct{}, error) { return struct{}{}, r.audit(s, tables) })
	step(r, "publish", func(s at) (struct{}, error) { return struct{}{}, r.publish(s) })
	return released{dir, r.private, r.err}
}

func rewrite(t *testing.T, file string, plant func([]ledger.Line) []ledger.Line) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	var lines []ledger.Line
	head, err := ledger.Read(f, func(l ledger.Line) error { lines = append(lines, l); return nil })
	f.Close()
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := ledger.Write(out, head, slices.Values(plant(lines))); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// withheld returns a withheld share of the results by groups.
func withheld(t *testing.T, lines []ledger.Line) ledger.Line {
	t.Helper()
	for _, l := range lines {
		if l.Artifact == "results" && l.Status == ledger.Withheld && l.Stat == ledger.Pct && len(l.At) == 2 && l.At["consent"] == nil {
			return l
		}
	}
	t.Fatal("nothing is withheld of the small survey")
	return ledger.Line{}
}

func whole(t *testing.T, l ledger.Line) int {
	t.Helper()
	n, err := strconv.Atoi(l.Value.String())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// others returns the categories of a variable that lines name, but for one.
func others(lines []ledger.Line, variable, but string) ledger.Values {
	var out ledger.Values
	for _, l := range lines {
		v := l.At[variable]
		if len(v) == 1 && v[0] != but && v[0] != ledger.Answered && !slices.Contains(ledger.Reasons(), v[0]) && !slices.Contains(out, v[0]) {
			out = append(out, v[0])
		}
	}
	return out
}

func TestALeakInTheLedgerStopsThePublication(t *testing.T) {
	var key string
	plants := map[string]func([]ledger.Line) []ledger.Line{
		"a chart shows what the table hides": func(lines []ledger.Line) []ledger.Line {
			l := withheld(t, lines)
			key = l.Key
			l.Artifact, l.As, l.Status, l.Marker, l.Value = "report.en", "length", ledger.Published, "", "0.2"
			return append(lines, l)
		},
		"n in a sentence": func(lines []ledger.Line) []ledger.Line {
			l := withheld(t, lines)
			key = "sentence"
			l.Artifact, l.Key, l.Stat, l.Of, l.Status, l.Marker, l.Value = "report.en", key, ledger.Count, nil, ledger.Published, "", "3"
			return append(lines, l)
		},
		"two markers": func(lines []ledger.Line) []ledger.Line {
			l := withheld(t, lines)
			key = l.Key
			l.Marker = "<10"
			return append(lines, l)
		},
		"more decimals elsewhere": func(lines []ledger.Line) []ledger.Line {
			i := slices.IndexFunc(lines, func(l ledger.Line) bool {
				return l.Artifact == "results" && l.Status == ledger.Published && l.Stat == ledger.Pct && l.Decimals == 0
			})
			l := lines[i]
			key = l.Key
			l.Artifact, l.Decimals = "tables.en", 1
			return append(lines, l)
		},
		"a base less what is shown of it": func(lines []ledger.Line) []ledger.Line {
			// Of a domain with withheld choices, whoever made any other choice.
			for _, base := range lines {
				for _, l := range lines {
					if base.Artifact != "results" || base.Stat != ledger.Count || base.Status != ledger.Published || len(base.At) != 2 ||
						l.Artifact != "results" || l.Stat != ledger.Pct || l.Status != ledger.Withheld || !reflect.DeepEqual(l.Of, base.At) {
						continue
					}
					for name, v := range l.Of {
						nobody := slices.ContainsFunc(lines, func(z ledger.Line) bool {
							return z.Value == "0" && len(z.At) == 1 && slices.Equal(z.At[name], l.At[name])
						})
						if slices.Equal(v, ledger.Values{ledger.Answered}) && !nobody {
							rest := base
							key = l.Key
							rest.Key, rest.At, rest.Value = "others", maps.Clone(l.At), json.Number(strconv.Itoa(whole(t, base)-5))
							rest.At[name] = others(lines, name, l.At[name][0])
							return append(lines, rest)
						}
					}
				}
			}
			t.Fatal("nothing is withheld beside a base")
			return nil
		},
	}
	for name, plant := range plants {
		got := release(t, plant)
		var unsafe *protect.NotSafe
		if !errors.As(got.err, &unsafe) || !slices.Contains(unsafe.Tables, table.Key(key)) || !strings.Contains(got.err.Error(), key) {
			t.Errorf("%s: %v does not name %s", name, got.err, key)
		}
		for _, folder := range []string{"reports", "restricted"} {
			if _, err := os.Stat(filepath.Join(got.dir, folder, "0001")); err == nil {
				t.Errorf("%s: %s is there", name, folder)
			}
		}
	}
}

func TestAReleaseWithoutLeaksIsPublished(t *testing.T) {
	got := release(t, func(lines []ledger.Line) []ledger.Line { return lines })
	if got.err != nil {
		t.Fatal(got.err)
	}
	for _, folder := range []string{"reports", "restricted"} {
		if _, err := os.Stat(filepath.Join(got.dir, folder, "0001")); err != nil {
			t.Errorf("%s is not there", folder)
		}
	}
	content, err := os.ReadFile(filepath.Join(got.dir, "restricted", "0001", ledgerFile))
	if err != nil || !json.Valid(content) {
		t.Errorf("the ledger is no JSON: %v", err)
	}
	results, err := os.ReadFile(filepath.Join(got.dir, "reports", "0001", "public", "results.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if n, strange := strangers(t, content, results); n < 200 || len(strange) > 0 {
		t.Errorf("of %d numbers in the results these are not in the ledger: %v", n, strange)
	}
	// A number that is changed in the file is not in the ledger any more.
	rows := bytes.SplitAfter(results, []byte("\n"))
	for i, row := range rows {
		if bytes.Contains(row, []byte(",published,")) {
			rows[i] = bytes.Replace(row, []byte(",0."), []byte(",0.9"), 1)
			if bytes.Equal(rows[i], row) {
				continue
			}
			break
		}
	}
	if _, strange := strangers(t, content, bytes.Join(rows, nil)); len(strange) == 0 {
		t.Error("a changed number is not missed in the ledger")
	}
}

// strangers returns how many numbers a results file has, and those that no line
// of the ledger has under the same key.
func strangers(t *testing.T, book, results []byte) (int, []string) {
	t.Helper()
	known := map[string]bool{}
	if _, err := ledger.Read(bytes.NewReader(book), func(l ledger.Line) error {
		if l.Artifact == "results" && l.Status == ledger.Published {
			v, err := l.Value.Float64()
			if err != nil {
				return err
			}
			known[fmt.Sprint(l.Key, v)] = true
			if l.Stat == ledger.Count { // a base stands beside every choice
				known[fmt.Sprint(v)] = true
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(results, []byte(byteOrderMark)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	n := 0
	var strange []string
	for _, row := range rows[1:] {
		for _, name := range []string{"stat", "stat_low", "stat_upp", "n", "n_total", "n_w", "n_w_total", "se", "df", "deff", "ndf", "p", "p_adjusted", "effect", "effect_low", "effect_upp"} {
			if row[at[name]] == "" {
				continue
			}
			n++
			v, err := strconv.ParseFloat(row[at[name]], 64)
			if err != nil {
				t.Fatal(err)
			}
			if !known[fmt.Sprint(row[at["analysis_key"]], v)] && !(name == "n_total" && known[fmt.Sprint(v)]) {
				strange = append(strange, name+" of "+row[at["analysis_key"]])
			}
		}
	}
	return n, strange
}
