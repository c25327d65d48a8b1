package xlsform

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	guarded "github.com/soundings-survey/soundings/pipeline/sheet"
)

// maxNested is how deep elements may stand in each other in a part of a workbook.
const maxNested = 256

// sound looks at a workbook before it is read: at the names of its parts, and
// at each part to its end, because the reader of workbooks takes a sheet that
// breaks off for one that ends there. It reports false after a refusal.
func (r *reader) sound(name string, content []byte) bool {
	place := finding.Place{File: name}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) || archive == nil {
		r.unreadable(place)
		return false
	}
	seen := map[string]bool{}
	var total uint64
	for _, part := range archive.File {
		key := strings.ToLower(part.Name)
		switch {
		case strings.Contains(part.Name, ".."), strings.HasPrefix(part.Name, "/"), strings.ContainsAny(part.Name, "\\:\x00"):
			r.add("unsafe-archive", finding.Refusal, place, "The workbook has a part named "+shorten(part.Name)+", which points outside it (\"..\", a drive or a root).", "Do not open this file elsewhere; download the form again.")
			return false
		case part.Mode()&(fs.ModeType&^fs.ModeDir) != 0:
			r.add("unsafe-archive", finding.Refusal, place, "The workbook holds a link or a device, "+shorten(part.Name)+".", "Download the form again.")
			return false
		case seen[key]:
			r.add("duplicate-part", finding.Refusal, place, "The workbook has two parts named "+shorten(part.Name)+", and readers disagree about which counts.", "Open it in a spreadsheet program, check it, and save it anew.")
			return false
		}
		seen[key] = true
		if total += part.UncompressedSize64; total > maxBytes {
			r.tooLargeUnpacked(place)
			return false
		}
	}
	for _, part := range archive.File {
		if !strings.HasSuffix(strings.ToLower(part.Name), ".xml") || !strings.HasPrefix(strings.ToLower(part.Name), "xl/") {
			continue
		}
		if problem := partTrouble(part); problem != "" {
			r.add("damaged-form", finding.Refusal, place, "The part "+shorten(part.Name)+" of the workbook "+problem+".", "Download the form again, or open it in a spreadsheet program, check that it is whole, and save it anew.")
			return false
		}
	}
	return true
}

func (r *reader) tooLargeUnpacked(place finding.Place) {
	r.add("form-too-large", finding.Refusal, place, fmt.Sprintf("The workbook unpacks to a size of more than %d MB, which is over the limit.", maxBytes>>20), "A form is far smaller: check that this is the form and not the answers.")
}

// partTrouble reads a part as XML to its end and says what is the matter with
// it. What would take much memory to read as XML is looked for first.
func partTrouble(part *zip.File) string {
	in, err := part.Open()
	if err != nil {
		return "cannot be unpacked"
	}
	trouble := guarded.Trouble(io.LimitReader(in, maxBytes))
	_ = in.Close() // it was only read
	if trouble != "" {
		return trouble
	}
	if in, err = part.Open(); err != nil {
		return "cannot be unpacked"
	}
	defer in.Close()
	d := xml.NewDecoder(io.LimitReader(in, maxBytes))
	depth := 0
	for {
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return ""
		case err != nil:
			return "is damaged or truncated"
		}
		switch t.(type) {
		case xml.Directive:
			return "has a DTD, which no form has and which can be used to attack readers"
		case xml.StartElement:
			if depth++; depth > maxNested {
				return "has elements nested too deep"
			}
		case xml.EndElement:
			depth--
		}
	}
}
