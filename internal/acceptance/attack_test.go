package acceptance

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/internal/attack"
)

// ledger reads the ledger of a run.
func (f finished) ledger(t *testing.T) attack.Ledger {
	t.Helper()
	l, err := attack.Read(bytes.NewReader(read(t, f.restricted("ledger.json"))))
	if errors.Is(err, attack.ErrVersion) {
		t.Skipf("SKIPPED, NOTHING WAS ATTACKED: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// withstand attacks ledgers together. Nothing withheld may be known, or known
// within less than the threshold; nobody may be one of few, in any figure or in
// what figures leave, nor in what changed between runs. How many lack an answer
// is counted apart: respondents less a base. So are cells of few that stand in no
// table and yet follow: so many are known to be left (docs/disclosure.md, links
// between items), and there must not be more.
func withstand(t *testing.T, a attack.Attacker, unshown int, ledgers ...attack.Ledger) {
	t.Helper()
	f := a.Attack(ledgers...)
	t.Logf("%d withheld counts, %d cells in %d parts, the largest of %d; %d parts in pieces, %d programs given up",
		f.Withheld, f.Cells, f.Parts, f.Largest, f.Pieces, f.Hard)
	if f.Contradiction || len(f.Ignored) > 0 {
		t.Errorf("the ledgers were not understood: contradiction %v, ignored %v", f.Contradiction, f.Ignored)
	}
	if len(f.Markers) > 1 {
		t.Errorf("withheld figures have %d marks", len(f.Markers))
	}
	for _, kind := range []attack.Kind{attack.Known, attack.Narrow, attack.Few, attack.Complement, attack.Gained} {
		if found := f.Of(kind); len(found) > 0 {
			t.Errorf("%s: %d, such as %+v", kind, len(found), found[:min(5, len(found))])
		}
	}
	if found := f.Of(attack.Unshown); len(found) > unshown {
		t.Errorf("cells that stand nowhere and follow: %d, such as %+v", len(found), found[:min(5, len(found))])
	} else {
		t.Logf("%d cells that stand nowhere follow", len(found))
	}
	t.Logf("%d cells of those who lack an answer are few", len(f.Of(attack.Unanswered)))
}

// thresholds runs a project under both and attacks what it publishes.
func thresholds(t *testing.T, unshown int, project func(t *testing.T, dir string, threshold int)) {
	for _, k := range []int{5, 10} {
		t.Run(fmt.Sprintf("threshold %d", k), func(t *testing.T) {
			dir := t.TempDir()
			project(t, dir, k)
			withstand(t, attack.Attacker{}, unshown, run(t, dir).ledger(t))
		})
	}
}

func TestTheExampleWithstandsAnAttack(t *testing.T) {
	thresholds(t, 0, func(t *testing.T, dir string, k int) { example(t, dir, k) })
}

func TestAHouseholdSurveyWithstandsAnAttack(t *testing.T) {
	data := shared(t, "data", "kobo-cleaning-log")
	thresholds(t, 3, func(t *testing.T, dir string, k int) {
		configFrom(t, dir, "kobo.yaml", data)
		path := filepath.Join(dir, "config.yaml")
		write(t, path, fmt.Appendf(read(t, path), "\ndisclosure: {threshold: %d}\n", k))
	})
}

// TestRunsWithstandAnAttackTogether publishes the example again and again: with
// k-1 responses more (with SOUNDINGS_LONG=1 with 1, 2, k-1 and k), then with one
// edited and one withdrawn.
func TestRunsWithstandAnAttackTogether(t *testing.T) {
	const k = 10
	dir := t.TempDir()
	example(t, dir, k)
	path := filepath.Join(dir, "config.yaml")
	config := regexp.MustCompile(`(?m)^domains: .*$`).ReplaceAll(read(t, path), []byte("domains: [region]"))
	write(t, path, config)
	a := newAnswers(t, filepath.Join(dir, "data", "answers.csv"))

	steps := []int{k - 1}
	if os.Getenv("SOUNDINGS_LONG") != "" {
		steps = []int{1, 2, k - 1, k}
	}
	all := 0
	for _, n := range steps {
		all += n
	}
	more := a.hold(all)
	a.write(t)
	ledgers := []attack.Ledger{run(t, dir).ledger(t)}
	for _, n := range steps {
		a.rows, more = append(a.rows, more[:n]...), more[n:]
		a.write(t)
		ledgers = append(ledgers, run(t, dir).ledger(t))
	}
	t.Run("more", func(t *testing.T) { withstand(t, attack.Attacker{}, 0, ledgers...) })

	a.edit(t, "g_profile/region")
	a.write(t)
	ledgers = append(ledgers, run(t, dir).ledger(t))
	a.rows = a.rows[1:]
	a.write(t)
	ledgers = append(ledgers, run(t, dir).ledger(t))
	t.Run("edited and withdrawn", func(t *testing.T) { withstand(t, attack.Attacker{Lost: 1}, 0, ledgers...) })
}

// example copies the bundled project. It reports in one language: the others
// show the same figures.
func example(t *testing.T, dir string, k int) {
	t.Helper()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS(filepath.Join("..", "..", "data"))); err != nil {
		t.Fatal(err)
	}
	config := read(t, filepath.Join("..", "..", "config.yaml"))
	changed := regexp.MustCompile(`(?m)^  threshold: \d+$`).ReplaceAll(config, fmt.Appendf(nil, "  threshold: %d", k))
	write(t, filepath.Join(dir, "config.yaml"), append(regexp.MustCompile(`(?m)^formats: .*$`).ReplaceAll(changed, []byte("formats: [html]")), "\nlanguages: [en]\n"...))
}

// answers is a file of answers whose rows come and go.
type answers struct {
	path string
	head []string
	rows [][]string
}

func newAnswers(t *testing.T, path string) *answers {
	t.Helper()
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(read(t, path), []byte("\ufeff"))))
	in.Comma = ';'
	all, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return &answers{path: path, head: all[0], rows: all[1:]}
}

func (a *answers) column(name string) int {
	return slices.IndexFunc(a.head, func(h string) bool { return strings.HasSuffix(h, name) })
}

// hold takes out the last responses that consented.
func (a *answers) hold(n int) [][]string {
	consent := a.column("/consent")
	var held [][]string
	for i := len(a.rows) - 1; i >= 0 && len(held) < n; i-- {
		if a.rows[i][consent] == "yes" {
			held = append(held, a.rows[i])
			a.rows = slices.Delete(a.rows, i, i+1)
		}
	}
	return held
}

// edit gives one response the answer of another that differs.
func (a *answers) edit(t *testing.T, name string) {
	t.Helper()
	c := a.column(name)
	i := slices.IndexFunc(a.rows, func(r []string) bool { return r[c] != "" && r[c] != a.rows[0][c] })
	if c < 0 || i < 0 {
		t.Fatal("no answer to change")
	}
	a.rows[0][c] = a.rows[i][c]
}

func (a *answers) write(t *testing.T) {
	t.Helper()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma = ';'
	if err := w.WriteAll(append([][]string{a.head}, a.rows...)); err != nil {
		t.Fatal(err)
	}
	write(t, a.path, out.Bytes())
}
