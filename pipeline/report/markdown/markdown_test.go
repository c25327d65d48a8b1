package markdown

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/report"
)

// read is what CommonMark makes of an inline text without markup: backslashes
// before punctuation go.
func read(text string) string {
	return regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])").ReplaceAllString(text, "$1")
}

func TestTextsStayTexts(t *testing.T) {
	for text, want := range map[string]string{
		"plain, 23%":              "plain, 23%",
		"# no heading":            `\# no heading`,
		"- no item":               `\- no item`,
		"+ no item":               `\+ no item`,
		"1. no item":              `1\. no item`,
		"12) no item":             `12\) no item`,
		"1.5 is a number":         "1.5 is a number",
		"a\n\n# b":                "a # b",
		"<script>x</script>":      `\<script\>x\</script\>`,
		"[x](http://y)":           `\[x\](http\://y)`,
		"see www.example.org":     `see www\.example.org`,
		"a@b.org":                 `a\@b.org`,
		"javascript:x":            `javascript\:x`,
		"a | b":                   `a \| b`,
		"&lt;":                    `\&lt;`,
		"ends in \\":              `ends in \\`,
		"a\u202eb":                "ab",
		"\u206623%\u2069 a":       "\u206623%\u2069 a",
		"\u2066 not ended":        "not ended",
		"*a* _b_ `c` ~~d~~ {{e}}": "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\{\\{e\\}\\}",
	} {
		if got := Escape(text); got != want {
			t.Errorf("Escape(%q) is %q, want %q", text, got, want)
		}
	}
}

// Whatever a text is, it is one line, reads as itself, and no sign that could
// mean more stands in it without a backslash.
func TestEveryTextReadsAsItself(t *testing.T) {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{"#", "-", "+", "1", ".", ")", "*", "_", "[", "]", "(", "<", ">", "&", "|", "\\", "`", "~", "http", "://", "www", ":", "mailto", "@", "x", " ", "\n", "\t", "\u2066", "\u2069", "\u202e", "=", "!", "é", "ن"}), 0, 14)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(parts.Draw(t, "text"), "")
		got := Escape(text)
		want := strings.Join(strings.FieldsFunc(balanced(text), blank), " ")
		if read(got) != want {
			t.Fatalf("%q became %q, which reads %q", text, got, read(got))
		}
		bare := regexp.MustCompile(`\\[!-~]`).ReplaceAllString(got, "§") // what stood apart must not meet
		if strings.ContainsAny(bare, special+"\n") || strings.Contains(bare, "://") || html.UnescapeString(bare) != bare {
			t.Fatalf("%q became %q", text, got)
		}
		if regexp.MustCompile(`^([#+\-=!:]|[0-9]+[.)]( |$))`).MatchString(got) {
			t.Fatalf("%q began a block: %q", text, got)
		}
	})
}

func TestSummariesHoldFindingsNeedsAndHowToCite(t *testing.T) {
	got := string(Write(&report.Report{
		Lang: "en", Title: "A [survey]", Notice: "Made\nup", Tabled: true,
		Words: report.Words{Notice: "Please note", Rank: "Rank", Part: "Part", Score: "Score", Interval: "Interval", Base: "n", Tables: "Tables"},
		Chapters: []report.Chapter{
			{ID: "summary", Title: "In brief", Blocks: []report.Block{
				report.Facts{Facts: []report.Fact{{Label: "Responses", Value: report.Plain("412")}}},
				report.Points{Points: []report.Point{{Topic: "Tools", Figure: "f-tools", Text: report.Plain("Guide 40%")}}}}},
			{ID: "toolkit", Title: "Toolkit", Blocks: []report.Block{report.Needs{Needs: []report.Need{{Rank: "1", Label: "Guide|s", Score: "0.4", Base: "98"}, {Label: "Rest", Score: "c", Base: "98"}}}}},
			{ID: "chapter-1", Title: "Who", Blocks: []report.Block{
				report.Figure{ID: "f-a", Label: "Region", Canvas: &canvas.Figure{Title: "Most often: North (60%)"}, Table: report.Table{Header: []string{"Answer", "Share", "n"}, Rows: []report.TableRow{{Head: "North", Cells: []report.Cell{{Text: "60%"}, {Text: "90"}}}}}},
				report.Figure{ID: "f-b", Label: "Folded", Folded: true, Canvas: &canvas.Figure{Title: "no"}},
				report.Withheld{Label: "Threats", Text: report.Plain("Withheld")}}},
			{ID: "methods", Title: "Methods", Blocks: []report.Block{report.List{Items: []report.Prose{report.Plain("not here")}}}},
			{ID: "cite", Title: "Cite", Blocks: []report.Block{report.Paragraph{Text: report.Plain("A survey.")}}},
		},
	}))
	want := "# [A \\[survey\\]](report.en.html)\n\n> **Please note**\\\n> Made up\n\n## In brief\n\n|  |  |\n| --- | --- |\n| Responses | 412 |\n\n- **[Tools](figures/f-tools.en.png)**\\\n  Guide 40%\n\n" +
		"## Toolkit\n\n| Rank | Part | Score | Interval | n |\n| --- | --- | --- | --- | --- |\n| 1 | Guide\\|s | 0.4 |  | 98 |\n| – | Rest | c |  | 98 |\n\n" +
		"## Who\n\n- **[Region](figures/f-a.en.png)**\\\n  Most often: North (60%) (n = 90)\n- **Threats**\\\n  Withheld\n\n## Cite\n\nA survey.\n\n[Tables](tables.en.html)\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
