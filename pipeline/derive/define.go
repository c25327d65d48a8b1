package derive

import (
	"errors"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// derivation is a definition that has been understood.
type derivation struct {
	Definition
	bad    bool       // by itself
	parsed *expr.Expr // of an expression
	needs  []string   // names that it speaks of, in order
	item   survey.Item
	list   *survey.ChoiceList // of its own, or nil
	round  int                // in which it can be computed

	codesOf *survey.ChoiceList // the choices it takes

	bound *asked.Expression
	scope *asked.Scope
	codes []int32 // of a recoding: new code for each of From's, or dataset.NoCode
	edges []float64
}

// definer understands definitions one after the other.
type definer struct {
	d        *dataset.Dataset
	all      []*derivation
	byName   map[string]*derivation
	asked    *survey.Survey // with the items defined so far
	findings []finding.Finding
}

func (f *definer) refuse(d *derivation, kind, problem, remedy string) {
	f.add(d, finding.Refusal, kind, problem, remedy)
}

func (f *definer) add(d *derivation, severity finding.Severity, kind, problem, remedy string) {
	place := d.Place
	if place.Item == "" {
		place.Item = d.Name
	}
	f.findings = append(f.findings, finding.Finding{
		Stage: "derive", Kind: kind, Severity: severity, Place: place,
		Problem: strings.TrimSpace("The derived item "+d.Name) + " " + problem, Remedy: remedy,
	})
}

// define understands all definitions, or finds everything that is wrong with
// them. They come back in an order in which none uses a later one.
func define(d *dataset.Dataset, definitions []Definition) ([]*derivation, *survey.Survey, []finding.Finding) {
	f := &definer{d: d, byName: map[string]*derivation{}, asked: d.Survey}
	for _, def := range definitions {
		f.shape(&derivation{Definition: def})
	}
	var out []*derivation
	for _, one := range f.ordered() {
		if f.resolve(one) {
			out = append(out, one)
		}
	}
	if finding.Refused(f.findings) {
		return nil, nil, f.findings
	}
	for _, one := range out {
		f.bind(one)
	}
	return out, f.asked, f.findings
}

// shape checks a definition by itself.
func (f *definer) shape(d *derivation) {
	before := len(f.findings)
	if !plainName(d.Name) {
		f.refuse(d, "name", "has no name that can be used.", "Give it a name of letters, digits and underscores that begins with a letter.")
		return
	}
	_, exists := f.d.Survey.Item(d.Name)
	_, level := f.d.Survey.LevelIndex(d.Name)
	switch {
	case exists, level:
		f.refuse(d, "duplicate-item", "has the name of an item or a repeat of the survey.", "Give it a name of its own.")
	case f.byName[d.Name] != nil:
		f.refuse(d, "duplicate-item", "is defined twice.", "Give each derived item a name of its own.")
	}
	if f.byName[d.Name] == nil && !exists && !level {
		f.byName[d.Name] = d
		f.all = append(f.all, d)
	}
	switch {
	case d.Expression != "" && d.From == "":
		f.shapeOfExpression(d)
	case d.From != "" && d.Expression == "" && (len(d.Recode) > 0) != (len(d.Bands) > 0):
		d.needs = []string{d.From}
		if d.Type != "" || d.List != "" {
			f.refuse(d, "type", "is made from another item, so its type and list are those that follow.", "Remove \"type\" and \"list\".")
		}
		if !slices.Contains([]string{"", "keep", "missing", otherChoice}, d.Else) || d.Else != "" && len(d.Bands) > 0 {
			f.refuse(d, "else", "says with \"else\" something that is not known.", "Write keep, missing or other, beside \"recode\".")
		}
	default:
		f.refuse(d, "no-rule", "does not say what it is made of.", "Give it an \"expression\"; or \"from\" with either \"recode\" or \"bands\".")
	}
	if d.Role != "" && !slices.Contains([]survey.Role{survey.Key, survey.Sensitive}, d.Role) {
		f.refuse(d, "role", "has a role that a derived item cannot have.", "Write key or sensitive, or leave it out: it is then as careful as the items it is made of.")
	}
	d.bad = len(f.findings) > before
}

func (f *definer) shapeOfExpression(d *derivation) {
	if !slices.Contains(types(), d.Type) {
		f.refuse(d, "type", "has no type that is known.", "The types are: "+strings.Join(types(), ", ")+".")
	}
	if len(d.Recode) > 0 || len(d.Bands) > 0 || d.Else != "" {
		f.refuse(d, "no-rule", "has an expression and other rules beside it.", "Keep one of them.")
	}
	if selects := strings.HasPrefix(d.Type, "select_"); selects != (d.List != "" || len(d.Choices) > 0) && d.Type != typeIndicator || d.List != "" && (len(d.Choices) > 0 || d.Type == typeIndicator) {
		f.refuse(d, "list", "must name its choices where it is a select item, and there only.", "Give a select item either \"list\", a list of the form, or \"choices\".")
	}
	parsed, err := expr.Parse(d.Expression)
	switch {
	case err != nil && expr.IsR(d.Expression):
		f.refuse(d, "r-code", "has a calculation that is R code, which is not run here.", "Write it in the language of the form, such as if(selected(${item}, 'a'), 1, 0).")
		return
	case err != nil:
		f.refuse(d, "expression", "has an expression that cannot be read: "+err.Error()+".", "Correct it.")
		return
	}
	if parsed.UsesSelf() {
		f.refuse(d, "expression", "speaks of \".\", but there is no answer beside it.", "Name the item, as ${name}.")
	}
	if parsed.UsesClock() {
		f.refuse(d, "clock", "hangs on the day of the run, so that the same answers would not give the same report.", "Write the day, as date('2024-12-31'), or use an item that holds it.")
	}
	d.parsed = parsed
	d.needs = append(parsed.Plain(), parsed.Groups()...)
}

// plainName reports whether a name can stand in ${}, in files and in keys.
func plainName(s string) bool {
	for i, c := range s {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= '0' && c <= '9' && i > 0) {
			return false
		}
	}
	return s != "" && len(s) <= 100 && s[0] != '_'
}

