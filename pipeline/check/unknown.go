package check

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// unknown finds answers that cannot be read: such as are no choice of the form,
// for which the choice is proposed whose name or label is nearest, and numbers
// and dates that are none.
func (w *work) unknown(level int) ([]looker, error) {
	if !w.cfg.Unknown {
		return nil, nil
	}
	var out []looker
	for _, item := range w.held(level) {
		if item.Type != survey.OpenText && item.Type != survey.Calculated && item.Derived == "" {
			out = append(out, invalid{item})
		}
	}
	return out, nil
}

type invalid struct{ item *survey.Item }

func (u invalid) look(s *sheet) {
	check, issue, comment := Unreadable, "not readable", "The answer cannot be read as what the form asks for."
	if u.item.Type.HasChoices() {
		check, issue, comment = Unknown, "unknown choice", "The answer is no choice of the form."
	}
	said := int64(0)
	for i, reason := range s.b.Column(u.item.Name).Reasons {
		if reason != survey.NotAsked && reason != survey.NotAnswered {
			said++
		}
		if reason == survey.Invalid {
			s.tell(i, remark{check: check, item: u.item.Name, issue: issue, comment: comment})
		}
	}
	s.looked(check, u.item.Name, said)
}

// Lost is an answer that cleaning could not read and left out.
type Lost struct {
	UUID, Question, Level string
	Index                 int64
}

// unread knows what stood in cells that could not be read, and which choice is
// nearest to it. It is asked for one line after the other.
type unread struct {
	d     *dataset.Dataset
	lost  map[Lost]string
	words map[string]vocabulary
	near  map[[2]string]string
}

func newUnread(d *dataset.Dataset, lost map[Lost]string) *unread {
	return &unread{d: d, lost: lost, words: map[string]vocabulary{}, near: map[[2]string]string{}}
}

// complete gives a line what stood in the cell, and the choice nearest to it.
func (u *unread) complete(l *line) {
	if l.check != Unknown && l.check != Unreadable {
		return
	}
	if l.Old == "" {
		l.Old = u.lost[Lost{l.UUID, l.Question, l.Level, l.Index}]
	}
	if l.check != Unknown || l.Old == "" {
		return
	}
	key := [2]string{l.Question, l.Old}
	near, known := u.near[key]
	if !known {
		item, _ := u.d.Survey.Item(l.Question)
		words, made := u.words[item.List]
		if !made {
			words = newVocabulary(u.d.Survey.Choices(item))
			u.words[item.List] = words
		}
		near = words.nearestOf(l.Old, item.Type)
		if len(u.near) < remembered {
			u.near[key] = near
		}
	}
	if near != "" {
		l.New, l.Comment = near, l.Comment+" The choice nearest to it is proposed."
	}
}

// remembered is how many different answers that are no choice are remembered.
const remembered = 10_000

// vocabulary is how the choices of a list may be written, folded.
type vocabulary struct {
	names map[string]string // folded name or label -> choice; "" where it may be two
	words []string          // sorted
}

func newVocabulary(choices []survey.Choice) vocabulary {
	v := vocabulary{names: map[string]string{}}
	for _, c := range choices {
		spellings := []string{c.Name}
		for _, label := range c.Label {
			spellings = append(spellings, label)
		}
		for _, word := range spellings {
			f := spelling.Fold(spelling.Skeleton(word))
			if f == "" {
				continue
			}
			if other, taken := v.names[f]; taken && other != c.Name {
				v.names[f] = ""
				continue
			}
			v.names[f] = c.Name
		}
	}
	for word := range v.names {
		v.words = append(v.words, word)
	}
	slices.Sort(v.words)
	return v
}

// exact returns the choice that a text names but for its spelling.
func (v vocabulary) exact(text string) string {
	return v.names[spelling.Fold(spelling.Skeleton(text))]
}

// nearest returns the choice whose name or label is nearest to a text, "" when
// none is near.
func (v vocabulary) nearest(text string) string {
	f := spelling.Fold(spelling.Skeleton(text))
	if name := v.names[f]; name != "" {
		return name
	}
	if len(f) > longestWord {
		return ""
	}
	return v.names[spelling.Nearest(f, v.words)]
}

// longestWord is the length from which a text is no misspelt choice.
const longestWord = 200

// nearestOf does the same for all words of a set; it proposes all or nothing.
func (v vocabulary) nearestOf(raw string, t survey.Type) string {
	if near := v.nearest(raw); near != "" || t == survey.SelectOne {
		return near
	}
	var out []string
	for _, word := range strings.Fields(raw) {
		near := v.nearest(word)
		if near == "" {
			return ""
		}
		if !slices.Contains(out, near) {
			out = append(out, near)
		}
	}
	return strings.Join(out, " ")
}

// suggestion names what a name may have been meant to be.
func suggestion(name string, among []string) string {
	if near := spelling.Nearest(name, among); near != "" {
		return "Did you mean " + near + "?"
	}
	return "Correct the name."
}

// held returns the items of a level whose answers are at hand, in survey order.
func (w *work) held(level int) []*survey.Item {
	var out []*survey.Item
	for _, name := range w.d.Levels[level].Layout.Items {
		item, _ := w.d.Survey.Item(name)
		out = append(out, item)
	}
	return out
}
