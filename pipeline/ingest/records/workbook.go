package records

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"
)

// Book is an XLSX workbook.
//
// It is read with a reader of its own rather than a spreadsheet library: the
// rows of a sheet are streamed together with what a library leaves out of its
// stream, namely which cells are computed, which are dates and which are merged.
type Book struct {
	Sheets  []Sheet
	parts   map[string]*zip.File
	strings []string
	styles  []NumberStyle
	from04  bool  // days are counted from 1904
	Behind  int64 // bytes behind the end of the archive
}

// OpenBook opens a workbook. A workbook that must not be read gives a *Fault.
func OpenBook(in io.ReaderAt, size int64) (*Book, error) {
	parts, err := unzip(in, size, books)
	if err != nil {
		return nil, err
	}
	b := &Book{parts: parts, Behind: behind(in, size)}
	switch {
	case parts["mimetype"] != nil && parts["content.xml"] != nil:
		return nil, fault("open-document", "Open it in a spreadsheet program and save it as XLSX, or as CSV UTF-8.", "The file is an OpenDocument spreadsheet (.ods), whatever its name says.")
	case parts["xl/workbook.bin"] != nil:
		return nil, fault("binary-workbook", "Open it in a spreadsheet program and save it as XLSX, or as CSV UTF-8.", "The file is a binary workbook (.xlsb), whatever its name says.")
	case parts["word/document.xml"] != nil || parts["ppt/presentation.xml"] != nil:
		return nil, fault("not-a-workbook", "Give the file of answers itself.", "The file is a text document or a presentation, and no XLSX workbook.")
	}
	if parts["[content_types].xml"] == nil {
		return nil, fault("not-a-workbook", "Unpack it and give the file of answers itself.", "The file is a zip archive and no XLSX workbook.")
	}
	for _, read := range []func() error{b.readSheets, b.readStyles, b.readStrings} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	if len(b.Sheets) == 0 {
		return nil, fault("damaged-workbook", "Open it in a spreadsheet program and save it anew.", "The workbook has no sheets.")
	}
	return b, nil
}

// each calls f for every start of an element of a part.
func (b *Book) each(name string, f func(p *part, e xml.StartElement) error) error {
	p, err := openPart(b.parts, name)
	if err != nil {
		return err
	}
	defer p.close()
	for {
		t, err := p.next()
		if err != nil || t == nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			if err := f(p, e); err != nil {
				return err
			}
		}
	}
}

func (b *Book) readSheets() error {
	targets := map[string]string{}
	if err := b.each("xl/_rels/workbook.xml.rels", func(_ *part, e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			to := attr(e, "Target")
			if !strings.HasPrefix(to, "/") {
				to = path.Join("xl", to)
			}
			targets[attr(e, "Id")] = to
		}
		return nil
	}); err != nil {
		return err
	}
	return b.each("xl/workbook.xml", func(_ *part, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.from04 = truth(attr(e, "date1904"))
		case "sheet":
			id := ""
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			state := attr(e, "state")
			b.Sheets = append(b.Sheets, b.sheet(attr(e, "name"), state == "hidden" || state == "veryHidden", targets[id]))
		}
		return nil
	})
}

func truth(s string) bool { return s == "1" || s == "true" }

// readStrings reads the texts that cells share.
func (b *Book) readStrings() error {
	if b.parts["xl/sharedstrings.xml"] == nil {
		return nil
	}
	return b.each("xl/sharedStrings.xml", func(p *part, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := p.text("si")
		b.strings = append(b.strings, text)
		return err
	})
}

// text gathers the runs of text inside the element that has just begun, and
// leaves out how East Asian text is pronounced.
func (p *part) text(until string) (string, error) {
	var out strings.Builder
	inText, phonetic := false, 0
	for {
		t, err := p.next()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case nil:
			return unescape(out.String()), nil
		case xml.StartElement:
			inText = t.Name.Local == "t"
			if t.Name.Local == "rPh" {
				phonetic++
			}
		case xml.EndElement:
			inText = false
			switch t.Name.Local {
			case "rPh":
				phonetic--
			case until:
				return unescape(out.String()), nil
			}
		case xml.CharData:
			if inText && phonetic == 0 {
				out.Write(t)
			}
		}
	}
}

// unescape turns _x000D_ and the like, by which workbooks write characters that
// XML does not allow, into the characters.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || len(s) < i+7 {
			break
		}
		code, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			out.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		out.WriteString(s[:i])
		out.WriteRune(rune(code))
		s = s[i+7:]
	}
	out.WriteString(s)
	return out.String()
}
