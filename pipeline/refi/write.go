package refi

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
)

// The namespaces of the standard.
const (
	projectSpace  = "urn:QDA-XML:project:1.0"
	codebookSpace = "urn:QDA-XML:codebook:1.0"
)

// WriteProject writes a .qdpx file. The same project gives the same bytes.
func WriteProject(p *Project) ([]byte, error) {
	content, err := document(p, projectSpace, "Project")
	if err != nil {
		return nil, fmt.Errorf("writing the project: %w", err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name string, content []byte) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write(content)
		}
		return err
	}
	if err := add(projectFile, content); err != nil {
		return nil, fmt.Errorf("packing the project: %w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Files)) {
		if err := add("sources/"+name, p.Files[name]); err != nil {
			return nil, fmt.Errorf("packing a source of the project: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("packing the project: %w", err)
	}
	return out.Bytes(), nil
}

// WriteCodebook writes a .qdc file. The same codebook gives the same bytes.
func WriteCodebook(b *Codebook) ([]byte, error) {
	content, err := document(b, codebookSpace, "CodeBook")
	if err != nil {
		return nil, fmt.Errorf("writing the codebook: %w", err)
	}
	return content, nil
}

// document writes XML as the standard asks: UTF-8, the namespace at the root.
func document(v any, space, root string) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	e := xml.NewEncoder(&out)
	e.Indent("", "  ")
	start := named(root)
	start.Attr = []xml.Attr{{Name: xml.Name{Local: "xmlns"}, Value: space}}
	if err := e.EncodeElement(v, start); err != nil {
		return nil, err
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return withoutEmptyLists(out.Bytes()), nil
}

// withoutEmptyLists takes out lists that hold nothing, which the library writes
// and the standard does not allow. Texts cannot look like them: "<" and the ends
// of lines are escaped there.
func withoutEmptyLists(document []byte) []byte {
	document = bytes.ReplaceAll(document, []byte("\n  <CodeBook>\n    <Codes></Codes>\n  </CodeBook>"), nil)
	for _, name := range []string{"Users", "Variables", "Cases", "Notes", "Links", "Sets", "Graphs"} {
		document = bytes.ReplaceAll(document, []byte("\n  <"+name+"></"+name+">"), nil)
	}
	return document
}
