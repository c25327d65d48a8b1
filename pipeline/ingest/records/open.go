package records

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Content says what kind of file something is by its first bytes.
type Content string

// The kinds of content that are told apart.
const (
	Text    Content = "text"
	Zip     Content = "zip"    // an XLSX workbook, or another archive
	Legacy  Content = "legacy" // .xls, or a workbook under a password
	JSON    Content = "json"   // objects, one a line or in a list
	Markup  Content = "markup" // XML or HTML
	Packed  Content = "packed" // gzip and the like
	SPSS    Content = "spss"   // .sav or .zsav
	Parquet Content = "parquet"
	Arrow   Content = "arrow" // Arrow IPC, file or stream
	PDF     Content = "pdf"
	Nothing Content = "empty"
)

// ContentOf tells the kind of content from the beginning of a file.
func ContentOf(head []byte) Content {
	for _, m := range []struct {
		magic string
		is    Content
	}{
		{"PK", Zip}, {"\xD0\xCF\x11\xE0", Legacy}, {"\x1F\x8B", Packed}, {"BZh", Packed}, {"\xFD7zXZ", Packed}, {"7z\xBC\xAF", Packed}, {"Rar!", Packed},
		{"$FL2", SPSS}, {"$FL3", SPSS}, {"PAR1", Parquet}, {"ARROW1", Arrow}, {"\xFF\xFF\xFF\xFF", Arrow}, {"%PDF", PDF},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) && (m.is != Zip || len(head) > 3 && head[2] < 9) {
			return m.is
		}
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(bom)), " \t\r\n")
	switch {
	case len(bytes.TrimRight(text, "\x00")) == 0:
		return Nothing
	case text[0] == '{', text[0] == '[' && bytes.HasPrefix(bytes.TrimLeft(text[1:], " \t\r\n"), []byte("{")):
		return JSON
	case bytes.HasPrefix(text, []byte("<?xml")), bytes.HasPrefix(bytes.ToLower(text[:min(len(text), 20)]), []byte("<!doctype")), startsMarkup(text):
		return Markup
	}
	return Text
}

// startsMarkup reports whether a text begins as a page or a table of HTML does.
func startsMarkup(text []byte) bool {
	begin := bytes.ToLower(text[:min(len(text), 20)])
	for _, tag := range []string{"<html", "<head", "<body", "<table", "<meta", "<style", "<div", "<workbook"} {
		if rest, ok := bytes.CutPrefix(begin, []byte(tag)); ok && len(rest) > 0 && bytes.IndexByte([]byte("> \t\r\n"), rest[0]) >= 0 {
			return true
		}
	}
	return false
}

const bom = "\xEF\xBB\xBF"

// Encoded says how the text of a file is encoded.
type Encoded struct {
	Name     string // "utf-8", "utf-16", or as declared
	BOM      bool
	Declared bool
	decoder  encoding.Encoding // nil for UTF-8
}

// ErrEncoding says that a declared encoding is not known.
var ErrEncoding = errors.New("unknown encoding")

// EncodingOf settles the encoding of a text from the beginning of its file and
// what is declared. Only a byte order mark speaks for itself; nothing else is
// guessed, and without a declaration it is UTF-8.
func EncodingOf(head []byte, declared string) (Encoded, error) {
	utf16mark := bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF})
	e := Encoded{Name: "utf-8", BOM: utf16mark || bytes.HasPrefix(head, []byte(bom)), Declared: declared != ""}
	name := strings.ToLower(strings.TrimSpace(declared))
	switch {
	case name == "" && utf16mark, name == "utf-16" || name == "utf16":
		e.Name, e.decoder = "utf-16", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		return e, nil
	case name == "", name == "utf-8", name == "utf8", name == "utf-8-sig":
		return e, nil
	case name == "utf-16le", name == "utf-16be":
		endian := unicode.LittleEndian
		if name == "utf-16be" {
			endian = unicode.BigEndian
		}
		e.Name, e.decoder = name, unicode.UTF16(endian, unicode.UseBOM)
		return e, nil
	}
	found, err := htmlindex.Get(name)
	if err != nil {
		return e, fmt.Errorf("%w: %s", ErrEncoding, name)
	}
	if e.Name, err = htmlindex.Name(found); err != nil {
		e.Name = name
	}
	if e.Name == "utf-8" {
		return e, nil
	}
	e.decoder = found
	return e, nil
}

// UTF8 reports whether the text is UTF-8 as it stands.
func (e Encoded) UTF8() bool { return e.decoder == nil }

// Reader returns the text as UTF-8, without its byte order mark.
func (e Encoded) Reader(in io.Reader) io.Reader {
	if e.decoder != nil {
		in = transform.NewReader(in, e.decoder.NewDecoder())
	}
	return &markless{in: in}
}

// markless passes over a byte order mark at the beginning.
type markless struct {
	in    io.Reader
	begun bool
}

func (m *markless) Read(p []byte) (int, error) {
	if m.begun {
		return m.in.Read(p)
	}
	m.begun = true
	var first [len(bom)]byte
	n, err := io.ReadFull(m.in, first[:])
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return 0, err
	}
	rest := first[:n]
	if string(rest) == bom {
		rest = nil
	}
	m.in = io.MultiReader(bytes.NewReader(bytes.Clone(rest)), m.in)
	return m.in.Read(p)
}

// LikelyEncoding names the encoding that a text which is no UTF-8 looks like,
// as a hint for a message; "" when nothing fits. It is never used to read.
func LikelyEncoding(sample []byte) string {
	found, err := chardet.NewTextDetector().DetectBest(sample)
	if err != nil || found == nil {
		return ""
	}
	name := strings.ToLower(found.Charset)
	name = strings.Replace(name, "gb-18030", "gb18030", 1)
	if strings.HasPrefix(name, "iso-8859-") && looksMac(sample) || strings.HasPrefix(name, "windows-125") && name != "windows-1251" && name != "windows-1256" && looksMac(sample) {
		return "macintosh"
	}
	if name == "iso-8859-1" {
		name = "windows-1252"
	}
	if e, err := htmlindex.Get(name); err != nil || e == encoding.Nop || name == "utf-8" {
		return ""
	}
	return name
}
