package attack

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
)

// notAsked is the reason that skip logic gives.
const notAsked = "not asked"

// mostVariables is how many variables a cell may be restricted by.
const mostVariables = 5

// variable is a variable with its states: first the categories, then the
// reasons. Options and nets of an item of several choices have the states yes
// and no only; whether there is an answer at all is a variable of the item,
// their parent, whose state 0 is that there is one.
type variable struct {
	name   string
	level  string
	states []string
	cats   int
	parent int
	option string
	net    []string
	sets   string     // the variable of combinations that it says more of
	scores []*big.Rat // by category; nil where a category has none
}

func (v variable) index(state string) int { return slices.Index(v.states, state) }

func (v variable) all() states { return span(0, len(v.states)) }

func (v variable) categories() states { return span(0, v.cats) }

func span(from, to int) states {
	var s states
	for i := from; i < to; i++ {
		s.add(i)
	}
	return s
}

// dictionary is what all ledgers say of variables.
type dictionary struct {
	vars    []variable
	names   map[string]int
	unions  map[[2]int][]side // of a variable and its state
	ignored map[string]int
}

// merged returns each variable once, with the categories of all ledgers.
func merged(ledgers []Ledger) []Variable {
	var out []Variable
	at := map[string]int{}
	for _, l := range ledgers {
		for _, v := range l.Variables {
			i, ok := at[v.Name]
			if !ok {
				at[v.Name] = len(out)
				out = append(out, v)
				continue
			}
			out[i].Categories = union(out[i].Categories, v.Categories)
			out[i].Missing = union(out[i].Missing, v.Missing)
		}
	}
	return out
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func newDictionary(ledgers []Ledger) *dictionary {
	d := &dictionary{names: map[string]int{}, unions: map[[2]int][]side{}, ignored: map[string]int{}}
	for _, v := range merged(ledgers) {
		parent := -1
		missing := v.Missing
		if v.Option != "" || len(v.Net) > 0 {
			parent = d.parent(v)
			missing = nil
		}
		cats := v.Categories
		if v.Number {
			cats = []string{"*"}
		}
		if len(cats)+len(missing) > maxStates {
			continue // lines on it are counted as not understood
		}
		w := variable{name: v.Name, level: v.Level, states: append(slices.Clone(cats), missing...), cats: len(cats), parent: parent, option: v.Option, net: v.Net, sets: v.Sets}
		w.scores = make([]*big.Rat, len(cats))
		for i, c := range cats {
			if s, ok := v.Scores[c]; ok {
				if r, ok := new(big.Rat).SetString(s.String()); ok {
					w.scores[i] = r
				}
			}
		}
		d.names[v.Name] = len(d.vars)
		d.vars = append(d.vars, w)
	}
	for _, l := range ledgers {
		for _, u := range l.Unions {
			d.unite(u)
		}
	}
	return d
}

// itemOf names the variable that says whether an item of several choices was
// answered. No variable of a ledger is called so.
func itemOf(item string) string { return "\x00" + item }

func (d *dictionary) parent(v Variable) int {
	name := itemOf(v.Item)
	i, ok := d.names[name]
	if !ok {
		i = len(d.vars)
		d.names[name] = i
		d.vars = append(d.vars, variable{name: name, level: v.Level, states: []string{"\x00answered"}, cats: 1, parent: -1})
	}
	if all := union(d.vars[i].states, v.Missing); len(all) <= maxStates {
		d.vars[i].states = all
	}
	return i
}

func (d *dictionary) unite(u Union) {
	v, ok := d.names[u.Variable]
	w, known := d.names[u.Is.Variable]
	if !ok || !known || v == w {
		d.ignored["a union of a variable that is not listed"]++
		return
	}
	i := d.vars[v].index(u.Category)
	var s states
	for _, c := range u.Is.Categories {
		j := d.vars[w].index(c)
		if j < 0 {
			d.ignored["a union of a category that is not listed"]++
			return
		}
		s.add(j)
	}
	if i < 0 || s.empty() {
		d.ignored["a union of a category that is not listed"]++
		return
	}
	key := [2]int{v, i}
	if !slices.Contains(d.unions[key], side{w, s}) {
		d.unions[key] = append(d.unions[key], side{w, s})
	}
}

// box returns who is in all the categories named. Nobody is: ok is false
// without an error.
func (d *dictionary) box(named map[string]Values) (b box, ok bool, err error) {
	b = box{}
	if len(named) > mostVariables {
		return nil, false, fmt.Errorf("a cell of too many variables")
	}
	for _, name := range sorted(named) {
		v, known := d.names[name]
		if !known {
			return nil, false, fmt.Errorf("a variable that is not listed")
		}
		s, err := d.side(v, named[name])
		if err != nil {
			return nil, false, err
		}
		b = d.restrict(b, s, 0)
	}
	return d.tidy(b)
}

// side returns the states that are named of a variable; of an option, those of
// its parent where they say no more than whether there is an answer.
func (d *dictionary) side(v int, values Values) (side, error) {
	x := d.vars[v]
	var cats, reasons states
	p := x
	if x.parent >= 0 {
		p = d.vars[x.parent]
	}
	for _, value := range values {
		switch {
		case value == "*":
			cats = x.categories()
		case value == "_missing":
			reasons = span(p.cats, len(p.states))
		case slices.Index(x.states[:x.cats], value) >= 0:
			cats.add(x.index(value))
		case p.index(value) >= p.cats:
			reasons.add(p.index(value))
		default:
			return side{}, fmt.Errorf("a category that is not listed")
		}
	}
	switch {
	case x.parent < 0:
		return side{v, cats.or(reasons)}, nil
	case reasons.empty() && cats != x.categories():
		return side{v, cats}, nil
	case cats.empty():
		return side{x.parent, reasons}, nil
	case cats == x.categories():
		reasons.add(0)
		return side{x.parent, reasons}, nil
	}
	return side{}, fmt.Errorf("an option together with a reason")
}

// restrict adds a side to a box, in the words of what its categories are made
// of where all of them are unions of one variable's.
func (d *dictionary) restrict(b box, s side, depth int) box {
	of, over := -1, states{}
	for i := range d.vars[s.v].states {
		if !s.s.has(i) {
			continue
		}
		unions := d.unions[[2]int{s.v, i}]
		if len(unions) == 0 || of >= 0 && unions[0].v != of || depth > 8 {
			return b.with(s.v, s.s)
		}
		of, over = unions[0].v, over.or(unions[0].s)
	}
	if of < 0 {
		return b.with(s.v, s.s)
	}
	if x := d.vars[of]; x.parent >= 0 && over == x.categories() {
		of, over = x.parent, span(0, 1)
	}
	return d.restrict(b, side{of, over}, depth+1)
}

// tidy leaves out what restricts nothing. A box that holds nobody is not ok.
func (d *dictionary) tidy(b box) (box, bool, error) {
	for _, s := range b {
		if s.s.empty() {
			return nil, false, nil
		}
		x := d.vars[s.v]
		if x.parent >= 0 {
			if p, there := b.at(x.parent); there {
				if !p.has(0) {
					return nil, false, nil
				}
				b = b.without(x.parent)
			}
		} else if s.s == x.all() {
			b = b.without(s.v)
		}
	}
	return b, true, nil
}

// level returns whose answers are counted where these variables are named.
func (d *dictionary) level(named ...map[string]Values) (string, error) {
	level := ""
	for _, m := range named {
		for name := range m {
			switch l := d.vars[d.names[name]].level; {
			case l == "" || l == level:
			case level == "":
				level = l
			default:
				return "", fmt.Errorf("variables of two levels")
			}
		}
	}
	return level, nil
}

// boxes returns who is in all the categories named, as boxes that share nobody:
// two for each option that is named together with reasons.
func (d *dictionary) boxes(named map[string]Values) ([]box, error) {
	for _, name := range sorted(named) {
		v, known := d.names[name]
		if !known || d.vars[v].parent < 0 {
			continue
		}
		var choice, reasons Values
		for _, value := range named[name] {
			if value == "*" || d.vars[v].index(value) >= 0 {
				choice = append(choice, value)
			} else {
				reasons = append(reasons, value)
			}
		}
		if len(choice) == 0 || len(reasons) == 0 {
			continue
		}
		var out []box
		for _, half := range []Values{choice, reasons} {
			some := maps.Clone(named)
			some[name] = half
			boxes, err := d.boxes(some)
			if err != nil {
				return nil, err
			}
			out = append(out, boxes...)
		}
		return out, nil
	}
	b, some, err := d.box(named)
	if err != nil || !some {
		return nil, err
	}
	return []box{b}, nil
}

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
