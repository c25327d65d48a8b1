package draft

import (
	"fmt"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// decideTypes gives each column that is an item its type.
func (d *drafter) decideTypes() {
	for _, p := range d.columns {
		if p.use != asItem {
			continue
		}
		if p.kind == survey.SelectMultiple {
			p.list = d.partsList(p)
			d.decideRole(p)
			continue
		}
		p.kind = d.typeOf(p)
		switch p.kind {
		case survey.SelectOne:
			p.list = d.valuesList(p)
		case survey.SelectMultiple:
			p.list = d.partsList(p)
			if p.sign != "" {
				break
			}
			d.note("joined-answers", finding.Note, p, 0, "The cells are lists, so the item is a select_multiple.", "Make it a text if they are not.")
		}
		d.tell(p)
		d.decideRole(p)
	}
	d.findRatings()
}

// typeOf applies the rules of the package comment to one column.
func (d *drafter) typeOf(p *profile) survey.Type {
	if p.sign != "" {
		return d.declaredList(p)
	}
	switch answers := p.answers(); {
	case metadata(p.short):
		return survey.Metadata
	case p.coded():
		return survey.SelectOne
	case p.answered == 0:
		return survey.OpenText
	case p.points > 0 && mostly(p.points, answers):
		return survey.GPS
	case p.unique && answers >= 10 && p.answered == answers && namedID(p.title):
		return survey.Metadata
	case coordinates(p.title) && mostly(p.integers+p.decimals, answers):
		return survey.Decimal
	case p.only("0", "1"):
		return survey.SelectOne
	case answers > 0 && mostly(p.integers, answers) && p.decimals == 0:
		return survey.Integer
	case answers > 0 && mostly(p.integers+p.decimals, answers):
		return survey.Decimal
	case answers > 0 && p.dates == answers:
		return survey.Date
	case answers > 0 && p.dates+p.dateTimes == answers:
		return survey.DateTime
	case answers > 0 && p.times == answers:
		return survey.Time
	}
	if parts, ok := joined(p); ok {
		taken := map[string]bool{}
		for _, label := range parts {
			p.multiple = append(p.multiple, part{free(choiceName(label), taken), label})
		}
		return survey.SelectMultiple
	}
	if d.few(p) {
		return survey.SelectOne
	}
	return survey.OpenText
}

// mostly reports whether at least 98 of 100 cells are so, and all of them when
// there are fewer than 50.
func mostly(so, of int64) bool {
	return of > 0 && (so == of || of >= 50 && so*100 >= of*98)
}

// only reports whether a column holds both of two values and nothing else.
func (p *profile) only(a, b string) bool {
	return len(p.counts) == 2 && p.counts[a] > 0 && p.counts[b] > 0
}

// few reports whether a column has few enough distinct values for a select_one.
func (d *drafter) few(p *profile) bool {
	if len(p.counts) == 0 || len(p.counts) > d.opts.MaxChoices {
		return false
	}
	distinct := int64(len(p.counts))
	switch {
	case distinct <= 12:
		return p.answered >= 2*distinct
	case distinct <= 40:
		return p.answered >= 5*distinct
	}
	return p.answered >= 20*distinct && p.longest <= 100
}

// tell says what the analyst should check of a column.
func (d *drafter) tell(p *profile) {
	switch {
	case p.answered == 0:
		d.note("empty-column", finding.Note, p, 0, "The column has no answers, so its type is not known; it is drafted as text.", "Correct the type, or delete the item.")
	case p.kind.Numeric() && p.integers+p.decimals < p.answers():
		d.note("number-with-words", finding.Warning, p, p.misfit, fmt.Sprintf("The column is numbers, but not in all of its cells; this is the first that is none, of %d.", p.answers()-p.integers-p.decimals), "Correct those answers in the file, or make the item a text.")
	case p.slashed > 0 && (p.kind == survey.Date || p.kind == survey.DateTime):
		order := "may be either way round"
		if p.first > 12 && p.second <= 12 {
			order = "is day before month, as some days are above 12"
		} else if p.second > 12 && p.first <= 12 {
			order = "is month before day, as some days are above 12"
		}
		d.note("date-order", finding.Warning, p, 0, "The dates are written with numbers only; their order "+order+".", "Say in the config how dates are written, or export them as 2017-03-21.")
	}
	if p.absent > 0 && p.kind == survey.SelectOne {
		d.note("absent-word", finding.Warning, p, 0, fmt.Sprintf("Some cells hold a word such as NA (%d of them); it is drafted as a choice.", p.absent), "If it means that there is no answer, name the choice under missing in the config.")
	}
}

// findRatings makes three or more columns of small numbers that stand beside
// each other, with one beginning to their titles, a select_one each: a grid of
// ratings, scored by their numbers.
func (d *drafter) findRatings() {
	for start := 0; start < len(d.columns); {
		end := start
		for end < len(d.columns) && d.rating(d.columns[end]) && root(d.columns[end]) == root(d.columns[start]) {
			end++
		}
		if end-start >= 3 {
			union := map[string]int64{}
			for _, p := range d.columns[start:end] {
				for value, count := range p.counts {
					if !absent(value) {
						union[value] += count
					}
				}
			}
			if len(union) >= 3 {
				for _, p := range d.columns[start:end] {
					p.kind, p.list = survey.SelectOne, newList(union)
				}
			}
		}
		start = max(end, start+1)
	}
}

// rating reports whether a column holds whole numbers from 0 to 10.
func (d *drafter) rating(p *profile) bool {
	if p.use != asItem || p.role == survey.Identifying || p.kind != survey.Integer || len(p.counts) == 0 || p.integers < p.answers() {
		return false
	}
	for value := range p.counts {
		if !absent(value) && (strings.ContainsAny(value, "+-") || atoi(value) > 10) {
			return false
		}
	}
	return true
}

// root returns the path of a column and the first word of its title.
func root(p *profile) string {
	first := p.short
	if i := strings.IndexAny(first, "._["); i > 0 {
		first = first[:i]
	}
	return p.path + "/" + strings.TrimRight(first, "0123456789")
}

// stem returns the beginning that the titles of a grid share: all before the
// last dot, slash, underscore or bracket.
func stem(title string) string {
	if i := strings.LastIndexAny(title, "./_["); i > 0 {
		return title[:i]
	}
	return strings.TrimRight(title, "0123456789")
}
