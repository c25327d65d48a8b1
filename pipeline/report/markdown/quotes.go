package markdown

import "github.com/soundings-survey/soundings/pipeline/report"

// quotes is what respondents wrote, each text a quotation.
func quotes(q report.Quotes) string {
	out := "**" + Escape(q.Label) + "**"
	for _, x := range q.Quotes {
		out += "\n\n" + Escape(x.Topic) + "\n\n" + spoken(x.Text)
		if x.Heads != "" {
			out += "\n\n" + Escape(x.Heads) + "\n\n" + spoken(x.Original)
		}
		if x.From != "" {
			out += "\n\n— " + Escape(x.From)
		}
	}
	for _, note := range q.Notes {
		out += "\n\n" + Escape(note)
	}
	return out
}

// spoken is a text in the direction of its own language.
func spoken(s report.Spoken) string { return "> " + Escape("\u2068"+s.Text+"\u2069") }
