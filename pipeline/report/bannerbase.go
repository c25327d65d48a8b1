package report

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/banner"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// lowMark stands behind a base that is below the minimum.
const lowMark = "*"

// bases are the rows of bases: of the shares, or of the means where there are no
// shares; and those of the means where some differ.
func (b *bannerComposer) bases(sides []*side) []BannerRow {
	first, second := BannerRow{Head: b.l.Say("tables.base"), Base: true}, BannerRow{Head: b.l.Say("tables.base_mean"), Base: true}
	differ := false
	for _, s := range sides {
		s.low = make([]bool, len(s.groups))
		for n, group := range s.groups {
			shares, mean := at(s.shares, group), at(s.mean, group)
			cell, low := BannerCell{}, false
			if mean >= 0 {
				cell, low = b.base(s.mean, mean)
			}
			second.Cells = append(second.Cells, cell)
			s.low[n] = low
			if shares >= 0 {
				of, few := b.base(s.shares, shares)
				differ = differ || mean >= 0 && of.Text != cell.Text
				cell, s.low[n] = of, low || few
			}
			first.Cells = append(first.Cells, cell)
		}
	}
	if differ {
		return []BannerRow{first, second}
	}
	return []BannerRow{first}
}

// base writes the base of a domain, marked where it is below the minimum.
func (b *bannerComposer) base(v *protect.View, d int) (BannerCell, bool) {
	cell := BannerCell{Text: b.text(v.Base(d)), Value: b.value(v.Base(d))}
	n, shown := b.pen.Length(v.Base(d))
	low := shown && n < float64(b.settings.MinimumBase)
	if low {
		cell.Text += lowMark
		cell.Value.Mark += lowMark
	}
	return cell, low
}

// netLabel joins the choices of a net.
func (b *bannerComposer) netLabel(i *survey.Item, values []string) string {
	var names []string
	for _, v := range values {
		names = append(names, b.labels.choice(b.s, i, v))
	}
	return b.l.Join(names)
}

// notes are the footer of a table: what its letters and marks mean, by which
// test, what the sample and the weights are, and what is left out: groups of the
// questions that are closed, and rows of a table cut short.
func (b *bannerComposer) notes(sides []*side, tested bool, closed []string, short bool) []string {
	var out []string
	asked := b.settings.Test != banner.None && len(sides) > 1
	low := slices.ContainsFunc(sides, func(s *side) bool { return slices.Contains(s.low, true) })
	switch {
	case tested:
		out = append(out, b.lettersNote(sides))
	case asked:
		out = append(out, b.l.Say("tables.none_shown"))
	}
	switch n := b.l.Numbers.Count(int64(b.settings.MinimumBase)); {
	case low && asked:
		out = append(out, b.l.Say("tables.low", lang.Args{"n": n, "mark": lowMark}))
	case low:
		out = append(out, b.l.Say("tables.low_untested", lang.Args{"n": n, "mark": lowMark}))
	}
	if b.in.Weighted {
		out = append(out, b.l.Say("figure.weighted"))
	} else {
		out = append(out, b.l.Say("tables.unweighted"))
	}
	out = append(out, b.l.Say(b.designKey("figure.design_")))
	if len(closed) > 0 {
		out = append(out, b.l.Say("tables.by_withheld", lang.Args{"groups": b.l.Join(closed)}))
	}
	if short {
		out = append(out, b.l.Say("tables.rows_withheld"))
	}
	return append(out, b.markNotes("tables.withheld")...)
}

// reading says how to read the tables.
func (b *bannerComposer) reading() []string {
	out := []string{b.l.Say("tables.columns"), b.l.Say("tables.rows")}
	switch {
	case b.lettered:
		out = append(out, b.l.Say("tables.letters"), b.l.Say("tables.no_letter"))
		if b.indicative() {
			out = append(out, b.l.Say("methods.tests_convenience"))
		}
	case b.indicative():
		out = append(out, b.l.Say("tables.untested_convenience"))
	default:
		out = append(out, b.l.Say("tables.untested"))
	}
	out = append(out, b.l.Say("tables.empty"))
	if b.in.Weighted {
		out = append(out, b.l.Say("methods.weighted"))
	}
	if b.indicative() {
		return append(out, b.l.Say("tables.convenience"))
	}
	return append(out, b.l.Say(b.designKey("methods.")))
}
