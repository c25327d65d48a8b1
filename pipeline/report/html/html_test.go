package html

import (
	"bytes"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/report"
)

func sample() *report.Report {
	return &report.Report{
		Lang: "en", Dir: "ltr", Title: "A <report>", Notice: "Invented & short.",
		Languages: []report.Link{{Tag: "en", Name: "English", Dir: "ltr", Current: true}, {Tag: "ar", Name: "العربية", Dir: "rtl"}},
		Words:     report.Words{Base: "n", Evidence: "Evidence", Share: "Share", Interval: "Interval", ShowTable: "Table"},
		Chapters: []report.Chapter{{ID: "one", Title: "One", Blocks: []report.Block{
			report.Paragraph{Text: report.Plain("Words")},
			report.Withheld{ID: "f-none", Label: "Nothing", Text: report.Plain("Too few")},
			report.Figure{ID: "f-x", Label: "X", Table: report.Table{ID: "f-x-table", Caption: "X", Header: []string{"Answer", "Share"}, Rows: []report.TableRow{{Head: "yes", Cells: []report.Cell{{Text: "43%", Note: "38%–47%"}}}}},
				Canvas: &canvas.Figure{ID: "f-x", Width: 100, Height: 50, Lang: "en", Title: "Most often: yes", Description: "A bar", Marks: []canvas.Mark{
					canvas.Text{X: 1, Y: 9, Size: 9, Content: "43"}, canvas.Text{X: 1, Y: 20, Size: 9, Content: "yes"}}}},
			report.Needs{Needs: []report.Need{{ID: "need-a", Label: "A", Score: "c", Base: "c"}}},
		}}},
	}
}

func TestAPageShowsEveryBlock(t *testing.T) {
	out, err := Write(sample())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<title>A &lt;report&gt;</title>", "Invented &amp; short.", `<a href="report.ar.html" lang="ar" hreflang="ar" dir="rtl">`, `<span lang="en" aria-current="page">`,
		"<p>Words</p>", `<div class="withheld" id="f-none">`, `<td><bdi>43%</bdi><small><bdi>38%–47%</bdi></small></td>`, `<th scope="row">yes</th>`, `aria-labelledby="svg-f-x-title svg-f-x-desc"`,
	} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if bytes.Contains(out, []byte("ZgotmplZ")) {
		t.Error("the template refused a value")
	}
}

func TestNumbersInFiguresAreNotHeldToAWidth(t *testing.T) {
	out, err := Write(sample())
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(out), "\n") {
		held := strings.Contains(line, "textLength")
		if strings.HasSuffix(line, ">43</text>") && held {
			t.Error("a number is held to a width")
		}
		if strings.HasSuffix(line, ">yes</text>") && !held {
			t.Error("a word is not held to its width")
		}
	}
}

type stranger struct{ report.Block }

func TestAnUnknownBlockIsAnError(t *testing.T) {
	r := sample()
	r.Chapters[0].Blocks = append(r.Chapters[0].Blocks, stranger{})
	if _, err := Write(r); err == nil {
		t.Error("no error")
	}
}

func TestABadFigureIsAnError(t *testing.T) {
	r := sample()
	r.Chapters[0].Blocks = []report.Block{report.Figure{ID: "f", Canvas: &canvas.Figure{ID: "f"}}}
	if _, err := Write(r); err == nil {
		t.Error("no error")
	}
}
