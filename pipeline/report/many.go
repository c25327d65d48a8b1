package report

import (
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
)

// many says a message of a count that is no figure: of rows, of the threshold.
func (c *composer) many(key string, n int64) string {
	return c.l.SayOf(n, key, lang.Args{"n": c.l.Numbers.Count(n)})
}

// manySaid says a message of a count of respondents without an answer, for a
// sentence. Where it is not told a dash stands in its place.
func (c *composer) manySaid(key string, n protect.Number) string {
	words := lang.Args{"n": c.apart(n)}
	if n.Status() == protect.Published {
		if v, _, shown := c.pen.Value(n); shown {
			return c.l.SayOf(int64(v), key, words)
		}
	}
	return c.l.Say(key, words)
}

// rowsAlt describes a chart of rows for those who cannot see it.
func (c *composer) rowsAlt(key string, rows int, detail string) string {
	return c.l.SayOf(int64(rows), key, lang.Args{"rows": c.l.Numbers.Count(int64(rows)), "detail": detail})
}
