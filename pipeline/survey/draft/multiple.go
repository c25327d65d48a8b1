package draft

import (
	"regexp"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// findMultiples joins columns that are the choices of one question: titled
// q/a, q[a], q.a or q_a, standing beside each other, and holding nothing but
// whether the choice was taken.
func (d *drafter) findMultiples() {
	byTitle := map[string]*profile{}
	for _, p := range d.columns {
		if p.use == asItem {
			byTitle[p.title] = p
		}
	}
	for start := 0; start < len(d.columns); start++ {
		run, prefix := d.run(start, byTitle)
		summary := byTitle[prefix]
		if len(run) < 2 && (summary == nil || len(run) == 0) {
			continue
		}
		d.makeMultiple(run, prefix, summary)
		start += len(run) - 1
	}
}

// run returns the columns from start on that are choices of one question, and
// the title of the question.
func (d *drafter) run(start int, byTitle map[string]*profile) ([]*profile, string) {
	first := d.columns[start]
	if first.use != asItem {
		return nil, ""
	}
	var best []*profile
	var question string
	for _, prefix := range prefixes(first.title) {
		strict := !strings.HasSuffix(prefix, "[")
		stem := strings.TrimRight(prefix, "/[._")
		var run []*profile
		for _, p := range d.columns[start:] {
			if p.use != asItem || !strings.HasPrefix(p.title, prefix) || len(p.title) == len(prefix) || !taken(p, strict) {
				break
			}
			run = append(run, p)
		}
		// The longest beginning of which the question has a column of its own
		// wins, or else the longest that joins anything.
		if len(run) > 0 && byTitle[stem] != nil && byTitle[stem].index < start {
			return run, stem
		}
		if strings.HasSuffix(prefix, "/") && len(run) < d.within(prefix) {
			continue // other questions stand there too: it is a group
		}
		if len(run) > 1 && len(best) < 2 {
			best, question = run, stem
		}
	}
	return best, question
}

// within counts the columns whose titles begin so.
func (d *drafter) within(prefix string) (n int) {
	for _, p := range d.columns {
		if p.use != leftOut && strings.HasPrefix(p.title, prefix) {
			n++
		}
	}
	return n
}

var bracketed = regexp.MustCompile(`^(.+\[)[^\[\]]+\]$`)

// prefixes returns the beginnings of a title, longest first: up to a bracket,
// or up to the last slash, or up to each dot, or each underscore.
func prefixes(title string) []string {
	if m := bracketed.FindStringSubmatch(title); m != nil {
		return []string{m[1]}
	}
	if i := strings.LastIndex(title, "/"); i > 0 {
		return []string{title[:i+1]}
	}
	var out []string
	for i := len(title) - 2; i > 0; i-- {
		if title[i] == '.' || title[i] == '_' {
			out = append(out, title[:i+1])
		}
	}
	return out
}

// taken reports whether a column says only whether a choice was taken. Yes and
// no are accepted where the title leaves no doubt, but not where the strict
// rule holds: they may be questions of their own.
func taken(p *profile, strict bool) bool {
	if p.counts == nil || len(p.counts) > 2 || !p.said.marks() {
		return false
	}
	if len(p.counts) == 0 {
		return !strict
	}
	for _, pair := range [][2]string{{"1", "0"}, {"true", "false"}, {"checked", "unchecked"}, {"selected", "not selected"}, {"y", ""}, {"x", ""}, {"y", "n"}, {"yes", "no"}} {
		if strict && (pair[1] == "n" || pair[1] == "no") {
			break
		}
		fits := true
		for value := range p.counts {
			low := strings.ToLower(value)
			fits = fits && (low == pair[0] || low == pair[1])
		}
		if fits {
			return true
		}
	}
	return false
}

// makeMultiple makes one item of a run of columns: of the question's own
// column where there is one, else in the place of the first of them.
func (d *drafter) makeMultiple(run []*profile, question string, summary *profile) {
	item := summary
	if item == nil {
		item = newProfile(run[0].index, question)
		item.answered = run[0].answered
		if i := strings.LastIndex(question, "/"); i > 0 && d.groups[question[:i]] && validPath(question) {
			item.path, item.short = question[:i], question[i+1:]
		}
	}
	item.kind = survey.SelectMultiple
	taken := map[string]bool{}
	for _, p := range run {
		suffix := strings.TrimSuffix(strings.TrimLeft(p.title[len(question):], "/[._"), "]")
		name := suffix
		if !segment.MatchString(name) && !plainCode.MatchString(name) {
			name = slug(name)
		}
		name = free(name, taken)
		label := suffix
		if p.said != nil && p.said.Label != "" {
			label = p.said.Label
		}
		item.multiple = append(item.multiple, part{name, label})
		p.use = asPart
	}
	if summary == nil {
		d.columns[run[0].index] = item
	}
}

var plainCode = regexp.MustCompile(`^[\pL\pN_.\-]+$`)
