package quotes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// translation begins the name of a column with a translation: text_fr.
const translation = "text_"

// columns are those of the sheet that are read, without translations.
func columns() []string {
	return []string{"quote", "code", "language", "text", "approved_by", "hash"}
}

// passed are columns of the bank that may stand in the sheet too, so that lines
// can be copied.
func passed() []string {
	return []string{"item", "may_quote", "cell", "large_enough", "words", "start", "end", "replaced", "answer", "status"}
}

// Read reads a sheet of approved quotes, CSV or XLSX. What cannot be understood
// is refused: a misspelt column must not look like one that is not there. also
// are further columns to pass over.
func Read(file string, content []byte, also ...string) ([]Line, []finding.Finding) {
	refused := func(row int, problem, remedy string) []finding.Finding {
		return []finding.Finding{{Stage: "quotes", Kind: "quotes-sheet", Severity: finding.Refusal, Place: finding.Place{File: file, Row: row}, Problem: problem, Remedy: remedy}}
	}
	rows, err := sheet.Read(content)
	if err != nil {
		return nil, refused(sheet.Unread(err))
	}
	if len(rows) == 0 {
		return nil, nil
	}
	at := map[string]int{}
	known := "The columns are: " + strings.Join(columns(), ", ") + ", and text_fr for a translation into French, and so on."
	for i, cell := range rows[0].Cells {
		name := strings.TrimSpace(sheet.Bare(cell))
		if name == "" || slices.Contains(passed(), name) || slices.Contains(also, name) {
			continue
		}
		if name == "_id" {
			return nil, refused(rows[0].Number, "The sheet of quotes holds identifiers of respondents.", "Take the column _id out: it belongs in the restricted folder alone.")
		}
		tag, translated := strings.CutPrefix(name, translation)
		if _, twice := at[name]; twice || !slices.Contains(columns(), name) && (!translated || tag == "") {
			return nil, refused(rows[0].Number, fmt.Sprintf("Column %d of the sheet of quotes is not known, or stands there twice.", i+1), known)
		}
		at[name] = i
	}
	for _, need := range columns() {
		if _, has := at[need]; !has {
			return nil, refused(rows[0].Number, "The sheet of quotes has no column "+need+".", known)
		}
	}
	var lines []Line
	for _, r := range rows[1:] {
		cell := func(name string) string {
			if i, has := at[name]; has && i < len(r.Cells) {
				return strings.TrimSpace(unturned(sheet.Bare(r.Cells[i])))
			}
			return ""
		}
		l := Line{
			Quote: cell("quote"), Code: cell("code"), Language: cell("language"), Text: cell("text"), Translations: map[string]string{},
			ApprovedBy: cell("approved_by"), Hash: strings.ToLower(cell("hash")), At: finding.Place{File: file, Row: r.Number},
		}
		for name := range at {
			if tag, is := strings.CutPrefix(name, translation); is && cell(name) != "" {
				l.Translations[tag] = cell(name)
			}
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// Sheet returns lines as rows of a sheet under a header, each with what would be
// told of items of the respondent (beside), the whole answer, the fingerprint that
// it has now, and what is said of it. Where the words, or what is told, are not
// what was approved, who approved them is left out.
func Sheet(lines []Line, beside []string, status map[int][]string) [][]string {
	var tags []string
	for _, l := range lines {
		for tag := range l.Translations {
			tags = append(tags, tag)
		}
	}
	slices.Sort(tags)
	tags = slices.Compact(tags)
	head := []string{"quote", "code", "language", "text"}
	for _, tag := range tags {
		head = append(head, translation+tag)
	}
	head = append(append(head, beside...), "answer")
	out := [][]string{append(head, "approved_by", "hash", "status")}
	for i, l := range lines {
		row := []string{l.Quote, l.Code, l.Language, l.Text}
		for _, tag := range tags {
			row = append(row, l.Translations[tag])
		}
		for _, item := range beside {
			at := slices.IndexFunc(l.Told, func(t Told) bool { return t.Item == item })
			if at < 0 {
				row = append(row, "")
				continue
			}
			row = append(row, l.Told[at].Choice)
		}
		row = append(row, l.Answer)
		by, now := l.ApprovedBy, l.Fingerprint()
		if l.Hash != now {
			by = ""
		}
		out = append(out, append(row, by, now, strings.Join(status[i], " ")))
	}
	return out
}
