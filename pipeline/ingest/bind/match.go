package bind

import (
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// separators between groups, and between an item and a choice, in the order in
// which they are preferred when several explain the columns equally well.
var (
	groupSeparators  = []string{"/", ".", "_", "-", ":"}
	choiceSeparators = []string{"/", ".", "_", "-", ":", ": ", " - ", " / ", "["}
)

// Match finds out what columns mean. level is that of the rows under them, or
// -1 for any. as gives columns another name, which they are then known by; its
// keys are names of columns, or "#7" for the seventh.
//
// Columns bear names or labels of the form. An export has labels in one
// language: the one that explains the most columns is taken to be it, and its
// labels go before those of other languages. Names go first where they explain
// as much.
func Match(s *survey.Survey, level int, names []string, as map[string]string, ignore []string) Header {
	m := newMatcher(s, level, names, as)
	best, bestOwn := m.tried("")
	for _, tag := range m.languages() {
		if bestOwn == m.titled || !best.bearsLabels() {
			break
		}
		if h, own := m.tried(tag); own > bestOwn {
			best, bestOwn = h, own
		}
	}
	best.byCase(s, level)
	for i := range best.Columns {
		c := &best.Columns[i]
		c.Name = names[i]
		if Listed(names[i], ignore) || Listed(Numbered(i), ignore) {
			*c = Column{Name: names[i], Role: Ignored}
		}
	}
	best.settle(s)
	best.identify()
	return best
}

// settle drops the meanings of labels that other columns have already: a column
// of which none is left is not of the form.
func (h *Header) settle(s *survey.Survey) {
	for i := range h.Columns {
		c := &h.Columns[i]
		left := slices.ContainsFunc(c.Means, func(meaning string) bool {
			return !slices.ContainsFunc(h.Columns, func(other Column) bool {
				if other.Role != Answer && other.Role != Choice {
					return false
				}
				name := s.Items[other.Item].Name
				if other.Role == Choice {
					name += "/" + s.List(s.Items[other.Item].List).Choices[other.Code].Name
				}
				return name == meaning
			})
		})
		if !left {
			c.Means = nil
		}
	}
}

// bearsLabels reports whether any column was found by a label, or bears one that
// means several things.
func (h *Header) bearsLabels() bool {
	return h.ByLabel > 0 || slices.ContainsFunc(h.Columns, func(c Column) bool { return len(c.Means) > 0 })
}

// matcher tries what columns may mean under one pair of separators after the
// other, and in one language after the other.
type matcher struct {
	survey  *survey.Survey
	level   int
	names   []string
	renamed []bool
	plain   []string // the names as labels stand in a survey
	lime    bool     // the columns are those of LimeSurvey
	titled  int      // columns that have a name

	utterances [][]utterance // what each may be beside an answer

	tag    string         // language of the labels tried, "" for names
	own    map[string]int // what columns of an export with such labels are called, "" for names
	others map[string]int // labels of all languages, of the default one first
	lists  map[string]map[string]int32
}

const ambiguous = -1

// Numbered names a column by its place.
func Numbered(column int) string { return "#" + strconv.Itoa(column+1) }

func newMatcher(s *survey.Survey, level int, names []string, as map[string]string) *matcher {
	m := &matcher{survey: s, level: level, names: make([]string, len(names)), renamed: make([]bool, len(names)), plain: make([]string, len(names)), utterances: make([][]utterance, len(names))}
	for i, name := range names {
		m.names[i] = name
		if other, ok := as[name]; ok {
			m.names[i], m.renamed[i] = other, true
		}
		if other, ok := as[Numbered(i)]; ok {
			m.names[i], m.renamed[i] = other, true
		}
		if len(m.names[i]) <= longestName {
			m.plain[i] = survey.PlainText(m.names[i])
			m.utterances[i] = utterances(m.names[i])
		}
		if strings.TrimSpace(m.names[i]) != "" {
			m.titled++
		}
	}
	m.lime = isLimeSurvey(m.names)
	return m
}

// languages returns the languages of the form, the default one first.
func (m *matcher) languages() []string {
	var out []string
	if m.survey.Default != "" {
		out = append(out, m.survey.Default)
	}
	for _, l := range m.survey.Languages {
		if l.Tag != m.survey.Default {
			out = append(out, l.Tag)
		}
	}
	return out
}

// tried returns what the columns mean in an export with names, or with labels
// of a language, under the separators that explain the most of them, and how
// many such an export accounts for.
func (m *matcher) tried(tag string) (Header, int) {
	m.tag, m.lists = tag, map[string]map[string]int32{}
	var best Header
	var bestOwn int
	for _, group := range groupSeparators {
		items := m.paths(group)
		m.labels(group)
		for _, choice := range choiceSeparators {
			h, own := m.match(items, group, choice)
			if best.Columns == nil || own > bestOwn || own == bestOwn && h.Known > best.Known {
				best, bestOwn = h, own
			}
		}
	}
	best.Language = tag
	return best, bestOwn
}

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
		if item := &m.survey.Items[i]; (m.level < 0 || item.Level == m.level) && item.Derived == "" && item.Given == "" {
			items[item.Name] = i // an item's own name always means the item
		}
	}
	for i := range m.survey.Items {
		for _, f := range m.survey.Items[i].Former {
			if _, taken := items[f.Name]; !taken && (m.level < 0 || m.survey.Items[i].Level == m.level) {
				items[f.Name] = i
			}
		}
	}
	return items
}

