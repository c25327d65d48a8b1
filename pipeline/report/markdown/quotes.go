package markdown

import "github.com/soundings-survey/soundings/pipeline/report"

// quotes is what respondents wrote, each text a quotation.
func quotes(q report.Quotes) string {
	out := "**" + Escape(q.Label) + "**"
	for _, x := range q.Quotes {
		out += "\n\n" + Escape(x.Topic) + "\n\n> " + Escape(x.Text.Text)
		if x.Heads != "" {
			out += "\n\n" + Escape(x.Heads) + "\n\n> " + Escape(x.Original.Text)
		}
		if x.From != "" {
			out += "\n\n— " + Escape(x.From)
		}
	}
	return out + "\n\n" + Escape(q.Note)
}
