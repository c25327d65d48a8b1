package bind

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// labels gathers what columns are called when groups are joined by a separator:
// by an export with labels of the language that is tried, and by the labels of
// any language. A label that several items have means none of them.
func (m *matcher) labels(sep string) {
	m.own, m.others = map[string]int{}, map[string]int{}
	groups := m.groups()
	rest := map[string]int{}
	for i := range m.survey.Items {
		item := &m.survey.Items[i]
		if m.level >= 0 && item.Level != m.level || item.Type == survey.Note || item.Derived != "" || item.Given != "" {
			continue
		}
		if m.tag != "" {
			addPaths(m.own, groups, item, m.tag, labelOr(item.Label, m.tag, item.Name), sep, i)
		}
		for tag, text := range item.Label {
			into := rest
			if tag == m.survey.Default {
				into = m.others
			}
			addPaths(into, groups, item, tag, text, sep, i)
		}
	}
	for text, i := range rest {
		if _, taken := m.others[text]; !taken {
			m.others[text] = i
		}
	}
	m.formerLabels(groups, sep)
}

// formerLabels adds what items were called in earlier versions of the form,
// where today's form has no other use for the words.
func (m *matcher) formerLabels(groups map[string]survey.Text, sep string) {
	own, others := map[string]int{}, map[string]int{}
	for i := range m.survey.Items {
		item := &m.survey.Items[i]
		if m.level >= 0 && item.Level != m.level {
			continue
		}
		for _, f := range item.Former {
			for tag, text := range f.Label {
				if tag == m.tag {
					addPaths(own, groups, item, tag, text, sep, i)
				}
				addPaths(others, groups, item, tag, text, sep, i)
			}
		}
	}
	for _, pair := range [][2]map[string]int{{m.own, own}, {m.others, others}} {
		for text, i := range pair[1] {
			if _, taken := pair[0][text]; !taken {
				pair[0][text] = i
			}
		}
	}
}

// groups returns the labels of groups and repeats by their path.
func (m *matcher) groups() map[string]survey.Text {
	out := map[string]survey.Text{}
	for _, g := range m.survey.Groups {
		out[g.Path] = g.Label
	}
	for _, l := range m.survey.Levels {
		if l.Path != "" {
			out[l.Path] = l.Label
		}
	}
	return out
}

// addPaths adds a label by itself and behind those of its groups.
func addPaths(into map[string]int, groups map[string]survey.Text, item *survey.Item, tag, text, sep string, i int) {
	addLabel(into, text, i)
	for path := parentPath(item.Path); path != ""; path = parentPath(path) {
		text = labelOr(groups[path], tag, path[strings.LastIndexByte(path, '/')+1:]) + sep + text
		addLabel(into, text, i)
	}
}

// labelOr returns the label in a language; what has none goes by its name.
func labelOr(label survey.Text, tag, name string) string {
	if text := strings.TrimSpace(label[tag]); text != "" {
		return text
	}
	return name
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

// labelled finds the item or the choice that a column is labelled with. Where
// the label means several, the column means none and names them.
func (m *matcher) labelled(c Column, plain, sep string, items map[string]int, tag string) (Column, bool) {
	c.label = true
	i, isItem := items[plain]
	type choice struct {
		item int
		code int32
	}
	var choices []choice
	for end := len(plain); ; {
		at := strings.LastIndex(plain[:end], sep)
		if at <= 0 {
			break
		}
		end = at
		i, known := items[strings.TrimSpace(plain[:at])]
		if !known || i == ambiguous || m.survey.Items[i].Type != survey.SelectMultiple {
			continue
		}
		if code, ok := m.choices(m.survey.Items[i].List, tag)[strings.TrimSpace(behind(plain, at, sep))]; ok {
			choices = append(choices, choice{i, code})
		}
	}
	switch {
	case isItem && i != ambiguous && len(choices) == 0:
		return m.item(c, i), true
	case !isItem && len(choices) == 1 && choices[0].code != ambiguous:
		c.Role, c.Item, c.Code = Choice, choices[0].item, choices[0].code
		if m.survey.Items[c.Item].Role == survey.Identifying {
			c.Role = SetAside
		}
		return c, true
	case !isItem && len(choices) == 0:
		return c, false
	}
	c.Means = m.meanings(plain, sep, tag)
	return c, len(c.Means) > 0
}

// choices returns the codes of a list by the words that a language has for them.
func (m *matcher) choices(list, tag string) map[string]int32 {
	key := list + "\x00" + tag
	if known, ok := m.lists[key]; ok {
		return known
	}
	var out map[string]int32
	if l := m.survey.List(list); l != nil {
		out = choiceLabels(m.survey, l, tag)
	}
	m.lists[key] = out
	return out
}

// meanings names all that a label may mean, as input.columns would have it.
func (m *matcher) meanings(plain, sep, tag string) []string {
	var out []string
	groups := m.groups()
	for i := range m.survey.Items {
		item := &m.survey.Items[i]
		if m.level >= 0 && item.Level != m.level || item.Type == survey.Note || item.Derived != "" || item.Given != "" {
			continue
		}
		for _, language := range m.languages() {
			if tag != "" && language != tag {
				continue
			}
			names := map[string]int{}
			for _, group := range groupSeparators {
				addPaths(names, groups, item, language, labelOr(item.Label, language, item.Name), group, i)
			}
			for name := range names {
				if name == plain {
					out = append(out, item.Name)
				}
				rest, ok := strings.CutPrefix(plain, name)
				if !ok || item.Type != survey.SelectMultiple {
					continue
				}
				rest, ok = strings.CutPrefix(strings.TrimLeft(rest, " "), strings.TrimSpace(sep))
				for _, choice := range m.survey.Choices(item) {
					if ok && labelOr(choice.Label, language, choice.Name) == strings.TrimSpace(rest) {
						out = append(out, item.Name+"/"+choice.Name)
					}
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// choiceLabels returns the codes of the choices of a list by the words for them:
// those of the language of an export, in which a choice without a label goes by
// its name; then those of the default language, then those of others that mean
// one choice alone, then those of earlier versions of the form. What means several choices has the code -1.
func choiceLabels(s *survey.Survey, list *survey.ChoiceList, language string) map[string]int32 {
	own, fallback, others, former := map[string]int32{}, map[string]int32{}, map[string]int32{}, map[string]int32{}
	add := func(into map[string]int32, label string, code int32) {
		if label == "" {
			return
		}
		if before, taken := into[label]; taken && before != code {
			into[label] = ambiguous
		} else {
			into[label] = code
		}
	}
	for i, c := range list.Choices {
		if named, ok := list.Code(c.Name); !ok || named != int32(i) {
			continue // the second of two choices of one name
		}
		if language != "" {
			add(own, labelOr(c.Label, language, c.Name), int32(i))
		}
		for tag, label := range c.Label {
			if tag == s.Default {
				add(fallback, label, int32(i))
			} else {
				add(others, label, int32(i))
			}
		}
		for _, f := range c.Former {
			for _, label := range f.Label {
				add(former, label, int32(i))
			}
		}
	}
	for _, more := range []map[string]int32{fallback, others, former} {
		for label, code := range more {
			if _, taken := own[label]; !taken {
				own[label] = code
			}
		}
	}
	return own
}
