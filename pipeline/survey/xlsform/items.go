package xlsform

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// group is a group or a repeat that is open while the rows are read.
type group struct {
	closes   step // the row that closes it
	name     string
	path     string
	relevant []string
	level    int
	chapter  string
	list     string // list of the rows of a matrix that the form builder makes
	row      row
}

// reading is the state of going down the survey sheet.
type reading struct {
	*reader
	sheet     *sheet
	out       *survey.Survey
	open      []group
	paths     map[string]int    // path of an item, group or repeat to its row
	items     map[string]int    // name of an item to its row
	lists     map[string]int    // name of a list to its index
	uses      map[string]int    // how often a list is used ...
	narrow    map[string]int    // ... and how often with a choice_filter
	levels    map[string]bool   // names of levels
	alike     map[string]string // names of items in small letters
	nearLists map[string]string // bare form of the name of a list to its name
}

// readItems reads the survey sheet: items, groups and repeats.
func (r *reader) readItems(s *sheet, out *survey.Survey) {
	r.names, r.filtered = map[string]bool{}, map[string]bool{}
	out.Levels = []survey.Level{{Name: survey.RespondentLevel, Parent: -1}}
	if !r.required(s, "type", "name") {
		return
	}
	in := &reading{reader: r, sheet: s, out: out, paths: map[string]int{}, items: map[string]int{}, lists: map[string]int{}, uses: map[string]int{}, narrow: map[string]int{}, levels: map[string]bool{survey.RespondentLevel: true}, alike: map[string]string{}}
	for i, l := range r.lists {
		in.lists[l.Name] = i
	}
	for _, each := range s.rows {
		in.readRow(each)
	}
	for _, g := range in.open {
		r.add("unbalanced-group", finding.Refusal, s.place(g.row, "type"), "The "+g.kind()+" "+g.name+" is never closed.", "Add an end_"+g.kind()+" row after its last question.")
	}
	for list, uses := range in.uses {
		r.filtered[list] = uses == in.narrow[list]
	}
	in.addOthers()
	r.checkDoubles()
	if len(out.Items) == 0 && !finding.Refused(r.findings.All()) {
		r.add("empty-form", finding.Refusal, finding.Place{File: s.file, Sheet: s.name}, "The sheet has no questions.", "Check that this is the form, and that its questions stand below the titles of the columns.")
	}
}

// required reports whether a sheet has the columns that it cannot do without,
// and a finding for each that it has not.
func (r *reader) required(s *sheet, keys ...string) bool {
	all := true
	for _, key := range keys {
		if !s.has(key) {
			all = false
			r.add("missing-column", finding.Refusal, finding.Place{File: s.file, Sheet: s.name, Row: s.header}, "The sheet has no column "+key+".", "Add the column "+key+"; the titles of columns stand in the first row.")
		}
	}
	return all
}

func (in *reading) readRow(each row) {
	cell, title := in.sheet.cell(each, "type")
	if off, _ := in.sheet.cell(each, "disabled"); truth(off) == yes {
		return
	}
	if cell == "" {
		if name, column := in.sheet.cell(each, "name"); name != "" {
			in.add("missing-type", finding.Refusal, in.sheet.place(each, column), "The row has the name "+name+" and no type.", "Write its type, or delete the row. The types are: "+admittedTypes+".")
		}
		return
	}
	k := parseType(cell)
	switch {
	case k.step == unknownStep:
		in.add("unknown-type", finding.Refusal, in.sheet.place(each, title), "The type “"+shorten(cell)+"” is not known.", "Write one of: "+admittedTypes+".")
	case k.refused != "":
		in.add("unsupported-type", finding.Refusal, in.sheet.place(each, title), "An item of the type “"+shorten(cell)+"” "+k.refused+", which is not read.",
			"Put the choices on the choices sheet and use select_one or select_multiple, or make the item a text.")
	case k.step == beginGroup || k.step == beginRepeat:
		in.begin(each, k)
	case k.step == endGroup || k.step == endRepeat:
		in.end(each, k, title)
	case k.step == ask:
		in.readItem(each, cell, k)
	}
}

func (g group) kind() string {
	if g.closes == endRepeat {
		return "repeat"
	}
	return "group"
}

// top returns the innermost open group, or the form itself.
func (in *reading) top() group {
	if len(in.open) == 0 {
		return group{}
	}
	return in.open[len(in.open)-1]
}

