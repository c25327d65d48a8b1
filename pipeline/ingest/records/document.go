package records

import (
	"encoding/xml"
	"io"
	"strings"
)

// Document is the text of a word processor's file: its paragraphs in order, the
// rows of tables as paragraphs with tabs between their cells. What was deleted
// under tracked changes is left out, as are notes, comments, headers and
// pictures.
type Document struct {
	Paragraphs []string
	Notes      int // footnotes and endnotes that were left out
}

// MaxDocument is the most text that is read from one file, in bytes.
const MaxDocument = 16 << 20

const documentPart = "word/document.xml"

var documents = archive{"document", func(name string) bool { return strings.EqualFold(name, documentPart) }, maxUnpacked, ratioFrom}

// ReadDocument reads a .docx file. One that must not be read gives a *Fault.
func ReadDocument(in io.ReaderAt, size int64) (Document, error) {
	parts, err := unzip(in, size, documents)
	if err != nil {
		return Document{}, err
	}
	p, err := openPartOf(parts, documentPart, "document")
	if err != nil {
		return Document{}, err
	}
	defer p.close()
	d := &documentReader{}
	for {
		t, err := p.next()
		if err != nil {
			return Document{}, err
		}
		if t == nil {
			d.paragraph()
			return d.Document, nil
		}
		switch t := t.(type) {
		case xml.StartElement:
			d.start(t.Name.Local)
		case xml.EndElement:
			d.end(t.Name.Local)
		case xml.CharData:
			if d.inText && d.unread == 0 {
				d.text.Write(t)
			}
		}
		if d.size+d.text.Len() > MaxDocument {
			return Document{}, fault("too-large", "Split it.", "The document holds more than %d MB of text.", MaxDocument>>20)
		}
	}
}

type documentReader struct {
	Document
	text   strings.Builder
	size   int
	inText bool
	unread int // elements under way whose content does not count
	tables int // tables under way, one in the other
}

// unreadParts are what was deleted or moved away, what stands twice, and notes.
var unreadParts = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "instrText": true}

func (d *documentReader) start(name string) {
	d.inText = name == "t"
	switch {
	case unreadParts[name]:
		d.unread++
	case d.unread > 0:
	case name == "footnoteReference", name == "endnoteReference":
		d.Notes++
	case name == "tab" && d.text.Len() > 0:
		d.text.WriteByte('\t')
	case name == "br", name == "cr":
		d.text.WriteByte('\n')
	case name == "noBreakHyphen":
		d.text.WriteByte('-')
	case name == "tbl":
		d.paragraph()
		d.tables++
	}
}

func (d *documentReader) end(name string) {
	d.inText = false
	switch {
	case unreadParts[name]:
		d.unread = max(0, d.unread-1)
	case d.unread > 0:
	case name == "tbl":
		d.tables = max(0, d.tables-1)
		d.paragraph()
	case name == "tr":
		d.paragraph()
	case name == "tc" && d.tables > 0:
		d.text.WriteByte('\t')
	case name == "p" && d.tables > 0:
		d.text.WriteByte(' ')
	case name == "p":
		d.paragraph()
	}
}

// paragraph ends a paragraph, or a row of a table; white space alone is none.
func (d *documentReader) paragraph() {
	text := strings.TrimSpace(d.text.String())
	d.text.Reset()
	if d.tables > 0 {
		text = strings.ReplaceAll(text, " \t", "\t")
	}
	if text != "" {
		d.Paragraphs = append(d.Paragraphs, text)
		d.size += len(text)
	}
}
