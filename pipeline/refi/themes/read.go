package themes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/refi"
	"github.com/soundings-survey/soundings/pipeline/strictyaml"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Read makes a codebook of one of the standard, whatever program wrote it.
// Names are labels in the language given. What cannot be given itself and has
// codes below it makes a family. After a refusal the codebook is nil.
func Read(file string, b *refi.Codebook, language string) (*code.Codebook, []finding.Finding) {
	r := reader{file: file, language: language, families: map[string]bool{}, themes: map[string]bool{}}
	for _, s := range b.Sets {
		if _, content, found := cut(s.Description); found && refi.Same(s.GUID) == refi.GUID("codebook") {
			var h head
			if r.decode(content, &h) {
				r.book.Version, r.book.Title = h.Version, h.Title
			}
		}
	}
	for _, c := range b.Codes {
		r.code(c, "", "", 0)
	}
	r.order(b.Sets)
	if r.deep > 0 {
		r.warn("levels", "Families stand in families; each code is kept in the family right above it.", "Look whether the upper levels are needed, and say so in the labels of the families.", r.deep)
	}
	if r.colors > 0 {
		r.warn("colours", "Codes have colours, and a codebook of Soundings has none.", "Nothing: colours are chosen where they are shown.", r.colors)
		r.findings[len(r.findings)-1].Severity = finding.Note
	}
	content, err := strictyaml.Encode(&r.book)
	if err != nil {
		r.warn("yaml", "The codebook cannot be written as YAML.", "Look for odd signs in names and descriptions.", 0)
		r.findings[len(r.findings)-1].Severity = finding.Refusal
		return nil, r.findings
	}
	book, findings := code.Read(file, content)
	for _, f := range findings {
		f.Place.Row = 0 // of a file that nobody sees
		r.findings = append(r.findings, f)
	}
	return book, r.findings
}

// order puts codes into the order of the set that Write made of them, new ones
// behind: codes under others need not stand right after them.
func (r *reader) order(sets []refi.CodeSet) {
	at := map[string]int{}
	for _, s := range sets {
		if refi.Same(s.GUID) != refi.GUID("codebook") {
			continue
		}
		for i, c := range s.Codes {
			at[refi.Same(c.GUID)] = i + 1
		}
	}
	if len(at) == 0 {
		return
	}
	place := map[string]int{}
	for i, t := range r.book.Codes {
		if place[t.ID] = at[refi.Same(r.guids[i])]; place[t.ID] == 0 {
			place[t.ID] = len(at) + 1
		}
	}
	slices.SortStableFunc(r.book.Codes, func(a, b code.Theme) int { return place[a.ID] - place[b.ID] })
}

type reader struct {
	guids            []string // of the codes of the book
	file, language   string
	book             code.Codebook
	families, themes map[string]bool // by id
	findings         []finding.Finding
	deep, colors     int64
}

func (r *reader) warn(kind, problem, remedy string, count int64) {
	r.findings = append(r.findings, finding.Finding{
		Stage: "code", Kind: kind, Severity: finding.Warning, Place: finding.Place{File: r.file}, Problem: problem, Remedy: remedy, Count: count,
	})
}

// cut divides a description into what coders read and what only Soundings needs.
func cut(description string) (read, hidden string, found bool) {
	description = strings.ReplaceAll(strings.ReplaceAll(description, "\r\n", "\n"), "\r", "\n")
	read, hidden, found = strings.Cut(description, divider)
	return strings.TrimSpace(read), hidden, found
}

// decode reads what only Soundings needs. Other programs may have spoilt it.
func (r *reader) decode(content string, to any) bool {
	if findings := strictyaml.Decode(r.file, []byte(content), to); finding.Refused(findings) {
		r.warn("description", "What Soundings wrote into the description of a code was changed and cannot be read.", "Terms and labels in other languages are lost: take them from the codebook it was made of.", 1)
		return false
	}
	return true
}

// code reads a code and those below it.
func (r *reader) code(c refi.Code, family, parent string, depth int) {
	read, content, found := cut(c.Description)
	if c.Color != "" && !found {
		r.colors++
	}
	if !c.Codable && depth > 0 {
		r.deep++
	}
	if !c.Codable {
		var f code.Family
		if !found || !r.decode(content, &f) {
			f = code.Family{}
		}
		f.ID = r.id(f.ID, c.Name, r.families)
		f.Label = r.label(f.Label, f.ID, c.Name)
		r.book.Families = append(r.book.Families, f)
		family, parent = f.ID, ""
	} else {
		var t code.Theme
		if found && !r.decode(content, &t) {
			t = code.Theme{}
		}
		if t.Definition == "" && t.Include == "" && t.Exclude == "" {
			t.Definition, t.Include, t.Exclude = parts(read)
		}
		t.ID = r.id(t.ID, c.Name, r.themes)
		t.Label = r.label(t.Label, t.ID, c.Name)
		t.Family, t.Parent = family, parent
		r.book.Codes = append(r.book.Codes, t)
		r.guids = append(r.guids, c.GUID)
		parent = t.ID
	}
	for _, below := range c.Codes {
		r.code(below, family, parent, depth+1)
	}
}

// label takes the label from the name, which somebody may have changed.
func (r *reader) label(label survey.Text, id, name string) survey.Text {
	name = strings.TrimSpace(name)
	switch rest, found := strings.CutPrefix(name, id+" "); {
	case name == id:
		return label
	case found:
		name = rest
	}
	if label == nil {
		label = survey.Text{}
	}
	label[r.language] = name
	return label
}

// id returns the id of a code: the one that it has, the first word of its name
// where that looks like one, or one that is made from the name.
func (r *reader) id(id, name string, taken map[string]bool) string {
	if id == "" {
		if id, _, _ = strings.Cut(strings.TrimSpace(name), " "); !looksLikeID(id) {
			id = made(name)
		}
	}
	base := first(id, "CODE")
	id = base
	for n := 2; taken[id]; n++ {
		id = fmt.Sprintf("%s_%d", base, n)
	}
	taken[id] = true
	return id
}

const (
	capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits   = "0123456789"
)

func looksLikeID(word string) bool {
	return len(word) > 1 && strings.Trim(word, capitals+digits+"_") == "" && strings.Contains(capitals, word[:1])
}

// maxID is how long an id that is made from a name may be.
const maxID = 32

// made makes an id from the Latin letters and the digits of a name.
func made(name string) string {
	words := strings.FieldsFunc(strings.ToUpper(name), func(c rune) bool { return !strings.ContainsRune(capitals+digits, c) })
	id := strings.Join(words, "_")
	if len(id) > maxID {
		id = strings.TrimRight(id[:maxID], "_")
	}
	return id
}
