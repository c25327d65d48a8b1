package protect

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

const whyBroken = "a table does not fit the survey, stands twice or is incomplete"

// known refuses tables of items that the survey does not have, and those that
// stand twice.
func known(s *survey.Survey, tables []*table.Table) error {
	seen := map[table.Key]bool{}
	for _, t := range tables {
		key := t.Row.Key()
		if _, ok := s.Item(t.Row.Item); !ok || seen[key] {
			return &NotSafe{Tables: []table.Key{key}, Why: whyBroken}
		}
		seen[key] = true
	}
	return nil
}

// wellFormed refuses tables that are incomplete, stand twice or contradict each
// other: what holds for such tables cannot be known.
func wellFormed(s *survey.Survey, tables []*table.Table) error {
	counts := map[string]int64{}
	var broken []table.Key
	for _, t := range tables {
		key := t.Row.Key()
		if !complete(t) {
			return &NotSafe{Tables: []table.Key{key}, Why: whyBroken}
		}
		for d, domain := range t.Domains {
			where := t.Level + "\x00" + strings.Join(t.Row.By, "\x01") + "\x00" + strings.Join(domain.Values, "\x01")
			facts := map[string]int64{where: domain.Base.Total()}
			base := where + "\x00" + t.Row.Item
			if t.Row.Analysis != table.Mean { // a mean may leave out answers without a score
				facts[base] = domain.Base.Answered()
				for c, choice := range t.Choices {
					if choice != "" {
						facts[base+"\x00"+choice] = t.Cells[d][c].Count
					}
				}
			}
			for fact, n := range facts {
				if have, ok := counts[fact]; ok && have != n {
					broken = append(broken, key)
				}
				counts[fact] = n
			}
		}
	}
	for _, t := range tables {
		item, _ := s.Item(t.Row.Item)
		if t.Row.Analysis != table.PropNet || item.Type != survey.SelectOne {
			continue
		}
		for d, domain := range t.Domains {
			sum, all := int64(0), true
			for _, v := range t.Row.Values {
				n, ok := counts[t.Level+"\x00"+strings.Join(t.Row.By, "\x01")+"\x00"+strings.Join(domain.Values, "\x01")+"\x00"+t.Row.Item+"\x00"+v]
				sum, all = sum+n, all && ok
			}
			if all && sum != t.Cells[d][0].Count {
				broken = append(broken, t.Row.Key())
			}
		}
	}
	if len(broken) > 0 {
		slices.Sort(broken)
		return &NotSafe{Tables: slices.Compact(broken), Why: "tables contradict each other"}
	}
	return nil
}

func complete(t *table.Table) bool {
	if len(t.Domains) == 0 || len(t.Cells) != len(t.Domains) {
		return false
	}
	for d, domain := range t.Domains {
		if len(domain.Values) != len(t.Row.By) || len(t.Cells[d]) != len(t.Choices) || len(t.Choices) == 0 {
			return false
		}
		for _, n := range domain.Base.Reasons {
			if n < 0 {
				return false
			}
		}
		for _, e := range t.Cells[d] {
			if e.Count < 0 || e.Count > domain.Base.Answered() {
				return false
			}
		}
	}
	return true
}

// The sentences that say why a whole table is withheld.
const (
	whySmall    = "There are too few respondents."
	whyCountry  = "A sensitive item is not shown by country."
	whyIdentity = "A sensitive item is not crossed with who the respondents are."
	whyItself   = "The item is divided by itself."
	whyNamed    = "The item identifies respondents."
	whyNested   = "It divides groups that are shown whole elsewhere."
	whyTriangle = "Both items divide others: three tables of three items give each other away."
	whyAudit    = "Its figures could not be protected one by one."
)

// forbidden says why a table may not be shown whatever its figures, or "".
func forbidden(s *survey.Survey, t *table.Table, cfg Config) string {
	names := slices.Concat([]string{t.Row.Item}, t.Row.With, t.Row.By)
	sensitive := false
	for i, name := range names {
		g, ok := s.Item(name)
		if !ok || g.Role == survey.Identifying {
			return whyNamed
		}
		sensitive = sensitive || g.Role == survey.Sensitive
		if slices.Contains(names[:i], name) {
			return whyItself
		}
	}
	has := func(list []string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(list, n) })
	}
	switch {
	case len(t.Row.By) == 0 && len(t.Domains) == 1 && t.Domains[0].Base.Total() < int64(2*cfg.Threshold):
		return whySmall
	case sensitive && has(cfg.Country):
		return whyCountry
	case sensitive && has(cfg.Identity) && len(names) > 1:
		return whyIdentity
	}
	return ""
}
