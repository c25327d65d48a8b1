// Package refi reads and writes what programs for qualitative analysis exchange:
// codebooks (.qdc) and projects (.qdpx) of the REFI-QDA standard, version 1.5,
// which QualCoder, NVivo, MAXQDA and ATLAS.ti know. Bytes come in, bytes go out.
//
// What the standard knows is kept, also what Soundings does not use: sources
// that are no text, and graphs, as trees of elements. Positions count Unicode
// code points from 0 in the text of the source; the end is the first one behind
// the selection.
package refi

import "encoding/xml"

// Project is a project as programs exchange it: who coded which places of which
// sources with which codes, and what is known of the cases.
type Project struct {
	Name         string `xml:"name,attr"`
	Origin       string `xml:"origin,attr,omitempty"` // the program that wrote it
	CreatingUser string `xml:"creatingUserGUID,attr,omitempty"`
	Created      string `xml:"creationDateTime,attr,omitempty"`
	ModifyingBy  string `xml:"modifyingUserGUID,attr,omitempty"`
	Modified     string `xml:"modifiedDateTime,attr,omitempty"`
	BasePath     string `xml:"basePath,attr,omitempty"`

	Users       []User     `xml:"Users>User"`
	Codes       []Code     `xml:"CodeBook>Codes>Code"`
	Variables   []Variable `xml:"Variables>Variable"`
	Cases       []Case     `xml:"Cases>Case"`
	Sources     Sources    `xml:"Sources,omitempty"`
	Notes       []Text     `xml:"Notes>Note"`
	Links       []Link     `xml:"Links>Link"`
	Sets        []Set      `xml:"Sets>Set"`
	Graphs      []Element  `xml:"Graphs>Graph"`
	Description string     `xml:"Description,omitempty"`
	NoteRefs    []Ref      `xml:"NoteRef"`

	// Files holds the files of the sources by name, such as GUID.txt, as they lie in the archive.
	Files map[string][]byte `xml:"-"`
}

// User is somebody, or something, that codes.
type User struct {
	GUID string `xml:"guid,attr"`
	Name string `xml:"name,attr,omitempty"`
	ID   string `xml:"id,attr,omitempty"`
}

// Code is a code with those below it. One that is not codable only gathers others.
type Code struct {
	GUID        string `xml:"guid,attr"`
	Name        string `xml:"name,attr"`
	Codable     bool   `xml:"isCodable,attr"`
	Color       string `xml:"color,attr,omitempty"` // as in #1F77B4
	Description string `xml:"Description,omitempty"`
	NoteRefs    []Ref  `xml:"NoteRef"`
	Codes       []Code `xml:"Code"`
}

// Variable is something that is known of cases. Type is Text, Boolean, Integer,
// Float, Date or DateTime.
type Variable struct {
	GUID        string `xml:"guid,attr"`
	Name        string `xml:"name,attr"`
	Type        string `xml:"typeOfVariable,attr"`
	Description string `xml:"Description,omitempty"`
}

// Case gathers what comes from one respondent.
type Case struct {
	GUID          string  `xml:"guid,attr"`
	Name          string  `xml:"name,attr,omitempty"`
	Description   string  `xml:"Description,omitempty"`
	CodeRefs      []Ref   `xml:"CodeRef"`
	Values        []Value `xml:"VariableValue"`
	SourceRefs    []Ref   `xml:"SourceRef"`
	SelectionRefs []Ref   `xml:"SelectionRef"`
}

// Value is the value of a variable; one field at most is not nil.
type Value struct {
	Variable Ref     `xml:"VariableRef"`
	Text     *string `xml:"TextValue"`
	Boolean  *string `xml:"BooleanValue"`
	Integer  *string `xml:"IntegerValue"`
	Float    *string `xml:"FloatValue"`
	Date     *string `xml:"DateValue"`
	DateTime *string `xml:"DateTimeValue"`
}

// Ref points to something by its guid.
type Ref struct {
	GUID string `xml:"targetGUID,attr"`
}

