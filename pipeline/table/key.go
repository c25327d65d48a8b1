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
	switch r.Analysis {
	case PropNet, NetScore:
		value = r.counted()
	}
	b.WriteString(value)
	for _, with := range r.With {
		b.WriteString(groupSep + with + valueSep + missing)
	}
	b.WriteString(partSep)
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
	for _, part := range r.parts() {
		b.WriteString(partSep + part)
	}
	return Key(b.String())
}

// counted names the choices that a net counts, and those that it counts against them.
func (r Row) counted() string {
	if r.Analysis == NetScore {
		return strings.Join(r.Values, "|") + " - " + strings.Join(r.Against, "|")
	}
	return strings.Join(r.Values, "|")
}

// parts returns the further parts of a key: what is not the default.
func (r Row) parts() []string {
	var out []string
	put := func(name, value string) { out = append(out, name+"="+value) }
	if r.Adjust != "" {
		put("adjust", r.Adjust)
	}
	if r.Base != "" && r.Base != BaseAnswered {
		put("base", string(r.Base))
	}
	if r.Classes != 0 {
		put("classes", strconv.Itoa(r.Classes))
	}
	if r.Analysis == Ratio && !r.DropZero {
		put("filter_denominator_0", "FALSE")
	}
	if c := r.Confidence(); c != 0.95 {
		put("level", strconv.FormatFloat(c, 'g', -1, 64))
	}
	if r.Method != "" {
		put("method", r.Method)
	}
	if r.Analysis == Ratio && !r.NAToZero {
		put("numerator_NA_to_0", "FALSE")
	}
	if r.Prob != 0 {
		put("prob", strconv.FormatFloat(r.Prob, 'g', -1, 64))
	}
	if len(r.Values) > 0 && (r.Analysis == RegressionLogistic || r.Analysis == TestPaired || r.Analysis == TestRepeated) {
		put("values", strings.Join(r.Values, "|"))
	}
	return out
}
