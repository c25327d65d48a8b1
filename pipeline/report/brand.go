package report

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/brand"
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Branding is what a project puts on its reports, in all languages.
type Branding struct {
	Name, Authors, Funder, Licence, Contact survey.Text
	Year                                    string
	LogoAlt                                 survey.Text
	Logo                                    brand.Logo
	Colours                                 brand.Colours
}

// Brand is what a project puts on its report, in one language. Any part may be
// empty.
type Brand struct {
	Name    string
	Logo    brand.Logo // with a text for those who do not see it
	Colours brand.Colours
	Foot    []string // lines at the foot: funder, licence, contact
}

// brand is the project's brand in the language of the report.
func (c *composer) brand() Brand {
	in := c.in.Brand
	out := Brand{Name: c.branded("name", in.Name), Logo: in.Logo, Colours: in.Colours}
	if out.Logo.Media != "" {
		out.Logo.Alt = c.projectText(in.LogoAlt, in.Name)
	}
	if funder := c.branded("funder", in.Funder); funder != "" {
		out.Foot = append(out.Foot, funder)
	}
	out.Foot = append(out.Foot, c.terms()...)
	return out
}

// branded is a text of the brand in the language of the report. Numbers in it,
// as in the name of a licence, stand in the ledger as typed by hand.
func (c *composer) branded(what string, t survey.Text) string {
	text := c.projectText(t)
	c.recordTyped("brand."+what, text)
	return text
}

// terms are the licence of the report and whom to ask.
func (c *composer) terms() []string {
	var out []string
	if licence := c.branded("licence", c.in.Brand.Licence); licence != "" {
		out = append(out, c.l.Say("brand.licence", lang.Args{"licence": licence}))
	}
	if contact := c.branded("contact", c.in.Brand.Contact); contact != "" {
		out = append(out, c.l.Say("brand.contact", lang.Args{"contact": contact}))
	}
	return out
}

// citation says how to cite the report, with what the config tells of it: no
// date of making.
func (c *composer) citation() Chapter {
	in := c.in.Brand
	name, authors := c.branded("name", in.Name), c.branded("authors", in.Authors)
	if authors == "" {
		authors = name
	}
	c.recordTyped("brand.year", in.Year)
	args := lang.Args{"authors": authors, "year": in.Year, "title": strings.TrimRight(c.title, ".。 ")}
	ch := Chapter{ID: "cite", Title: c.l.Say("section.cite")}
	say := func(text string) { ch.Blocks = append(ch.Blocks, Paragraph{Text: Plain(text)}) }
	key := ""
	switch {
	case authors != "" && in.Year != "":
		key = "cite.full"
	case authors != "":
		key = "cite.authors"
	case in.Year != "":
		key = "cite.year"
	}
	if key == "" {
		say(c.l.Say("cite.text", lang.Args{"title": c.title}))
	} else {
		text := c.l.Say(key, args)
		if name != "" && name != authors {
			text += " " + c.l.Say("cite.publisher", lang.Args{"name": name})
		}
		say(text)
		say(c.l.Say("cite.made"))
	}
	for _, line := range c.terms() {
		say(line)
	}
	return ch
}

// coloured gives figures the accent colour of the project.
func coloured(chapters []Chapter, accent canvas.Colour) {
	if accent == "" {
		return
	}
	for _, ch := range chapters {
		for _, b := range ch.Blocks {
			if f, is := b.(Figure); is {
				canvas.Recolour(f.Canvas, canvas.Accent, accent)
			}
		}
	}
}
