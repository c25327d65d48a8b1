package ingest

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

const interviewItems = "type,name,label::English (en)\nselect_one yn,took_part,Took part?\ntext,story,What happened?\ntext,wish,What do you wish for?\n"

// docx makes a document of a body.
func docx(t testing.TB, body string) string {
	return zipOf(t, "[Content_Types].xml", "<Types/>", "word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>`+body+`</w:body></w:document>`, "word/media/image1.png", "picture")
}

func paragraph(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }

func TestInterviewsJoinTheirRespondents(t *testing.T) {
	s := formOf(t, interviewItems, ynChoices)
	content := map[string]string{
		"a.csv":           "_uuid,took_part,wish\na,yes,more time\nb,no,\n",
		"ids.csv":         "file,uuid,item\n1.docx,uuid:a,\n2.txt,b,story\n3.txt,c,wish\n",
		"talks/1.docx":    docx(t, paragraph("What happened?")+paragraph("They came late.")+paragraph("## wish")+paragraph("A hall.")),
		"talks/2.txt":     "\uFEFFfirst line\r\nsecond line\r\n",
		"talks/3.txt":     "alone",
		"talks/other.txt": "not named",
	}
	source := Source{File: "talks", Format: "interviews", IDs: "ids.csv"}
	r := read(t, s, content, 2, source, Source{File: "a.csv"}) // whatever the order
	if r.dataset == nil {
		t.Fatal(r.text())
	}
	_, story := r.column(t, 0, "story")
	_, wish := r.column(t, 0, "wish")
	if got := fmt.Sprintf("%q %q %q %v", story.Text(0), story.Text(1), wish.Text(0), wish.Reasons[1]); got != `"They came late." "first line\nsecond line" "more time\n\nA hall." not answered` {
		t.Error(got)
	}
	if r.report.Levels[0].Rows != 2 || r.kinds(finding.Warning) != "interview-alone" || !strings.Contains(r.text(), "ids.csv, row 4") || strings.Contains(r.text(), "3.txt") {
		t.Error(r.text())
	}
	source.Alone = true
	r = read(t, s, content, 2, Source{File: "a.csv"}, source)
	if r.dataset == nil || r.report.Levels[0].Rows != 3 || r.kinds(finding.Warning) != "" {
		t.Fatal(r.text())
	}
	var last string
	for b, err := range r.dataset.Batches(0) {
		if err != nil {
			t.Fatal(err)
		}
		last = b.UUID(b.Len()-1) + " " + b.Column("wish").Text(b.Len()-1) + " " + b.Column("took_part").Reasons[b.Len()-1].String()
	}
	if last != "c alone not asked" {
		t.Error(last)
	}
	only := read(t, s, content, 2, source)
	if only.dataset == nil || only.dataset.Respondents() != 3 {
		t.Error(only.text())
	}
	one := read(t, s, content, 2, Source{File: "a.csv"}, Source{File: "talks/2.txt", Format: "interviews", IDs: "ids.csv"})
	if one.dataset == nil || one.kinds(finding.Warning) != "" || one.report.Levels[0].Rows != 2 {
		t.Error(one.text())
	}
}

func TestFaultyInterviewsAreRefusedByTheirRow(t *testing.T) {
	s := formOf(t, interviewItems, ynChoices)
	for name, c := range map[string]struct {
		ids, file, want, row string
	}{
		"no file":             {"file,uuid,item\nsynthetic-1.txt,a,story\n", "", "interview-file", "row 2"},
		"outside":             {"file,uuid,item\n../synthetic-1.txt,a,story\n", "", "ids-outside", "row 2"},
		"not UTF-8":           {"file,uuid,item\nsynthetic-1.txt,a,story\n", "\xe9t\xe9", "not-utf-8", "row 2"},
		"damaged document":    {"file;uuid;item\nsynthetic-1.txt;a;story\n", "PK\x03\x04 and no more", "damaged-document", "row 2"},
		"no document":         {"file,uuid,item\nsynthetic-1.txt,a,story\n", zipOf(t, "a.csv", "a"), "damaged-workbook damaged-document", "row 2"},
		"a document type":     {"file,uuid,item\nsynthetic-1.txt,a,story\n", zipOf(t, "word/document.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "dtd", "row 2"},
		"unknown item":        {"file,uuid,item\nsynthetic-1.txt,a,took_part\n", "x", "interview-item", "row 2"},
		"no columns":          {"name,who\nsynthetic-1.txt,a\n", "x", "ids-columns", "row 1"},
		"no identifier":       {"file,uuid\nsynthetic-1.txt,\n", "x", "ids-empty", "row 2"},
		"text and no heading": {"file,uuid\nsynthetic-1.txt,a\n", "hello", "", "row 2"},
	} {
		content := map[string]string{"a.csv": "_uuid,took_part,story,wish\na,yes,,\n", "ids.csv": c.ids}
		if c.file != "" {
			content["talks/synthetic-1.txt"] = c.file
		}
		r := read(t, s, content, 1, Source{File: "a.csv"}, Source{File: "talks", Format: "interviews", IDs: "ids.csv"})
		got := r.kinds(finding.Refusal)
		if c.want != got && !(strings.Contains(c.want, " ") && strings.Contains(c.want, got)) {
			t.Errorf("%s: %q, want %q\n%s", name, got, c.want, r.text())
		}
		if strings.Contains(r.text(), "synthetic") || !strings.Contains(r.text(), "ids.csv, "+c.row) {
			t.Errorf("%s: %s", name, r.text())
		}
	}
}

func TestConfigOfInterviewsIsChecked(t *testing.T) {
	for kind, s := range map[string]Source{"no-ids": {File: "talks", Format: "interviews"}, "no-interviews": {File: "a.csv", Alone: true}, "": {File: "talks", Format: "interviews", IDs: "i.csv"}} {
		var got string
		for _, f := range (Config{Input: []Source{s}}).Validate() {
			got += f.Kind
		}
		if got != kind {
			t.Errorf("%q, want %q", got, kind)
		}
	}
}

// TestRealDocumentIsRead: a document of a real office, as its program wrote it.
func TestRealDocumentIsRead(t *testing.T) {
	f, err := os.Open(shared(t, "data", "upr-thematic-list", "UPR34_Slovenia_Thematic_list_of_Recommendations.docx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, _ := f.Stat()
	d, err := records.ReadDocument(f, info.Size())
	if err != nil || len(d.Paragraphs) < 50 {
		t.Fatalf("%d paragraphs: %v", len(d.Paragraphs), err)
	}
	size := 0
	for _, p := range d.Paragraphs {
		size += len(p)
	}
	t.Logf("%d paragraphs, %d bytes, %d notes", len(d.Paragraphs), size, d.Notes)
}

func FuzzInterviews(f *testing.F) {
	f.Add("file,uuid,item\n1.txt,a,story\n", "What happened?\nThey came late.\n")
	f.Add("file;uuid\n1.txt;uuid:a\n", "## wish\nA hall.\r\n\r\n")
	f.Add("file,uuid\n\"1.txt,a\n", "\xff\x00")
	f.Add("\uFEFFfile\tuuid\n1.txt\ta\n1.txt\ta\n", "story:\nx")
	s := formOf(f, interviewItems, ynChoices)
	f.Fuzz(func(t *testing.T, ids, text string) {
		content := map[string]string{"a.csv": "_uuid,took_part,story,wish\na,yes,,\n", "ids.csv": ids, "talks/1.txt": text}
		read(t, s, content, 1, Source{File: "a.csv"}, Source{File: "talks", Format: "interviews", IDs: "ids.csv", Alone: true})
	})
}
