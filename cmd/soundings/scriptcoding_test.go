package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/refi"
)

// codingCommands are the words that scripts have for packs of coders.
var codingCommands = map[string]func(*testscript.TestScript, bool, []string){
	"codepack":    codePack,
	"changecell":  changeCell,
	"swapcells":   swapCells,
	"packhas":     packHas,
	"rightleft":   rightLeft,
	"inlanguage":  inLanguage,
	"codeproject": codeProject,
}

// inPack changes the first sheet of a workbook.
func inPack(ts *testscript.TestScript, file string, change func(book *excelize.File, sheet string, rows [][]string)) {
	book, err := excelize.OpenFile(ts.MkAbs(file))
	ts.Check(err)
	sheet := book.GetSheetList()[0]
	rows, err := book.GetRows(sheet)
	ts.Check(err)
	change(book, sheet, rows)
	ts.Check(book.Save())
	ts.Check(book.Close())
}

func headOf(ts *testscript.TestScript, rows [][]string, head string) int {
	at := slices.Index(rows[0], head)
	if at < 0 {
		ts.Fatalf("there is no column %s in %q", head, rows[0])
	}
	return at
}

func cellOf(row []string, at int) string {
	if at >= len(row) {
		return ""
	}
	return row[at]
}

// codepack FILE ANSWERHEAD CODEHEAD PART=CODE... codes the answers of a pack as a
// coder does: one that holds a part gets the code, in the columns from CODEHEAD
// on. A last argument CODEHEAD=TEXT without a part, as in "No code=none fits",
// stands for all other answers.
func codePack(ts *testscript.TestScript, _ bool, args []string) {
	inPack(ts, args[0], func(book *excelize.File, sheet string, rows [][]string) {
		answer, code := headOf(ts, rows, args[1]), headOf(ts, rows, args[2])
		for i, row := range rows[1:] {
			column, coded := code, false
			set := func(at int, text string) {
				cell, err := excelize.CoordinatesToCellName(at+1, i+2)
				ts.Check(err)
				ts.Check(book.SetCellStr(sheet, cell, text))
			}
			for _, rule := range args[3:] {
				part, text, _ := strings.Cut(rule, "=")
				if at := slices.Index(rows[0], part); at >= 0 {
					if !coded {
						set(at, text)
					}
					continue
				}
				if strings.Contains(cellOf(row, answer), part) {
					set(column, text)
					column, coded = column+1, true
				}
			}
		}
	})
}

// changecell FILE HEAD ROW TEXT writes a cell.
func changeCell(ts *testscript.TestScript, _ bool, args []string) {
	inPack(ts, args[0], func(book *excelize.File, sheet string, rows [][]string) {
		var row int
		_, err := fmt.Sscan(args[2], &row)
		ts.Check(err)
		cell, err := excelize.CoordinatesToCellName(headOf(ts, rows, args[1])+1, row)
		ts.Check(err)
		ts.Check(book.SetCellStr(sheet, cell, args[3]))
	})
}

// swapcells FILE HEAD exchanges the cells of a column in the first two rows, as
// who sorts one column alone does.
func swapCells(ts *testscript.TestScript, _ bool, args []string) {
	inPack(ts, args[0], func(book *excelize.File, sheet string, rows [][]string) {
		at := headOf(ts, rows, args[1])
		for i := range 2 {
			cell, err := excelize.CoordinatesToCellName(at+1, i+2)
			ts.Check(err)
			ts.Check(book.SetCellStr(sheet, cell, cellOf(rows[2-i], at)))
		}
	})
}

// packhas FILE TEXT... wants each text within a cell of the first sheet; with !
// none of them in any.
func packHas(ts *testscript.TestScript, not bool, args []string) {
	inPack(ts, args[0], func(_ *excelize.File, _ string, rows [][]string) {
		all := strings.Join(slices.Concat(rows...), "\x00")
		for _, want := range args[1:] {
			if strings.Contains(all, want) == not {
				ts.Fatalf("%q: there %v", want, !not)
			}
		}
	})
}

// inlanguage FILE LANGUAGE TEXT wants a row that has both as cells, with ! none.
func inLanguage(ts *testscript.TestScript, not bool, args []string) {
	inPack(ts, args[0], func(_ *excelize.File, _ string, rows [][]string) {
		if slices.ContainsFunc(rows, func(row []string) bool {
			return slices.Contains(row, args[1]) && slices.Contains(row, args[2])
		}) == not {
			ts.Fatalf("a row with %q: %v", args[1:], !not)
		}
	})
}

// rightleft FILE wants the first sheet to run from right to left, with ! not.
func rightLeft(ts *testscript.TestScript, not bool, args []string) {
	inPack(ts, args[0], func(book *excelize.File, sheet string, _ [][]string) {
		view, err := book.GetSheetView(sheet, -1)
		ts.Check(err)
		if right := view.RightToLeft != nil && *view.RightToLeft; right == not {
			ts.Fatalf("the sheet runs from right to left: %v", right)
		}
	})
}

// codeproject FILE CODER PART=CODE... codes the sources of a project, as a coder
// does in another program: the place where a part stands gets the code; "*=CODE"
// is given to the whole of all others.
func codeProject(ts *testscript.TestScript, _ bool, args []string) {
	p, findings := refi.ReadProject(args[0], []byte(ts.ReadFile(args[0])))
	if p == nil || finding.Refused(findings) {
		ts.Fatalf("the project cannot be read: %v", findings)
	}
	user := ""
	for _, u := range p.Users {
		if u.Name == args[1] {
			user = u.GUID
		}
	}
	codes := map[string]string{}
	var walk func(list []refi.Code)
	walk = func(list []refi.Code) {
		for _, c := range list {
			id, _, _ := strings.Cut(c.Name, " ")
			codes[id] = c.GUID
			walk(c.Codes)
		}
	}
	walk(p.Codes)
	for i, s := range p.Sources {
		content, ok := p.Content(s.Text)
		if !ok {
			ts.Fatalf("source %d has no text", i+1)
		}
		coded := false
		for k, rule := range args[2:] {
			part, code, _ := strings.Cut(rule, "=")
			coding := refi.Coding{GUID: refi.GUID("test", fmt.Sprint(i), fmt.Sprint(k)), CreatingUser: user, Code: refi.Ref{GUID: codes[code]}}
			if codes[code] == "" {
				ts.Fatalf("the project lacks the code %s", code)
			}
			at := strings.Index(string(content), part)
			switch {
			case part == "*" && !coded:
				s.Text.Codings = append(s.Text.Codings, coding)
			case part != "*" && at >= 0:
				selection := refi.Selection{GUID: refi.GUID("test", "place", fmt.Sprint(i), fmt.Sprint(k)), Codings: []refi.Coding{coding}}
				selection.Start, selection.End = refi.Positions(string(content), at, at+len(part))
				s.Text.Selections = append(s.Text.Selections, selection)
				coded = true
			}
		}
	}
	content, err := refi.WriteProject(p)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o600))
}
