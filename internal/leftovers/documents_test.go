package leftovers

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"testing"
)

// documentTexts returns the texts of a document, those of a paragraph together,
// and what is read out of its pictures and tables. Runs part words anywhere.
func documentTexts(t *testing.T, content []byte) []string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range z.File {
		out = append(out, f.Name)
		if ext := path.Ext(f.Name); ext != ".xml" && ext != ".rels" {
			continue
		}
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for d := xml.NewDecoder(part); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			switch token := token.(type) {
			case xml.CharData:
				b.Write(token)
			case xml.StartElement:
				for _, a := range token.Attr {
					if slices.Contains([]string{"descr", "title", "name", "anchor", "Target"}, a.Name.Local) || token.Name.Local == "tblCaption" {
						out = append(out, a.Value)
					}
				}
			case xml.EndElement:
				if slices.Contains([]string{"p", "title", "language", "creator"}, token.Name.Local) {
					out = append(out, strings.TrimSpace(b.String()))
					b.Reset()
				}
			}
		}
	}
	return out
}

// document returns a document with a body.
func document(t *testing.T, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, body); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
