// Package strictyaml decodes the project's YAML files so that nothing is lost
// and nothing is guessed: an unknown or repeated key is a refusal that names
// its line and the key that was probably meant, and all of them are reported
// at once. A misspelt key must never switch a protection off.
package strictyaml

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
)

// limit is the size a file of settings may have, in bytes.
const limit = 4 << 20

// Decode reads one YAML document into the struct that to points to. Findings
// of severity Refusal mean that to must not be used.
func Decode(name string, content []byte, to any) (findings []finding.Finding) {
	d := decoder{file: name}
	defer func() {
		// The YAML reader panics on some files, such as those with misplaced tags.
		if recover() != nil {
			findings = d.refuse(0, "yaml", "The file is not YAML that can be read.", "Check it piece by piece.")
		}
	}()
	if len(content) > limit {
		return d.refuse(0, "too-large", "The file is larger than 4 MB.", "Settings are short: check that this is the right file.")
	}
	content = plain(content)
	if t := textTrouble(content); t != nil {
		return d.refuse(t.row, t.kind, t.problem, t.remedy)
	}
	if tooMuch(content) {
		return d.refuse(0, "too-much", "The file holds more keys and values than settings do.", "Check that this is the right file; divide it, or leave out what is not used.")
	}
	file, err := parser.ParseBytes(content, 0)
	if err != nil {
		return d.syntax(err)
	}
	if len(file.Docs) > 1 {
		return d.refuse(line(file.Docs[1]), "documents", "The file holds more than one YAML document.", "Keep one, and remove the line \"---\" before the other.")
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return d.refuse(0, "empty", "The file is empty.", "Write the settings, or start from the commented example that \"soundings init\" makes.")
	}
	ast.Walk(texts{&d}, file.Docs[0].Body)
	d.walk(file.Docs[0].Body, reflect.TypeOf(to).Elem(), "")
	if finding.Refused(d.findings) {
		return d.findings
	}
	if err := yaml.NewDecoder(strings.NewReader(string(content)), yaml.Strict()).Decode(to); err != nil {
		return d.syntax(err)
	}
	return d.findings
}

type decoder struct {
	file     string
	findings []finding.Finding
}

func (d *decoder) refuse(row int, kind, problem, remedy string) []finding.Finding {
	d.findings = append(d.findings, finding.Finding{
		Stage: "config", Kind: kind, Severity: finding.Refusal,
		Place: finding.Place{File: d.file, Row: row}, Problem: problem, Remedy: remedy,
	})
	return d.findings
}

// syntax reports what the YAML reader refused, without quoting the file.
func (d *decoder) syntax(err error) []finding.Finding {
	row, message := 0, err.Error()
	var at yaml.Error
	if errors.As(err, &at) {
		message = at.GetMessage()
		if t := at.GetToken(); t != nil && t.Position != nil {
			row = t.Position.Line
		}
	}
	return d.refuse(row, "yaml", "This is not what is expected here: "+message+".", "Check indentation, quotes, and the kind of value.")
}

// walk compares the keys of a node with the fields of the type it is for.
func (d *decoder) walk(n ast.Node, t reflect.Type, path string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch v := n.(type) {
	case *ast.TagNode:
		d.refuse(line(n), "tag", "YAML tags such as !!str are not read.", "Leave the tag out.")
	case *ast.AliasNode, *ast.AnchorNode:
		d.refuse(line(n), "alias", "YAML anchors and aliases are not read.", "Write the value out where it is used.")
	case *ast.MappingNode:
		if t.Kind() != reflect.Struct && t.Kind() != reflect.Map {
			d.scalar(n, t, path)
			return
		}
		for _, m := range v.Values {
			d.entry(m, t, path)
		}
	case *ast.MappingValueNode:
		d.entry(v, t, path)
	case *ast.SequenceNode:
		if t.Kind() == reflect.Slice {
			for _, e := range v.Values {
				d.walk(e, t.Elem(), path)
			}
			return
		}
		d.scalar(n, t, path)
	default:
		d.scalar(n, t, path)
	}
}

func (d *decoder) entry(m *ast.MappingValueNode, t reflect.Type, path string) {
	key := keyOf(m)
	switch t.Kind() {
	case reflect.Map:
		d.walk(m.Value, t.Elem(), path+"."+key)
	case reflect.Struct:
		known := fields(t)
		field, ok := known[key]
		if !ok {
			d.unknown(m, key, known, path)
			return
		}
		d.walk(m.Value, field, path+"."+key)
	}
}

func (d *decoder) unknown(m ast.Node, key string, known map[string]reflect.Type, path string) {
	where := "at the top of the file"
	if path != "" {
		where = "under \"" + strings.TrimPrefix(path, ".") + "\""
	}
	remedy := "Remove it."
	names := slices.Sorted(maps.Keys(known))
	if len(names) > 0 {
		remedy = "The keys here are: " + strings.Join(names, ", ") + "."
	}
	remedy = spelling.DidYouMean(key, names, remedy)
	d.refuse(line(m), "unknown-key", fmt.Sprintf("There is no key %q %s.", key, where), remedy)
}

func line(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 0
	}
	if m, ok := n.(*ast.MappingValueNode); ok {
		return m.Key.GetToken().Position.Line
	}
	return n.GetToken().Position.Line
}
