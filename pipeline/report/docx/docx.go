// Package docx writes a report as a document that an editor can go on writing
// in: headings, captions and tables have the styles that word processors know,
// figures are pictures with a text for who cannot see them, and right-to-left
// languages have pages, paragraphs and tables of their own direction. The same
// report gives the same bytes.
package docx

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"strings"
	"text/template"

	"github.com/soundings-survey/soundings/pipeline/report"
)

//go:embed parts
var parts embed.FS

// FileName returns the name of the document of a language: "report.en.docx".
func FileName(tag string) string { return "report." + tag + ".docx" }

// Write returns the document of a report. It asks for the picture of each
// figure, as PNG. It fails if a picture does, and for a block it does not know.
func Write(r *report.Report, picture func(report.Figure) ([]byte, error)) ([]byte, error) {
	d := newDocument(r, picture)
	if err := d.chapters(); err != nil {
		return nil, fmt.Errorf("write the document in %s: %w", r.Lang, err)
	}
	out, err := d.pack()
	if err != nil {
		return nil, fmt.Errorf("write the document in %s: %w", r.Lang, err)
	}
	return out, nil
}

// document is a document under construction.
type document struct {
	report  *report.Report
	picture func(report.Figure) ([]byte, error)
	rtl     bool

	out     strings.Builder   // the body so far
	names   map[string]string // of bookmarks, by the id of what they mark
	marks   int               // bookmarks so far
	figures int               // captions of figures so far
	tables  int               // captions of tables so far
	entries []entry           // of the contents
	media   []medium
}

// medium is a picture in the document.
type medium struct {
	ID, File string // of its relationship; below word/
	content  []byte
}

func newDocument(r *report.Report, picture func(report.Figure) ([]byte, error)) *document {
	return &document{report: r, picture: picture, rtl: r.Dir == "rtl", names: bookmarks(r)}
}

// files are the parts of a document, by their template, in the order in which
// they are packed: readers look for the list of contents first.
var files = [][2]string{
	{"[Content_Types].xml", "contenttypes.xml"},
	{"_rels/.rels", "rels.xml"},
	{"docProps/core.xml", "core.xml"},
	{"word/document.xml", "document.xml"},
	{"word/_rels/document.xml.rels", "documentrels.xml"},
	{"word/styles.xml", "styles.xml"},
	{"word/settings.xml", "settings.xml"},
	{"word/fontTable.xml", "fonttable.xml"},
	{"word/numbering.xml", "numbering.xml"},
	{"word/header1.xml", "header.xml"},
	{"word/footer1.xml", "footer.xml"},
}

// pack puts the parts into an archive without times.
func (d *document) pack() ([]byte, error) {
	all, err := template.New("").Funcs(template.FuncMap{"xml": escape}).ParseFS(parts, "parts/*.xml")
	if err != nil {
		return nil, err
	}
	front := d.front() // may add a picture
	data := struct {
		*report.Report
		Latin, EastAsian, Complex   string // languages of the three kinds of scripts
		RTL, East                   bool
		Dark, Accent                string
		Front, Body, Header, Footer string
		Media                       []medium
	}{
		Report: d.report, RTL: d.rtl, Dark: colourOf(d.report.Brand.Colours.Ground, plainDark), Accent: colourOf(d.report.Brand.Colours.Accent, plainAccent),
		Front: front, Body: d.out.String(), Header: d.header(), Footer: d.footer(), Media: d.media,
	}
	data.Latin, data.EastAsian, data.Complex = languages(d.report.Lang)
	data.East = data.EastAsian == region(d.report.Lang)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f[0], Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if err := all.ExecuteTemplate(w, f[1], data); err != nil {
			return nil, err
		}
	}
	for _, m := range d.media {
		w, err := z.CreateHeader(&zip.FileHeader{Name: "word/" + m.File, Method: zip.Store}) // pictures are packed already
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(m.content); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// escape makes a text safe inside an element or an attribute.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}

// languages returns the languages in which a word processor checks the spelling
// of Latin and Cyrillic, East Asian, and right-to-left texts: the report's own,
// and the usual ones for scripts that it does not have.
func languages(tag string) (latin, eastAsian, complex string) {
	latin, eastAsian, complex = "en-GB", "zh-CN", "ar-SA"
	own := region(tag)
	switch base, _, _ := strings.Cut(own, "-"); base {
	case "zh", "ja", "ko":
		eastAsian = own
	case "ar", "fa", "he", "ur":
		complex = own
	default:
		latin = own
	}
	return latin, eastAsian, complex
}

// region adds a region to the tag of a UN language, which word processors want
// to have.
func region(tag string) string {
	switch tag {
	case "ar":
		return "ar-SA"
	case "en":
		return "en-GB"
	case "es":
		return "es-ES"
	case "fr":
		return "fr-FR"
	case "ru":
		return "ru-RU"
	case "zh":
		return "zh-CN"
	}
	return tag
}
