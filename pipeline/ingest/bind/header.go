// Package bind gives the columns of a file and the cells under them their
// meaning in a survey. A cell becomes an answer only where it says exactly what
// the form admits; everything else keeps its text and is reported.
package bind

import "strings"

// Role says what a column of a file is.
type Role uint8

// The roles of columns.
const (
	Unknown     Role = iota // not of the form: dropped and named
	Answer                  // the answer to an item; for a select_multiple its summary
	Choice                  // whether one choice of a select_multiple was made
	UUID                    // identifier of the response
	ID                      // identifier of the response where there is no UUID
	Index                   // number of the row, to which rows of repeats point
	ParentIndex             // number of the parent row
	ParentTable             // sheet of the parent row
	RootUUID                // identifier of the respondent, in a row of a repeat
	SetAside                // of a tool, or identifying: its content is not read
	Ignored                 // left unread as the config says
	Untitled                // no name
	Validation              // state of the response in KoboToolbox: read by the filter alone
	Review                  // state of the response in ODK Central: read by the filter alone
	Submitted               // when the response was submitted, in LimeSurvey: read by the filter alone
)

// Column is what a column of a file means.
type Column struct {
	Name string
	Role Role
	Item int   // index in Survey.Items, for Answer, Choice and for items set aside
	Code int32 // of the choice, for Choice
	As   string

	Declared bool    // set aside because the form or the config says that its item identifies
	Spoken   *Spoken // what stands beside an answer, such as its transcript; nil for other columns

	Marks     *Mark    // a choice that a text in this column speaks for; nil for none
	Otherwise bool     // found though its name is written otherwise: see Tidy and byCase
	Means     []string // what a label means that means several things, as input.columns would name them
	label     bool     // found by a label
}

// Header is what the columns of a file or a sheet mean together.
type Header struct {
	Columns         []Column
	GroupSeparator  string        // between the groups in column names, "" when they have none
	ChoiceSeparator string        // between a select_multiple and its choices, "" when not split
	Language        string        // tag of the language whose labels the columns bear, "" for names
	ByLabel         int           // columns that were found by a label of the form
	Bound           int           // columns with answers
	Given           map[int]int32 // answers that hold for all rows: index in Survey.Items -> code
	Known           int           // columns that the form or a tool accounts for
	LimeSurvey      bool          // the columns are those of LimeSurvey
}

// Style names how select_multiple items are written: summary, details, both or
// none.
func (h Header) Style() string {
	summary, details := false, false
	multiple := map[int]bool{}
	for _, c := range h.Columns {
		if c.Role == Choice {
			details, multiple[c.Item] = true, true
		}
	}
	for _, c := range h.Columns {
		summary = summary || c.Role == Answer && multiple[c.Item]
	}
	switch {
	case summary && details:
		return "both"
	case details:
		return "details"
	}
	return "summary"
}

// Apart reports whether the content of a column is not read as an answer.
func (r Role) Apart() bool {
	return r == SetAside || r == Validation || r == Review || r == Submitted
}

// Listed reports whether a name is in a list, whose entries may end with "*".
func Listed(name string, list []string) bool {
	for _, entry := range list {
		if before, star := strings.CutSuffix(entry, "*"); entry == name || star && strings.HasPrefix(name, before) {
			return true
		}
	}
	return false
}

// identify gives the columns of other tools that can serve as identifier their
// role, where there is no _uuid.
func (h *Header) identify() {
	for _, c := range h.Columns {
		if c.Role == UUID || c.Role == ID && c.As == "_id" && !h.has("KEY") {
			return
		}
	}
	for _, id := range identifiers {
		for i := range h.Columns {
			if c := &h.Columns[i]; c.As == id.name && (c.Role == SetAside || c.Role == Unknown) {
				c.Role = id.role
				return
			}
		}
	}
}

func (h *Header) has(as string) bool { return h.Named(as) >= 0 }

// Named returns the position of the column that is known by a name, or -1.
func (h *Header) Named(as string) int {
	for i, c := range h.Columns {
		if c.As == as {
			return i
		}
	}
	return -1
}

// Find returns the position of the first column of a role, or -1.
func (h Header) Find(r Role) int {
	for i, c := range h.Columns {
		if c.Role == r {
			return i
		}
	}
	return -1
}
