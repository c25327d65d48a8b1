package main

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes the test binary the command itself when a script calls it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"soundings": func() {
		restrictUmask()
		forbidCores()
		os.Exit(Main(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
	}})
}

// small is the folder of the small survey, a project of its own.
const small = "../../testdata/small"

// TestScripts runs the scripts. Each begins in a copy of the small survey, with
// its form as a workbook too.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:      "testdata/script",
		Cmds:     everyCommand(),
		Setup:    layOut,
		TestWork: os.Getenv("SCRIPT_KEEP") != "",
	})
}

// everyCommand returns the words that scripts have.
func everyCommand() map[string]func(*testscript.TestScript, bool, []string) {
	all := maps.Clone(scriptCommands)
	maps.Copy(all, logCommands)
	maps.Copy(all, redactCommands)
	maps.Copy(all, codingCommands)
	return all
}

func layOut(env *testscript.Env) error {
	for _, name := range []string{"survey.csv", "choices.csv", "settings.csv", "config.yaml", "answers.csv"} {
		content, err := os.ReadFile(filepath.Join(small, name))
		if err != nil {
			return err
		}
		if _, err := os.Stat(env.WorkDir + "/" + name); err == nil {
			continue // the script brings its own
		}
		if err := os.WriteFile(filepath.Join(env.WorkDir, name), content, 0o600); err != nil {
			return err
		}
	}
	env.Setenv("TMPDIR", filepath.Join(env.WorkDir, ".tmp"))
	return os.MkdirAll(filepath.Join(env.WorkDir, ".tmp"), 0o700)
}
