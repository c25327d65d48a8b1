package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// checkColumns reports what is the matter with the columns of a table, and
// enters them into the account.
func (u *input) checkColumns(t *table) {
	if u.interviews != nil {
		u.enterColumns(t)
		return
	}
	u.checkLabels(t)
	u.checkTwice(t)
	u.checkMarks(t)
	u.checkForm(t)
	u.checkRenames(t)
	u.checkMissing(t)
	u.enterColumns(t)
	if t.level == 0 {
		u.report.GroupSeparator, u.report.ChoiceSeparator, u.report.SelectMultiple, u.report.Labels = t.header.GroupSeparator, t.header.ChoiceSeparator, t.header.Style(), t.header.Language
	}
}

func (t *table) place(column string) finding.Place {
	if t.keys {
		return finding.Place{Sheet: records.Printable(t.sheet), Column: records.Printable(column)}
	}
	return finding.Place{Sheet: records.Printable(t.sheet), Row: int(t.first), Column: records.Printable(column)}
}

// checkTwice refuses two columns that mean the same.
func (u *input) checkTwice(t *table) {
	type meaning struct {
		role bind.Role
		item int
		code int32
		name string
	}
	seen := map[meaning]int{}
	for k, c := range t.header.Columns {
		m := meaning{c.Role, c.Item, c.Code, ""}
		switch {
		case c.Role == bind.Untitled, c.Role == bind.Ignored, len(c.Means) > 0:
			continue
		}
		switch c.Role {
		case bind.Unknown, bind.SetAside:
			m = meaning{role: c.Role, name: c.Name}
		}
		if c.Spoken != nil {
			m.name = c.Spoken.Language
		}
		first, twice := seen[m]
		if !twice {
			seen[m] = k
			continue
		}
		what := records.Printable(c.Name)
		if other := records.Printable(t.header.Columns[first].Name); other != what {
			what = other + " and " + what
		}
		u.add("duplicate-header", finding.Refusal, t.place(c.Name), fmt.Sprintf("Columns %d and %d mean the same: %s.", first+1, k+1, what), "Keep the one that counts: delete the other from the file, or name it under input.ignore.")
	}
}

// checkMarks warns of texts beside "other" for which the form has no item.
func (u *input) checkMarks(t *table) {
	for _, c := range t.header.Columns {
		if c.Marks != nil && c.Role == bind.Choice {
			name := u.survey.Items[c.Item].Name
			u.add("other-text", finding.Warning, t.place(c.Name), "The column holds what was written beside \"other\", and the form has no text item for it; only that \"other\" was chosen is read.", "Add a text item "+name+"_other to the form to keep the texts.")
		}
	}
}

// listed is how many names of columns or items a finding lists.
const listed = 50

