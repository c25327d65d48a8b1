package table

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Set is some choices of an item of several: bit i is choice i of a list.
type Set uint32

// Sets counts who chose exactly which choices, unweighted. It is exact, and for
// protection alone.
type Sets struct {
	Choices []string // those that are combined, in form order: the most frequent
	Shown   []Set    // of each choice of the table but the last, which is all others
	Counts  []SetCount
	Groups  []SetGroups // by each grouping of Row.Along
}

// SetCount is how many respondents chose exactly a set.
type SetCount struct {
	Set Set
	N   int64
}

// SetGroups counts sets in each group of a grouping.
type SetGroups struct {
	By     []string
	Counts [][]SetCount // by domain, as tables by these groups have them
}

// OtherSets is the name of all sets of choices that have no figure of their own.
const OtherSets = "other combinations"

// setSep joins the choices of a set in its name.
const setSep = "|"

const (
	mostCombined    = 16 // choices of an item whose sets can be counted
	combinedUnasked = 12 // and are in a plan that is made from the form
)

// Combined reports whether the sets of choices of an item can be counted: it has
// several, not too many for every set to be counted exactly, and their names can
// be joined.
func Combined(s *survey.Survey, item *survey.Item) bool {
	if item.Type != survey.SelectMultiple {
		return false
	}
	names := answerNames(s, item)
	return len(names) >= 2 && len(names) <= mostCombined &&
		!slices.ContainsFunc(names, func(n string) bool { return strings.ContainsAny(n, setSep+"*") || n == OtherSets })
}

func answerNames(s *survey.Survey, item *survey.Item) []string {
	var out []string
	for _, c := range s.Choices(item) {
		if c.Missing == survey.Answered {
			out = append(out, c.Name)
		}
	}
	return out
}

// Name returns the choices of a set, joined.
func (s Set) Name(choices []string) string {
	var out []string
	for i, c := range choices {
		if s.Has(i) {
			out = append(out, c)
		}
	}
	return strings.Join(out, setSep)
}

// Has reports whether choice i is in the set.
func (s Set) Has(i int) bool { return s>>i&1 == 1 }

// SetOf returns the choices that the name of a set joins; none of OtherSets.
func SetOf(name string) []string {
	if name == OtherSets {
		return nil
	}
	return strings.Split(name, setSep)
}

// Only returns the choices of a set that are in a list of places, in its order.
func (s Set) Only(places []int) (out Set) {
	for k, i := range places {
		if s.Has(i) {
			out |= 1 << k
		}
	}
	return out
}

// Alongside returns the plan in which each row of sets knows the groupings by
// which the plan divides its item.
func (p Plan) Alongside() Plan {
	out := Plan{Rows: slices.Clone(p.Rows)}
	for i, r := range out.Rows {
		if r.Analysis != PropCombination {
			continue
		}
		out.Rows[i].Along = nil
		for _, o := range p.Rows {
			if o.Item == r.Item && len(o.By) > 0 && !slices.ContainsFunc(out.Rows[i].Along, func(by []string) bool { return slices.Equal(by, o.By) }) {
				out.Rows[i].Along = append(out.Rows[i].Along, slices.Clone(o.By))
			}
		}
	}
	return out
}
