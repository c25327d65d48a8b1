package refi

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// check looks for what a project says that cannot be so, and for what is not read.
func (r *reader) check(p *Project) {
	codes := map[string]bool{}
	users := map[string]bool{}
	twice := map[string]bool{}
	var walk func(list []Code)
	walk = func(list []Code) {
		for _, c := range list {
			if key := Same(c.GUID); codes[key] && !twice[key] {
				twice[key] = true
				r.add(finding.Warning, "duplicate-guid", "Two codes have the guid "+Shown(c.GUID)+".", "Codings of both count for the first.")
			}
			codes[Same(c.GUID)] = true
			walk(c.Codes)
		}
	}
	walk(p.Codes)
	for _, u := range p.Users {
		users[Same(u.GUID)] = true
	}
	sources := map[string]bool{}
	for _, s := range p.Sources {
		if s.Other != nil {
			r.other(s.Other)
			continue
		}
		if key := Same(s.Text.GUID); sources[key] {
			r.add(finding.Warning, "duplicate-guid", "Two sources have the guid "+Shown(s.Text.GUID)+".", "Codings of both count for the same answer.")
		} else {
			sources[key] = true
		}
		r.text(p, s.Text)
		for _, c := range codingsOf(s.Text) {
			if !codes[Same(c.Code.GUID)] {
				r.add(finding.Warning, "unknown-code", fmt.Sprintf("The Coding %s points to a code that the project does not have.", Shown(c.GUID)), "It is kept, and gives no code.")
			}
			if c.CreatingUser != "" && !users[Same(c.CreatingUser)] {
				r.add(finding.Warning, "unknown-user", fmt.Sprintf("The Coding %s was made by a user that the project does not name.", Shown(c.GUID)), "It counts as made by whoever the file is from.")
			}
		}
	}
}

// codingsOf returns all codings of a text, those of the whole first.
func codingsOf(t *Text) []Coding {
	out := t.Codings
	for _, s := range t.Selections {
		out = append(out[:len(out):len(out)], s.Codings...)
	}
	return out
}

// other says that a source is kept and not read.
func (r *reader) other(x *Element) {
	guid := ""
	for _, a := range x.Attrs {
		if a.Name.Local == "guid" {
			guid = a.Value
		}
	}
	name := elementNamed(x.Name, newVocabulary())
	r.add(finding.Note, "not-read", fmt.Sprintf("The source %s is %s: it is kept, and its codings are not read.", Shown(guid), name), "Code plain texts, where the codings are to come back.")
}

// text checks the text of a source and the places of its selections.
func (r *reader) text(p *Project, t *Text) {
	content, ok := p.Content(t)
	switch {
	case !ok && t.PlainPath == "" && t.RichPath == "":
		r.add(finding.Warning, "no-text", "The TextSource "+Shown(t.GUID)+" has neither a text nor a file.", "Its codings come back without places.")
		return
	case !ok && t.PlainPath == "":
		r.add(finding.Warning, "not-read", "The TextSource "+Shown(t.GUID)+" has a formatted text and no plain one; formatted texts are not read.", "Export it with plain text; its codings come back without places.")
		return
	case !ok:
		problem := "its file is not in the archive"
		if !strings.HasPrefix(t.PlainPath, internal) {
			problem = "its file lies outside the archive and is not looked for"
		}
		r.add(finding.Warning, "no-text", "The TextSource "+Shown(t.GUID)+" has no text: "+problem+".", "Export the project with its sources inside.")
		return
	case !utf8.Valid(content):
		r.add(finding.Warning, "encoding", "The text of the TextSource "+Shown(t.GUID)+" is not UTF-8, which the standard asks for.", "Its codings come back without places.")
		return
	}
	spans, counting := Locate(content, t.Selections)
	if counting != (Counting{}) {
		r.add(finding.Warning, "positions", fmt.Sprintf("The positions in the TextSource %s fit its text only if %s; they are read so.", Shown(t.GUID), counting), "Nothing. The standard counts Unicode code points of the text as it stands in the file.")
	}
	for i, s := range spans {
		if !s.Found {
			r.add(finding.Warning, "position", "The PlainTextSelection "+Shown(t.Selections[i].GUID)+" lies outside its text, or ends before it begins.", "Its codings come back without a place.")
		}
	}
}
