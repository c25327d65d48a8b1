package docx

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/report"
)

// entry is a line of the contents.
type entry struct {
	level      int
	text, mark string
}

// contentsLevels is how many levels of headings the contents show.
const contentsLevels = 2

// heading writes a heading that the contents name.
func (d *document) heading(level int, id, text string) {
	mark := d.names[id]
	if level <= contentsLevels {
		d.entries = append(d.entries, entry{level, text, mark})
	}
	d.out.WriteString(d.plain(para{style: "Heading" + strconv.Itoa(level), mark: mark}, text))
}

// front writes what stands before the first chapter. The contents are a field:
// the word processor fills in the numbers of pages when the editor updates it.
// Until then they are links, since a number that is not known must not be shown.
func (d *document) front() string {
	var b strings.Builder
	r := d.report
	b.WriteString(d.brand(r.Brand))
	b.WriteString(d.plain(para{style: "Title"}, r.Title))
	if r.Notice != "" {
		b.WriteString(d.paragraph(para{style: "Notice"}, r.Words.Notice+r.Notice, d.run("Strong", r.Words.Notice)+d.run("", " "+r.Notice)))
	}
	for _, line := range r.Brand.Foot {
		b.WriteString(d.plain(para{style: "FigureNote"}, line))
	}
	b.WriteString(`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>`)
	b.WriteString(d.plain(para{style: "TOCHeading"}, r.Words.Contents))
	begin := fieldBegin(fmt.Sprintf(`TOC \o "1-%d" \h \z \u`, contentsLevels))
	for _, e := range d.entries {
		b.WriteString(d.paragraph(para{style: "TOC" + strconv.Itoa(e.level)}, e.text, begin+d.link(e.mark, "", e.text)))
		begin = ""
	}
	b.WriteString(d.paragraph(para{style: "AfterTable"}, "", begin+fieldEnd))
	b.WriteString(`</w:sdtContent></w:sdt>`)
	return b.String()
}

const lineBreak = `<w:r><w:br/></w:r>`

const fieldEnd = `<w:r><w:fldChar w:fldCharType="end"/></w:r>`

func fieldBegin(code string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + escape(code) + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
}

// field writes a field with what it shows until it is updated.
func field(code, shown string) string {
	return fieldBegin(code) + `<w:r><w:t>` + escape(shown) + `</w:t></w:r>` + fieldEnd
}

// header names the report on all pages but the first.
func (d *document) header() string { return d.plain(para{style: "Header"}, d.report.Title) }

// footer numbers all pages but the first.
func (d *document) footer() string {
	return d.paragraph(para{style: "Footer"}, "", field("PAGE", "2"))
}

// caption numbers a figure or a table. The word processor goes on counting.
func (d *document) caption(p para, pattern, sequence string, number int, text string) string {
	p.style = "Caption"
	var runs strings.Builder
	for left := pattern; left != ""; {
		words, rest, found := strings.Cut(left, "{")
		runs.WriteString(d.run("", words))
		if !found {
			break
		}
		var name string
		name, left, _ = strings.Cut(rest, "}")
		switch name {
		case "number":
			runs.WriteString(field("SEQ "+sequence+` \* ARABIC`, strconv.Itoa(number)))
		case "caption":
			runs.WriteString(d.run("", text))
		}
	}
	return d.paragraph(p, pattern+text, runs.String())
}

// link writes a text that leads to a bookmark.
func (d *document) link(mark, style, text string) string {
	return `<w:hyperlink w:anchor="` + mark + `" w:history="1">` + d.run(style, text) + `</w:hyperlink>`
}

// bookmark marks runs.
func (d *document) bookmark(name, runs string) string {
	d.marks++
	id := strconv.Itoa(d.marks)
	return `<w:bookmarkStart w:id="` + id + `" w:name="` + name + `"/>` + runs + `<w:bookmarkEnd w:id="` + id + `"/>`
}

// bookmarks names the bookmarks of what has an id. A name has 40 characters at
// most, letters, digits and low lines, and capitals make no difference.
func bookmarks(r *report.Report) map[string]string {
	out, taken := map[string]string{}, map[string]bool{}
	for _, id := range ids(r) {
		name := strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
				return r
			}
			return '_'
		}, "s_"+id)
		name = name[:min(len(name), 34)]
		free := name
		for n := 2; taken[strings.ToLower(free)]; n++ {
			free = name + "_" + strconv.Itoa(n)
		}
		taken[strings.ToLower(free)] = true
		out[id] = free
	}
	return out
}

// ids returns the ids of the chapters and blocks that are marked, in order.
func ids(r *report.Report) []string {
	var out []string
	for _, c := range r.Chapters {
		out = append(out, c.ID)
		for _, b := range c.Blocks {
			switch b := b.(type) {
			case report.Heading:
				out = append(out, b.ID)
			case report.Figure:
				out = append(out, b.ID)
			case report.Withheld:
				out = append(out, b.ID)
			case report.Needs:
				for _, n := range b.Needs {
					out = append(out, n.ID)
				}
			}
		}
	}
	return out
}
