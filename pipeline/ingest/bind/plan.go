package bind

import (
	"cmp"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Plan says how the rows of a file or sheet become responses of a level. It is
// made once and shared by all who bind rows.
type Plan struct {
	Survey *survey.Survey
	Level  int
	Header Header
	Layout dataset.Layout

	Undecided []string // items of which it cannot be told whether they were asked

	above      []int // items of the levels above whose answers are at hand
	answers    []answer
	conditions *asked.Conditions
	unanswered bool // an unanswered select_multiple shows 0s: its blank summary counts
}

// answer says where in a row the answer to an item stands.
type answer struct {
	index    int // in Survey.Items
	item     *survey.Item
	codes    map[string]int32
	labels   map[string]int32
	sign     string // between the parts of a list in a cell, "" when that is to be found out
	words    []word // the labels of the language, for a row of them
	labelled bool   // the columns bear labels: so do cells
	summary  int    // column, -1 without one
	more     []int  // columns that say the same in other languages
	choices  []choiceColumn
	given    *int32 // the answer of all rows, nil when columns hold it
	asked    []int  // conditions, all of which must hold
}

type choiceColumn struct {
	column int
	code   int32
	text   bool // whatever stands in the column says that the choice was made
}

// NewPlan makes the plan for a header. The layout may hold items that the file
// lacks: those another file has. above are the items of the levels above whose
// answers Bind will be given.
func NewPlan(s *survey.Survey, level int, h Header, l dataset.Layout, above []int) *Plan {
	p := &Plan{Survey: s, Level: level, Header: h, Layout: l, above: above, unanswered: h.has("KEY") || h.has("meta-instanceID") || h.has("meta/instanceID")}
	summary, choices := columnsOf(h)
	more := map[int][]int{}
	for k, c := range h.Columns {
		if c.Spoken != nil && c.Role == Answer && summary[c.Item] != k {
			more[c.Item] = append(more[c.Item], k)
		}
	}
	for i := range s.Items {
		item := &s.Items[i]
		if item.Level != level || !l.Has(item.Today()) {
			continue
		}
		a := answer{index: i, item: item, summary: -1, choices: choices[i], more: more[i]}
		if code, ok := h.Given[i]; ok {
			a.given = &code
		}
		if at, ok := summary[i]; ok {
			a.summary = at
		}
		if list := s.List(item.List); list != nil && item.Type.HasChoices() {
			a.codes = map[string]int32{}
			for _, c := range list.Choices {
				a.codes[c.Name], _ = list.Code(c.Name)
			}
			for _, c := range list.Choices {
				for _, f := range c.Former {
					a.codes[f.Name], _ = list.Code(f.Name)
				}
			}
			a.labels, a.labelled = choiceLabels(s, list, h.Language), h.Language != ""
			a.words = wordsOf(s, list, h.Language)
			if h.LimeSurvey {
				a.otherChoice()
			}
		}
		p.answers = append(p.answers, a)
	}
	p.bindConditions()
	return p
}

// Separate says which items have cells that are lists, and the sign between
// their parts.
func (p *Plan) Separate(signs map[string]string) {
	for i := range p.answers {
		p.answers[i].sign = signs[p.answers[i].item.Name]
	}
}

func columnsOf(h Header) (summary map[int]int, choices map[int][]choiceColumn) {
	summary, choices = map[int]int{}, map[int][]choiceColumn{}
	for k, c := range h.Columns {
		if m := c.Marks; m != nil {
			choices[m.Item] = append(choices[m.Item], choiceColumn{k, m.Code, true})
			if c.Role == Choice {
				continue
			}
		}
		switch c.Role {
		case Answer:
			if _, twice := summary[c.Item]; !twice {
				summary[c.Item] = k
			}
		case Choice:
			choices[c.Item] = append(choices[c.Item], choiceColumn{k, c.Code, false})
		}
	}
	for _, columns := range choices {
		slices.SortStableFunc(columns, func(a, b choiceColumn) int { return cmp.Compare(a.code, b.code) })
	}
	return summary, choices
}

// Has reports whether the header has a column for an item.
func (h Header) Has(item int) bool {
	if _, given := h.Given[item]; given {
		return true
	}
	for _, c := range h.Columns {
		if c.Item == item && (c.Role == Answer || c.Role == Choice) {
			return true
		}
	}
	return false
}

// present reports whether the file has a column for the item.
func (a *answer) present() bool { return a.summary >= 0 || len(a.choices) > 0 || a.given != nil }

// column is the column that findings about the item name.
func (a *answer) column() int {
	if a.summary >= 0 || len(a.choices) == 0 {
		return a.summary
	}
	return a.choices[0].column
}
