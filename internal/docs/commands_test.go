package docs

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/soundings-survey/soundings"
)

// build makes the program once for all pages.
func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), programme)
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	cmd := exec.Command("go", "build", "-o", binary, "./cmd/soundings")
	cmd.Dir = filepath.Join("..", "..")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build the program: %v\n%s", err, out)
	}
	return binary
}

// lighter makes the bundled project quick to run: one language and three tables.
const lighter = "\nlanguages: [en]\nplan: data/plan.csv\n"

const lightPlan = "analysis_type,analysis_var,group_var,level\nprop_select_one,rec_conf,NA,NA\nmean,rec_conf,region,NA\nprop_select_multiple,tools_wanted,NA,NA\n"

func TestCommandsOfThePagesWork(t *testing.T) {
	binary := build(t)
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("readme", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "soundings")
		if err := os.CopyFS(dir, soundings.Example()); err != nil {
			t.Fatal(err)
		}
		config, err := fs.ReadFile(soundings.Example(), "config.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for name, content := range map[string]string{"config.yaml": string(config) + lighter, "data/plan.csv": lightPlan} {
			if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		play(t, filepath.Join(root, "README.md"), binary, dir)
	})
	t.Run("tutorial", func(t *testing.T) {
		play(t, filepath.Join(root, "docs", "tutorial.md"), binary, t.TempDir())
	})
}

func TestOutputIsComparedLineByLine(t *testing.T) {
	const output = "Made it.\nReport: /a/b/reports/0001/public/report.en.html\nx   1  2\n"
	for want, is := range map[string]bool{
		"Made it.": true, "Made": false, "made it.": false, "x 1 2": true, "x 1": false, "x 1...": true,
		"Report: .../report.en.html": true, "Report: .../report.fr.html": false, "...": true,
	} {
		if printed(output, want) != is {
			t.Errorf("%q: want %v", want, is)
		}
	}
}
