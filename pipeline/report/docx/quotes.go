package docx

import "github.com/soundings-survey/soundings/pipeline/report"

// quotes writes what respondents wrote under its label, each text in the
// direction of its own language.
func (d *document) quotes(q report.Quotes) {
	d.out.WriteString(d.paragraph(para{style: "Normal", keepNext: true}, q.Label, d.run("Topic", q.Label)))
	for _, x := range q.Quotes {
		d.out.WriteString(d.plain(para{style: "QuoteTopic", keepNext: true}, x.Topic))
		d.spoken(x.Text, x.Heads != "" || x.From != "")
		if x.Heads != "" {
			d.out.WriteString(d.plain(para{style: "QuoteNote", keepNext: true}, x.Heads))
			d.spoken(x.Original, x.From != "")
		}
		if x.From != "" {
			d.out.WriteString(d.plain(para{style: "QuoteNote"}, "— "+x.From))
		}
	}
	for _, note := range q.Notes {
		d.out.WriteString(d.plain(para{style: "FigureNote"}, note))
	}
}

// spoken writes a text of a language of its own. In a left-to-right document one
// that reads from right to left is written as in a document of its language.
func (d *document) spoken(s report.Spoken, keepNext bool) {
	own := document{report: d.report, rtl: d.rtl || s.Dir == "rtl"}
	d.out.WriteString(own.plain(para{style: "Quote", keepNext: keepNext}, s.Text))
}
