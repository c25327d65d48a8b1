package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// judged is what was seen of the columns of a table that could identify.
type judged map[int]*seenColumn

// seenColumn is what all cells of a column look like together.
type seenColumn struct {
	looks   identity.Column
	holding map[identity.Class]int64 // open answers that hold an identity, by its class
}

func (s *seenColumn) merge(o *seenColumn) {
	s.looks.Merge(&o.looks)
	for class, n := range o.holding {
		if s.holding == nil {
			s.holding = map[identity.Class]int64{}
		}
		s.holding[class] += n
	}
}

// judges reports whether the content of a column must be looked at: whatever
// could hold an identity and of which nothing was said.
func (in *ingestion) judges(c bind.Column) bool {
	if fate, said := in.fate(c); said && fate != Keep {
		return false
	}
	switch c.Role {
	case bind.Unknown, bind.UUID, bind.ID:
		return true
	case bind.Answer:
		return free(in.survey.Items[c.Item].Type)
	}
	return false
}

// free reports whether respondents write the answers to such items themselves.
func free(t survey.Type) bool {
	switch t {
	case survey.OpenText, survey.Calculated, survey.Integer, survey.Decimal:
		return true
	}
	return false
}

// judge looks at the cells of a row.
func (j *job) judge(out *bound, row record) {
	for _, k := range j.table.judged {
		cell := row.Cell(k)
		if records.Blank(cell) {
			continue
		}
		s := out.seen[k]
		if s == nil {
			if out.seen == nil {
				out.seen = judged{}
			}
			s = &seenColumn{}
			out.seen[k] = s
		}
		text := string(cell)
		s.looks.Add(text)
		if c := j.table.header.Columns[k]; c.Role == bind.Answer && j.survey.Items[c.Item].Type == survey.OpenText {
			s.hold(text)
		}
	}
}

// hold counts an open answer under each class of which it holds something.
func (s *seenColumn) hold(text string) {
	var classes []identity.Class
	for _, m := range identity.Find(text) {
		if !slices.Contains(classes, m.Class) {
			classes = append(classes, m.Class)
		}
	}
	for _, class := range classes {
		if s.holding == nil {
			s.holding = map[identity.Class]int64{}
		}
		s.holding[class]++
	}
}

// undeclared is a column that looks identifying and of which nothing was said.
type undeclared struct {
	name   string // as the config would call it
	class  identity.Class
	byName bool
	place  finding.Place
}

// lookAtColumns says which columns of the table identify, now that all of its
// rows were read, and what open answers hold.
func (j *job) lookAtColumns() {
	for k, c := range j.table.header.Columns {
		if !slices.Contains(j.table.judged, k) && !j.named(c) {
			continue
		}
		if fate, said := j.fate(c); said && fate == Keep {
			continue
		}
		seen := j.seen[k]
		class, byName, looks := j.looksIdentifying(c, seen)
		if looks {
			name := records.Printable(c.Name)
			if ofItem(c) {
				name = j.ingestion.survey.Items[c.Item].Name
			}
			place := j.table.place(c.Name)
			place.File = j.input.source.File
			j.undeclared = append(j.undeclared, undeclared{name, class, byName, place})
			continue
		}
		if seen != nil {
			j.tellHolding(k, c, seen)
		}
	}
}

// named reports whether a column of a kind whose content is not looked at may
// still tell by its name that it identifies: dates may be dates of birth.
func (j *job) named(c bind.Column) bool {
	if c.Role != bind.Answer {
		return false
	}
	t := j.survey.Items[c.Item].Type
	return t == survey.Date || t == survey.DateTime
}

// looksIdentifying judges a column by its name, the words of its item, and all
// of its cells. Of a column of identifiers of responses only what is the
// identity of a person counts: tools make identifiers that look like devices.
func (j *job) looksIdentifying(c bind.Column, seen *seenColumn) (class identity.Class, byName, looks bool) {
	var byContent identity.Class
	if seen != nil {
		byContent, looks = seen.looks.Looks()
	}
	if c.Role == bind.UUID || c.Role == bind.ID {
		return byContent, false, looks && slices.Contains([]identity.Class{identity.Email, identity.Handle, identity.IBAN, identity.Passport, identity.Name}, byContent)
	}
	if looks {
		return byContent, false, true
	}
	if c.Spoken != nil {
		return "", false, false
	}
	names := []string{c.Name}
	if c.Role == bind.Answer {
		item := &j.survey.Items[c.Item]
		names = append(names, item.Name)
		if !item.Type.Numeric() { // "how much for telephone calls": numbers that identify tell it themselves
			for _, tag := range slices.Sorted(maps.Keys(item.Label)) {
				names = append(names, item.Label[tag])
			}
		}
	}
	for _, name := range names {
		if class, ok := identity.ByName(name); ok {
			return class, true, true
		}
	}
	return "", false, false
}

