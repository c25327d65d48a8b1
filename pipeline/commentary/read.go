package commentary

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Columns returns the columns of a sheet of commentary. The last holds what
// stands in the report now, for who writes; it is not read.
func Columns() []string {
	return []string{"place", "choice", "kind", "language", "text", "as_of", "now"}
}

// Read reads a sheet of commentary, CSV or XLSX. Lines without a text are
// passed over, but for those that hide. What cannot be understood is refused.
func Read(file string, content []byte) ([]Line, []finding.Finding) {
	refused := func(row int, problem, remedy string) []finding.Finding {
		return []finding.Finding{{Stage: "survey", Kind: "commentary", Severity: finding.Refusal, Place: finding.Place{File: file, Row: row}, Problem: problem, Remedy: remedy}}
	}
	rows, err := sheet.Read(content)
	if err != nil {
		return nil, refused(sheet.Unread(err))
	}
	if len(rows) == 0 {
		return nil, nil
	}
	at := map[string]int{}
	for i, cell := range rows[0].Cells {
		name := strings.ToLower(strings.TrimSpace(cell))
		if _, twice := at[name]; twice || !slices.Contains(Columns(), name) {
			if name == "" {
				continue
			}
			return nil, refused(rows[0].Number, fmt.Sprintf("Column %d of the sheet of commentary is not known, or stands there twice.", i+1), "The columns are: "+strings.Join(Columns(), ", ")+".")
		}
		at[name] = i
	}
	for _, need := range []string{"place", "text"} {
		if _, has := at[need]; !has {
			return nil, refused(rows[0].Number, "The sheet of commentary has no column "+need+".", "The columns are: "+strings.Join(Columns(), ", ")+".")
		}
	}
	var lines []Line
	for _, r := range rows[1:] {
		cell := func(name string) string {
			if i, has := at[name]; has && i < len(r.Cells) {
				return strings.TrimSpace(sheet.Bare(r.Cells[i]))
			}
			return ""
		}
		l := Line{
			Place: cell("place"), Choice: cell("choice"), Kind: Kind(strings.ToLower(cell("kind"))), Language: cell("language"),
			Text: cell("text"), AsOf: cell("as_of"), At: finding.Place{File: file, Row: r.Number},
		}
		if l.Kind == "" {
			l.Kind = Comment
		}
		if l.Text != "" || l.Kind == Hide {
			lines = append(lines, l)
		}
	}
	return lines, nil
}

// Entry is a line in the config, with its text in each language.
type Entry struct {
	Place  string      `yaml:"place"`
	Choice string      `yaml:"choice"`
	Kind   Kind        `yaml:"kind"`
	Text   survey.Text `yaml:"text"`
	AsOf   string      `yaml:"as_of"`
}

// Lines returns the lines of an entry that stands at a place of the config.
func (e Entry) Lines(at finding.Place) []Line {
	l := Line{Place: e.Place, Choice: e.Choice, Kind: e.Kind, AsOf: e.AsOf, At: at}
	if l.Kind == "" {
		l.Kind = Comment
	}
	if l.Kind == Hide {
		return []Line{l}
	}
	var out []Line
	for _, tag := range slices.Sorted(maps.Keys(e.Text)) {
		l.Language, l.Text = tag, strings.TrimSpace(e.Text[tag])
		if l.Text != "" {
			out = append(out, l)
		}
	}
	return out
}
