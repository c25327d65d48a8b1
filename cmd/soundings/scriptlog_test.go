package main

import (
	"fmt"
	"slices"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// logCommands are the words that scripts have for cleaning logs.
var logCommands = map[string]func(*testscript.TestScript, bool, []string){
	"fillin":     fillIn,
	"comment":    comment,
	"addline":    addLine,
	"holds":      holds,
	"noformulas": noFormulas,
}

func changeBook(ts *testscript.TestScript, file string, change func(book *excelize.File, rows [][]string)) {
	book, err := excelize.OpenFile(ts.MkAbs(file), excelize.Options{UnzipSizeLimit: 64 << 20})
	ts.Check(err)
	rows, err := book.GetRows("cleaning_log")
	ts.Check(err)
	change(book, rows)
	ts.Check(book.Save())
	ts.Check(book.Close())
}

func put(ts *testscript.TestScript, book *excelize.File, rows [][]string, row int, column, value string) {
	at, err := excelize.CoordinatesToCellName(slices.Index(rows[0], column)+1, row)
	ts.Check(err)
	ts.Check(book.SetCellStr("cleaning_log", at, value))
}

// fillin FILE UUID QUESTION TYPE NEW decides on a line of a workbook, as an
// analyst does.
func fillIn(ts *testscript.TestScript, _ bool, args []string) {
	writeTo(ts, args[0], args[1], args[2], map[string]string{"change_type": args[3], "new_value": args[4]})
}

// comment FILE UUID QUESTION WORDS writes an analyst's comment to a line.
func comment(ts *testscript.TestScript, _ bool, args []string) {
	writeTo(ts, args[0], args[1], args[2], map[string]string{"comment": args[3]})
}

// writeTo writes cells of the line about an answer.
func writeTo(ts *testscript.TestScript, file, uuid, question string, cells map[string]string) {
	changeBook(ts, file, func(book *excelize.File, rows [][]string) {
		for i, r := range rows {
			if r[0] == uuid && r[1] == question {
				for column, value := range cells {
					put(ts, book, rows, i+1, column, value)
				}
				return
			}
		}
		ts.Fatalf("no line about %s", question)
	})
}

// addline FILE UUID QUESTION OLD TYPE NEW adds a line below the last one.
func addLine(ts *testscript.TestScript, _ bool, args []string) {
	changeBook(ts, args[0], func(book *excelize.File, rows [][]string) {
		for i, column := range []string{"uuid", "question", "old_value", "change_type", "new_value"} {
			put(ts, book, rows, len(rows)+1, column, args[i+1])
		}
	})
}

// holds FILE SHEET TEXT... wants cells with these texts.
func holds(ts *testscript.TestScript, _ bool, args []string) {
	book, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	rows, err := book.GetRows(args[1])
	ts.Check(err)
	all := slices.Concat(rows...)
	for _, want := range args[2:] {
		if !slices.Contains(all, want) {
			ts.Fatalf("the sheet %s lacks %q", args[1], want)
		}
	}
}

// noformulas FILE wants a workbook in which every cell is text, with the sheets
// that analysts expect, drop-downs, a filter and frozen panes.
func noFormulas(ts *testscript.TestScript, _ bool, args []string) {
	book, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	if got := fmt.Sprint(book.GetSheetList()); got != "[checked_dataset cleaning_log readme validation_rules]" {
		ts.Fatalf("sheets %s", got)
	}
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		ts.Check(err)
		for r, row := range rows {
			for c := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				ts.Check(err)
				formula, err := book.GetCellFormula(sheet, at)
				ts.Check(err)
				kind, err := book.GetCellType(sheet, at)
				ts.Check(err)
				if formula != "" || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
					ts.Fatalf("%s %s is no text", sheet, at)
				}
			}
		}
	}
	if visible, err := book.GetSheetVisible("validation_rules"); err != nil || visible {
		ts.Fatalf("the rules are not hidden: %v", err)
	}
	rules, err := book.GetDataValidations("cleaning_log")
	ts.Check(err)
	panes, err := book.GetPanes("cleaning_log")
	ts.Check(err)
	if len(rules) != 2 || !panes.Freeze || panes.XSplit != 1 || panes.YSplit != 1 || len(book.WorkBook.DefinedNames.DefinedName) != 2 {
		ts.Fatalf("%d drop-downs, panes %+v", len(rules), panes)
	}
}
