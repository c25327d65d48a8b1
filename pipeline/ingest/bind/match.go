package bind

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// separators between groups, and between an item and a choice, in the order in
// which they are preferred when several explain the columns equally well.
var (
	groupSeparators  = []string{"/", ".", "_", "-", ":"}
	choiceSeparators = []string{"/", ".", "_", "-", ":", ": ", " - ", " / "}
)

// Match finds out what columns mean. level is that of the rows under them, or
// -1 for any. as gives columns another name, which they are then known by.
func Match(s *survey.Survey, level int, names []string, as map[string]string, ignore []string) Header {
	m := matcher{survey: s, level: level, names: make([]string, len(names)), plain: map[string]string{}}
	for i, name := range names {
		m.names[i] = name
		if other, ok := as[name]; ok {
			m.names[i] = other
		}
	}
	m.labels()
	m.lime = isLimeSurvey(m.names)
	var best Header
	for _, group := range groupSeparators {
		items := m.paths(group)
		for _, choice := range choiceSeparators {
			h := m.match(items, group, choice)
			if best.Columns == nil || h.Known > best.Known {
				best = h
			}
		}
	}
	best.byCase(s, level)
	for i := range best.Columns {
		c := &best.Columns[i]
		c.Name = names[i]
		if Listed(names[i], ignore) {
			*c = Column{Name: names[i], Role: Ignored}
		}
	}
	best.identify()
	return best
}

// matcher tries what columns may mean under one pair of separators after the
// other.
type matcher struct {
	survey  *survey.Survey
	level   int
	names   []string
	byLabel map[string]int
	lime    bool              // the columns are those of LimeSurvey
	plain   map[string]string // names as plain text, once they were asked for
}

const ambiguous = -1

// paths returns the names by which items may be known when groups are joined
// by a separator: their own, their path, and every end of it.
func (m *matcher) paths(sep string) map[string]int {
	items := map[string]int{}
	for i := range m.survey.Items {
		item := &m.survey.Items[i]
		if m.level >= 0 && item.Level != m.level {
			continue
		}
		parts := strings.Split(item.Path, "/")
		for k := range len(parts) - 1 {
			name := strings.Join(parts[k:], sep)
			if other, taken := items[name]; taken && other != i {
				items[name] = ambiguous
			} else {
				items[name] = i
			}
		}
	}
	for i := range m.survey.Items {
		if item := &m.survey.Items[i]; (m.level < 0 || item.Level == m.level) && item.Derived == "" {
			items[item.Name] = i // an item's own name always means the item
		}
	}
	return items
}

// labels gathers the labels that mean one item alone, by themselves and behind
// those of their groups: of the default language first, then of the others.
func (m *matcher) labels() {
	m.byLabel = map[string]int{}
	others := map[string]int{}
	groups := map[string]survey.Text{}
	for _, g := range m.survey.Groups {
		groups[g.Path] = g.Label
	}
	for _, l := range m.survey.Levels {
		if l.Path != "" {
			groups[l.Path] = l.Label
		}
	}
	for i := range m.survey.Items {
		item := &m.survey.Items[i]
		if m.level >= 0 && item.Level != m.level || item.Type == survey.Note || item.Derived != "" {
			continue
		}
		for tag, text := range item.Label {
			into := others
			if tag == m.survey.Default {
				into = m.byLabel
			}
			addLabel(into, text, i)
			for _, sep := range groupSeparators {
				name := text
				for path := parentPath(item.Path); path != ""; path = parentPath(path) {
					label, _ := groups[path].In(tag, "")
					if label == "" {
						label = path[strings.LastIndexByte(path, '/')+1:]
					}
					name = label + sep + name
					addLabel(into, name, i)
				}
			}
		}
	}
	for text, i := range others {
		if _, taken := m.byLabel[text]; !taken {
			m.byLabel[text] = i
		}
	}
}

func parentPath(path string) string { return path[:max(0, strings.LastIndexByte(path, '/'))] }

// addLabel adds what a label means; one that means several items means none.
func addLabel(into map[string]int, text string, item int) {
	if other, taken := into[text]; taken && other != item {
		into[text] = ambiguous
	} else if text != "" {
		into[text] = item
	}
}

func (m *matcher) match(items map[string]int, group, choice string) Header {
	h := Header{Columns: make([]Column, len(m.names)), LimeSurvey: m.lime}
	for i, name := range m.names {
		c, byPath, byLabel := m.column(items, name, choice)
		h.Columns[i] = c
		switch c.Role {
		case Unknown, Untitled:
			continue
		case Answer:
			h.Bound++
		case Choice:
			h.Bound++
			if !m.lime {
				h.ChoiceSeparator = choice
			}
		}
		h.Known++
		if byPath {
			h.GroupSeparator = group
		}
		if byLabel {
			h.ByLabel++
		}
	}
	return h
}

