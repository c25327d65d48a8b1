package acceptance

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
)

// TestFilesWithoutAForm: a form is drafted from each of these and the answers
// are read with it; every column with a title is an item, metadata or set aside,
// and what could not be drafted is said.
func TestFilesWithoutAForm(t *testing.T) {
	for _, test := range []struct {
		parts []string
		rows  int64
		says  string // what the draft says that it could not do, if anything
	}{
		{[]string{"messy-csv", "comma-survey.csv"}, 1129, ""},
		{[]string{"messy-csv", "flying-etiquette.csv"}, 1040, ""},
		{[]string{"waves", "2016-uk", "public_data.csv"}, 0, "Column 1 has answers and no title"},
		{[]string{"waves", "2017", "uk", "public_data.csv"}, 0, "Column 1 has answers and no title"},
		{[]string{"waves", "2017", "can", "public_data.csv"}, 0, "Column 1 has answers and no title"},
	} {
		name := strings.Join(test.parts, "/")
		path := shared(t, append([]string{"data"}, test.parts...)...)
		dir := filepath.Join(t.TempDir(), "project")
		findings, err := pipeline.Init(context.Background(), pipeline.InitRequest{Dir: dir, Answers: path})
		if err != nil || finding.Refused(findings) {
			t.Errorf("%s: %v %s", name, err, reasons(err))
			continue
		}
		said := ""
		for _, f := range findings {
			said += f.String() + "\n"
		}
		if !strings.Contains(said, test.says) {
			t.Errorf("%s: the draft does not say %q:\n%s", name, test.says, said)
		}
		rows := records(t, path)
		config, _ := pipeline.ReadConfig("config.yaml", read(t, filepath.Join(dir, "config.yaml")))
		d, report, findings, err := ingest.Ingest(context.Background(), engine.Engine{Dir: t.TempDir()}, ingest.Request{
			Survey: form(t, filepath.Join(dir, "data", "form.xlsx")), Config: ingest.Config{Input: config.Input}, Key: []byte("a key for tests"),
			Open: func(name string) (ingest.File, error) { return os.Open(filepath.Join(dir, name)) },
		})
		if err != nil || d == nil {
			t.Errorf("%s: %v %v", name, err, findings)
			continue
		}
		r := report.Files[0]
		if r.Kept != int64(len(rows)) || test.rows > 0 && r.Kept != test.rows {
			t.Errorf("%s: %d responses, want %d (%d)", name, r.Kept, len(rows), test.rows)
		}
		if len(r.Unknown) > 0 || len(r.Unlisted) > 0 {
			t.Errorf("%s: columns unknown %v, cells unlisted %v", name, r.Unknown, r.Unlisted)
		}
		if n := len(r.Bound) + len(r.SetAside); n < len(rows[0])-1 {
			t.Errorf("%s: %d columns read or set aside, of %d", name, n, len(rows[0]))
		}
	}
}
