package answers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/refi"
)

// Coding is a code that somebody gave an answer. Start and End are bytes of the
// answer as it was given to the pack; both are 0 where the code stands for the
// whole answer or where the place is not known.
type Coding struct {
	Unit, Item  string
	Coder, Code string
	Start, End  int
	Time        string
}

// Codings reads the codings of a project that came back from a coder, in the
// order of answers. Other programs give new guids, add users and rewrite texts:
// codes and answers are known by their guids, or else by their names. A coding
// by the rules stays one; one by a user whom the pack does not name is the
// coder's. The pack must hold the answers as they were sent.
func (k Pack) Codings(file string, p *refi.Project, coder string) ([]Coding, []finding.Finding) {
	r := reader{file: file, coder: coder, codes: k.codes(p.Codes), users: k.users(p.Users), sent: map[string]sent{}, named: map[string]string{}}
	for i, c := range k.Cases {
		for j, a := range c.Answers {
			guid := sourceGUID(k.Secret, c.Unit, a.Item)
			r.sent[guid] = sent{unit: c.Unit, answer: a, order: [2]int{i, j}}
			name := sourceName(c.Unit, a.Item)
			if _, twice := r.named[name]; twice {
				guid = "" // a name that means two answers means none
			}
			r.named[name] = guid
		}
	}
	var all []placed
	for _, s := range p.Sources {
		if s.Text != nil {
			all = append(all, r.text(p, s.Text)...)
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int {
		return cmp.Or(
			cmp.Compare(a.order[0], b.order[0]), cmp.Compare(a.order[1], b.order[1]),
			cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Coder, b.Coder), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Time, b.Time),
		)
	})
	var out []Coding
	for i, c := range all {
		if i == 0 || c != all[i-1] { // programs write what was coded twice twice
			out = append(out, c.Coding)
		}
	}
	return out, r.findings
}

type sent struct {
	unit   string
	answer Answer
	order  [2]int
}

type placed struct {
	Coding
	order [2]int
}

// codes returns the id of each code of a project by its guid, as far as the pack knows it.
func (k Pack) codes(list []refi.Code) map[string]string {
	known := ids(k.Codes)
	byGUID := map[string]string{}
	for id, guid := range known {
		byGUID[refi.Same(guid)] = id
	}
	out := map[string]string{}
	var walk func([]refi.Code)
	walk = func(list []refi.Code) {
		for _, c := range list {
			key := refi.Same(c.GUID)
			id, ok := byGUID[key]
			if !ok {
				id, _, _ = strings.Cut(strings.TrimSpace(c.Name), " ")
				_, ok = known[id]
			}
			if _, before := out[key]; ok && !before {
				out[key] = id
			}
			walk(c.Codes)
		}
	}
	walk(list)
	return out
}

// users returns who each user of a project is, as far as the pack knows.
func (k Pack) users(list []refi.User) map[string]string {
	out := map[string]string{}
	for _, u := range list {
		for _, coder := range append([]string{Rule}, k.Coders...) {
			if refi.Same(u.GUID) == userGUID(coder) || strings.TrimSpace(u.Name) == coder {
				out[refi.Same(u.GUID)] = coder
			}
		}
	}
	return out
}

type reader struct {
	file, coder string
	codes       map[string]string // id by guid
	users       map[string]string // coder by guid
	sent        map[string]sent   // by guid
	named       map[string]string // guid by name of the source
	findings    []finding.Finding
}

func (r *reader) warn(kind, problem, remedy string) {
	r.findings = append(r.findings, finding.Finding{
		Stage: "code", Kind: kind, Severity: finding.Warning, Place: finding.Place{File: r.file}, Problem: problem, Remedy: remedy,
	})
}

// text reads the codings of a source.
func (r *reader) text(p *refi.Project, t *refi.Text) []placed {
	guid := refi.Same(t.GUID)
	was, ok := r.sent[guid]
	if !ok {
		guid = r.named[strings.TrimSpace(t.Name)]
		was, ok = r.sent[guid]
	}
	if !ok {
		r.warn("unknown-source", "The TextSource "+refi.Shown(t.GUID)+" is no answer of this pack: its codings are not read.", "Look whether the project belongs to another pack, or whether the coder added a text.")
		return nil
	}
	before := flatten(was.answer.Text)
	content, there := p.Content(t)
	after := flatten(string(content))
	same := there && strings.TrimRight(before.text, "\n ") == strings.TrimRight(after.text, "\n ")
	if there && !same {
		r.warn("changed-text", "The text of the TextSource "+refi.Shown(t.GUID)+" is not that of the answer: its codings are read without places.", "Coders must not edit answers; ask what was changed.")
	}
	var out []placed
	keep := func(c refi.Coding, start, end int) {
		code, known := r.codes[refi.Same(c.Code.GUID)]
		if !known {
			r.warn("unknown-code", fmt.Sprintf("The Coding %s has a code that the codebook lacks: it is not read.", refi.Shown(c.GUID)), "Add the code to the codebook with its id at the beginning of its name, or ask the coder for one that it has.")
			return
		}
		who, known := r.users[refi.Same(c.CreatingUser)]
		if !known {
			who = r.coder
		}
		out = append(out, placed{Coding{Unit: was.unit, Item: was.answer.Item, Coder: who, Code: code, Start: start, End: end, Time: c.Created}, was.order})
	}
	for _, c := range t.Codings {
		keep(c, 0, 0)
	}
	spans, _ := refi.Locate(content, t.Selections)
	for i, s := range t.Selections {
		start, end := 0, 0
		if same && spans[i].Found {
			from, to := after.from(spans[i].Start), after.from(spans[i].End)
			start, end = before.to(min(from, len(before.text))), before.to(min(to, len(before.text)))
		}
		for _, c := range s.Codings {
			keep(c, start, end)
		}
	}
	return out
}
