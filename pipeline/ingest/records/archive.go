package records

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// Archive is a zip archive of delimited texts, such as ODK Central exports: a
// file for the responses, one for each repeat, and a folder of recordings and
// pictures, which is never unpacked.
type Archive struct {
	Sheets []Sheet // by name
	Media  int     // files that are no such text
}

// texts are streamed, so that their size costs time and no memory.
var texts = archive{"archive", isText, 16 << 30, 64 << 20}

func isText(name string) bool { return strings.EqualFold(path.Ext(name), ".csv") }

// IsWorkbook reports whether a zip archive is a workbook, or damaged so that it
// cannot be told.
func IsWorkbook(in io.ReaderAt, size int64) bool {
	z, err := zip.NewReader(in, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) || z == nil {
		return true
	}
	csv := false
	for _, f := range z.File {
		if strings.EqualFold(f.Name, "[content_types].xml") {
			return true
		}
		csv = csv || isText(f.Name)
	}
	return !csv
}

// OpenArchive opens an archive whose texts have cells with delim between them.
// An archive that must not be read gives a *Fault.
func OpenArchive(in io.ReaderAt, size int64, delim byte, encoded Encoded) (*Archive, error) {
	parts, err := unzip(in, size, texts)
	if err != nil {
		return nil, err
	}
	a := &Archive{}
	for _, f := range parts {
		switch {
		case strings.HasSuffix(f.Name, "/"):
		case isText(f.Name) && !strings.HasPrefix(path.Base(f.Name), "."):
			a.Sheets = append(a.Sheets, Sheet{Name: f.Name, Open: func() (Reader, error) { return openText(f, delim, encoded) }})
		default:
			a.Media++
		}
	}
	slices.SortFunc(a.Sheets, func(a, b Sheet) int { return strings.Compare(a.Name, b.Name) })
	return a, nil
}

// packed reads a text in an archive.
type packed struct {
	*Scanner
	part io.ReadCloser
}

func openText(f *zip.File, delim byte, encoded Encoded) (Reader, error) {
	part, err := f.Open()
	if err != nil {
		return nil, damaged(f)
	}
	return packed{NewScanner(encoded.Reader(whole{part, f}), delim, 1), part}, nil
}

// Close ends the reading.
func (p packed) Close() error { return p.part.Close() }

// whole tells of a part that does not unpack to what it should.
type whole struct {
	in   io.Reader
	part *zip.File
}

// Read implements io.Reader.
func (w whole) Read(p []byte) (int, error) {
	n, err := w.in.Read(p)
	if err != nil && !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return n, damaged(w.part)
	}
	return n, err
}

func damaged(f *zip.File) error {
	return fault("damaged-archive", "Download or copy the file again.", "The part %s of the archive is damaged or truncated.", Printable(f.Name))
}
