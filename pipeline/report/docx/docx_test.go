package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/report"
)

// sample has a block of each kind, in English or Arabic.
func sample(tag string) *report.Report {
	say := func(en, ar string) string {
		if tag == "ar" {
			return ar
		}
		return en
	}
	prose := func(en, ar string) report.Prose { return report.Plain(say(en, ar)) }
	table := func(id string) report.Table {
		return report.Table{ID: id, Caption: say("Where do you work?", "أين تعملون؟"), Header: []string{say("Answer", "الإجابة"), say("Share", "النسبة"), "n"}, Rows: []report.TableRow{
			{Head: say("North & <south>", "الشمال"), Cells: []report.Cell{{Text: say("43%", "\u206643%\u2069"), Note: say("38–47", "\u206638–47\u2069"), Base: "n = 90"}, {Text: "402"}}},
			{Head: "OHCHR", Cells: []report.Cell{{Text: "c"}, {Text: "402"}}},
		}}
	}
	figure := func(id string) report.Figure {
		return report.Figure{ID: id, Label: say("Region", "المنطقة"), Table: table(id + "-table"), Notes: []report.Prose{prose("A note.", "ملاحظة.")}, More: []report.Table{table(id + "-more")},
			Canvas: &canvas.Figure{ID: id, Width: 500, Height: 900, Lang: tag, Title: say(`Most "often": North`, "الأكثر: الشمال"), Description: say("A chart of bars.", "أعمدة."), Marks: []canvas.Mark{canvas.Text{X: 10, Y: 20, Size: 9, Content: "43"}}}}
	}
	folded := figure("f-long_name_of_an_item_that_goes_on_and_on-by-region")
	folded.Folded = true
	r := &report.Report{
		Lang: tag, Dir: say("ltr", "rtl"), Title: say("A <report>", "تقرير"), Notice: say("Invented & short.", "مصطنع وقصير."),
		Words: report.Words{Notice: say("Please note", "تنبيه"), Contents: say("Contents", "المحتويات"), Base: say("n", "ن"), Evidence: say("Evidence", "الشواهد"), Share: say("Share", "النسبة"), Interval: say("Interval", "الفترة"),
			FigureCaption: say("Figure {number}. {caption}", "الشكل {number}: {caption}"), TableCaption: say("Table {number}. {caption}", "الجدول {number}: {caption}")},
		Chapters: []report.Chapter{
			{ID: "summary", Title: say("In brief", "باختصار"), Blocks: []report.Block{
				report.Facts{Facts: []report.Fact{{Label: say("Responses", "الإجابات"), Value: report.Plain("415")}}},
				report.Points{Points: []report.Point{{Topic: say("Region topic", "موضوع المنطقة"), Text: prose("Most work there.", "معظمها يعمل هناك."), Figure: "f-region"}, {Topic: say("No figure", "بلا شكل"), Text: prose("Alone.", "وحدها."), Figure: "f-none-such"}}},
			}},
			{ID: "one", Title: say("One", "واحد"), Blocks: []report.Block{
				report.Heading{ID: "who", Text: say("Who answered", "من أجاب")},
				report.Paragraph{Text: prose("Words of a paragraph.", "بلغت النسبة \u206638–47\u2069 وفق UPR Info (2022) هنا.")},
				report.Paragraph{Text: report.Plain("English words.")},
				report.List{Items: []report.Prose{prose("First item", "البند الأول"), prose("Second item", "البند الثاني")}},
				figure("f-region"), folded,
				report.Withheld{ID: "f-threat", Under: true, Label: say("Threats", "تهديدات"), Text: prose("Too few.", "قليل جداً.")},
				table("t-alone"),
				report.Needs{Needs: []report.Need{{ID: "need-guide", Rank: "1", Label: say("Guide", "دليل"), Purpose: say("Tells what to do.", "يبيّن ما ينبغي فعله."), Score: "0.39", Interval: say("0.36–0.42", "\u20660.36–0.42\u2069"), Base: "407", Evidence: []report.Evidence{{Text: say("Wanted", "مطلوب"), Share: "24%", Interval: "20%–28%", Base: "392"}}}, {ID: "need-c", Label: say("Help", "مساعدة"), Score: "c", Base: "c"}}},
			}},
		},
	}
	return r
}

func drawn(t testing.TB) func(report.Figure) ([]byte, error) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	return func(f report.Figure) ([]byte, error) { return canvas.PNG(f.Canvas, 72, ts) }
}