// tellHolding notes how many open answers hold something that identifies.
func (j *job) tellHolding(k int, c bind.Column, seen *seenColumn) {
	var parts []string
	for _, class := range identity.Classes() {
		if n := seen.holding[class]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", class, n))
		}
	}
	if len(parts) == 0 {
		return
	}
	place, _ := j.place(k, 0)
	j.input.add("identities-held", finding.Note, place, "Open answers to the item hold what looks like an identity; answers by its class: "+strings.Join(parts, ", ")+".", "Nothing to do: open answers stay in the restricted folder. Take it out before you quote one.")
}

// refuseUndeclared refuses all columns together that look identifying and of
// which nothing was said, with the line that says it.
func (in *ingestion) refuseUndeclared() {
	var names []string
	for _, d := range in.undeclared {
		why := "all of its cells together"
		if d.byName {
			why = "its name"
		}
		in.found = append(in.found, finding.Finding{Stage: stage, Kind: "identifying-column", Severity: finding.Refusal, Place: d.place,
			Problem: fmt.Sprintf("The column looks as if it identified respondents (%s), by %s, and nothing says what is to become of it.", d.class, why),
			Remedy:  "Say it under identities.columns; the line to copy stands in the finding about all such columns."})
		if !slices.Contains(names, d.name) {
			names = append(names, d.name)
		}
	}
	if len(names) == 0 {
		return
	}
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = key(name) + ": restricted"
	}
	in.found = append(in.found, finding.Finding{Stage: stage, Kind: "identifying-columns", Severity: finding.Refusal,
		Problem: fmt.Sprintf("Columns that look as if they identified respondents: %d.", len(names)),
		Remedy:  "Put this line into the config. restricted: into the identity store and out of the answers; drop: read and thrown away; keep: you vouch that it does not identify. Line: identities: {columns: {" + strings.Join(lines, ", ") + "}}"})
}

// key writes a name as a key of YAML.
func key(name string) string {
	plain := name != ""
	for _, r := range name {
		if r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			plain = false
		}
	}
	if plain && !slices.Contains([]string{"y", "n", "yes", "no", "on", "off", "true", "false", "null"}, strings.ToLower(name)) {
		return name
	}
	return fmt.Sprintf("%q", name)
}

// checkFates refuses fates of columns that are nowhere, and those that
// contradict what the form says.
func (in *ingestion) checkFates() {
	items := map[string]*survey.Item{}
	var names []string
	for i := range in.survey.Items {
		items[in.survey.Items[i].Name] = &in.survey.Items[i]
		names = append(names, in.survey.Items[i].Name)
	}
	columns := map[string]bind.Column{}
	for _, u := range in.inputs {
		for _, t := range u.tables {
			for _, c := range t.header.Columns {
				for _, name := range []string{c.Name, c.As, records.Printable(c.Name)} {
					if _, there := columns[name]; !there && name != "" {
						columns[name] = c
					}
				}
				names = append(names, records.Printable(c.Name))
			}
		}
	}
	refuse := func(problem, remedy string) {
		in.found = append(in.found, finding.Finding{Stage: stage, Kind: "identities-columns", Severity: finding.Refusal, Problem: problem, Remedy: remedy})
	}
	for _, name := range slices.Sorted(maps.Keys(in.request.Config.Identities)) {
		fate, shown := in.request.Config.Identities[name], records.Printable(name)
		item, c := items[name], columns[name]
		_, there := columns[name]
		switch {
		case item != nil && fate == Keep && item.Role == survey.Identifying:
			refuse("identities.columns keeps the item "+shown+", and the form or its type says that it identifies.", "Correct its role in the form, or write restricted or drop.")
		case item != nil:
		case !there:
			refuse("identities.columns speaks of a column "+shown+", which neither the form nor a file has."+suggest(name, names), "Correct the name, or remove the line.")
		case ofItem(c):
			refuse("identities.columns names the column "+shown+" by what the file calls it.", "Name its item instead: "+in.survey.Items[c.Item].Name+".")
		case c.Role != bind.SetAside && c.Role != bind.Unknown && fate != Keep:
			refuse("identities.columns names the column "+shown+", by which responses are told apart or left out.", "Name another column as the identifier under input.columns first, or write keep.")
		}
	}
}
