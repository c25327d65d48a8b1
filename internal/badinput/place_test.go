package badinput

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNamesOfFilesAreHarmless(t *testing.T) {
	bad := goodAnswers().with(6, "budget", canary).csv()
	answers(t, []trial{
		{file: "esc\x1b[31mape.csv", body: bad, do: warn, says: []string{"row 6"}, rows: 20},
		{file: "new\nline.csv", body: bad, do: warn, says: []string{"row 6"}, rows: 20},
		{file: "turned\u202evsc.exe.csv", body: bad, do: warn, says: []string{"row 6"}, rows: 20},
		{file: "-rf.csv", body: bad, do: warn, says: []string{"row 6"}, rows: 20},
		{file: "%s %n {{.}}.csv", body: bad, do: warn, says: []string{"row 6"}, rows: 20},
		{file: "rapport été أسئلة 問.csv", body: bad, do: warn, says: []string{"row 6"}, rows: 20},
		{file: "noending", body: bad, do: warn, says: []string{"row 6"}, rows: 20},
		{file: strings.Repeat("n", 240) + ".csv", body: bad, do: warn, says: []string{"row 6"}, rows: 20},
	})
}

func TestThingsThatAreNoFilesAreRefused(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "form.xlsx"), goodForm())
	put(t, filepath.Join(dir, "good.csv"), goodAnswers().csv())
	if err := os.Mkdir(filepath.Join(dir, "folder.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	names := map[string]string{"folder.csv": "folder", "nothere.csv": "no such file"}
	if os.Symlink("nowhere", filepath.Join(dir, "loose.csv")) == nil {
		names["loose.csv"] = ""
	}
	if _, err := os.Stat("/dev/zero"); err == nil {
		names["/dev/zero"] = ""
	}
	if fifo(filepath.Join(dir, "pipe.csv")) == nil {
		names["pipe.csv"] = ""
	}
	for name, says := range names {
		for _, args := range [][]string{
			{"ingest", "--form", "form.xlsx", "--answers", name, "--out", "out"},
			{"ingest", "--form", name, "--answers", "good.csv", "--out", "out"},
			{"check", "--config", name},
			{"init", "project", "--answers", name},
		} {
			r := command(dir, args...)
			trial{file: name, do: reject, says: []string{says}}.judge(t, r, 2)
			if t.Failed() {
				t.Fatalf("%q", args)
			}
		}
	}
}
