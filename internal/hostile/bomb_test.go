package hostile

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// limits of every bomb.
const (
	mostTime   = 20 * time.Second
	mostMemory = 300 << 20
)

const (
	sheetBegins = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheetEnds   = `</sheetData></worksheet>`
	firstRow    = `<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c></row>`
)

// again writes a text over and over, without holding it.
func again(w io.Writer, n int, text func(int) string) {
	for i := range n {
		_, _ = io.WriteString(w, text(i)) // a file that is short of something is found by its test
	}
}

func same(text string) func(int) string { return func(int) string { return text } }

// book writes a workbook whose first sheet and shared texts are written by functions.
func book(t *testing.T, path string, sheet, shared func(io.Writer)) {
	t.Helper()
	const types, rels = "application/vnd.openxmlformats-officedocument.spreadsheetml.", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	part := func(name string, write func(io.Writer)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		write(w)
	}
	text := func(s string) func(io.Writer) { return func(w io.Writer) { again(w, 1, same(s)) } }
	part("[Content_Types].xml", text(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="`+types+`sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="`+types+`worksheet+xml"/></Types>`))
	part("_rels/.rels", text(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+rels+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`))
	part("xl/workbook.xml", text(`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="`+rels+`"><sheets><sheet name="survey" sheetId="1" r:id="rId1"/></sheets></workbook>`))
	part("xl/_rels/workbook.xml.rels", text(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+rels+`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="`+rels+`/sharedStrings" Target="sharedStrings.xml"/></Relationships>`))
	part("xl/worksheets/sheet1.xml", sheet)
	if shared != nil {
		part("xl/sharedStrings.xml", shared)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestBombsAreRefusedInLittleMemory(t *testing.T) {
	w := newWorld(t)
	w.survey("answers.csv")
	config := string(read(t, w.path("config.yaml")))
	cells := func(w io.Writer) { again(w, 1, same(sheetBegins+firstRow)) }
	end := func(w io.Writer) { again(w, 1, same(sheetEnds)) }
	books := map[string][2]func(io.Writer){
		"attributes": {func(w io.Writer) {
			again(w, 1, same(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`))
			again(w, 600_000, func(i int) string { return fmt.Sprintf(` a%d="%d"`, i, i*7919) })
			again(w, 1, same(`><sheetData>`+sheetEnds))
		}, nil},
		"one text for many cells": {func(w io.Writer) {
			cells(w)
			again(w, 90_000, func(i int) string { return fmt.Sprintf(`<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>`, i+2, i+2) })
			end(w)
		}, func(w io.Writer) {
			again(w, 1, same(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>`))
			again(w, 3_000, same("0123456789"))
			again(w, 1, same(`</t></si></sst>`))
		}},
		"depth": {func(w io.Writer) { cells(w); again(w, 1_000_000, same("<r>")); end(w) }, nil},
		"rows":  {func(w io.Writer) { cells(w); again(w, 4_000_000, same("<row/>")); end(w) }, nil},
		"columns": {func(w io.Writer) {
			again(w, 1, same(sheetBegins+`<row r="1">`))
			again(w, 700_000, func(i int) string { return fmt.Sprintf(`<c t="inlineStr"><is><t>%d</t></is></c>`, i) })
			again(w, 1, same(`</row>`+sheetEnds))
		}, nil},
		"entities": {func(w io.Writer) {
			again(w, 1, same(`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">`))
			again(w, 9, func(i int) string {
				return fmt.Sprintf(`<!ENTITY %c "%s">`, 'b'+i, strings.Repeat(fmt.Sprintf("&%c;", 'a'+i), 10))
			})
			again(w, 1, same(`]>`+sheetBegins+`<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>`+sheetEnds))
		}, nil},
		"blanks": {func(w io.Writer) {
			cells(w)
			again(w, 2_000_000, same("                                                  "))
			end(w)
		}, nil},
	}
	roles := map[string]func(file string) (int, []string){
		"form": func(file string) (int, []string) {
			return 2, []string{"ingest", "--form", file, "--answers", "answers.csv", "--out", "out"}
		},
		"answers": func(file string) (int, []string) {
			return 3, []string{"ingest", "--form", "form.xlsx", "--answers", file, "--out", "out"}
		},
		"codes": func(file string) (int, []string) { return 3, []string{"agreement", file} },
		"log": func(file string) (int, []string) {
			w.put("config.yaml", []byte(config+"clean: {log: ["+file+"]}\n"))
			return 3, []string{"check"}
		},
		"plan": func(file string) (int, []string) {
			w.put("config.yaml", []byte(config+"plan: "+file+"\n"))
			return 2, []string{"check"}
		},
	}
	for name, parts := range books {
		book(t, w.path("bomb.xlsx"), parts[0], parts[1])
		for role, of := range roles {
			status, args := of("bomb.xlsx")
			w.bomb(name+" as "+role, status, args)
		}
	}
	for name, write := range map[string]func(io.Writer){
		"aliases": func(w io.Writer) {
			again(w, 1, same("version: 1\nx0: &x0 [a]\n"))
			again(w, 30, func(i int) string {
				return fmt.Sprintf("x%d: &x%d [%s*x%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*x%d, ", i), 9), i)
			})
		},
		"lists in lists": func(w io.Writer) { again(w, 1, same("version: 1\ninput:\n ")); again(w, 200_000, same("- ")) },
		"keys": func(w io.Writer) {
			again(w, 1, same("version: 1\nitems:\n"))
			again(w, 150_000, func(i int) string { return fmt.Sprintf("  k%d: {hide: true}\n", i) })
		},
		"brackets": func(w io.Writer) { again(w, 1, same("version: 1\nitems: ")); again(w, 1_000_000, same("[")) },
		"escapes": func(w io.Writer) {
			again(w, 1, same("version: 1\nsurvey: \""))
			again(w, 900_000, same(`\x41`))
			again(w, 1, same("\"\n"))
		},
	} {
		f, err := os.Create(w.path("config.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		write(f)
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		w.bomb("settings: "+name, 2, []string{"check"})
	}
}

// bomb runs the command and looks at the memory and time it takes.
func (w world) bomb(name string, status int, args []string) {
	w.t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = w.path(".")
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	timer := time.AfterFunc(mostTime, func() { _ = cmd.Process.Kill() })
	_ = cmd.Run() // the status says what came of it
	timer.Stop()
	took, memory := time.Since(start), peak(cmd.ProcessState)
	if got := cmd.ProcessState.ExitCode(); got != status {
		w.t.Errorf("%s: status %d, want %d\n%.400s", name, got, status, out.String())
	}
	if !strings.Contains(out.String(), "refusal: ") || out.Len() > 64<<10 {
		w.t.Errorf("%s: no refusal, or one of %d bytes\n%.400s", name, out.Len(), out.String())
	}
	if memory > mostMemory && !raced || took >= mostTime {
		w.t.Errorf("%s: %d MB, %v", name, memory>>20, took)
	}
	w.t.Logf("%-40s %4d MB %5.1f s", name, memory>>20, took.Seconds())
}
