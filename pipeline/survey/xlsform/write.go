package xlsform

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	guarded "github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Write returns a survey as an XLSX workbook in XLSForm. The same survey gives
// the same bytes: the workbook carries no date and no author. All cells are text
// and stay so, and wordings, which may be anything, are guarded. Read gives the
// survey back, but that the conditions of groups stand joined on each item.
func Write(s *survey.Survey) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", "survey"); err != nil {
		return nil, fmt.Errorf("writing the form: %w", err)
	}
	for _, sheet := range []struct {
		name string
		rows [][]any
	}{{"survey", surveyRows(s)}, {"choices", choicesRows(s)}, {"settings", settingsRows(s)}} {
		if err := writeSheet(f, sheet.name, sheet.rows); err != nil {
			return nil, fmt.Errorf("writing the sheet %s of the form: %w", sheet.name, err)
		}
	}
	err := f.SetDocProps(&excelize.DocProperties{Creator: "Soundings", LastModifiedBy: "Soundings", Created: epoch, Modified: epoch})
	if err != nil {
		return nil, fmt.Errorf("writing the form: %w", err)
	}
	content, err := f.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("writing the form: %w", err)
	}
	return guarded.Repack(content.Bytes())
}

// epoch stands where a workbook must have a date.
const epoch = "2000-01-01T00:00:00Z"

func writeSheet(f *excelize.File, name string, rows [][]any) error {
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	for i, cells := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := f.SetSheetRow(name, at, &cells); err != nil {
			return err
		}
	}
	if err := f.SetColWidth(name, "A", "C", 24); err != nil {
		return err
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: guarded.TextFormat}) // so that no condition becomes a formula when it is edited
	if err != nil {
		return err
	}
	if err := f.SetColStyle(name, "A:AZ", text); err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	if err := f.SetRowStyle(name, 1, 1, bold); err != nil {
		return err
	}
	return f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func surveyRows(s *survey.Survey) [][]any {
	header := []any{"type", "name"}
	for _, key := range []string{"label", "label_short", "hint", "constraint_message"} {
		header = append(header, titles(s, key)...)
	}
	header = append(header, "required", "relevant", "constraint", "calculation", "choice_filter", "appearance", "role", "chapter")
	rows := [][]any{header}
	var open []string // path of the groups that are open
	for i := range s.Items {
		item := &s.Items[i]
		segments := strings.Split(item.Path, "/")
		groups := segments[:len(segments)-1]
		shared := 0
		for shared < len(open) && shared < len(groups) && open[shared] == groups[shared] {
			shared++
		}
		rows = closeGroups(s, rows, open, shared)
		for n := shared; n < len(groups); n++ {
			rows = append(rows, beginRow(s, strings.Join(groups[:n+1], "/"), groups[n]))
		}
		open = groups
		rows = append(rows, itemRow(s, item, segments[len(segments)-1]))
	}
	return closeGroups(s, rows, open, 0)
}

func closeGroups(s *survey.Survey, rows [][]any, open []string, down int) [][]any {
	for n := len(open); n > down; n-- {
		word := "end_group"
		if _, repeat := levelAt(s, strings.Join(open[:n], "/")); repeat {
			word = "end_repeat"
		}
		rows = append(rows, []any{word})
	}
	return rows
}

func levelAt(s *survey.Survey, path string) (survey.Level, bool) {
	for _, l := range s.Levels {
		if l.Path == path && l.Parent >= 0 {
			return l, true
		}
	}
	return survey.Level{}, false
}

func beginRow(s *survey.Survey, path, name string) []any {
	word, label := "begin_group", survey.Text(nil)
	if l, repeat := levelAt(s, path); repeat {
		word, label = "begin_repeat", l.Label
	}
	for _, g := range s.Groups {
		if g.Path == path {
			label = g.Label
		}
	}
	return append([]any{word, name}, wordings(s, label)...)
}

func itemRow(s *survey.Survey, item *survey.Item, name string) []any {
	row := []any{typeWord(item), name}
	for _, text := range []survey.Text{item.Label, item.Short, item.Hint, item.Message} {
		row = append(row, wordings(s, text)...)
	}
	required := ""
	if item.Required {
		required = "yes"
	}
	return append(row, required, conjunction(item.Relevant), item.Constraint, item.Calculate, item.Filter, item.Appearance, string(item.Role), item.Chapter)
}

// conjunction joins conditions so that all must hold.
func conjunction(conditions []string) string {
	if len(conditions) < 2 {
		return strings.Join(conditions, "")
	}
	return "(" + strings.Join(conditions, ") and (") + ")"
}

// typeWord returns the type as the form has it. Which metadata an item holds
// is told by its name where that is a type, else it is called metadata.
func typeWord(item *survey.Item) string {
	switch {
	case item.Type.HasChoices():
		return string(item.Type) + " " + item.List
	case item.Type == survey.Metadata:
		if of, ok := simpleType(item.Name); ok && of == survey.Metadata {
			return item.Name
		}
	case item.Type == survey.Media:
		return "file"
	}
	return string(item.Type)
}

func choicesRows(s *survey.Survey) [][]any {
	header := append([]any{"list_name", "name"}, append(titles(s, "label"), titles(s, "label_short")...)...)
	rows := [][]any{append(header, "score")}
	for _, list := range s.Lists {
		for _, c := range list.Choices {
			score := ""
			if c.Score != nil {
				score = strconv.FormatFloat(*c.Score, 'f', -1, 64)
			}
			row := append([]any{list.Name, c.Name}, append(wordings(s, c.Label), wordings(s, c.Short)...)...)
			rows = append(rows, append(row, score))
		}
	}
	return rows
}

func settingsRows(s *survey.Survey) [][]any {
	base := ""
	for _, l := range s.Languages {
		if l.Tag == s.Default {
			base = l.Name
		}
	}
	return [][]any{
		append(titles(s, "form_title"), "form_id", "version", "default_language"),
		append(wordings(s, s.Title), s.ID, s.Version, base),
	}
}

// titles returns the titles of a column in each language.
func titles(s *survey.Survey, key string) []any {
	var out []any
	for _, l := range s.Languages {
		out = append(out, key+"::"+l.Name)
	}
	return out
}

func wordings(s *survey.Survey, text survey.Text) []any {
	var out []any
	for _, l := range s.Languages {
		out = append(out, guarded.Guard(text[l.Tag]))
	}
	return out
}