func (m *matcher) match(items map[string]int, group, choice string) (Header, int) {
	h := Header{Columns: make([]Column, len(m.names)), LimeSurvey: m.lime}
	own := 0
	for i, name := range m.names {
		c, how := m.column(items, i, name, choice)
		h.Columns[i] = c
		if how == byOwn || how == byPath || len(c.Means) > 0 {
			own++
		}
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
		if how == byPath {
			h.GroupSeparator = group
		}
		if how == byAnyLabel || how == byOwn && c.label {
			h.ByLabel++
		}
	}
	return h, own
}

// how a column was found.
type how uint8

const (
	notFound   how = iota
	byOwn          // as an export of the kind tried calls it
	byPath         // by its name behind those of its groups
	byAnyLabel     // by a label of any language
)

func (m *matcher) column(items map[string]int, k int, name, choice string) (Column, how) {
	if strings.TrimSpace(name) == "" {
		return Column{Role: Untitled}, notFound
	}
	if len(name) > longestName {
		return Column{}, notFound
	}
	c, found := m.named(items, k, name, m.plain[k], choice)
	if tidy := Tidy(name); c.Role == Unknown && len(c.Means) == 0 && tidy != name && tidy != "" {
		c, found = m.named(items, k, tidy, survey.PlainText(tidy), choice)
		c.Otherwise = c.Role != Unknown
	}
	return c, found
}

// named finds the meaning of a column by its name as it stands.
func (m *matcher) named(items map[string]int, k int, name, plain, choice string) (Column, how) {
	c := Column{As: name}
	if m.tag != "" && !m.renamed[k] {
		if c, found := m.labelled(c, plain, choice, m.own, m.tag); found {
			return c, byOwn
		}
	}
	found := byOwn
	if m.tag != "" && !m.renamed[k] {
		found = byAnyLabel // it has a name among labels
	}
	if i, ok := items[name]; ok && i != ambiguous {
		if name != m.survey.Items[i].Name && found == byOwn {
			found = byPath
		}
		return m.item(c, i), found
	}
	if m.lime {
		if c, ok := m.limeColumn(items, c); ok {
			return c, found
		}
	}
	for _, sep := range m.separators(k, choice) {
		if i, code, path, ok := m.child(items, name, sep); ok {
			c.Role, c.Item, c.Code = Choice, i, code
			if m.survey.Items[i].Role == survey.Identifying {
				c.Role, c.Declared = SetAside, declared(&m.survey.Items[i])
			}
			if path && found == byOwn {
				found = byPath
			}
			return c, found
		}
	}
	if role, ok := toolColumn(name); ok {
		c.Role = role
		return c, byOwn
	}
	if m.partOfPlace(items, name) {
		c.Role = SetAside
		return c, byOwn
	}
	if c, ok := m.labelled(c, plain, choice, m.others, ""); ok {
		return c, byAnyLabel
	}
	if c, ok := m.spoken(items, k, c); ok {
		return c, byOwn
	}
	return c, notFound
}

// separators returns what may stand between an item and a choice in the name of
// a column; the config writes a slash, whatever the file has.
func (m *matcher) separators(k int, choice string) []string {
	if m.renamed[k] && choice != "/" {
		return []string{choice, "/"}
	}
	return []string{choice}
}

// item returns the column of an item: an answer, or set aside when its content
// is not to be read.
func (m *matcher) item(c Column, i int) Column {
	item := &m.survey.Items[i]
	c.Item, c.Role = i, Answer
	if !item.Type.HasAnswer() || item.Role == survey.Identifying {
		c.Role, c.Declared = SetAside, declared(item)
	}
	return c
}

// declared reports whether the form or the config says of an item that it
// identifies. Of devices, places and recordings the type alone says so.
func declared(item *survey.Item) bool {
	return item.Role == survey.Identifying && (item.Stated == survey.Identifying || item.Type.HasAnswer())
}

// behind returns what stands behind a separator; behind a bracket it ends with
// the bracket that closes it, and is nothing where that is missing.
func behind(name string, at int, sep string) string {
	rest := name[at+len(sep):]
	if sep != "[" {
		return rest
	}
	rest, closed := strings.CutSuffix(strings.TrimSpace(rest), "]")
	if !closed {
		return ""
	}
	return rest
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
		if code, ok := m.survey.List(m.survey.Items[i].List).Code(behind(name, at, sep)); ok {
			return i, code, name[:at] != m.survey.Items[i].Name, true
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
				i, ok = m.own[survey.PlainText(candidate)]
			}
			if !ok {
				i, ok = m.others[survey.PlainText(candidate)]
			}
			if ok && i != ambiguous && !m.survey.Items[i].Type.HasAnswer() {
				return true
			}
		}
	}
	return false
}
