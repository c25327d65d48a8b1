package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// scriptCommands are the words that scripts have beside those of testscript.
var scriptCommands = map[string]func(*testscript.TestScript, bool, []string){
	"exits":    exits,
	"lastline": lastLine,
	"mode":     mode,
	"tree":     tree,
	"sametree": sameTree,
	"shuffle":  shuffle,
	"dropcol":  dropColumn,
	"setcell":  setCell,
	"prepend":  prepend,
	"workbook": workbook,
	"archive":  archive,
	"hold":     hold,
	"jsonlog":  jsonLog,
	"nofiles":  noFiles,
}

// exits STATUS COMMAND ARGS... runs a command that must end with the status.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got, ended := 0, new(exec.ExitError)
	if errors.As(err, &ended) {
		got = ended.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// lastline PREFIX wants the last line of stdout to begin so and to name a file
// that is there.
func lastLine(ts *testscript.TestScript, _ bool, args []string) {
	lines := strings.Split(strings.TrimSpace(ts.ReadFile("stdout")), "\n")
	path, ok := strings.CutPrefix(lines[len(lines)-1], args[0])
	if !ok {
		ts.Fatalf("the last line is %q", lines[len(lines)-1])
	}
	_, err := os.Stat(ts.MkAbs(strings.TrimSpace(path)))
	ts.Check(err)
}

// mode PERM PATH... wants the permissions of files and folders.
func mode(ts *testscript.TestScript, _ bool, args []string) {
	for _, pattern := range args[1:] {
		paths, err := filepath.Glob(ts.MkAbs(pattern))
		ts.Check(err)
		if len(paths) == 0 {
			ts.Fatalf("nothing matches %s", pattern)
		}
		for _, p := range paths {
			info, err := os.Stat(p)
			ts.Check(err)
			if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[0] {
				ts.Fatalf("%s has mode %s, want %s", p, got, args[0])
			}
		}
	}
}

// hashes returns a line for each file and link under a folder, locks apart.
func hashes(ts *testscript.TestScript, dir string) string {
	var out strings.Builder
	dir, err := filepath.EvalSymlinks(dir)
	ts.Check(err)
	ts.Check(filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, path)
		if err != nil || strings.HasPrefix(e.Name(), ".lock") {
			return err
		}
		what := e.Type().String()
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			what, err = os.Readlink(path)
		case !e.IsDir():
			var content []byte
			content, err = os.ReadFile(path)
			sum := sha256.Sum256(content)
			what = hex.EncodeToString(sum[:])
		}
		fmt.Fprintln(&out, filepath.ToSlash(name), what)
		return err
	}))
	return out.String()
}

// tree FOLDER FILE writes down what a folder holds; an absent one holds nothing.
func tree(ts *testscript.TestScript, _ bool, args []string) {
	held := ""
	if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
		held = hashes(ts, ts.MkAbs(args[0]))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(held), 0o600))
}

// sametree A B wants two folders to hold the same files, byte for byte.
func sameTree(ts *testscript.TestScript, neg bool, args []string) {
	a, b := hashes(ts, ts.MkAbs(args[0])), hashes(ts, ts.MkAbs(args[1]))
	if !strings.Contains(a, "\n") || !neg && a != b || neg && a == b {
		ts.Fatalf("%s:\n%s\n%s:\n%s", args[0], a, args[1], b)
	}
}

// edit changes the rows of a CSV file and writes them elsewhere.
func edit(ts *testscript.TestScript, from, to string, change func([][]string) [][]string) {
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(from))).ReadAll()
	ts.Check(err)
	var out strings.Builder
	ts.Check(csv.NewWriter(&out).WriteAll(change(rows)))
	ts.Check(os.WriteFile(ts.MkAbs(to), []byte(out.String()), 0o600))
}

// shuffle FROM TO mixes the rows of a CSV file below its header.
func shuffle(ts *testscript.TestScript, _ bool, args []string) {
	edit(ts, args[0], args[1], func(rows [][]string) [][]string {
		r := rand.New(rand.NewPCG(1, 2))
		r.Shuffle(len(rows)-1, func(i, j int) { rows[i+1], rows[j+1] = rows[j+1], rows[i+1] })
		return rows
	})
}

