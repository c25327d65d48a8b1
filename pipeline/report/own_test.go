package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/commentary"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/report"
)

// comment is a line of commentary in English.
func comment(place, text string) commentary.Line {
	return commentary.Line{Place: place, Kind: commentary.Comment, Language: "en", Text: text}
}

// commentaries returns the blocks of commentary of a report with their chapter.
func commentaries(r *report.Report) map[string][]report.Commentary {
	out := map[string][]report.Commentary{}
	for _, ch := range r.Chapters {
		for _, b := range ch.Blocks {
			if c, is := b.(report.Commentary); is {
				out[ch.ID] = append(out[ch.ID], c)
			}
		}
	}
	return out
}

func TestCommentaryTellsPublishedFiguresAndKnowsTheirKeys(t *testing.T) {
	in := sample(t, "en")
	in.Own.Lines = []commentary.Line{comment("tools", "Guides: {tools:guide}.\nRare: {tools:rare}, 7 say."), comment("summary", "{staff} people.")}
	r, findings, err := report.Compose(in)
	if err != nil {
		t.Fatal(err)
	}
	all := commentaries(r)
	if len(all["summary"]) != 1 || len(all) != 2 {
		t.Fatalf("commentary stands in %v", all)
	}
	for chapter, blocks := range all {
		if chapter == "summary" {
			continue
		}
		text := blocks[0].Text
		if len(text) != 2 || text[0].Text != "Guides: 50%." || text[1].Text != "Rare: c, 7 say." {
			t.Errorf("the text is %q", text)
		}
		if got := text[0].Spans()[1]; got.Text != "50%" || got.Key != "prop_select_multiple @/@ tools %/% guide @/@ NA %/% NA" {
			t.Errorf("the figure is %+v", got)
		}
		if len(blocks[0].Notes) != 1 || blocks[0].Changed != "" {
			t.Errorf("a mark has its note, and nothing has changed: %+v", blocks[0])
		}
	}
	var typed, told int
	for _, l := range in.Safe.Ledger() {
		if l.Artifact != "report.en" {
			continue
		}
		if l.As == "commentary" && l.Value == "7" {
			typed++
		}
		if l.Key == "mean @/@ staff %/% NA @/@ NA %/% NA" && l.As == "text" {
			told++
		}
	}
	if typed != 1 || told == 0 {
		t.Errorf("%d numbers typed by hand stand in the ledger, %d figures", typed, told)
	}
	if !hasKind(findings, "commentary-number") {
		t.Errorf("a typed number is no figure: %v", findings)
	}
}

func TestCommentarySaysWhenItsFiguresHaveChanged(t *testing.T) {
	in := sample(t, "en")
	in.Own.Lines = []commentary.Line{comment("tools", "Guides are wanted."), comment("staff", "Few people.")}
	first, _, err := report.Compose(in)
	if err != nil {
		t.Fatal(err)
	}
	again := sample(t, "en")
	again.Own = report.Own{Lines: in.Own.Lines, Seen: first.Told}
	same, _, err := report.Compose(again)
	if err != nil || len(same.Changed) > 0 {
		t.Fatalf("the same figures have changed: %v %v", same.Changed, err)
	}
	id := in.Own.Lines[0].Fingerprint()
	for key := range first.Told[id] {
		first.Told[id][key] = "another"
	}
	changed, findings, err := report.Compose(again)
	if err != nil || !changed.Changed[id] || len(changed.Changed) != 1 || !hasKind(findings, "commentary-changed") {
		t.Fatalf("changed: %v, findings %v, %v", changed.Changed, findings, err)
	}
	said := 0
	for _, blocks := range commentaries(changed) {
		for _, b := range blocks {
			if b.Changed != "" && b.Text[0].Text == "Guides are wanted." {
				said++
			}
		}
	}
	if said != 1 {
		t.Errorf("the report says it %d times", said)
	}
	again.Own.Lines = slices.Clone(again.Own.Lines)
	again.Own.Lines[0].AsOf = "read again"
	if renewed, _, err := report.Compose(again); err != nil || len(renewed.Changed) > 0 {
		t.Errorf("a text that was looked at again speaks of today's figures: %v %v", renewed.Changed, err)
	}
}

func TestTitlesAndLabelsOfAnalystsStandInFigures(t *testing.T) {
	in := sample(t, "en")
	title := comment("tools", "Guides first: {tools:guide}")
	title.Kind = commentary.Title
	label := commentary.Line{Place: "tools", Choice: "helpdesk", Kind: commentary.ShortLabel, Language: "en", Text: "Somebody to call"}
	held := comment("threat", "All is {threat:yes} {tools:rare}")
	held.Kind = commentary.Title
	in.Own.Lines = []commentary.Line{title, label, held}
	r, findings, err := report.Compose(in)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, ch := range r.Chapters {
		for _, b := range ch.Blocks {
			f, is := b.(report.Figure)
			if is && f.ID == "f-tools" {
				found = f.Canvas.Title == "Guides first: 50%" && strings.Contains(strings.Join(texts(f.Canvas.Marks), "|"), "Somebody to call")
			}
			if is && strings.HasPrefix(f.Canvas.Title, "All is") {
				t.Error("a title tells a withheld figure")
			}
		}
	}
	if !found {
		t.Error("the figure has neither the title nor the label")
	}
	if !hasKind(findings, "commentary-withheld") {
		t.Errorf("findings: %v", findings)
	}
}

func hasKind(findings []finding.Finding, kind string) bool {
	return slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Kind == kind })
}
