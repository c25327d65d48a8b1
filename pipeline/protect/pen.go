package protect

import "strconv"

// Format writes figures in the way of a language. A share is written by
// Percent, which takes a proportion. Mark is the one sign for what is withheld.
type Format interface {
	Count(n int64) string
	Percent(v float64, decimals int) string
	Decimal(v float64, decimals int) string
	Range(lo, hi string) string
	Below(limit string) string // less than a limit that is written already
	Mark() string
}

// Pen turns figures into text and lengths for one artifact. Whatever it is
// asked for stands in the ledger. It may be used by several goroutines.
type Pen struct {
	safe     *Safe
	artifact string
	format   Format
}

// Pen returns a pen for an artifact. Without a format, figures are written as
// programs read them, with a decimal point.
func (s *Safe) Pen(artifact string, f Format) *Pen {
	if f == nil {
		f = plain{}
	}
	return &Pen{safe: s, artifact: artifact, format: f}
}

// Text returns the figure as it is published, or the mark.
func (p *Pen) Text(n Number) string {
	p.record(n, "text")
	if !n.published {
		return p.format.Mark()
	}
	return p.write(n, n.value)
}

// Interval returns the confidence interval as it is published, or "" where the
// figure is withheld or has none.
func (p *Pen) Interval(n Number) string {
	if !n.published || !n.interval {
		return ""
	}
	p.recordBounds(n, "text")
	return p.format.Range(p.write(n, n.lo), p.write(n, n.hi))
}

// Length returns the figure as it is published, for a bar or a colour: a share
// as a proportion. What is withheld has no length.
func (p *Pen) Length(n Number) (v float64, shown bool) {
	p.record(n, "length")
	if !n.published {
		return 0, false
	}
	return n.value, true
}

// Under reports whether a p-value is less than a limit in thousandths, for a
// letter: of one that was rounded to the limit it is told on which side it lay.
func (p *Pen) Under(n Number, limit float64) (under, shown bool) {
	p.record(n, "letter")
	if !n.published {
		return false, false
	}
	limit = round(limit, n.places())
	return n.value < limit || n.value == limit && n.under, true
}

// Bounds returns the ends of the confidence interval as it is published.
func (p *Pen) Bounds(n Number) (lo, hi float64, shown bool) {
	if !n.published || !n.interval {
		return 0, 0, false
	}
	p.recordBounds(n, "length")
	return n.lo, n.hi, true
}

func (p *Pen) write(n Number, v float64) string {
	switch {
	case n.stat.Share():
		return p.format.Percent(v, n.decimals)
	case n.stat.Counts():
		return p.format.Count(int64(v))
	case n.below:
		return p.format.Below(p.format.Decimal(v, n.decimals))
	default:
		return p.format.Decimal(v, n.decimals)
	}
}

func (p *Pen) record(n Number, as string) {
	w := written{artifact: p.artifact, key: n.key, as: as, stat: n.stat, run: n.asOf, status: n.Status()}
	if n.published {
		w.value, w.decimals = n.digits(n.value), n.decimals
	} else {
		w.marker = p.format.Mark()
	}
	p.safe.write(w)
}

func (p *Pen) recordBounds(n Number, as string) {
	for _, end := range []struct {
		of Stat
		v  float64
	}{{lowEnd, n.lo}, {highEnd, n.hi}} {
		p.safe.write(written{
			artifact: p.artifact, key: n.key, as: as, stat: n.stat, end: end.of, run: n.asOf,
			value: n.digits(end.v), decimals: n.decimals, status: Published,
		})
	}
}

// plain writes figures as programs read them.
type plain struct{}

func (plain) Count(n int64) string { return strconv.FormatInt(n, 10) }
func (plain) Percent(v float64, decimals int) string {
	return strconv.FormatFloat(100*v, 'f', decimals, 64) + "%"
}
func (plain) Decimal(v float64, decimals int) string {
	return strconv.FormatFloat(v, 'f', decimals, 64)
}
func (plain) Range(lo, hi string) string { return lo + " to " + hi }
func (plain) Below(limit string) string  { return "<" + limit }
func (plain) Mark() string               { return "c" }
