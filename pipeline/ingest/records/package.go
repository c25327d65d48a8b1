package records

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Limits of a workbook, which is a zip archive.
const (
	maxParts    = 10_000
	maxUnpacked = 200 << 20
	maxRatio    = 200     // unpacked to packed, for parts over ratioFrom
	ratioFrom   = 1 << 20 // bytes
)

// Fault says why a file is refused as a workbook, in a sentence for people.
type Fault struct{ Kind, Problem, Remedy string }

// Error implements error.
func (f *Fault) Error() string { return f.Problem }

func fault(kind, remedy, problem string, args ...any) error {
	return &Fault{Kind: kind, Problem: fmt.Sprintf(problem, args...), Remedy: remedy}
}

// archive says how much of a zip archive may be unpacked.
type archive struct {
	noun      string                 // what people call it
	read      func(name string) bool // the parts that are unpacked
	unpacked  uint64                 // bytes of them together
	ratioFrom uint64                 // parts over this many bytes must not shrink too much
}

var books = archive{"workbook", func(string) bool { return true }, maxUnpacked, ratioFrom}

// unzip opens an archive after it has been looked at: nothing is unpacked that
// could be too large, escape its folder or mean two things.
func unzip(in io.ReaderAt, size int64, limits archive) (map[string]*zip.File, error) {
	noun := limits.noun
	archive, err := zip.NewReader(in, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) || archive == nil {
		return nil, fault("damaged-"+noun, "Download or copy the file again.", "The %s is damaged or truncated: it has a beginning and no list of its parts.", noun)
	}
	if len(archive.File) > maxParts {
		return nil, fault("too-large", "Export as CSV.", "The %s has %d parts; the limit is %d.", noun, len(archive.File), maxParts)
	}
	parts := map[string]*zip.File{}
	var total uint64
	for _, f := range archive.File {
		name := Printable(f.Name)
		switch {
		case strings.Contains(f.Name, ".."), strings.HasPrefix(f.Name, "/"), strings.ContainsAny(f.Name, "\\\x00"), strings.Contains(f.Name, ":"):
			return nil, fault("unsafe-archive", "Do not open this file elsewhere; export the answers again.", "The archive has a part named %s, which points outside the archive (\"..\", a drive or a root): that is no export of answers.", name)
		case f.Mode()&(fs.ModeType&^fs.ModeDir) != 0:
			return nil, fault("unsafe-archive", "Export the answers again.", "The archive holds a link or a device, %s.", name)
		case f.Flags&1 != 0:
			return nil, fault("locked-archive", "Open it with its password and save it anew without one.", "The part %s of the archive is locked with a password.", name)
		case parts[strings.ToLower(f.Name)] != nil:
			return nil, fault("duplicate-part", "Open it in the program that made it, check it, and save it anew.", "The %s has two parts named %s, and readers disagree about which counts.", noun, name)
		}
		parts[strings.ToLower(f.Name)] = f
		if !limits.read(f.Name) {
			continue
		}
		if f.UncompressedSize64 > limits.ratioFrom && f.UncompressedSize64/max(1, f.CompressedSize64) > maxRatio {
			return nil, fault("too-large", "Check the file: answers do not shrink so much. Export as CSV if it is good.", "The part %s unpacks to a size of %d bytes, more than %d times what it is packed to; that is over the limit.", name, f.UncompressedSize64, maxRatio)
		}
		if total += f.UncompressedSize64; total > limits.unpacked {
			return nil, fault("too-large", "Export as CSV, which has no such limit.", "The %s unpacks to a size over the limit of %d MB.", noun, limits.unpacked>>20)
		}
	}
	return parts, nil
}

// behind returns how many bytes stand behind the end of an archive. Readers
// pass over them, and something else may be hidden there.
func behind(in io.ReaderAt, size int64) int64 {
	tail := make([]byte, min(size, 1<<16+22))
	if _, err := in.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return 0
	}
	end := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if end < 0 || len(tail) < end+22 {
		return 0
	}
	comment := int(binary.LittleEndian.Uint16(tail[end+20:]))
	return int64(max(0, len(tail)-end-22-comment))
}

// Printable returns a name from a file in a form that is safe to print: control
// and invisible characters are written as their code.
func Printable(name string) string {
	var b strings.Builder
	for i, r := range []rune(name) {
		switch {
		case i >= 200:
			b.WriteString("…")
			return b.String()
		case r < 0x20, r >= 0x7F && r < 0xA0, r >= 0x200B && r <= 0x200F, r >= 0x2028 && r <= 0x202E, r >= 0x2060 && r <= 0x206F, r == 0xFEFF, r == 0xFFFD:
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// part is a part of a workbook, read as XML.
type part struct {
	name string
	noun string // what people call the whole
	file io.ReadCloser
	xml  *xml.Decoder
	open []string // elements that have begun and not ended
}

// maxNested is how deep elements may stand in each other.
const maxNested = 256

func openPart(parts map[string]*zip.File, name string) (*part, error) {
	return openPartOf(parts, name, "workbook")
}

func openPartOf(parts map[string]*zip.File, name, noun string) (*part, error) {
	f := parts[strings.ToLower(strings.TrimPrefix(path.Clean("/"+name), "/"))]
	if f == nil {
		return nil, fault("damaged-workbook", "Open it in the program that made it and save it anew.", "The %s lacks its part %s.", noun, Printable(name))
	}
	in, err := f.Open()
	if err != nil {
		return nil, fault("damaged-workbook", "Open it in the program that made it and save it anew.", "The part %s of the %s cannot be unpacked.", Printable(name), noun)
	}
	p := &part{name: name, noun: noun, file: in, xml: xml.NewDecoder(&stretches{in: io.LimitReader(in, maxUnpacked)})}
	p.xml.Strict = true
	return p, nil
}

// next returns the next token, nil at the end of the part.
func (p *part) next() (xml.Token, error) {
	t, err := p.xml.RawToken()
	if errors.Is(err, io.EOF) && len(p.open) == 0 {
		return nil, nil
	}
	if errors.Is(err, errStretch) {
		return nil, fault("long-part", "Check that this is the right file; open it in a spreadsheet program and save it anew.", "The part %s of the %s has a tag or a text of more than 1 MB.", Printable(p.name), p.noun)
	}
	if err != nil {
		return nil, p.damaged()
	}
	switch t := t.(type) {
	case xml.StartElement:
		if p.open = append(p.open, t.Name.Local); len(p.open) > maxNested {
			return nil, p.damaged()
		}
	case xml.EndElement:
		if len(p.open) == 0 || p.open[len(p.open)-1] != t.Name.Local {
			return nil, p.damaged()
		}
		p.open = p.open[:len(p.open)-1]
	}
	if _, dtd := t.(xml.Directive); dtd {
		return nil, fault("dtd", "Export the answers again, or save the file anew in the program that made it.", "The part %s of the %s has a DTD, which no export has and which can be used to attack readers.", Printable(p.name), p.noun)
	}
	return t, nil
}

func (p *part) damaged() error {
	return fault("damaged-workbook", "Open it in a spreadsheet program and save it anew.", "The part %s of the workbook is damaged or truncated.", Printable(p.name))
}

func (p *part) close() { _ = p.file.Close() }

// attr returns an attribute of an element by its local name, "" without it.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