// dropcol FROM TO COLUMN... takes columns out of a CSV file.
func dropColumn(ts *testscript.TestScript, _ bool, args []string) {
	edit(ts, args[0], args[1], func(rows [][]string) [][]string {
		for _, name := range args[2:] {
			at := slices.Index(rows[0], name)
			for i := range rows {
				rows[i] = slices.Delete(rows[i], at, at+1)
			}
		}
		return rows
	})
}

// setcell FROM TO ROW COLUMN VALUE puts a value into a CSV file; row 1 is the header.
func setCell(ts *testscript.TestScript, _ bool, args []string) {
	edit(ts, args[0], args[1], func(rows [][]string) [][]string {
		row, err := strconv.Atoi(args[2])
		ts.Check(err)
		rows[row-1][slices.Index(rows[0], args[3])] = args[4]
		return rows
	})
}

// prepend FROM TO ITEM=TAG... puts a byte order mark before a CSV file and a
// row of HXL tags below its header.
func prepend(ts *testscript.TestScript, _ bool, args []string) {
	edit(ts, args[0], args[1], func(rows [][]string) [][]string {
		tags := make([]string, len(rows[0]))
		for _, a := range args[2:] {
			name, tag, _ := strings.Cut(a, "=")
			tags[slices.Index(rows[0], name)] = tag
		}
		return slices.Insert(rows, 1, tags)
	})
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte("\ufeff"+ts.ReadFile(args[1])), 0o600))
}

// workbook TO SHEET=FILE... makes an XLSX file of CSV files. Numbers stay text.
func workbook(ts *testscript.TestScript, _ bool, args []string) {
	book := excelize.NewFile()
	for i, a := range args[1:] {
		sheet, file, _ := strings.Cut(a, "=")
		if i == 0 {
			ts.Check(book.SetSheetName("Sheet1", sheet))
		} else {
			_, err := book.NewSheet(sheet)
			ts.Check(err)
		}
		rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(file))).ReadAll()
		ts.Check(err)
		for r, row := range rows {
			ts.Check(book.SetSheetRow(sheet, fmt.Sprintf("A%d", r+1), &row))
		}
	}
	ts.Check(book.SaveAs(ts.MkAbs(args[0])))
}

// archive NAME PART... makes a zip archive of files.
func archive(ts *testscript.TestScript, _ bool, args []string) {
	out, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer out.Close()
	z := zip.NewWriter(out)
	for _, name := range args[1:] {
		w, err := z.Create(name)
		ts.Check(err)
		_, err = w.Write([]byte(ts.ReadFile(name)))
		ts.Check(err)
	}
	ts.Check(z.Close())
}

// hold FILE takes a lock for as long as the script runs.
func hold(ts *testscript.TestScript, _ bool, args []string) {
	lock := flock.New(ts.MkAbs(args[0]))
	ok, err := lock.TryLock()
	ts.Check(err)
	if !ok {
		ts.Fatalf("%s is held already", args[0])
	}
	ts.Defer(func() { _ = lock.Unlock() })
}

// jsonlog wants every line of stderr to be JSON that names a stage, and none to
// hold a word of those given.
func jsonLog(ts *testscript.TestScript, _ bool, words []string) {
	log := ts.ReadFile("stderr")
	for line := range strings.Lines(log) {
		var record struct{ Msg, Stage string }
		if err := json.Unmarshal([]byte(line), &record); err != nil || record.Stage == "" {
			ts.Fatalf("not a line about a stage: %s", line)
		}
	}
	for _, w := range words {
		if log == "" || strings.Contains(log, w) {
			ts.Fatalf("the log is empty or holds %q", w)
		}
	}
}

// nofiles FOLDER wants a folder to be empty or absent.
func noFiles(ts *testscript.TestScript, _ bool, args []string) {
	for _, dir := range args {
		entries, err := os.ReadDir(ts.MkAbs(dir))
		if err != nil && !errors.Is(err, fs.ErrNotExist) || len(entries) > 0 {
			ts.Fatalf("%s is not empty: %v %v", dir, entries, err)
		}
	}
}
