package clean

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// separators stand between groups, items and choices in the names of columns.
const separators = "/.:-_"

// question finds the item that a name means, and the choice of it, or -1.
func (c *corrections) question(name string) (item *survey.Item, choice int32, ok bool) {
	if item := c.item(name); item != nil {
		return item, -1, true
	}
	for i := len(name) - 1; i > 0; i-- {
		if !strings.ContainsRune(separators, rune(name[i])) {
			continue
		}
		item := c.item(name[:i])
		if item == nil || item.Type != survey.SelectMultiple {
			continue
		}
		if code, ok := lookUp(c.dataset.Survey.List(item.List), name[i+1:]); ok {
			return item, code, true
		}
	}
	return nil, -1, false
}

// item finds an item by its name, or by its path with any separator.
func (c *corrections) item(name string) *survey.Item {
	if item, ok := c.dataset.Survey.Item(name); ok {
		return item
	}
	for i := range c.dataset.Survey.Items {
		item := &c.dataset.Survey.Items[i]
		if len(item.Path) == len(name) && strings.HasSuffix(name, item.Name) && samePath(name, item.Path) {
			return item
		}
	}
	return nil
}

func samePath(a, path string) bool {
	for i := range len(path) {
		if a[i] != path[i] && (path[i] != '/' || !strings.ContainsRune(separators, rune(a[i]))) {
			return false
		}
	}
	return true
}

// recode moves a text beside "other" into a choice: of the item that has the
// choice "other", and in whose condition the text stands.
func (c *corrections) recode(l *cleaninglog.Line, text *survey.Item, choice int32) {
	if l.UUID == cleaninglog.Everybody {
		c.refuse(l, "log-recode", "The line recodes a text for all responses.", "Write a line for each response.")
		return
	}
	parent, other := c.beside(text)
	if choice >= 0 || text.Type != survey.OpenText || parent == nil {
		c.refuse(l, "log-recode", "The line recodes an answer that is not the text beside a choice \"other\".", "Name the text item that specifies \"other\", or write change_response.")
		return
	}
	list := c.listOf(parent)
	code, ok := choiceOf(list, last(l.New, tidy(l.New)))
	if !ok || code == other {
		c.refuse(l, "log-new-value", "The new value is not a choice of "+parent.Name+", into which the text is to be moved.", "Write the name of a choice; add it to the form first if it is new.")
		return
	}
	here, there := c.of(l, text), c.of(l, parent)
	here.recode = append(here.recode, l)
	there.moved = append(there.moved, setting{line: l, code: code, on: true})
}

// beside returns the item whose choice "other" a text specifies, and the code of
// that choice; nil where there is none.
func (c *corrections) beside(text *survey.Item) (*survey.Item, int32) {
	s := c.dataset.Survey
	for i := range s.Items {
		item := &s.Items[i]
		if item.Level != text.Level || item.Type != survey.SelectOne && item.Type != survey.SelectMultiple {
			continue
		}
		code, ok := lookUp(s.List(item.List), "other")
		if !ok {
			continue
		}
		named := text.Name == item.Name+"_other" || text.Name == item.Name+"_specify" || text.Name == item.Name+"_other_specify"
		asked := slices.ContainsFunc(text.Relevant, func(r string) bool {
			return strings.Contains(r, "${"+item.Name+"}") && strings.Contains(r, s.List(item.List).Choices[code].Name)
		})
		if (named || asked) && c.dataset.Levels[item.Level].Layout.Has(item.Name) {
			return item, code
		}
	}
	return nil, -1
}

// variable is an item that the log adds.
type variable struct {
	item   survey.Item
	line   *cleaninglog.Line
	values map[string]*cleaninglog.Line // by identifier of the response
	rest   *cleaninglog.Line            // for every other response; nil for none
}

