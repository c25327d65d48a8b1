package badinput

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
)

// act is what the command is to do with a file.
type act int

const (
	accept act = iota // exit 0; nothing needs to be said
	warn              // exit 0 and a message
	reject            // another exit status, a message, and nothing written
	either            // warn or reject, never silent
)

// trial is one bad file and what must come of it.
type trial struct {
	file string // name of the file
	body []byte
	do   act
	says []string // what the message must contain beside the file
	rows int      // responses that are read; 0 for "do not care"
	same bool     // what is read has the content of the good answers
	args []string // more arguments
}

// canary stands in answers and must never be seen in a message.
const canary = "qanary"

// limits of every trial.
const (
	mostTime   = 20 * time.Second
	mostMemory = 300 << 20
	mostWords  = 64 << 10 // bytes of a message
)

var program string

// TestMain builds the command once.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "soundings-badinput-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		program = filepath.Join(dir, "soundings.exe")
		if out, err := exec.Command("go", "build", "-o", program, "../../cmd/soundings").CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "build the command: %v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

// result is what the command did.
type result struct {
	status   int
	message  string
	rows     int
	hash     string
	took     time.Duration
	memory   int64 // peak in bytes, 0 where it is not measured
	overtime bool
}

var counted = regexp.MustCompile(`respondent: (\d+) responses, hash ([0-9a-f]+)`)

// command runs the built command in a folder.
func command(dir string, args ...string) result {
	ctx, cancel := context.WithTimeout(context.Background(), mostTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	err := cmd.Run()
	r := result{took: time.Since(start), message: out.String(), overtime: ctx.Err() != nil}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		r.status = exit.ExitCode()
	} else if err != nil {
		r.status, r.message = -1, err.Error()
	}
	if cmd.ProcessState != nil {
		r.memory = peak(cmd.ProcessState)
	}
	if m := counted.FindStringSubmatch(r.message); m != nil {
		fmt.Sscan(m[1], &r.rows)
		r.hash = m[2]
	}
	return r
}

// judge checks what holds for every trial.
func (x trial) judge(t *testing.T, r result, refusal int) {
	t.Helper()
	if r.overtime {
		t.Errorf("it took more than %v", mostTime)
	}
	if r.memory > mostMemory && !raced {
		t.Errorf("it took %d MB of memory", r.memory>>20)
	}
	said := strings.Contains(r.message, "warning: ") || strings.Contains(r.message, "refusal: ") || strings.Contains(r.message, "soundings: ")
	switch {
	case r.status == 0 && x.do == reject:
		t.Error("it was accepted")
	case r.status != 0 && (x.do == accept || x.do == warn):
		t.Errorf("it was refused with status %d", r.status)
	case r.status != 0 && r.status != refusal:
		t.Errorf("it was refused with status %d, want %d", r.status, refusal)
	case x.do == either && !said:
		t.Error("it was accepted without a word")
	}
	if x.do != accept {
		for _, s := range append([]string{filepath.Base(x.file)}, x.says...) {
			if !strings.Contains(strings.ToLower(r.message), strings.ToLower(visible(s))) {
				t.Errorf("the message lacks %q", s)
			}
		}
	}
	if r.status == 0 && x.rows > 0 && r.rows != x.rows {
		t.Errorf("%d responses were read, want %d", r.rows, x.rows)
	}
	if strings.Contains(strings.ToLower(r.message), canary) {
		t.Error("the message holds an answer")
	}
	if strings.Contains(r.message, "panic") || strings.Contains(r.message, "a fault in the program") || strings.Contains(r.message, "goroutine ") {
		t.Error("the program broke")
	}
	if i := strings.IndexFunc(r.message, steers); i >= 0 {
		t.Errorf("the message holds a sign that steers a terminal: %q", r.message[i:min(len(r.message), i+8)])
	}
	if len(r.message) > mostWords {
		t.Errorf("the message has %d bytes", len(r.message))
	}
	for _, line := range strings.Split(r.message, "\n") {
		if strings.HasPrefix(line, "refusal: ") && strings.Count(line, ". ")+strings.Count(line, "? ") < 1 {
			t.Errorf("a refusal without a remedy: %s", line)
		}
	}
	if t.Failed() {
		t.Logf("status %d, %v, %d MB\n%s", r.status, r.took, r.memory>>20, r.message[:min(len(r.message), 3000)])
	}
}

// steers reports whether a sign could steer a terminal or turn text round.
func steers(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// visible writes a name as messages show it.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return ' ' // a name must not pretend to be a message of its own
		}
		if steers(r) {
			return '\ufffd'
		}
		return r
	}, s)
}

// entries returns what lies in a folder.
func entries(t *testing.T, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func put(t *testing.T, path string, body []byte) {
	t.Helper()
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Skipf("this system cannot write such a file: %v", err)
	}
}

// answers gives each file to "soundings ingest".
func answers(t *testing.T, trials []trial) {
	t.Helper()
	for _, x := range trials {
		t.Run(visible(x.file), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			put(t, filepath.Join(dir, x.file), x.body)
			put(t, filepath.Join(dir, "form.xlsx"), goodForm())
			x.ingest(t, dir, x.file, "form.xlsx")
		})
	}
}

// forms gives each form to "soundings ingest", with good answers.
func forms(t *testing.T, trials []trial) {
	t.Helper()
	for _, x := range trials {
		t.Run(visible(x.file), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			put(t, filepath.Join(dir, x.file), x.body)
			put(t, filepath.Join(dir, "answers.csv"), goodAnswers().csv())
			x.ingest(t, dir, "answers.csv", x.file)
		})
	}
}

func (x trial) ingest(t *testing.T, dir, file, form string) {
	t.Helper()
	out := filepath.Join(dir, "out")
	if err := os.Mkdir(out, 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(out, "KEEP"), []byte("keep"))
	before := entries(t, dir)
	r := command(dir, append([]string{"ingest", "--form", form, "--answers", file, "--out", "out"}, x.args...)...)
	refusal := 3
	if form == x.file {
		refusal = 2
	}
	x.judge(t, r, refusal)
	if after := entries(t, dir); !slices.Equal(before, after) {
		t.Errorf("the folder of the file was changed: %q", after)
	}
	if left := entries(t, out); r.status != 0 && !slices.Equal(left, []string{"KEEP"}) {
		t.Errorf("it wrote after a refusal: %q", left)
	}
	if r.status == 0 && x.same && r.hash != goodHash(t) {
		t.Error("what was read is not what the good file holds")
		t.Log(r.message)
	}
}

// goodHash returns the hash of the good answers.
func goodHash(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put(t, filepath.Join(dir, "good.csv"), goodAnswers().csv())
	put(t, filepath.Join(dir, "form.xlsx"), goodForm())
	r := command(dir, "ingest", "--form", "form.xlsx", "--answers", "good.csv", "--out", "out")
	if r.status != 0 || r.rows != responses {
		t.Fatalf("the good file is no good: %s", r.message)
	}
	return r.hash
}
