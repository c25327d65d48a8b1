package coding

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Back is all that came back from people, by the answer that it is about. After
// Gather it only changes by what Seen is told.
type Back struct {
	key      Key
	units    map[string]*unit
	assigned map[string]map[string]Assigned // by name of the answer and coder
	alias    map[string]string              // other names that the answer of a unit may have -> the one above
}

// unit is what people say of one answer.
type unit struct {
	sure     bool       // its name is that of an answer
	coders   []Returned // in the order of names; without those who could not tell
	unclear  []Returned
	decision *Returned
}

// Gather sorts what came back by answers. What the config lacks, what a coder says
// twice and otherwise, and what somebody else was given is reported.
func Gather(key Key, codes, decisions []Returned, assigned []Assigned) (*Back, []finding.Finding) {
	b := &Back{key: key, units: map[string]*unit{}, assigned: map[string]map[string]Assigned{}, alias: map[string]string{}}
	for _, a := range assigned {
		if b.assigned[a.Name] == nil {
			b.assigned[a.Name] = map[string]Assigned{}
		}
		b.assigned[a.Name][a.Coder] = a
	}
	var out []finding.Finding
	all := slices.Clone(codes)
	slices.SortStableFunc(all, compareReturned)
	for _, r := range all {
		if len(r.Also) == 0 {
			b.units[r.Name] = &unit{sure: true} // rows that may mean several answers join it
		}
	}
	for _, r := range all {
		name := b.join(r)
		u := b.units[name]
		if given := b.assigned[name]; given != nil {
			if _, mine := given[r.Coder]; !mine {
				out = append(out, warn(r.place(), "not-assigned", "The answer was given to other coders than the one who coded it; the codes count.", "Look whether files were exchanged."))
			}
		}
		same := func(o Returned) bool { return o.Coder == r.Coder }
		if i := slices.IndexFunc(slices.Concat(u.coders, u.unclear), same); i >= 0 {
			out = append(out, twice(r, slices.Concat(u.coders, u.unclear)[i]))
			continue
		}
		if r.Flag == Unclear {
			u.unclear = append(u.unclear, r)
		} else {
			u.coders = append(u.coders, r)
		}
	}
	for _, u := range b.units {
		slices.SortFunc(u.coders, func(a, b Returned) int { return strings.Compare(a.Coder, b.Coder) })
		slices.SortFunc(u.unclear, func(a, b Returned) int { return strings.Compare(a.Coder, b.Coder) })
	}
	all = slices.Clone(decisions)
	slices.SortStableFunc(all, compareReturned)
	for _, r := range all {
		if r.Flag == Unclear {
			continue // it stays open
		}
		u := b.units[b.join(r)]
		if u.decision != nil {
			out = append(out, twice(r, *u.decision))
			continue
		}
		u.decision = &r
	}
	return b, out
}

// join returns the name of the unit that a row belongs to: that of an answer that
// coders were given, or that is spoken of already, if the row may mean it.
func (b *Back) join(r Returned) string {
	names := append([]string{r.Name}, r.Also...)
	name := r.Name
	for _, known := range []func(string) (string, bool){
		func(n string) (string, bool) { return n, b.assigned[n] != nil },
		func(n string) (string, bool) { return n, b.units[n] != nil },
		func(n string) (string, bool) { unit, ok := b.alias[n]; return unit, ok },
	} {
		if i := slices.IndexFunc(names, func(n string) bool { _, ok := known(n); return ok }); i >= 0 {
			name, _ = known(names[i])
			break
		}
	}
	if b.units[name] == nil {
		b.units[name] = &unit{sure: b.assigned[name] != nil}
	}
	for _, n := range names {
		if _, taken := b.alias[n]; n != name && !taken {
			b.alias[n] = name
		}
	}
	return name
}

// twice is what to say of two rows about one answer by one person.
func twice(r, before Returned) finding.Finding {
	if r.Flag == before.Flag && slices.Equal(r.Codes, before.Codes) {
		return warn(r.place(), "twice", "The same was said of the answer before, in "+before.at()+"; it counts once.", "Remove one of the two.")
	}
	return refuse(r.place(), "twice", "Something else was said of the answer before, in "+before.at()+".", "Remove the one that does not hold.")
}

// Len says of how many answers people spoke.
func (b *Back) Len() int { return len(b.units) }