// ordered returns the definitions so that none uses a later one, and refuses
// circles.
func (f *definer) ordered() []*derivation {
	var out []*derivation
	state := map[*derivation]int{} // 1 under way, 2 done
	var path []*derivation
	var visit func(d *derivation)
	visit = func(d *derivation) {
		switch state[d] {
		case 2:
			return
		case 1:
			var names []string
			for _, p := range path[slices.Index(path, d):] {
				p.bad = true
				names = append(names, p.Name)
			}
			f.refuse(d, "circle", "is made of itself: "+strings.Join(append(names, d.Name), " → ")+".", "Break the circle: define one of them by items of the form.")
			return
		}
		state[d] = 1
		path = append(path, d)
		for _, name := range d.needs {
			if other := f.byName[name]; other != nil {
				visit(other)
			}
		}
		path = path[:len(path)-1]
		state[d] = 2
		out = append(out, d)
	}
	for _, d := range f.all {
		visit(d)
	}
	return out
}

// resolve finds what a definition speaks of, and makes its item.
func (f *definer) resolve(d *derivation) bool {
	if d.bad {
		return false
	}
	for _, name := range d.needs {
		if other := f.byName[name]; other != nil && other.item.Type == "" {
			return false // what is wrong with that one is said there
		}
	}
	before := len(f.findings)
	d.item = survey.Item{Name: d.Name, Path: d.Name, Label: d.Label, Derived: "expression", Role: d.Role, Place: d.Place}
	if d.From != "" {
		d.item.Derived = d.From
	}
	for _, name := range d.needs {
		f.need(d, name)
	}
	if len(f.findings) > before {
		return false
	}
	f.place(d)
	if len(f.findings) > before {
		return false
	}
	switch {
	case len(d.Recode) > 0:
		f.recode(d)
	case len(d.Bands) > 0:
		f.bands(d)
	case d.parsed != nil:
		f.typed(d)
	}
	if len(f.findings) > before {
		return false
	}
	var lists []*survey.ChoiceList
	if d.list != nil {
		d.item.List = d.list.Name
		lists = append(lists, d.list)
	}
	if len(d.item.Label) == 0 {
		d.item.Label = survey.Text{f.d.Survey.Default: d.Name}
		if from, ok := f.asked.Item(d.From); ok && len(from.Label) > 0 {
			d.item.Label, d.item.Short = from.Label, from.Short
		}
	}
	wide, more := f.asked.With([]survey.Item{d.item}, lists)
	f.findings = append(f.findings, more...)
	f.asked = wide
	return !finding.Refused(more)
}

