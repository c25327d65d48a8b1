package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/refi"
	"github.com/soundings-survey/soundings/pipeline/refi/answers"
)

// projectEnding is how projects for other programs are named.
const projectEnding = ".qdpx"

// What coders give in a project where no code fits: a project has no column for it.
const (
	noneFits = "NONE_FITS"
	unclear  = "UNCLEAR"
)

// flagCodes returns the codes that say that no other is given.
func flagCodes() []refi.Code {
	var out []refi.Code
	for _, f := range []struct{ id, name, description string }{
		{noneFits, "no code fits", "Give this code to an answer that none of the others fits; without a code an answer counts as not yet coded."},
		{unclear, "cannot be coded", "Give this code to an answer of which you cannot tell what is meant."},
	} {
		out = append(out, refi.Code{GUID: refi.GUID("flag", f.id), Name: f.id + " " + f.name, Codable: true, Color: "#6B7078", Description: f.description})
	}
	return out
}

// readProject reads what a coder gave back as a project of another program. Whose
// it is the users of the project say, or else who was given its answers.
func readProject(name string, content []byte, book *coding.Book, coders []coding.Coder, assigned []coding.Assigned) ([]coding.Returned, []finding.Finding) {
	p, findings := refi.ReadProject(name, content)
	for i := range findings {
		if findings[i].Severity == finding.Refusal {
			findings[i].Stage, findings[i].Kind = "code", "coded-"+findings[i].Kind
		}
	}
	if p == nil {
		return nil, findings
	}
	pack := answers.Pack{Codes: flagCodes()}
	for _, c := range book.Codes {
		pack.Codes = append(pack.Codes, refi.Code{GUID: refi.GUID("code", c.ID), Name: c.ID, Codable: true})
	}
	for _, c := range coders {
		pack.Coders = append(pack.Coders, c.Name)
	}
	given := map[string][]string{} // coders by name of the unit
	for _, a := range assigned {
		given[a.Name] = append(given[a.Name], a.Coder)
		if !slices.Contains(pack.Coders, a.Coder) {
			pack.Coders = append(pack.Coders, a.Coder)
		}
	}
	texts := map[string]string{} // by unit
	for _, s := range p.Sources {
		if s.Text == nil {
			continue
		}
		unit, item, ok := strings.Cut(strings.TrimSpace(s.Text.Name), " ")
		unit = strings.ToLower(unit)
		if !ok || given[unit] == nil {
			continue // Codings says so
		}
		text, there := p.Content(s.Text)
		if !there {
			findings = append(findings, finding.Finding{Stage: "code", Kind: "coded-unreadable", Severity: finding.Refusal, Place: finding.Place{File: name},
				Problem: "The project lacks the text of the source " + refi.Shown(s.Text.GUID) + ".", Remedy: "Export it anew with the texts of its sources."})
			continue
		}
		if _, twice := texts[unit]; !twice {
			texts[unit] = string(text)
			pack.Cases = append(pack.Cases, answers.Case{Unit: unit, Answers: []answers.Answer{{Item: item, Text: string(text)}}})
		}
	}
	owner := ownerOf(pack.Cases, given)
	codings, more := pack.Codings(name, p, owner)
	return returnedBy(name, codings, texts, append(findings, more...))
}

// ownerOf returns the one coder who was given all answers of a project, "" if
// there is none or more than one.
func ownerOf(cases []answers.Case, given map[string][]string) string {
	var able []string
	for i, c := range cases {
		if i == 0 {
			able = slices.Clone(given[c.Unit])
			continue
		}
		able = slices.DeleteFunc(able, func(name string) bool { return !slices.Contains(given[c.Unit], name) })
	}
	if len(able) != 1 {
		return ""
	}
	return able[0]
}

// returnedBy gathers the codings of a project by answer and coder. What rules
// suggested is no coding until a person gives it.
func returnedBy(name string, codings []answers.Coding, texts map[string]string, findings []finding.Finding) ([]coding.Returned, []finding.Finding) {
	at := map[[2]string]int{}
	var out []coding.Returned
	nobody := 0
	for _, c := range codings {
		if c.Coder == answers.Rule {
			continue
		}
		if c.Coder == "" {
			nobody++
			continue
		}
		key := [2]string{c.Unit, c.Coder}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, coding.Returned{File: name, Name: c.Unit, Coder: c.Coder, Text: texts[c.Unit], HasText: true})
		}
		switch c.Code {
		case noneFits:
			out[i].Flag = coding.None
		case unclear:
			out[i].Flag = coding.Unclear
		default:
			out[i].Codes = append(out[i].Codes, c.Code)
		}
	}
	if nobody > 0 {
		findings = append(findings, finding.Finding{Stage: "code", Kind: "coded-no-coder", Severity: finding.Refusal, Count: int64(nobody), Place: finding.Place{File: name},
			Problem: "Codings of the project are by a user whom the config does not name.", Remedy: "Name the user in the other program as coding.coders names the coder."})
	}
	against := 0
	for i := range out {
		slices.Sort(out[i].Codes)
		out[i].Codes = slices.Compact(out[i].Codes)
		if out[i].Flag != coding.NoFlag && len(out[i].Codes) > 0 {
			against++
		}
	}
	if against > 0 {
		findings = append(findings, finding.Finding{Stage: "code", Kind: "coded-contradiction", Severity: finding.Refusal, Count: int64(against), Place: finding.Place{File: name},
			Problem: fmt.Sprintf("Answers have codes and %s or %s as well.", noneFits, unclear), Remedy: "Remove the one or the other."})
	}
	return out, findings
}
