package recommend

import "strings"

// Check is something that a recommendation needs if it is to be followed up.
type Check string

// The checks: they follow SMART as UPR Info uses it. That something can be
// achieved and is relevant is not for a program to judge.
const (
	Who     Check = "who"     // an institution that is to act is named
	Action  Check = "action"  // the action is specific: of rank 5
	Object  Check = "object"  // a law, body, practice, place or group is named
	Measure Check = "measure" // something is named that can be observed
	When    Check = "when"    // a time is named
	Single  Check = "single"  // there is one action on few issues
)

// Checks returns all checks in their order.
func Checks() []Check { return []Check{Who, Action, Object, Measure, When, Single} }

// Result is the outcome of one check.
type Result struct {
	Check Check
	Met   bool
	// Span is the evidence: what meets the check, or for Single what speaks
	// against it. It is empty where nothing was found.
	Span Span
}

// maxIssues is how many issues one recommendation may touch.
const maxIssues = 3

func (l *lexicon) results(ts []token, r Rank, v verb, issues []Touched) []Result {
	var out []Result
	for _, c := range Checks() {
		result := Result{Check: c}
		switch c {
		case Action:
			result.Met, result.Span = r.Value == 5, r.Verb
		case Single:
			other, more := l.second(ts, v)
			result.Met = !more && len(issues) <= maxIssues
			if more {
				result.Span = other.span(ts)
			}
		default:
			if from, to, ok := l.checks[c].find(ts, 0); ok {
				result.Met, result.Span = true, Span{ts[from].start, ts[to-1].end}
			}
		}
		out = append(out, result)
	}
	return out
}

// second returns an action beside the one that decided: a verb that begins a
// sentence, or a specific one that a word such as "and" joins to what was said.
// Two verbs of one object, as in "sign and ratify", are one action.
func (l *lexicon) second(ts []token, v verb) (verb, bool) {
	if v.to == 0 {
		return verb{}, false
	}
	from := v.to
	if next, ok := l.joined(ts, from); ok {
		from = next.to
	}
	for i := from + 1; i < len(ts); i++ {
		begins := strings.ContainsAny(ts[i].before, ";.；。؛")
		at := i
		if n := l.joiners.at(ts, i); n > 0 {
			at = i + n
		} else if !begins && !l.attached(ts, i) {
			continue
		}
		if at = l.skip(ts, at); at < len(ts) {
			if other, ok := l.verbAt(ts, at); ok && (begins || other.rank == 5) && l.finite(ts[at].text) {
				return other, true
			}
		}
	}
	return verb{}, false
}

// finite reports whether a verb is one by which a clause is begun: English forms
// in -ing and -ed say how, or describe.
func (l *lexicon) finite(word string) bool {
	return l.language != "en" || !strings.HasSuffix(word, "ing") && !strings.HasSuffix(word, "ed")
}
