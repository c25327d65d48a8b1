package refi

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// What a file may hold at most.
const (
	maxNested   = 256
	maxElements = 5_000_000
	maxTag      = 1 << 20 // bytes of a name or a value of an attribute
)

// reader gathers what is the matter with a file.
type reader struct {
	file     string
	findings []finding.Finding
}

func (r *reader) add(severity finding.Severity, kind, problem, remedy string) {
	r.findings = append(r.findings, finding.Finding{
		Stage: "code", Kind: kind, Severity: severity, Place: finding.Place{File: r.file}, Problem: problem, Remedy: remedy,
	})
}

// ReadCodebook reads a .qdc file; after a refusal the codebook is nil.
func ReadCodebook(file string, content []byte) (*Codebook, []finding.Finding) {
	r := &reader{file: file}
	var b Codebook
	if !r.decode(content, "CodeBook", codebookSpace, &b) {
		return nil, r.findings
	}
	if len(b.Codes) == 0 {
		r.add(finding.Refusal, "no-codes", "The codebook has no codes.", "Export the codebook again, with its codes.")
		return nil, r.findings
	}
	return &b, r.findings
}

// decode reads a document, and reports false after a refusal.
func (r *reader) decode(content []byte, root, space string, into any) bool {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) {
		r.add(finding.Refusal, "encoding", "The file is not UTF-8, which the standard asks for.", "Export it again, or write it anew as UTF-8.")
		return false
	}
	if !r.survey(content, root, space) {
		return false
	}
	if err := xml.Unmarshal(content, into); err != nil {
		r.add(finding.Refusal, "damaged", "The XML cannot be read: an attribute has a value of another kind than the standard says, such as \"isCodable\", which is true or false.", "Export the file again.")
		return false
	}
	return true
}

// survey walks through a document before it is read. It refuses what could
// attack readers, and warns of what the standard does not know, which is lost.
func (r *reader) survey(content []byte, root, space string) bool {
	d := xml.NewDecoder(bytes.NewReader(content))
	words := newVocabulary()
	var open []string
	unknown := map[string]int64{}
	var order []string
	lost := func(what string) {
		if unknown[what]++; unknown[what] == 1 {
			order = append(order, what)
		}
	}
	elements, began, skip := 0, false, 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			line, _ := d.InputPos()
			r.add(finding.Refusal, "damaged", fmt.Sprintf("The XML is damaged or breaks off near line %d.", line), "Export the file again.")
			return false
		}
		switch t := t.(type) {
		case xml.Directive:
			r.add(finding.Refusal, "dtd", "The file has a DTD, which no such file has and which can be used to attack readers.", "Do not open it elsewhere; ask for a new export.")
			return false
		case xml.EndElement:
			if open = open[:len(open)-1]; skip > len(open) {
				skip = 0
			}
		case xml.StartElement:
			if elements++; elements > maxElements || len(open) >= maxNested || large(t) {
				r.add(finding.Refusal, "too-large", "The file has more elements, elements nested deeper, or longer attributes than any of its kind.", "Check that it is what it should be.")
				return false
			}
			if !began {
				began = true
				if !r.root(t, root, space) {
					return false
				}
			} else if len(open) == 0 {
				r.add(finding.Refusal, "damaged", "The XML has two roots.", "Export the file again.")
				return false
			}
			name := t.Name.Local
			if skip == 0 && len(open) > 0 && !words[open[len(open)-1]].elements[name] {
				lost(elementNamed(name, words) + " in " + open[len(open)-1])
				skip = len(open) + 1
			}
			if skip == 0 {
				for _, a := range t.Attr {
					if a.Name.Space == "" && a.Name.Local != "xmlns" && !words[name].attributes[a.Name.Local] {
						lost("an attribute of " + name)
					}
				}
			}
			open = append(open, name)
		}
	}
	if !began {
		r.add(finding.Refusal, "damaged", "The file holds no XML.", "Export it again.")
		return false
	}
	for _, what := range order {
		r.add(finding.Warning, "unknown-element", fmt.Sprintf("The standard does not know %s; what stands there is not relied on.", what), "Nothing, unless the program that wrote it keeps something important there.")
		r.findings[len(r.findings)-1].Count = unknown[what]
	}
	return true
}

// root checks the first element. Some programs leave the namespace out.
func (r *reader) root(t xml.StartElement, root, space string) bool {
	if t.Name.Local != root {
		remedy := "Check that the file is a project (.qdpx) or a codebook (.qdc) of the REFI-QDA standard."
		r.add(finding.Refusal, "not-refi", "The first element is not "+root+".", remedy)
		return false
	}
	if t.Name.Space != space {
		r.add(finding.Warning, "namespace", "The file lacks the namespace "+space+"; it was read all the same.", "Strict programs refuse such a file; what Soundings writes has it.")
	}
	return true
}

// elementNamed names an element if the standard knows it: other names are
// somebody's words.
func elementNamed(name string, words vocabulary) string {
	if _, known := words[name]; known {
		return "the element " + name
	}
	return "an element"
}

func large(t xml.StartElement) bool {
	if len(t.Name.Local) > maxTag {
		return true
	}
	for _, a := range t.Attr {
		if len(a.Value) > maxTag {
			return true
		}
	}
	return len(t.Attr) > 1000
}
