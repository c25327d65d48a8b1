package check

import (
	"regexp"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// other lists the texts behind "other" for coding, and proposes the choice that
// a text names already.
func (w *work) other(level int) ([]looker, error) {
	if !w.cfg.Other {
		return nil, nil
	}
	var out []looker
	for _, item := range w.held(level) {
		if parent := specifies(w.d.Survey, item); parent != nil {
			var choices []survey.Choice
			for _, c := range w.d.Survey.Choices(parent) {
				if !isOther(c.Name) && c.Missing == survey.Answered {
					choices = append(choices, c)
				}
			}
			out = append(out, specified{item.Name, parent.Name, newVocabulary(choices)})
		}
	}
	return out, nil
}

type specified struct {
	item, of string
	words    vocabulary
}

func (o specified) look(s *sheet) {
	c := s.b.Column(o.item)
	n := int64(0)
	for i := range c.Len() {
		if !c.Answered(i) {
			continue
		}
		n++
		r := remark{check: Other, item: o.item, issue: "recode other", comment: "A text behind \"other\" of " + o.of + ", to be coded."}
		if name := o.words.exact(c.Text(i)); name != "" {
			r.propose, r.comment = name, "The text behind \"other\" of "+o.of+" is the name or label of one of its choices."
		} else if name := o.words.nearest(c.Text(i)); name != "" {
			r.propose, r.comment = name, "The text behind \"other\" of "+o.of+" is nearly the name or label of one of its choices."
		}
		s.tell(i, r)
	}
	s.looked(Other, o.item, n)
}

// specifies returns the item with choices whose "other" a text item explains:
// by its name, or because it is asked of those alone who chose "other".
func specifies(s *survey.Survey, text *survey.Item) *survey.Item {
	if text.Type != survey.OpenText || text.Derived != "" {
		return nil
	}
	chosen := func(name string) *survey.Item {
		if item, ok := s.Item(name); ok && item.Type.HasChoices() && item.Level == text.Level {
			return item
		}
		return nil
	}
	for _, end := range [...]string{"_other_specify", "_other_text", "_specify", "_other", "_oth", "_autre", "_otro"} {
		if name, ok := strings.CutSuffix(text.Name, end); ok {
			if item := chosen(name); item != nil {
				return item
			}
		}
	}
	if name, ok := strings.CutPrefix(text.Name, "other_"); ok {
		if item := chosen(name); item != nil {
			return item
		}
	}
	if len(text.Relevant) == 0 {
		return nil
	}
	m := asksOther.FindStringSubmatch(text.Relevant[len(text.Relevant)-1])
	if m == nil {
		return nil
	}
	name, choice := m[1]+m[3], m[2]+m[4]
	if !isOther(choice) {
		return nil
	}
	return chosen(name)
}

var asksOther = regexp.MustCompile(`^\s*(?:selected\(\s*\$\{([^{}]+)\}\s*,\s*['"]([^'"]+)['"]\s*\)|\$\{([^{}]+)\}\s*=\s*['"]([^'"]+)['"])\s*$`)

// isOther reports whether a choice is the one for what is not in the list.
func isOther(name string) bool {
	switch strings.ToLower(name) {
	case "other", "others", "oth", "other_specify", "autre", "autres", "otro", "otra", "otros", "drugoe", "akhar", "qita":
		return true
	}
	return false
}
