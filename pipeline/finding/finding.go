// Package finding holds what an analyst should know: a place, a problem and a
// remedy. A Finding never carries an answer, a name or a place from the data;
// it points to the row and the column where the analyst can look.
package finding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says what a finding means for the run.
type Severity string

// The severities, mildest first.
const (
	Note    Severity = "note"    // for information: nothing to do
	Warning Severity = "warning" // worth a look: the run went on
	Refusal Severity = "refusal" // the run cannot go on until this is mended
)

// Place says where: any part may be empty. Row counts from 1, the header
// included; a CSV record is named by the physical line on which it starts.
type Place struct {
	File   string `json:"file,omitempty"`
	Sheet  string `json:"sheet,omitempty"`
	Row    int    `json:"row,omitempty"`
	Column string `json:"column,omitempty"`
	Item   string `json:"item,omitempty"`
}

// String gives the place as "file, sheet, row, column", leaving out what is unknown.
func (p Place) String() string {
	var parts []string
	if p.File != "" {
		parts = append(parts, p.File)
	}
	if p.Sheet != "" {
		parts = append(parts, "sheet "+p.Sheet)
	}
	if p.Row > 0 {
		parts = append(parts, fmt.Sprintf("row %d", p.Row))
	}
	if p.Column != "" {
		parts = append(parts, "column "+p.Column)
	}
	if p.Item != "" && p.Item != p.Column {
		parts = append(parts, "item "+p.Item)
	}
	return strings.Join(parts, ", ")
}

// Finding is one thing the analyst should know.
type Finding struct {
	Stage    string   `json:"stage"`           // the stage that found it
	Kind     string   `json:"kind"`            // a stable slug, such as "unknown-choice"
	Severity Severity `json:"severity"`        // what it means for the run
	Place    Place    `json:"place"`           // where
	Problem  string   `json:"problem"`         // what is the matter, in a whole sentence
	Remedy   string   `json:"remedy"`          // what to do about it
	Count    int64    `json:"count,omitempty"` // how many like it, when more than one is reported as one
}

// String gives the finding on one line.
func (f Finding) String() string {
	var b strings.Builder
	if place := f.Place.String(); place != "" {
		b.WriteString(place + ": ")
	}
	b.WriteString(f.Problem)
	if f.Count > 1 {
		fmt.Fprintf(&b, " (%d times)", f.Count)
	}
	if f.Remedy != "" {
		b.WriteString(" " + f.Remedy)
	}
	return b.String()
}

// Refused reports whether any of the findings stops the run.
func Refused(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Severity == Refusal })
}

// Sort puts findings into one order that does not depend on how they were met.
func Sort(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Sheet, b.Place.Sheet),
			cmp.Compare(a.Place.Row, b.Place.Row), cmp.Compare(a.Place.Column, b.Place.Column),
			cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Problem, b.Problem),
		)
	})
}