func written(t testing.TB, r *report.Report) []byte {
	t.Helper()
	out, err := Write(r, drawn(t))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// unpacked returns the parts of a document by name.
func unpacked(t testing.TB, content []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		if f.Modified.Year() > 1980 { // the archive begins to count then
			t.Errorf("%s has a time", f.Name)
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name] != nil {
			t.Errorf("%s is there twice", f.Name)
		}
		out[f.Name] = part
	}
	return out
}

func TestADocumentShowsEveryBlockInOrder(t *testing.T) {
	root := tree(t, unpacked(t, written(t, sample("en")))["word/document.xml"])
	var got []string
	for p := range root.all("p") {
		if text := p.text(); text != "" {
			got = append(got, p.style()+": "+text)
		}
	}
	want := `Title: A <report>
Notice: Please note Invented & short.
TOCHeading: Contents
TOC1: In brief
TOC1: One
TOC2: Who answered
TOC2: Region
Heading1: In brief
TableText: Responses
TableText: 415
ListBullet: Region topic
Most work there.
ListBullet: No figure
Alone.
Heading1: One
Heading2: Who answered
Normal: Words of a paragraph.
Normal: English words.
ListBullet: First item
ListBullet: Second item
Heading2: Region
Caption: Figure 1. Most "often": North
FigureNote: A note.
` + tableText(1) + tableText(2) + `Caption: Figure 2. Most "often": North
FigureNote: A note.
` + tableText(3) + tableText(4) + `Heading3: Threats
Withheld: Too few.
` + tableText(5) + `Heading3: 1. Guide
Normal: 0.39 [0.36–0.42]   n = 407
Normal: Tells what to do.
Caption: Table 6. Evidence – Guide
TableText: Evidence
TableNumber: Share
TableNumber: Interval
TableNumber: n
TableText: Wanted
TableNumber: 24%
TableNumber: 20%–28%
TableNumber: 392
Heading3: Help
Normal: c   n = c`
	if all := strings.Join(got, "\n"); all != want {
		t.Errorf("got\n%s\nwant\n%s", all, want)
	}
}

func tableText(n int) string {
	return "Caption: Table " + string(rune('0'+n)) + `. Where do you work?
TableText: Answer
TableNumber: Share
TableNumber: n
TableText: North & <south>
TableNumber: 43%
TableNote: 38–47
TableNote: n = 90
TableNumber: 402
TableText: OHCHR
TableNumber: c
TableNumber: 402
`
}

func TestTheSameReportGivesTheSameBytes(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		if !bytes.Equal(written(t, sample(tag)), written(t, sample(tag))) {
			t.Errorf("%s: two documents", tag)
		}
	}
}

type stranger struct{ report.Block }

func TestWhatCannotBeShownIsAnError(t *testing.T) {
	r := sample("en")
	r.Chapters[0].Blocks = append(r.Chapters[0].Blocks, stranger{})
	if _, err := Write(r, drawn(t)); err == nil {
		t.Error("an unknown block: no error")
	}
	lost := errors.New("no picture")
	if _, err := Write(sample("en"), func(report.Figure) ([]byte, error) { return nil, lost }); !errors.Is(err, lost) {
		t.Errorf("a picture that is not there: %v", err)
	}
	r = sample("en")
	r.Chapters[0].Blocks = []report.Block{report.Figure{ID: "f"}}
	if _, err := Write(r, drawn(t)); err == nil {
		t.Error("a figure without a drawing: no error")
	}
}

func TestTextsStayTexts(t *testing.T) {
	for _, evil := range []string{`</w:t></w:r><w:altChunk r:id="x"/>`, `" onload="x`, "a\x00b\x1f", "{{.Title}}", "]]>", "\ud7ff\ufffe"} {
		r := sample("en")
		r.Title, r.Notice, r.Chapters[0].Title = evil, evil, evil
		r.Chapters[1].Blocks = append(r.Chapters[1].Blocks, report.Paragraph{Text: report.Plain(evil)})
		f := r.Chapters[1].Blocks[4].(report.Figure)
		f.Canvas.Title, f.Canvas.Description = evil, evil
		made, err := Write(r, func(report.Figure) ([]byte, error) { return []byte("a picture"), nil })
		if err != nil {
			t.Fatal(err)
		}
		all := unpacked(t, made)
		for name, part := range all {
			if path.Ext(name) == ".xml" || path.Ext(name) == ".rels" {
				root := tree(t, part) // fails if it is not well formed
				for range root.all("altChunk") {
					t.Errorf("%q became an element", evil)
				}
			}
		}
		if evil == "{{.Title}}" && !strings.Contains(string(all["docProps/core.xml"]), evil) {
			t.Error("a text was filled in as if it were a template")
		}
	}
}