// Source is a text, or something else that is kept as it is.
type Source struct {
	Text  *Text
	Other *Element
}

// Sources are sources in their order.
type Sources []Source

// Text is a source of plain text, or a note. Its text stands in Content, or in
// the file that PlainPath names.
type Text struct {
	GUID         string      `xml:"guid,attr"`
	Name         string      `xml:"name,attr,omitempty"`
	RichPath     string      `xml:"richTextPath,attr,omitempty"`
	PlainPath    string      `xml:"plainTextPath,attr,omitempty"`
	CreatingUser string      `xml:"creatingUser,attr,omitempty"`
	Created      string      `xml:"creationDateTime,attr,omitempty"`
	ModifyingBy  string      `xml:"modifyingUser,attr,omitempty"`
	Modified     string      `xml:"modifiedDateTime,attr,omitempty"`
	Description  string      `xml:"Description,omitempty"`
	Content      *string     `xml:"PlainTextContent"`
	Selections   []Selection `xml:"PlainTextSelection"`
	Codings      []Coding    `xml:"Coding"` // of the text as a whole
	NoteRefs     []Ref       `xml:"NoteRef"`
	Values       []Value     `xml:"VariableValue"`
}

// Selection is a part of a text, from Start up to and without End.
type Selection struct {
	GUID         string   `xml:"guid,attr"`
	Name         string   `xml:"name,attr,omitempty"`
	Start        Position `xml:"startPosition,attr"`
	End          Position `xml:"endPosition,attr"`
	CreatingUser string   `xml:"creatingUser,attr,omitempty"`
	Created      string   `xml:"creationDateTime,attr,omitempty"`
	ModifyingBy  string   `xml:"modifyingUser,attr,omitempty"`
	Modified     string   `xml:"modifiedDateTime,attr,omitempty"`
	Description  string   `xml:"Description,omitempty"`
	Codings      []Coding `xml:"Coding"`
	NoteRefs     []Ref    `xml:"NoteRef"`
}

// Coding says that a user gave a code.
type Coding struct {
	GUID         string `xml:"guid,attr"`
	CreatingUser string `xml:"creatingUser,attr,omitempty"`
	Created      string `xml:"creationDateTime,attr,omitempty"`
	Code         Ref    `xml:"CodeRef"`
	NoteRefs     []Ref  `xml:"NoteRef"`
}

// Link ties two things together.
type Link struct {
	GUID      string `xml:"guid,attr"`
	Name      string `xml:"name,attr,omitempty"`
	Direction string `xml:"direction,attr,omitempty"`
	Color     string `xml:"color,attr,omitempty"`
	Origin    string `xml:"originGUID,attr,omitempty"`
	Target    string `xml:"targetGUID,attr,omitempty"`
	NoteRefs  []Ref  `xml:"NoteRef"`
}

// Set gathers codes, sources and notes.
type Set struct {
	GUID        string `xml:"guid,attr"`
	Name        string `xml:"name,attr"`
	Description string `xml:"Description,omitempty"`
	Codes       []Ref  `xml:"MemberCode"`
	Sources     []Ref  `xml:"MemberSource"`
	Notes       []Ref  `xml:"MemberNote"`
}

// Codebook is a codebook that stands alone.
type Codebook struct {
	Origin string    `xml:"origin,attr,omitempty"`
	Codes  []Code    `xml:"Codes>Code"`
	Sets   []CodeSet `xml:"Sets>Set"`
}

// CodeSet gathers codes of a codebook.
type CodeSet struct {
	GUID        string       `xml:"guid,attr"`
	Name        string       `xml:"name,attr"`
	Description string       `xml:"Description,omitempty"`
	Codes       []MemberCode `xml:"MemberCode"`
}

// MemberCode names a code of a set.
type MemberCode struct {
	GUID string `xml:"guid,attr"`
}

// Element is an element of which only the form is known.
type Element struct {
	Name     string
	Attrs    []xml.Attr // without namespaces
	Text     string     // where it has no elements
	Children []Element
}
