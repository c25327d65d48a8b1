package draft

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// joined looks for a column of lists: cells that join parts by a sign. It is
// one when the proof holds: the parts are few and all seen twice, fewer than
// the cells that they make, at least a half of them stand alone in some cell,
// a fifth of the cells join several, and none names a part twice.
func joined(p *profile) (parts []string, ok bool) {
	if len(p.counts) < 3 {
		return nil, false
	}
	for _, sign := range []string{";", "|", ",", " "} {
		if parts, ok := p.splitBy(sign); ok {
			return parts, true
		}
	}
	return nil, false
}

// declaredList makes a select_multiple of a column whose cells are said to be
// lists; when their parts are too many for choices it stays text.
func (d *drafter) declaredList(p *profile) survey.Type {
	if p.counts == nil || len(p.counts) > d.opts.MaxChoices {
		d.note("long-list", finding.Warning, p, 0, "The lists in the cells have too many different parts for choices, so the item is drafted as text.", "See whether the sign between the parts is right; join rare parts in the file.")
		return survey.OpenText
	}
	taken := map[string]bool{}
	var labels []string
	for label := range p.counts {
		labels = append(labels, label)
	}
	slices.Sort(labels)
	for i, name := range choiceNames(labels) {
		p.multiple = append(p.multiple, part{free(name, taken), labels[i]})
	}
	return survey.SelectMultiple
}

const maxParts = 60

func (p *profile) splitBy(sign string) ([]string, bool) {
	seen, alone := map[string]int64{}, map[string]bool{}
	var several int64
	for cell, count := range p.counts {
		if absent(cell) {
			continue
		}
		parts := strings.Split(cell, sign)
		if len(parts) == 1 {
			alone[cell] = true
		} else {
			several += count
		}
		own := map[string]bool{}
		for _, part := range parts {
			part = strings.TrimSpace(part)
			if part == "" && len(parts) > 1 {
				continue
			}
			if own[part] || sign == " " && !codeLike(part) {
				return nil, false
			}
			own[part] = true
			seen[part] += count
		}
		if len(seen) > maxParts {
			return nil, false
		}
	}
	if len(seen) < 2 || len(seen) >= len(p.counts) || several*5 < p.answers() || 2*len(alone) < len(seen) {
		return nil, false
	}
	var out []string
	for part, count := range seen {
		if count < 2 {
			return nil, false
		}
		out = append(out, part)
	}
	slices.Sort(out)
	return out, true
}

// codeLike reports whether a word may be the name of a choice, and is no word
// of a sentence.
func codeLike(word string) bool {
	return plainCode.MatchString(word) && strings.ToLower(word) == word && len(word) <= 40
}
