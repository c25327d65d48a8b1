package hostile

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// harmless are the fields of a document: they count and number, and read nothing.
var harmless = regexp.MustCompile(`^(TOC \\o "1-2" \\h \\z \\u|SEQ (Figure|Table) \\\* ARABIC|PAGE)$`)

// active are elements that bring something into a document, or run it.
var active = []string{"altChunk", "object", "OLEObject", "control", "subDoc", "fldSimple", "attachedTemplate", "script"}

// lookDocument looks for whatever a document could do beside being read.
func lookDocument(t *testing.T, name string, content []byte) {
	t.Helper()
	for _, fault := range documentFaults(content) {
		t.Errorf("%s: %s", name, fault)
	}
}

func documentFaults(content []byte) (out []string) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return []string{err.Error()}
	}
	for _, f := range z.File {
		ext := path.Ext(f.Name)
		if ext != ".xml" && ext != ".rels" {
			if ext != ".png" {
				out = append(out, "it holds "+f.Name)
			}
			continue
		}
		part, err := f.Open()
		if err != nil {
			return append(out, err.Error())
		}
		for _, fault := range partFaults(part) {
			out = append(out, f.Name+" "+fault)
		}
	}
	return out
}

func partFaults(part io.Reader) (out []string) {
	inField := false
	for d := xml.NewDecoder(part); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			return append(out, err.Error())
		}
		switch v := token.(type) {
		case xml.Directive:
			out = append(out, "has a document type")
		case xml.StartElement:
			inField = v.Name.Local == "instrText"
			if slices.Contains(active, v.Name.Local) {
				out = append(out, "has "+v.Name.Local)
			}
			for _, a := range v.Attr {
				if a.Name.Local == "TargetMode" || a.Name.Local == "Target" && strings.Contains(a.Value, ":") {
					out = append(out, "leads out of the document: "+a.Value)
				}
			}
		case xml.EndElement:
			inField = false
		case xml.CharData:
			if inField && !harmless.MatchString(strings.TrimSpace(string(v))) {
				out = append(out, "has the field "+string(v))
			}
		}
	}
}

func TestWhatADocumentCouldDoIsFound(t *testing.T) {
	for bad, faults := range map[string]int{
		`<w:p xmlns:w="w"><w:instrText> INCLUDETEXT "http://a" </w:instrText></w:p>`: 1,
		`<w:p xmlns:w="w"><w:instrText> PAGE </w:instrText><w:t>DDE</w:t></w:p>`:     0,
		`<w:p xmlns:w="w"><w:altChunk/></w:p>`:                                       1,
		`<Relationship Target="http://a" TargetMode="External"/>`:                    2,
		`<!DOCTYPE a><a/>`: 1,
		`<a><b></a>`:       1,
	} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create("word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(bad)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if got := documentFaults(b.Bytes()); len(got) != faults {
			t.Errorf("%s: found %q", bad, got)
		}
	}
}