// declare notes the items that lines add.
func (c *corrections) declare(lines []cleaninglog.Line) {
	for i := range lines {
		l := &lines[i]
		if l.Type != cleaninglog.VariableAdded || c.variable(l.Question) != nil {
			continue
		}
		if item, _, has := c.question(l.Question); has {
			c.refuse(l, "log-variable-added", "The line adds an item that the form has already: "+item.Name+".", "Write change_response to change an answer to it, or give the new item another name.")
			continue
		}
		if !validName(l.Question) {
			c.refuse(l, "log-variable-added", "The name of the new item is none that an item can have.", "Use letters, digits and underscores, beginning with a letter.")
			continue
		}
		c.added = append(c.added, &variable{line: l, values: map[string]*cleaninglog.Line{}, item: survey.Item{
			Name: l.Question, Path: l.Question, Type: survey.OpenText, Role: survey.Sensitive, Derived: "cleaning log", Place: l.Place(),
			Label: survey.Text{c.dataset.Survey.Default: l.Question},
		}})
	}
	slices.SortFunc(c.added, func(a, b *variable) int { return strings.Compare(a.item.Name, b.item.Name) })
}

func validName(name string) bool {
	for i, r := range name {
		letter := r == '_' && i > 0 || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != "" && len(name) <= 64
}

func (c *corrections) variable(name string) *variable {
	for _, v := range c.added {
		if v.item.Name == name {
			return v
		}
	}
	return nil
}

// give notes the value that a line gives to a new item.
func (c *corrections) give(v *variable, l *cleaninglog.Line) {
	switch {
	case l.Type != cleaninglog.VariableAdded && l.Type != cleaninglog.ChangeResponse:
		c.refuse(l, "log-variable-added", "The line is about an item that the log adds, which has no answer yet.", "Write variable_added or change_response with the value, or take the line out.")
		return
	case !noValue(l.Old):
		c.refuse(l, "log-variable-added", "The line has an old value for an item that the log adds, which has no answer yet.", "Leave the old value empty.")
		return
	case l.Level != "" && !c.isLevel(0, l.Level):
		c.refuse(l, "log-level", "Items can be added for responses, not for rows of a repeat.", "Leave the level empty.")
		return
	}
	before := v.values[l.UUID]
	if l.UUID == cleaninglog.Everybody {
		before = v.rest
	}
	if before != nil && strings.TrimSpace(before.New) != strings.TrimSpace(l.New) && !noValue(before.New) {
		if noValue(l.New) && l.UUID == cleaninglog.Everybody {
			return
		}
		c.contradict(before, l)
		return
	}
	if l.UUID == cleaninglog.Everybody {
		v.rest = l
		c.counts.Applied++
		return
	}
	v.values[l.UUID] = l
}

// finish settles the types of new items: whole numbers, numbers, else texts.
func (v *variable) finish() {
	whole, number, some := true, true, false
	look := func(l *cleaninglog.Line) {
		if l == nil || noValue(l.New) {
			return
		}
		some = true
		_, ok := readAs(&survey.Item{Type: survey.Integer}, nil, l.New)
		whole = whole && ok
		_, ok = readAs(&survey.Item{Type: survey.Decimal}, nil, l.New)
		number = number && ok
	}
	look(v.rest)
	for _, l := range v.values {
		look(l)
	}
	switch {
	case some && whole:
		v.item.Type = survey.Integer
	case some && number:
		v.item.Type = survey.Decimal
	}
}

// takeOut notes an item that is to be taken out.
func (c *corrections) takeOut(l *cleaninglog.Line) {
	c.counts.Applied++
	item := c.item(l.Question)
	if item == nil || !item.Type.HasAnswer() || !c.dataset.Levels[item.Level].Layout.Has(item.Name) {
		c.tell(finding.Note, l, "log-variable-removed", "The item that the line takes out is not among the answers.", "Nothing to do.")
		return
	}
	if c.removed[item.Name] == nil {
		c.tell(finding.Note, l, "log-variable-removed", "The item "+item.Name+" was taken out of the answers, as the log says.", "Nothing to do.")
	}
	c.removed[item.Name] = l
}

// takenOut reports whether the log takes an item out.
func (c *corrections) takenOut(item string) bool { return c.removed[item] != nil }
