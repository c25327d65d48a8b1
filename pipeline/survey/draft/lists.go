package draft

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// list is a choice list being drafted; items with the same labels share one.
type list struct {
	name    string
	choices []part
	scores  []*float64
	users   []*profile
	said    *Said // the choices are those that the file gives; nil when they are what was answered
}

// newList makes a list of the values of a column, in an order that the values
// themselves give: that of a known scale, that of the numbers they begin with,
// or else that of the alphabet; what is no answer comes last.
func newList(values map[string]int64) *list {
	labels := make([]string, 0, len(values))
	for v := range values {
		labels = append(labels, v)
	}
	slices.Sort(labels)
	l := &list{}
	ranks, scored := ranked(labels)
	slices.SortStableFunc(labels, func(a, b string) int {
		return cmp.Or(cmp.Compare(aside(a), aside(b)), cmp.Compare(ranks[a], ranks[b]), cmp.Compare(a, b))
	})
	names := choiceNames(labels)
	for i, label := range labels {
		l.choices = append(l.choices, part{names[i], label})
		var score *float64
		if s, ok := scored[label]; ok {
			score = &s
		}
		l.scores = append(l.scores, score)
	}
	return l
}

// choiceNames names choices by their labels. A label that is its own name
// keeps it, and no name equals the label of another choice: an answer is
// looked up among the names first.
func choiceNames(labels []string) []string {
	taken := map[string]bool{}
	for _, label := range labels {
		taken[label] = true
	}
	out := make([]string, len(labels))
	for i, label := range labels {
		name := choiceName(label)
		if name == label || numeral.MatchString(label) && !strings.ContainsAny(label, " ") {
			out[i] = label
			continue
		}
		out[i] = free(name, taken)
	}
	return out
}

var numeral = regexp.MustCompile(`^-?[0-9]+$`)

// valuesList makes the list of a select_one.
func (d *drafter) valuesList(p *profile) *list {
	if p.coded() {
		return p.saidList()
	}
	return newList(p.counts)
}

// partsList makes the list of a select_multiple, its choices in their order.
func (d *drafter) partsList(p *profile) *list {
	return &list{choices: p.multiple, scores: make([]*float64, len(p.multiple))}
}

// ranked returns an order for labels, and the scores of those that stand on a
// scale: 1, 2, 3 ... from its low end, or the numbers that the labels are.
func ranked(labels []string) (ranks map[string]float64, scores map[string]float64) {
	var scale []string
	for _, label := range labels {
		if aside(label) == 0 {
			scale = append(scale, label)
		}
	}
	if order, ok := yesFirst(scale); ok {
		return order, nil
	}
	if places, ok := scaleOf(scale); ok {
		slices.SortFunc(scale, func(a, b string) int { return cmp.Compare(places[a], places[b]) })
		scores = map[string]float64{}
		for i, label := range scale {
			scores[label] = float64(i + 1)
		}
		return scores, scores
	}
	return leadingNumbers(scale)
}

var leading = regexp.MustCompile(`^[^0-9]*?([0-9]{1,9}(?:\.[0-9]{1,6})?)`)

// leadingNumbers orders labels such as "17 or younger", "18 to 24 years" by
// the number they begin with. Whole numbers from 0 to 10, alone or followed by
// their meaning ("1 - not at all"), are scores too.
func leadingNumbers(labels []string) (ranks, scores map[string]float64) {
	ranks, scores = map[string]float64{}, map[string]float64{}
	small := len(labels) >= 3
	for _, label := range labels {
		m := leading.FindStringSubmatch(label)
		if m == nil {
			return nil, nil
		}
		n, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			return nil, nil
		}
		ranks[label], scores[label] = n, n
		small = small && n <= 10 && ratingLabel.MatchString(label)
		low := fold(label)
		for _, word := range []string{"younger", "under", "less", "fewer", "below", "up to", "moins", "menos", "<", "до "} {
			if strings.Contains(low, word) {
				ranks[label] -= 0.25
			}
		}
		for _, word := range []string{"older", "over", "more", "above", "at least", "plus", "mas de", ">", "+"} {
			if strings.Contains(low, word) {
				ranks[label] += 0.25
			}
		}
	}
	distinct := map[float64]bool{}
	for _, n := range scores {
		distinct[n] = true
	}
	if !small || len(distinct) < len(scores) {
		scores = nil
	}
	return ranks, scores
}

var ratingLabel = regexp.MustCompile(`^(?:[0-9]|10)(?:$|\s*[-–—:.=(]\s*\D)`)

// shareLists gives columns with the same choices one list. In a grid, a column
// in which nobody took one of the choices gets the list of its neighbours.
func (d *drafter) shareLists() {
	var all []*list
	for _, p := range d.columns {
		if p.use != asItem || p.list == nil {
			continue
		}
		if same := find(all, p); same != nil {
			p.list = same
		} else {
			all = append(all, p.list)
		}
		p.list.users = append(p.list.users, p)
	}
	taken := newNames()
	for _, l := range all {
		if len(l.users) > 0 {
			l.name = taken.list(l.wantedName())
		}
	}
	d.tellMissing(all)
}

// find returns the list that a column may share. Of two columns of a grid, the
// one with fewer choices takes the list of the other: at least two of its
// choices, and all but two, must be the same.
func find(all []*list, p *profile) *list {
	for _, l := range all {
		switch {
		case l.users[0].kind != p.kind:
		case p.list.within(l) && l.within(p.list):
			return l
		case p.kind != survey.SelectOne || !l.hasGrid(p):
		case p.list.within(l) && len(p.list.choices) >= max(2, len(l.choices)-2):
			return l
		case l.within(p.list) && len(l.choices) >= max(2, len(p.list.choices)-2):
			l.choices, l.scores = p.list.choices, p.list.scores
			return l
		}
	}
	return nil
}

func (l *list) within(other *list) bool {
	if len(l.choices) > len(other.choices) || (l.said == nil) != (other.said == nil) {
		return false
	}
	for _, c := range l.choices {
		if !slices.ContainsFunc(other.choices, func(o part) bool { return o.label == c.label && (l.said == nil || o.name == c.name) }) {
			return false
		}
	}
	return true
}

// hasGrid reports whether the list is used by a select_one whose title begins
// as that of the column.
func (l *list) hasGrid(p *profile) bool {
	return slices.ContainsFunc(l.users, func(u *profile) bool {
		return u.kind == survey.SelectOne && stem(u.title) == stem(p.title) && stem(p.title) != ""
	})
}

// wantedName names a list by its choices where they are short, else by the
// beginning that its columns share, else by its first column.
func (l *list) wantedName() string {
	var names []string
	for _, c := range l.choices {
		names = append(names, c.name)
	}
	if joined := strings.Join(names, "_"); len(names) < 5 && len(joined) <= 24 && len(l.users) > 1 {
		return joined
	}
	first := l.users[0]
	if len(l.users) > 1 && stem(first.short) != "" && stem(first.short) == stem(l.users[1].short) {
		return stem(first.short)
	}
	return first.short
}

// tellMissing names the choices that look like a missing answer.
func (d *drafter) tellMissing(all []*list) {
	var found []string
	for _, l := range all {
		for _, c := range l.choices {
			if len(l.users) > 0 && (aside(c.label) > 1 || l.said.noAnswer(c.name)) {
				found = append(found, l.name+"."+c.name)
			}
		}
	}
	if len(found) > 0 {
		d.note("missing-choices", finding.Note, nil, 0, "Some choices look like a missing answer: "+strings.Join(found, ", ")+".", "Name those that are under missing in the config: refused, dont_know or not_applicable.")
	}
}