// need checks one name that a definition speaks of, and takes over its role and
// the round in which it is there.
func (f *definer) need(d *derivation, name string) {
	item, ok := f.asked.Item(name)
	if !ok {
		if level, is := f.d.Survey.LevelIndex(name); is && level > 0 && d.parsed != nil && slices.Contains(d.parsed.Groups(), name) {
			return
		}
		if f.byName[name] == nil {
			f.refuse(d, "unknown-item", "speaks of "+name+", which neither the survey nor the derived items have.", spelling.DidYouMean(name, f.asked.ItemNames(), "Correct the name."))
		}
		return
	}
	if other := f.byName[name]; other == nil {
		switch {
		case item.Role == survey.Identifying:
			f.refuse(d, "identifying-item", "speaks of "+name+", which identifies respondents and is set aside when answers are read.", "Use other items; what identifies must not reach a figure.")
			return
		case !item.Type.HasAnswer():
			f.refuse(d, "no-answer", "speaks of "+name+", to which no answers are kept.", "Use other items.")
			return
		case !f.d.Holds(item):
			f.refuse(d, "absent-item", "speaks of "+name+", which the answers do not hold.", "Leave the item out, or add the column to the file of answers.")
			return
		}
	}
	if careful(item.Role) > careful(d.item.Role) {
		d.item.Role = item.Role
	}
}

func careful(r survey.Role) int {
	return slices.Index([]survey.Role{survey.Plain, survey.Key, survey.Sensitive, survey.Identifying}, r)
}

// place decides on the level of an item: the deepest of those that its
// expression speaks of plainly, else that of the respondents.
func (f *definer) place(d *derivation) {
	level := 0
	plain := d.needs
	if d.parsed != nil {
		plain = d.parsed.Plain()
	}
	for _, name := range plain {
		item, ok := f.asked.Item(name)
		if !ok {
			f.refuse(d, "levels", "speaks of the repeat "+name+" as of an item.", "Write count(${"+name+"}).")
			return
		}
		switch {
		case f.above(item.Level, level):
		case f.above(level, item.Level):
			level = item.Level
		default:
			f.refuse(d, "levels", "mixes items of repeats of which neither lies in the other.", "Sum up each of them in an item of the respondent first.")
			return
		}
	}
	if d.Level != "" {
		at, ok := f.asked.LevelIndex(d.Level)
		if !ok || !f.above(level, at) {
			f.refuse(d, "levels", "names a level that the survey does not have, or above that of its items.", "Write the name of a repeat.")
			return
		}
		level = at
	}
	if level == 0 && d.parsed != nil && d.parsed.UsesPosition() {
		f.refuse(d, "position", "asks for the place of a row in its repeat, and stands in none.", "Name the repeat with \"level\".")
	}
	d.item.Level = level
	for _, name := range d.groups() {
		at := f.levelOf(name)
		if at == level && at == 0 {
			continue
		}
		if at == level || !f.above(level, at) {
			f.refuse(d, "levels", "sums up "+name+", which does not lie in a repeat below its own level.", "Sum up items of a repeat in an item of the level above it.")
		}
	}
}

func (d *derivation) groups() []string {
	if d.parsed == nil {
		return nil
	}
	return d.parsed.Groups()
}

func (f *definer) levelOf(name string) int {
	if item, ok := f.asked.Item(name); ok {
		return item.Level
	}
	at, _ := f.asked.LevelIndex(name)
	return at
}

// above reports whether a level is another, or lies above it.
func (f *definer) above(level, other int) bool {
	for at := other; at >= 0; at = f.asked.Levels[at].Parent {
		if at == level {
			return true
		}
	}
	return false
}

// bind binds an expression, now that all items are known.
func (f *definer) bind(d *derivation) {
	for _, name := range d.needs {
		if other := f.byName[name]; other != nil {
			round := other.round
			if other.item.Level != d.item.Level {
				round++
			}
			d.round = max(d.round, round)
		}
	}
	d.codesOf = f.asked.List(d.item.List)
	if d.parsed == nil {
		return
	}
	all := func(string) bool { return true } // looked at already
	d.scope = &asked.Scope{Survey: f.asked, Level: d.item.Level, Holds: all, Below: all, Placed: true, Counting: true}
	bound, err := d.scope.Bind(d.Expression, "")
	if err != nil {
		if far, is := errors.AsType[*asked.OutOfReachError](err); is {
			f.refuse(d, "out-of-reach", "speaks of what cannot be seen from its level: "+strings.Join(far.Names, ", ")+".", "Leave it out.")
			return
		}
		f.refuse(d, "expression", "has an expression that cannot be used: "+err.Error()+".", "Correct it.")
		return
	}
	d.bound = bound
}
