package leftovers

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestRunsLeaveNoIdentityOutsideTheRestrictedFolder runs the program whole, and
// killed at the beginning of its stages.
func TestRunsLeaveNoIdentityOutsideTheRestrictedFolder(t *testing.T) {
	if runtime.GOOS == "windows" || testing.Short() {
		t.Skip("needs a system with kill -9, and some time")
	}
	program := built(t)
	p := newProject(t, 120)
	for _, stage := range []string{"ingest", "clean", "check", "code", "estimate", "report", "publish"} {
		p.killed(t, program, stage)
	}
	var printed bytes.Buffer
	for _, args := range [][]string{{"run"}, {"check"}, {"log"}} {
		cmd := p.command(program, args...)
		cmd.Stdout, cmd.Stderr = &printed, &printed
		if err := cmd.Run(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, &printed)
		}
	}
	leaks, looked := p.leaks(t, printed.Bytes())
	for _, l := range leaks {
		t.Error(l)
	}
	found, texts := publicIdentities(t, filepath.Join(p.root, "reports"))
	for _, f := range found {
		t.Errorf("a machine finds an identity in what is published: %s", f)
	}
	if texts < 500 {
		t.Errorf("only %d texts were taken out of what is published", texts)
	}
	if looked < 30 {
		t.Errorf("only %d files and parts were looked at", looked)
	}
	if _, err := os.Stat(filepath.Join(p.root, "restricted", "0001", "identities.csv.age")); err != nil {
		t.Error("there is no identity store")
	}
	clean, err := os.ReadFile(filepath.Join(p.root, "restricted", "0001", "clean-answers.parquet"))
	if err != nil || scannerFor(p.texts).found(cells(t, clean)) == 0 {
		t.Errorf("open answers are not seen in Parquet, so nothing would be: %v", err)
	}
	for _, dir := range []string{"reports", "restricted", "tmp", "home"} {
		left, _ := filepath.Glob(filepath.Join(p.root, dir, ".s*"))
		if dir == "tmp" || dir == "home" {
			left, _ = filepath.Glob(filepath.Join(p.root, dir, "*"))
		}
		if len(left) > 0 {
			t.Errorf("%s holds what was under way", dir)
		}
	}
}

// killed kills a run when a stage begins, and looks at what it leaves. What lies
// in the restricted folder then are answers under way, without the columns that
// identify.
func (p project) killed(t *testing.T, program, stage string) {
	t.Helper()
	cmd := p.command(program, "run")
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	begun := false
	for lines := bufio.NewScanner(errs); lines.Scan(); {
		printed.Write(append(lines.Bytes(), '\n'))
		if strings.Contains(lines.Text(), `"stage begins","stage":"`+stage+`"`) {
			begun = true
			_ = cmd.Process.Kill() // SIGKILL
		}
	}
	_ = cmd.Wait()
	if !begun {
		t.Fatalf("the stage %s never began:\n%s", stage, &printed)
	}
	leaks, _ := p.leaks(t, printed.Bytes())
	for _, l := range leaks {
		t.Errorf("killed in %s: %s", stage, l)
	}
	if _, err := os.Stat(filepath.Join(p.root, "reports", "0001")); err == nil {
		t.Errorf("killed in %s: a report is in place", stage)
	}
}

// TestTheScannerFindsWhatIsThere plants in files of each kind what the scanner
// must find.
func TestTheScannerFindsWhatIsThere(t *testing.T) {
	p := newProject(t, 4)
	if leaks, _ := p.leaks(t, nil); len(leaks) > 0 {
		t.Fatalf("a clean project leaks: %v", leaks)
	}
	for name, content := range map[string]string{
		"reports/page.html":    "<p>" + p.columns[0] + "</p>",
		"restricted/log.csv":   "a," + p.columns[1] + "\n",
		"tmp/hash":             string(unkeyed(p.columns[:1]).values[5]),
		"reports/open.csv":     p.texts[0],
		"home/" + p.columns[1]: "",
	} {
		path := filepath.Join(p.root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if leaks, _ := p.leaks(t, nil); len(leaks) == 0 {
			t.Errorf("what stands in a file of the kind %s was not found", filepath.Ext(name))
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	if leaks, _ := p.leaks(t, []byte("x "+p.texts[0])); len(leaks) != 1 {
		t.Errorf("what was printed: %v", leaks)
	}
}
