package acceptance

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
)

// TestRecommendationsAsTheyAre reads files of recommendations of the UPR as they
// are: lines end with CR, the text is Mac Roman, and cells hold lists of issues
// whose names have blanks and commas are the sign between them. A form is
// drafted from each. Undeclared, the encoding is refused and named.
func TestRecommendationsAsTheyAre(t *testing.T) {
	share := map[[2]int64]float64{{1, 2}: 0.3113, {11, 12}: 0.3913} // of action rank 5, in the sessions from one to another
	for _, file := range []struct {
		name     string
		rows     int64
		issues   int
		sessions [2]int64
	}{
		{"1-5.csv", 6094, 54, [2]int64{1, 2}}, {"6-9.csv", 8343, 54, [2]int64{}}, {"10-13.csv", 9047, 54, [2]int64{11, 12}},
	} {
		answers := shared(t, "data", "upr-info", file.name)
		request := pipeline.InitRequest{Dir: filepath.Join(t.TempDir(), "plain"), Answers: answers}
		if _, err := pipeline.Init(context.Background(), request); err == nil || !strings.Contains(reasons(err), "--encoding macintosh") {
			t.Errorf("%s: the encoding must be refused and named: %v %s", file.name, err, reasons(err))
		}
		request.Dir, request.Encoding = filepath.Join(t.TempDir(), "project"), "macintosh"
		request.Lists = map[string]string{"Issue": ",", "To-Org": ",", "From-Org": ","}
		findings, err := pipeline.Init(context.Background(), request)
		if err != nil || finding.Refused(findings) {
			t.Fatalf("%s: init: %v %v %s", file.name, err, findings, reasons(err))
		}
		config, findings := pipeline.ReadConfig("config.yaml", read(t, filepath.Join(request.Dir, "config.yaml")))
		if finding.Refused(findings) {
			t.Fatalf("%s: config: %v", file.name, findings)
		}
		s := form(t, filepath.Join(request.Dir, "data", "form.xlsx"))
		d, report, findings, err := ingest.Ingest(context.Background(), engine.Engine{Dir: t.TempDir()}, ingest.Request{
			Survey: s, Config: ingest.Config{Input: config.Input}, Key: []byte("a key for tests"),
			Open: func(name string) (ingest.File, error) { return os.Open(filepath.Join(request.Dir, name)) },
		})
		if err != nil || d == nil {
			t.Fatalf("%s: %v %v", file.name, err, findings)
		}
		if r := report.Files[0]; r.Rows != file.rows || r.Kept != file.rows || len(r.Unlisted) > 0 || r.Encoding != "macintosh" {
			t.Errorf("%s: %d rows, %d kept, unlisted %v, encoding %s; want %d, all and none", file.name, r.Rows, r.Kept, r.Unlisted, r.Encoding, file.rows)
		}
		issue, _ := s.Item("Issue")
		if n := len(s.Choices(issue)); n != file.issues {
			t.Errorf("%s: %d issues, want %d", file.name, n, file.issues)
		}
		if want, ok := share[file.sessions]; ok {
			got, base := shareOfRankFive(t, d, file.sessions)
			if math.Abs(got-want) > 0.00005 {
				t.Errorf("%s: action rank 5 has %.4f of %d in sessions %v, want %.4f", file.name, got, base, file.sessions, want)
			}
		}
	}
}

// reasons returns what a refusal says.
func reasons(err error) string {
	refused, ok := asRefused(err)
	if !ok {
		return ""
	}
	var out []string
	for _, f := range refused.Findings {
		out = append(out, f.String())
	}
	return strings.Join(out, "\n")
}

// shareOfRankFive counts the recommendations of some sessions whose action rank
// is 5 among those that have a rank from 1 to 5.
func shareOfRankFive(t *testing.T, d *dataset.Dataset, sessions [2]int64) (share float64, base int64) {
	t.Helper()
	var five int64
	for b, err := range d.Batches(0) {
		if err != nil {
			t.Fatal(err)
		}
		session, action := b.Column("Session"), b.Column("Action")
		for i := range b.Len() {
			if !session.Answered(i) || !action.Answered(i) || session.Ints[i] < sessions[0] || session.Ints[i] > sessions[1] {
				continue
			}
			base++
			if action.Ints[i] == 5 {
				five++
			}
		}
	}
	return float64(five) / float64(base), base
}

func asRefused(err error) (*pipeline.RefusedError, bool) {
	var refused *pipeline.RefusedError
	ok := errors.As(err, &refused)
	return refused, ok
}
