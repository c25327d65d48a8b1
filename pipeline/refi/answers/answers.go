// Package answers makes a REFI-QDA project of open answers, for people who code
// them in another program, and reads the codings that come back. Each respondent
// is a case, each answer a source of its own.
//
// The project holds answers: it belongs into the restricted folder. What of a
// respondent goes with the answers is up to the caller. Guids are derived from
// units and items; with a secret they cannot be worked out by those who know a unit.
package answers

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/refi"
)

// Rule is the coder that is no person.
const Rule = "rule"

// Pack is what coders are given.
type Pack struct {
	Name      string      // of the project
	Origin    string      // the program and its version
	Secret    string      // goes into every guid of answers; the same for writing and reading back
	Codes     []refi.Code // the codebook; a name begins with the id of the code and a blank, or is the id
	Coders    []string    // who is to code; names as the other programs show them
	Variables []refi.Variable
	Cases     []Case
}

// Case is a respondent with what may be known of it.
type Case struct {
	Unit    string            // as it stands before the coders: not the id of the response, unless they may see it
	Values  map[string]string // by name of the variable
	Answers []Answer
}

// Answer is one open answer.
type Answer struct {
	Item  string
	Text  string
	Marks []Mark // codes that it has, such as those that rules suggest
}

// Mark is a code that somebody gave a part of an answer, in bytes from Start
// up to End; without an end it is given to the whole.
type Mark struct {
	Coder, Code string
	Start, End  int
	Time        string // such as 2024-05-01T10:00:00Z, or ""
}

// Project makes the project. Texts are written with LF at the ends of lines and
// without a byte order mark. A mark that does not fit its answer, or that has a
// code which the codebook lacks, is an error.
func (k Pack) Project() (*refi.Project, error) {
	p := &refi.Project{Name: k.Name, Origin: k.Origin, Codes: k.Codes, Files: map[string][]byte{}}
	for _, coder := range append([]string{Rule}, k.Coders...) {
		p.Users = append(p.Users, refi.User{GUID: userGUID(coder), Name: coder})
	}
	variables := map[string]refi.Variable{}
	for _, v := range k.Variables {
		if v.GUID == "" {
			v.GUID = refi.GUID("variable", v.Name)
		}
		p.Variables = append(p.Variables, v)
		variables[v.Name] = v
	}
	w := writer{pack: k, project: p, codes: map[string]string{}, users: map[string]bool{}}
	for id, guid := range ids(k.Codes) {
		w.codes[id] = guid
	}
	for _, u := range p.Users {
		w.users[u.Name] = true
	}
	for i, c := range k.Cases {
		made := refi.Case{GUID: refi.GUID("case", k.Secret, c.Unit), Name: c.Unit}
		for _, v := range k.Variables {
			if value, ok := c.Values[v.Name]; ok {
				made.Values = append(made.Values, valueOf(variables[v.Name], value))
			}
		}
		for _, a := range c.Answers {
			source, err := w.source(c.Unit, a)
			if err != nil {
				return nil, fmt.Errorf("case %d of the project: %w", i+1, err)
			}
			p.Sources = append(p.Sources, refi.Source{Text: source})
			made.SourceRefs = append(made.SourceRefs, refi.Ref{GUID: source.GUID})
		}
		p.Cases = append(p.Cases, made)
	}
	return p, nil
}

// writer makes sources.
type writer struct {
	pack    Pack
	project *refi.Project
	codes   map[string]string // guid by id
	users   map[string]bool
}

func (w writer) source(unit string, a Answer) (*refi.Text, error) {
	guid := sourceGUID(w.pack.Secret, unit, a.Item)
	file := guid + ".txt"
	if _, twice := w.project.Files[file]; twice {
		return nil, fmt.Errorf("an answer to %s stands twice", a.Item)
	}
	plain := flatten(a.Text)
	w.project.Files[file] = []byte(plain.text)
	t := &refi.Text{GUID: guid, Name: sourceName(unit, a.Item), PlainPath: "internal://" + file}
	type place struct{ start, end int }
	at := map[place]int{} // where in the list of selections
	for i, m := range a.Marks {
		code, known := w.codes[m.Code]
		switch {
		case !known:
			return nil, fmt.Errorf("mark %d of the answer to %s has a code that the codebook lacks", i+1, a.Item)
		case !w.users[m.Coder]:
			return nil, fmt.Errorf("mark %d of the answer to %s is by a coder that the project lacks", i+1, a.Item)
		}
		coding := refi.Coding{
			GUID: refi.GUID("coding", guid, fmt.Sprint(i)), CreatingUser: userGUID(m.Coder), Created: m.Time, Code: refi.Ref{GUID: code},
		}
		if m.Start == 0 && m.End == 0 {
			t.Codings = append(t.Codings, coding)
			continue
		}
		if m.Start < 0 || m.End <= m.Start || m.End > len(a.Text) || !boundary(a.Text, m.Start) || !boundary(a.Text, m.End) {
			return nil, fmt.Errorf("mark %d of the answer to %s lies outside it, or within a sign", i+1, a.Item)
		}
		p := place{plain.from(m.Start), plain.from(m.End)}
		n, there := at[p]
		if !there {
			n = len(t.Selections)
			at[p] = n
			s := refi.Selection{GUID: refi.GUID("selection", guid, fmt.Sprint(p.start), fmt.Sprint(p.end)), Name: cut(plain.text[p.start:p.end])}
			s.Start, s.End = refi.Positions(plain.text, p.start, p.end)
			t.Selections = append(t.Selections, s)
		}
		t.Selections[n].Codings = append(t.Selections[n].Codings, coding)
	}
	return t, nil
}

func boundary(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }

// nameLength is how much of a selection its name repeats. Programs show it, and
// positions that were counted otherwise are found by it.
const nameLength = 40

func cut(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > nameLength {
		return string(r[:nameLength]) + "…"
	}
	return text
}

func userGUID(coder string) string { return refi.GUID("user", coder) }

func sourceGUID(secret, unit, item string) string { return refi.GUID("answer", secret, unit, item) }

func sourceName(unit, item string) string { return unit + " " + item }

// ids returns the guid of each code by its id, the first word of its name.
func ids(codes []refi.Code) map[string]string {
	out := map[string]string{}
	for _, c := range codes {
		if id, _, _ := strings.Cut(c.Name, " "); c.Codable && out[id] == "" {
			out[id] = c.GUID
		}
		for id, guid := range ids(c.Codes) {
			if out[id] == "" {
				out[id] = guid
			}
		}
	}
	return out
}

// valueOf writes a value under the type of its variable.
func valueOf(v refi.Variable, value string) refi.Value {
	out := refi.Value{Variable: refi.Ref{GUID: v.GUID}}
	switch v.Type {
	case "Boolean":
		out.Boolean = &value
	case "Integer":
		out.Integer = &value
	case "Float":
		out.Float = &value
	case "Date":
		out.Date = &value
	case "DateTime":
		out.DateTime = &value
	default:
		out.Text = &value
	}
	return out
}
