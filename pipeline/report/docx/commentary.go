package docx

import "github.com/soundings-survey/soundings/pipeline/report"

// commentary writes what analysts say under its label, and after it that figures
// have changed since and what marks mean.
func (d *document) commentary(c report.Commentary) {
	d.out.WriteString(d.paragraph(para{style: "Normal", keepNext: true}, c.Label, d.run("Topic", c.Label)))
	for _, text := range c.Text {
		d.out.WriteString(d.plain(para{style: "Normal"}, text.Text))
	}
	if c.Changed != "" {
		d.out.WriteString(d.plain(para{style: "Withheld"}, c.Changed))
	}
	for _, note := range c.Notes {
		d.out.WriteString(d.plain(para{style: "Withheld"}, note.Text))
	}
}
