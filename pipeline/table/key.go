package table

import (
	"strconv"
	"strings"
)

// Key names one figure, or (with no value) the table that a plan row gives:
//
//	type @/@ item %/% value @/@ group %/% group value
//
// Several groups are joined by " -/- ". A missing part is NA. Further parts
// " @/@ name=value" follow only where they are not the default.
type Key string

const (
	partSep  = " @/@ "
	valueSep = " %/% "
	groupSep = " -/- "
	missing  = "NA"
)

// Key returns the key of the table that the row gives.
func (r Row) Key() Key { return r.keyOf(missing, nil) }

// KeyOf returns the key of one figure of the row: of a choice ("" for a mean)
// and the values of the domain.
func (r Row) KeyOf(value string, domain []string) Key {
	if value == "" {
		value = missing
	}
	return r.keyOf(value, domain)
}

func (r Row) keyOf(value string, domain []string) Key {
	var b strings.Builder
	b.WriteString(string(r.Analysis) + partSep + r.Item + valueSep)
	if r.Analysis == PropNet {
		value = strings.Join(r.Values, "|")
	}
	b.WriteString(value + partSep)
	if len(r.By) == 0 {
		b.WriteString(missing + valueSep + missing)
	}
	for i, by := range r.By {
		if i > 0 {
			b.WriteString(groupSep)
		}
		v := missing
		if i < len(domain) && domain[i] != "" {
			v = domain[i]
		}
		b.WriteString(by + valueSep + v)
	}
	if c := r.Confidence(); c != 0.95 {
		b.WriteString(partSep + "level=" + strconv.FormatFloat(c, 'g', -1, 64))
	}
	return Key(b.String())
}