// About is an answer as the stage sees it.
type About struct {
	Unit
	Language string   // "" where it is not known
	Text     string   // the answer
	Rule     []string // codes by rules, sorted
	Redacted func() string
}

// Knows reports whether people spoke of an answer.
func (b *Back) Knows(u Unit) bool {
	return b.units[b.named(b.key.Name(u))] != nil
}

// named returns the name of the unit of an answer, "" if nobody spoke of it.
func (b *Back) named(answer string) string {
	if b.units[answer] != nil {
		return answer
	}
	if name, ok := b.alias[answer]; ok && !b.units[name].sure {
		return name
	}
	return ""
}

// Look says what people gave an answer, with the name by which it was known to
// them; false where nobody did. What they were shown is compared with the answer.
// It may be called from several goroutines.
func (b *Back) Look(a About) (answer Answer, name string, found []finding.Finding, ok bool) {
	own := b.key.Name(a.Unit)
	name = b.named(own)
	u := b.units[name]
	if u == nil {
		return Answer{}, name, nil, false
	}
	answer = Answer{Unit: a.Unit, Language: a.Language, Rule: a.Rule}
	marks := map[string]bool{b.key.Mark(a.Text): true, b.key.Mark(a.Redacted()): true}
	changed := false
	for _, g := range b.assigned[own] {
		answer.Sampled = answer.Sampled || g.Drawn
		if g.Answer != b.key.Mark(a.Text) {
			changed = true
		} else {
			marks[g.Given] = true // as an earlier version of the program took identities out
		}
	}
	fits := func(r Returned) bool {
		switch {
		case r.HasText && marks[b.key.Mark(r.Text)], !r.HasText && !changed:
			return true
		case changed:
			found = append(found, warn(r.place(), "changed-answer", "The answer has changed since it was coded; what was said of it does not count.", "Remove the row, or have the answer coded anew."))
		default:
			found = append(found, refuse(r.place(), "other-answer", "The answer in the row is not that of its unit.", "Put back the answer as it was in the file that was sent: rows may have been shifted against each other."))
		}
		return false
	}
	for _, r := range u.coders {
		if fits(r) {
			answer.Coders = append(answer.Coders, ByCoder{r.Coder, r.Codes})
			answer.Sampled = answer.Sampled || r.Drawn
		}
	}
	for _, r := range u.unclear {
		fits(r)
	}
	if u.decision != nil && fits(*u.decision) {
		codes := slices.Clone(u.decision.Codes)
		if codes == nil {
			codes = []string{}
		}
		answer.Adjudicated = &codes
	}
	for _, d := range answer.Decide() {
		answer.Final = append(answer.Final, d.Code)
	}
	return answer, name, found, true
}

// Unsure names the coders who could not tell what an answer says.
func (b *Back) Unsure(name string) []string {
	var out []string
	if u := b.units[name]; u != nil {
		for _, r := range u.unclear {
			out = append(out, r.Coder)
		}
	}
	return out
}

// Unmet reports what is said of answers that the stage did not see. Those that
// coders were given once, and those of forgotten respondents, are counted.
func (b *Back) Unmet(seen map[string]bool, forgotten func(name string) bool) []finding.Finding {
	var out []finding.Finding
	gone := map[string]int64{} // by file
	for _, name := range slices.Sorted(maps.Keys(b.units)) {
		if seen[name] {
			continue
		}
		u := b.units[name]
		all := slices.Concat(u.coders, u.unclear)
		if u.decision != nil {
			all = append(all, *u.decision)
		}
		for _, r := range all {
			switch {
			case b.assigned[name] != nil || r.UUID != "" || forgotten(name):
				gone[r.File]++
			default:
				out = append(out, refuse(r.place(), "unknown-unit", "No answer has this unit.", "Put back the unit as it was in the file that was sent, or remove the row."))
			}
		}
	}
	for _, file := range slices.Sorted(maps.Keys(gone)) {
		f := warn(finding.Place{File: file}, "gone", fmt.Sprintf("Answers that were coded are no longer there (rows: %d): withdrawn, left out, corrected or not of this project.", gone[file]), "Nothing to do, unless there should be none: look at consent, filter and logs.")
		f.Count = gone[file]
		out = append(out, f)
	}
	return out
}
