package docs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A script is what a page tells its reader to do, in order. Its steps are
// fenced blocks:
//
//   - "console": each line that begins with "$ " is a command, the lines below
//     it are what it prints. A line "..." stands for any lines, "..." within a
//     line for anything. A line "exit status N" says how the command ends; else
//     it ends with 0.
//   - "csv FILE" or "yaml FILE": the file is written; with a third word
//     "append" it is added to.
type step struct {
	line    int
	command []string // words of a command
	output  []string
	status  int
	file    string // to be written
	content string
	extend  bool
}

const programme = "soundings"

func script(page string) (steps []step, err error) {
	content, err := os.ReadFile(page)
	if err != nil {
		return nil, err
	}
	var info []string // of the block that is open, nil outside
	for i, l := range strings.Split(string(content), "\n") {
		fence, isFence := strings.CutPrefix(l, "```")
		switch {
		case isFence && info == nil:
			info = append(strings.Fields(fence), "", "", "")
			if info[1] != "" {
				steps = append(steps, step{line: i + 1, file: info[1], extend: info[2] == "append"})
			}
		case isFence:
			info = nil
		case info == nil:
		case info[1] != "":
			steps[len(steps)-1].content += l + "\n"
		case info[0] == "console":
			steps = console(steps, i+1, l)
		}
	}
	return steps, nil
}

// console reads one line of a console block.
func console(steps []step, line int, l string) []step {
	if command, ok := strings.CutPrefix(l, "$ "); ok {
		command = strings.Replace(command, "go run ./cmd/soundings", programme, 1)
		return append(steps, step{line: line, command: strings.Fields(command)})
	}
	if len(steps) == 0 {
		return steps
	}
	last := &steps[len(steps)-1]
	if n, ok := strings.CutPrefix(l, "exit status "); ok {
		last.status, _ = strconv.Atoi(n)
	} else if l = strings.TrimSpace(l); l != "" && l != "..." {
		last.output = append(last.output, l)
	}
	return steps
}

// play does what a page says, from a folder on.
func play(t *testing.T, page, binary, dir string) {
	steps, err := script(page)
	if err != nil {
		t.Fatal(err)
	}
	commands := 0
	for _, s := range steps {
		at := fmt.Sprintf("%s:%d", filepath.Base(page), s.line)
		switch {
		case s.file != "":
			s.write(t, dir)
		case s.command[0] == "cd":
			dir = filepath.Join(dir, filepath.FromSlash(s.command[1]))
		case s.command[0] == programme:
			commands++
			s.run(t, at, binary, dir)
		case s.command[0] == "go":
			// "go test ./..." is what is running.
		default:
			t.Errorf("%s: a console block holds %q; only cd, go and soundings can be checked", at, s.command[0])
		}
	}
	if commands == 0 {
		t.Errorf("%s shows no command", page)
	}
}

func (s step) write(t *testing.T, dir string) {
	path := filepath.Join(dir, filepath.FromSlash(s.file))
	flags := os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	if s.extend {
		flags = os.O_WRONLY | os.O_APPEND
	}
	f, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteString(s.content)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

func (s step) run(t *testing.T, at, binary, dir string) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, s.command[1:]...)
	var out bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s: %v", at, err)
	}
	if got := cmd.ProcessState.ExitCode(); got != s.status {
		t.Fatalf("%s: %s ends with status %d, not %d:\n%s", at, strings.Join(s.command, " "), got, s.status, out.String())
	}
	for _, want := range s.output {
		if !printed(out.String(), want) {
			t.Errorf("%s: %s does not print\n%s\nbut\n%s", at, strings.Join(s.command, " "), want, out.String())
		}
	}
}

// printed reports whether a line of the output is as the page has it.
func printed(output, want string) bool {
	parts := strings.Split(squeezed(want), "...")
	for l := range strings.Lines(output) {
		rest, ok := squeezed(filepath.ToSlash(l)), true
		for i, p := range parts {
			at := strings.Index(rest, p)
			if at < 0 || i == 0 && at > 0 {
				ok = false
				break
			}
			rest = rest[at+len(p):]
		}
		if ok && (rest == "" || strings.HasSuffix(want, "...")) {
			return true
		}
	}
	return false
}

// squeezed makes runs of white space one blank.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }
