// Package xls reads workbooks in the format that Excel had before 2007: a
// compound file that holds the records of a workbook, of Excel 5 and later.
// Cells come out as they do from an XLSX workbook. Nothing in the file is
// believed that could make a reader run in a circle or take memory.
package xls

import (
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// book is a workbook.
type book struct {
	stream *stream
	old    bool              // Excel 5 and 95: texts are bytes of a code page
	page   encoding.Encoding // of old texts
	from04 bool              // days are counted from 1904
	styles []records.NumberStyle
	texts  sharedTexts
	sheets []sheetEntry
}

type sheetEntry struct {
	name   string
	hidden bool
	at     int64
}

// Open returns the sheets of a workbook. One that must not be read gives a
// *records.Fault.
func Open(in io.ReaderAt, size int64) ([]records.Sheet, error) {
	c, err := openCompound(in, size)
	if err != nil {
		var f *records.Fault
		if errors.As(err, &f) && looksLocked(in, size) {
			return nil, password()
		}
		return nil, err
	}
	if _, locked := c.children["EncryptedPackage"]; locked {
		return nil, password()
	}
	b := &book{}
	for _, name := range []string{"Workbook", "Book"} {
		if b.stream, err = c.open(name); err != nil {
			return nil, err
		}
		if b.stream != nil {
			break
		}
	}
	if b.stream == nil {
		return nil, &records.Fault{Kind: "not-a-workbook", Problem: "The file is of an old office program and no .xls workbook.", Remedy: "Export the answers as CSV or XLSX."}
	}
	if err := b.readGlobals(); err != nil {
		return nil, err
	}
	var out []records.Sheet
	for _, s := range b.sheets {
		out = append(out, records.Sheet{Name: s.name, Hidden: s.hidden, Open: func() (records.Reader, error) { return b.open(s) }})
	}
	if len(out) == 0 {
		return nil, damaged("it has no sheets")
	}
	return out, nil
}

func password() error {
	return &records.Fault{Kind: "password", Problem: "The workbook is under a password.", Remedy: "Open it in a spreadsheet program and save it without a password."}
}

// readGlobals reads what all sheets share.
func (b *book) readGlobals() error {
	c := newCursor(b.stream, 1<<15)
	c.seek(0)
	if err := c.next(); err != nil {
		return err
	}
	if c.id != idBOF || len(c.data) < 4 {
		return &records.Fault{Kind: "old-workbook", Problem: "The workbook is of Excel 4 or earlier, which is not read.", Remedy: "Open it in a spreadsheet program and save it as XLSX."}
	}
	switch le16(c.data) {
	case 0x0600:
	case 0x0500:
		b.old, b.page = true, codePage(1252)
	default:
		return &records.Fault{Kind: "old-workbook", Problem: "The workbook is of a version of Excel that is not read.", Remedy: "Open it in a spreadsheet program and save it as XLSX."}
	}
	formats := map[uint16]records.NumberStyle{}
	for {
		if err := c.next(); err != nil {
			return err
		}
		switch d := c.data; c.id {
		case idEOF:
			return nil
		case idFilePass:
			return password()
		case idDateMode:
			b.from04 = len(d) >= 2 && le16(d) == 1
		case idCodePage:
			if len(d) >= 2 && b.old {
				if b.page = codePage(le16(d)); b.page == nil {
					return &records.Fault{Kind: "unknown-encoding", Problem: fmt.Sprintf("The texts of the workbook are in the code page %d, which is not known.", le16(d)), Remedy: "Open it in a spreadsheet program and save it as XLSX."}
				}
			}
		case idFormat:
			if err := b.readFormat(c, formats); err != nil {
				return err
			}
		case idXF:
			if len(d) >= 4 {
				style, custom := formats[le16(d[2:])]
				if !custom {
					style = records.BuiltinStyle(int(le16(d[2:])))
				}
				b.styles = append(b.styles, style)
			}
		case idSheet:
			if err := b.readSheet(c); err != nil {
				return err
			}
		case idTexts:
			if err := b.texts.read(c); err != nil {
				return err
			}
		}
	}
}

func (b *book) readFormat(c *cursor, formats map[uint16]records.NumberStyle) error {
	if len(c.data) < 3 {
		return nil
	}
	id := le16(c.data)
	text, err := b.text(&segments{c: c, at: 2}, map[bool]int{true: 1, false: 2}[b.old])
	if err != nil {
		return err
	}
	formats[id] = records.StyleOf(text)
	return nil
}

func (b *book) readSheet(c *cursor) error {
	d := c.data
	if len(d) < 8 {
		return damaged("the list of its sheets is not whole")
	}
	e := sheetEntry{at: int64(le32(d)), hidden: d[4]&3 != 0}
	worksheet := d[5] == 0
	var err error
	if e.name, err = b.text(&segments{c: c, at: 6}, 1); err != nil {
		return err
	}
	if worksheet {
		b.sheets = append(b.sheets, e)
	}
	return nil
}

// text reads a text with its length before it, in one byte or two.
func (b *book) text(s *segments, lengthBytes int) (string, error) {
	if !b.old {
		units, err := s.unicode(nil, lengthBytes)
		return string(appendUTF8(nil, units)), err
	}
	head, err := s.bytes(nil, lengthBytes)
	if err != nil {
		return "", err
	}
	n := int(head[0])
	if lengthBytes == 2 {
		n = int(le16(head))
	}
	raw, err := s.bytes(nil, n)
	if err != nil {
		return "", err
	}
	text, err := b.page.NewDecoder().Bytes(raw)
	return string(text), err
}
