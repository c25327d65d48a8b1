package ingest

import (
	"fmt"
	"maps"
	"path"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Fate says what becomes of a column that identifies.
type Fate string

// The fates of columns.
const (
	Restricted Fate = "restricted" // into the identity store, out of the answers
	Drop       Fate = "drop"       // read and thrown away, and counted
	Keep       Fate = "keep"       // the analyst vouches that it does not identify
)

// Fates says what becomes of columns, by the name of their item, or their own
// where they have none.
type Fates map[string]Fate

// Validate reports what is wrong with the fates by themselves.
func (f Fates) Validate() []finding.Finding {
	var out []finding.Finding
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if !slices.Contains([]Fate{Restricted, Drop, Keep}, f[name]) {
			out = append(out, finding.Finding{Stage: stage, Kind: "identities", Severity: finding.Refusal, Place: finding.Place{Column: "identities.columns"},
				Problem: fmt.Sprintf("What is to become of the column %s is not known.", records.Printable(name)),
				Remedy:  "Write restricted (into the identity store, out of the answers), drop (read and thrown away) or keep (it does not identify)."})
		}
	}
	return out
}

// Declare makes items identifying of which the config says that they go.
func (f Fates) Declare(items []survey.Item) {
	for i := range items {
		if fate := f[items[i].Name]; fate == Restricted || fate == Drop {
			items[i].Role, items[i].Stated = survey.Identifying, survey.Identifying
		}
	}
}

// Aside takes what identifies, apart from the answers.
type Aside interface {
	// Begin says which columns of a level are set aside, none at times.
	Begin(level int, columns []string) error
	// Add takes those of a response that was kept, in the order of the responses.
	Add(level int, from dataset.Origin, id dataset.ID, cells []string) error
}

// apart is a column of a table that is not read as an answer and counted.
type apart struct {
	column int
	fate   Fate
	to     int // its place among those that are set aside, -1 when it is dropped
}

// fate returns what the config says of a column.
func (in *ingestion) fate(c bind.Column) (Fate, bool) {
	names := []string{c.Name, c.As, records.Printable(c.Name)}
	if ofItem(c) {
		names = []string{in.survey.Items[c.Item].Name}
	}
	for _, name := range names {
		if fate, ok := in.request.Config.Identities[name]; ok {
			return fate, true
		}
	}
	return "", false
}

// ofItem reports whether a column belongs to an item of the form.
func ofItem(c bind.Column) bool { return c.Role == bind.Answer || c.Role == bind.Choice || c.Declared }

// becomes returns what becomes of a column; nothing where it is read as an
// answer, or is left unread and uncounted as columns of tools are.
func (in *ingestion) becomes(c bind.Column) Fate {
	if c.Role != bind.SetAside && c.Role != bind.Unknown {
		return ""
	}
	fate, said := in.fate(c)
	switch {
	case said && fate != Keep:
		return fate
	case !said && c.Declared:
		return Restricted
	}
	return ""
}

// nameApart is what a column is called in the identity store: its item, or its
// own name.
func (in *ingestion) nameApart(c bind.Column) string {
	if c.Declared && in.survey.Items[c.Item].Type != survey.SelectMultiple { // which has several columns
		return in.survey.Items[c.Item].Name
	}
	return records.Printable(c.Name)
}

// setApart finds the columns of a level that are set aside or dropped, in all
// files, and tells who takes them.
func (in *ingestion) setApart(level int) error {
	var names []string
	for _, u := range in.inputs {
		t := u.table(level)
		if t == nil {
			continue
		}
		for k, c := range t.header.Columns {
			fate := in.becomes(c)
			if fate == "" {
				continue
			}
			a := apart{column: k, fate: fate, to: -1}
			if fate == Restricted {
				name := in.nameApart(c)
				if a.to = slices.Index(names, name); a.to < 0 {
					a.to, names = len(names), append(names, name)
				}
			}
			t.apart = append(t.apart, a)
		}
	}
	in.aside = len(names)
	if in.request.Aside == nil {
		return nil
	}
	return in.request.Aside.Begin(level, names)
}

// cellsApart copies what is set aside of a row, and counts all that is not read
// as an answer.
func (j *job) cellsApart(out *bound, row record) {
	if len(j.table.apart) == 0 {
		return
	}
	if out.apart == nil {
		out.apart = make([]int64, len(j.table.apart))
	}
	at := len(out.aside)
	out.aside = append(out.aside, make([]string, j.levelReading.aside)...)
	for i, a := range j.table.apart {
		cell := row.Cell(a.column)
		if records.Blank(cell) {
			continue
		}
		out.apart[i]++
		if a.to >= 0 {
			out.aside[at+a.to] = string(cell)
		}
	}
}

// keepApart hands on what was set aside of the responses that were kept. before
// are the responses as they were bound, kept those of them that stay.
func (j *job) keepApart(b *bound, before, kept *dataset.Batch) error {
	for i, n := range b.apart {
		c := j.table.header.Columns[j.table.apart[i].column]
		j.input.countApart(j.nameApart(c), j.table.apart[i].fate, n)
	}
	width := j.levelReading.aside
	if width == 0 || j.request.Aside == nil || len(b.aside) == 0 {
		return nil
	}
	at := 0
	for i := range kept.Len() {
		from := kept.Origin(i)
		for before.Origin(at) != from {
			at++
		}
		cells := b.aside[at*width : (at+1)*width]
		if !slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
			continue
		}
		if err := j.request.Aside.Add(j.level, from, kept.ID(i), cells); err != nil {
			return err
		}
	}
	return nil
}

// countApart enters cells that identify into the account.
func (u *input) countApart(name string, fate Fate, cells int64) {
	at := slices.IndexFunc(u.report.Apart, func(r ApartReport) bool { return r.Column == name && r.Fate == fate })
	if at < 0 {
		at = len(u.report.Apart)
		u.report.Apart = append(u.report.Apart, ApartReport{Column: name, Fate: fate})
	}
	u.report.Apart[at].Cells += cells
}

// isApart reports whether a column is set aside or dropped as the config says.
func (t *table) isApart(column int) bool {
	return slices.ContainsFunc(t.apart, func(a apart) bool { return a.column == column })
}

// checkFileNames refuses files whose names hold an identity: names stand in
// findings, accounts and manifests.
func (c Config) checkFileNames() []finding.Finding {
	var out []finding.Finding
	for i, s := range c.Input {
		for _, m := range identity.Find(path.Base(s.File)) {
			// Numbers in names are those of exports and days, as far as anybody can tell.
			if !slices.Contains([]identity.Class{identity.Email, identity.Handle, identity.IBAN}, m.Class) {
				continue
			}
			out = append(out, finding.Finding{Stage: stage, Kind: "identities-name", Severity: finding.Refusal, Place: finding.Place{Column: "input.file"},
				Problem: fmt.Sprintf("The name of a file looks as if it identified somebody (%s): that of entry %d of input.", m.Class, i+1),
				Remedy:  "Give the file another name: names of files stand in logs and manifests."})
			break
		}
	}
	return out
}