func (in *reading) begin(each row, k kind) {
	outer := in.top()
	g := group{closes: endGroup, level: outer.level, chapter: outer.chapter, path: outer.path, relevant: outer.relevant, row: each}
	g.name, _ = in.sheet.cell(each, "name")
	g.list, _ = in.sheet.cell(each, "kobo_list")
	label := in.sheet.text(each, "label")
	if chapter, _ := in.sheet.cell(each, "chapter"); chapter != "" {
		g.chapter = chapter
	}
	if k.step == beginRepeat {
		g.closes = endRepeat
	}
	if in.nameOf(each, g.name, k.step == beginGroup) && g.name != "" {
		g.path = join(outer.path, g.name)
		in.names[g.name] = true
		if first, twice := in.paths[g.path]; twice {
			in.add("duplicate-name", finding.Warning, in.sheet.place(each, "name"), fmt.Sprintf("The name %s is already used in row %d of the same group.", g.name, first), "Give each group a name of its own.")
		} else {
			in.paths[g.path] = each.number
		}
	}
	if own := in.condition(each, "relevant", finding.Refusal); own != "" {
		g.relevant = append(append([]string(nil), outer.relevant...), own)
	}
	if k.step == beginRepeat {
		g.level = in.level(each, g, outer.level, label)
	} else if g.path != outer.path {
		in.out.Groups = append(in.out.Groups, survey.Group{Name: g.name, Path: g.path, Label: label})
	}
	if len(in.open) == maxDepth {
		in.add("deep-group", finding.Refusal, in.sheet.place(each, "type"), fmt.Sprintf("Groups stand more than %d deep in each other.", maxDepth), "Close a group before opening the next.")
		g.relevant, g.path = outer.relevant, outer.path
	}
	in.open = append(in.open, g)
}

// level adds the level of a repeat and returns its index.
func (in *reading) level(each row, g group, parent int, label survey.Text) int {
	if in.levels[g.name] {
		in.add("duplicate-name", finding.Refusal, in.sheet.place(each, "name"), "The repeat's name "+g.name+" is already that of a level of answers.", "Give each repeat a name of its own, and none the name "+survey.RespondentLevel+".")
		return parent
	}
	in.levels[g.name] = true
	in.out.Levels = append(in.out.Levels, survey.Level{Name: g.name, Parent: parent, Path: g.path, Label: label})
	return len(in.out.Levels) - 1
}

func (in *reading) end(each row, k kind, title string) {
	if len(in.open) == 0 {
		in.add("unbalanced-group", finding.Refusal, in.sheet.place(each, title), "A group or repeat is closed here that was never opened.", "Delete the row, or add the row that opens the group.")
		return
	}
	g := in.top()
	in.open = in.open[:len(in.open)-1]
	if g.closes != k.step {
		in.add("unbalanced-group", finding.Refusal, in.sheet.place(each, title),
			fmt.Sprintf("The %s %s of row %d is open here, and this row closes the other kind.", g.kind(), g.name, g.row.number), "Write end_"+g.kind()+", or close the groups in the order in which they were opened.")
	}
}

// A name is what an XML element may be called.
var validName = regexp.MustCompile(`^[\pL_][\pL\pM\pN_.\-]*$`)

const maxName = 255 // bytes of a name

// nameOf checks a name; empty ones are let pass where the form may leave them out.
func (in *reading) nameOf(each row, name string, mayBeEmpty bool) bool {
	_, title := in.sheet.cell(each, "name")
	switch {
	case name == "" && mayBeEmpty:
		in.add("missing-name", finding.Warning, in.sheet.place(each, title), "The group has no name.", "Give it a name, so that columns with the path of the group are recognised.")
	case name == "":
		in.add("missing-name", finding.Refusal, in.sheet.place(each, title), "The row has no name.", "Write a name: letters, digits, _, - and ., beginning with a letter or _.")
		return false
	case taken(name):
		in.add("reserved-name", finding.Refusal, in.sheet.place(each, title), "The name "+name+" is that of a column which collecting tools add.", "Give it another name.")
		return false
	case len(name) > maxName || !validName.MatchString(name):
		in.add("bad-name", finding.Refusal, in.sheet.place(each, title), "The name “"+shorten(name)+"” cannot be that of a question.", "Use letters, digits, _, - and . only, beginning with a letter or _.")
		return false
	}
	return true
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}

// shorten keeps a cell that is quoted in a message short.
func shorten(s string) string {
	const most = 60
	letters := []rune(s)
	if len(letters) <= most {
		return s
	}
	return strings.TrimSpace(string(letters[:most])) + "…"
}

type answer int

const (
	no answer = iota
	yes
	neither
)

// truth reads a cell that says yes or no, or holds a condition.
func truth(cell string) answer {
	switch strings.ReplaceAll(strings.ToLower(cell), " ", "") {
	case "", "no", "false", "false()", "0", "n", "non", "f":
		return no
	case "yes", "true", "true()", "1", "y", "t":
		return yes
	}
	return neither
}