func (m *matcher) column(items map[string]int, name, choice string) (c Column, byPath, byLabel bool) {
	if strings.TrimSpace(name) == "" {
		return Column{Role: Untitled}, false, false
	}
	if len(name) > longestName {
		return c, false, false
	}
	c, byPath, byLabel = m.named(items, name, choice)
	if tidy := Tidy(name); c.Role == Unknown && tidy != name && tidy != "" {
		c, byPath, byLabel = m.named(items, tidy, choice)
		c.Otherwise = c.Role != Unknown
	}
	return c, byPath, byLabel
}

// named finds the meaning of a column by its name as it stands.
func (m *matcher) named(items map[string]int, name, choice string) (c Column, byPath, byLabel bool) {
	c.As = name
	if i, ok := items[name]; ok && i != ambiguous {
		return m.item(c, i), name != m.survey.Items[i].Name, false
	}
	if m.lime {
		if found, ok := m.limeColumn(items, c); ok {
			return found, false, false
		}
	}
	if i, code, path, ok := m.child(items, name, choice); ok {
		c.Role, c.Item, c.Code = Choice, i, code
		if m.survey.Items[i].Role == survey.Identifying {
			c.Role = SetAside
		}
		return c, path, false
	}
	if role, ok := toolColumn(name); ok {
		c.Role = role
		return c, false, false
	}
	if m.partOfPlace(items, name) {
		c.Role = SetAside
		return c, false, false
	}
	plain, ok := m.plain[name]
	if !ok {
		plain = survey.PlainText(name)
		m.plain[name] = plain
	}
	if i, ok := m.byLabel[plain]; ok && i != ambiguous {
		return m.item(c, i), false, true
	}
	if i, code, ok := m.labelledChild(plain, choice); ok {
		c.Role, c.Item, c.Code = Choice, i, code
		return c, false, true
	}
	if c, ok := m.spoken(items, c); ok {
		return c, false, false
	}
	return c, false, false
}

// item returns the column of an item: an answer, or set aside when its content
// is not to be read.
func (m *matcher) item(c Column, i int) Column {
	item := &m.survey.Items[i]
	c.Item, c.Role = i, Answer
	if !item.Type.HasAnswer() || item.Role == survey.Identifying {
		c.Role = SetAside
	}
	return c
}

// child finds the choice of a select_multiple whose column this is.
func (m *matcher) child(items map[string]int, name, sep string) (item int, code int32, byPath, ok bool) {
	for end := len(name); ; {
		at := strings.LastIndex(name[:end], sep)
		if at <= 0 {
			return 0, 0, false, false
		}
		end = at
		i, known := items[name[:at]]
		if !known || i == ambiguous || m.survey.Items[i].Type != survey.SelectMultiple {
			continue
		}
		if code, ok := m.survey.List(m.survey.Items[i].List).Code(name[at+len(sep):]); ok {
			return i, code, name[:at] != m.survey.Items[i].Name, true
		}
	}
}

// labelledChild does the same for columns named by labels.
func (m *matcher) labelledChild(name, sep string) (item int, code int32, ok bool) {
	for end := len(name); ; {
		at := strings.LastIndex(name[:end], sep)
		if at <= 0 {
			return 0, 0, false
		}
		end = at
		i, known := m.byLabel[strings.TrimSpace(name[:at])]
		if !known || i == ambiguous || m.survey.Items[i].Type != survey.SelectMultiple {
			continue
		}
		rest := strings.TrimSpace(name[at+len(sep):])
		if code, ok := choiceLabels(m.survey, m.survey.List(m.survey.Items[i].List))[rest]; ok && code >= 0 {
			return i, code, true
		}
	}
}

// partOfPlace reports whether a column is a part of a place or points to a file.
func (m *matcher) partOfPlace(items map[string]int, name string) bool {
	for _, suffix := range placeSuffixes {
		rest, ok := strings.CutSuffix(name, suffix)
		if !ok {
			continue
		}
		for _, candidate := range []string{rest, strings.TrimPrefix(rest, "_")} {
			i, ok := items[candidate]
			if !ok {
				i, ok = m.byLabel[candidate]
			}
			if ok && i != ambiguous && !m.survey.Items[i].Type.HasAnswer() {
				return true
			}
		}
	}
	return false
}
