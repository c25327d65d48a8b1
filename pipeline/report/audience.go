package report

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// notice stands at the top of a page: of one for a closed audience first for
// whom it is, so that a page that goes astray can be told from the public one.
func (c *composer) notice() string {
	var out []string
	switch c.in.Safe.Audience() {
	case protect.Partners:
		out = append(out, c.l.Say("notice.partners"))
	case protect.Internal:
		out = append(out, c.l.Say("notice.internal"))
	}
	if own := c.projectText(c.in.Words.Notice); own != "" {
		out = append(out, own)
	}
	return strings.Join(out, " ")
}

// anySensitive reports whether any of the items is sensitive. Of those nothing
// is put in order by its figures beside the groups of respondents, and they are
// no headline: silence may be fear, and no list of reprisals is to be made.
func anySensitive(items []*survey.Item) bool {
	return slices.ContainsFunc(items, func(i *survey.Item) bool { return i.Role == survey.Sensitive })
}

// silentOf says of each sensitive item of a battery how many did not answer it.
func (c *composer) silentOf(b *battery) []string {
	var out []string
	for k, i := range b.items {
		line := c.silent(i, c.tableOf(i))
		if line != "" && len(b.items) > 1 {
			line = c.l.Say("evidence.is", lang.Args{"item": b.names[k], "answers": line})
		}
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}