// list joins names, and counts those beyond the first.
func list(names []string) string {
	if more := len(names) - listed; more > 0 {
		return strings.Join(names[:listed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// checkForm warns of columns that were found though their names are written
// otherwise: with marks that cannot be seen, or other capital letters.
func (u *input) checkForm(t *table) {
	var names []string
	for k, c := range t.header.Columns {
		if c.Otherwise && c.Role != bind.Ignored {
			names = append(names, fmt.Sprintf("%s (no. %d)", records.Printable(c.As), k+1))
		}
	}
	if len(names) > 0 {
		u.add("header-form", finding.Warning, t.place(""), fmt.Sprintf("%d column(s) are written with blanks, invisible marks or other capital letters than in the form; each has one meaning and was read so: %s.", len(names), list(names)), "Nothing to do; write them as in the form to have this gone.")
	}
}

// checkLabels refuses columns with a label that means several items or choices.
func (u *input) checkLabels(t *table) {
	columns := map[string][]int{}
	var order []string
	for k, c := range t.header.Columns {
		if len(c.Means) > 0 && c.Role == bind.Unknown {
			if columns[c.As] == nil {
				order = append(order, c.As)
			}
			columns[c.As] = append(columns[c.As], k)
		}
	}
	for _, label := range order {
		at := columns[label]
		means := t.header.Columns[at[0]].Means
		var numbers []string
		for _, k := range at {
			numbers = append(numbers, fmt.Sprint(k+1))
		}
		which := "Column " + numbers[0] + " bears"
		if len(at) > 1 {
			which = "Columns " + strings.Join(numbers, ", ") + " bear"
		}
		u.add("label-twice", finding.Refusal, t.place(t.header.Columns[at[0]].Name), fmt.Sprintf("%s the label %s, which several of the form have: %s.", which, records.Printable(label), strings.Join(means, ", ")),
			fmt.Sprintf("Say which is which under input.columns, for each of them, as in \"input.columns: {\\\"%s\\\": %s}\"; or export the answers again with XML values and headers in place of labels.", bind.Numbered(at[0]), means[0]))
	}
}

// checkRenames refuses renames that have no effect or name nothing.
func (u *input) checkRenames(t *table) {
	if t.level != 0 {
		return
	}
	var names []string
	byName := map[string]bind.Column{}
	for _, table := range u.tables {
		for k, c := range table.header.Columns {
			names = append(names, c.Name)
			if table.level == 0 {
				byName[bind.Numbered(k)] = c
			}
			if known, ok := byName[c.Name]; !ok || known.Role == bind.Unknown {
				byName[c.Name] = c
			}
		}
	}
	for _, from := range slices.Sorted(maps.Keys(u.source.Columns)) {
		c, ok := byName[from]
		switch {
		case !ok:
			u.add("unknown-rename", finding.Refusal, finding.Place{}, "input.columns speaks of a column "+records.Printable(from)+", which the file does not have."+suggest(from, names), "Correct the name, or remove the line.")
		case c.Role == bind.Unknown:
			u.add("unknown-rename", finding.Refusal, finding.Place{Column: records.Printable(from)}, "input.columns gives the column the name "+records.Printable(u.source.Columns[from])+", which is neither an item of the form nor a column of a collecting tool."+suggest(u.source.Columns[from], u.itemNames(0)), "Correct the name, or remove the line.")
		}
	}
}

// suggest names what a name may have been meant to be.
func suggest(name string, names []string) string {
	near := bind.Near(name, names)
	if len(near) == 0 {
		return ""
	}
	for i := range near {
		near[i] = records.Printable(near[i])
	}
	return " Like it: " + strings.Join(near, ", ") + "."
}

func (u *input) itemNames(level int) []string {
	var out []string
	for i := range u.survey.Items {
		if u.survey.Items[i].Level == level {
			out = append(out, u.survey.Items[i].Name)
		}
	}
	return out
}

// checkMissing refuses a file that lacks items of the form, unless the config
// says that it may.
func (u *input) checkMissing(t *table) {
	var unknown, meant []string
	for _, c := range t.header.Columns {
		if c.Role == bind.Unknown {
			unknown = append(unknown, c.Name)
		}
		meant = append(meant, c.Means...)
	}
	var missing []string
	for i := range u.survey.Items {
		item := &u.survey.Items[i]
		if item.Level != t.level || !holdsAnswers(item) || !t.lacks(i) || slices.ContainsFunc(meant, func(m string) bool { return m == item.Name || strings.HasPrefix(m, item.Name+"/") }) {
			continue
		}
		if item.Partial || bind.Listed(item.Name, u.source.Absent) {
			u.report.Absent = append(u.report.Absent, item.Today())
			continue
		}
		name := item.Name
		if near := bind.Near(item.Name, unknown); len(near) > 0 {
			name += " (perhaps the column " + records.Printable(near[0]) + ")"
		}
		missing = append(missing, name)
	}
	if len(missing) == 0 {
		return
	}
	place := t.place("")
	u.add("missing-columns", finding.Refusal, place, fmt.Sprintf("The file lacks columns for %d item(s) of the form: %s.", len(missing), list(missing)), "Name the columns that hold them under input.columns, or name the items under input.absent if they were not asked in these answers.")
}

// holdsAnswers reports whether a file must have a column for an item.
func holdsAnswers(item *survey.Item) bool {
	return item.Type.HasAnswer() && item.Role != survey.Identifying && item.Derived == "" && item.Given == ""
}

// itemElsewhere returns the level below the given one of which a column names an
// item or, with whatever between them, an item and a choice; 0 for none.
func (u *input) itemElsewhere(column string, level int) int {
	for i := range u.survey.Items {
		item := &u.survey.Items[i]
		if item.Level <= level {
			continue
		}
		rest, ok := strings.CutPrefix(column, item.Name)
		if ok && rest == "" {
			return item.Level
		}
		if !ok || item.Type != survey.SelectMultiple || len(rest) < 2 {
			continue
		}
		if _, listed := u.survey.List(item.List).Code(rest[1:]); listed {
			return item.Level
		}
	}
	return 0
}

// checkAbsent warns of entries of input.absent that speak of nothing.
func (u *input) checkAbsent() {
	for _, entry := range u.source.Absent {
		before, star := strings.CutSuffix(entry, "*")
		found := entry == "_validation_status" || entry == "ReviewState" || entry == "submitdate" // for the filter
		for i := range u.survey.Items {
			name := u.survey.Items[i].Name
			found = found || name == entry || star && strings.HasPrefix(name, before)
		}
		if !found {
			u.add("unknown-absent", finding.Warning, finding.Place{}, "input.absent speaks of "+records.Printable(entry)+", which the form does not have.", "Correct the name, or remove it.")
		}
	}
}

// enterColumns sorts the columns into the account and names those dropped.
func (u *input) enterColumns(t *table) {
	r := &u.report
	var unknown, repeated []string
	repeat := ""
	for k, c := range t.header.Columns[:len(t.header.Columns)-t.joined] {
		name := records.Printable(c.Name)
		role := c.Role
		if role == bind.Unknown && t.isApart(k) {
			role = bind.SetAside
		}
		switch role {
		case bind.Unknown:
			if len(c.Means) > 0 {
				continue
			}
			r.Unknown = append(r.Unknown, name)
			if level := u.itemElsewhere(c.As, t.level); level > 0 {
				repeated, repeat = append(repeated, name), levelName(u.survey, level)
				continue
			}
			unknown = append(unknown, name)
		case bind.SetAside, bind.Validation, bind.Review, bind.Submitted:
			r.SetAside = append(r.SetAside, name)
		case bind.Ignored:
			r.Ignored = append(r.Ignored, name)
		case bind.Untitled:
		default:
			r.Bound = append(r.Bound, name)
		}
	}
	if len(repeated) > 0 {
		u.add("repeat-in-table", finding.Warning, t.place(""), fmt.Sprintf("%d column(s) are items of a repeat and stand in the table of the level above; they were dropped: %s.", len(repeated), strings.Join(repeated, ", ")), "If each row holds one entry of the repeat, say so: \"survey.flat: ["+repeat+"]\"; otherwise export as XLSX, with a sheet for each repeat.")
	}
	if len(unknown) > 0 {
		place := t.place("")
		u.add("unknown-columns", finding.Warning, place, fmt.Sprintf("%d column(s) are not of the form and were dropped: %s.", len(unknown), list(unknown)), "Give them the name of their item under input.columns if they hold its answers; name them under input.ignore if not.")
	}
}
