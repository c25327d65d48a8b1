package recommend

// Rule says why a recommendation has its rank.
type Rule string

// The rules of UPR Info (Database Action Category, 2014).
const (
	FirstVerb  Rule = "first-verb"  // the first verb decides
	SecondVerb Rule = "second-verb" // of two opening verbs the second counts
	Example    Rule = "example"     // a general action is followed by a specific one
	NoVerb     Rule = "no-verb"     // no verb of the lists was found
)

// Span is a part of a text, in bytes.
type Span struct{ Start, End int }

// Of returns the part of the text.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Rank is how specific the action of a recommendation is.
type Rank struct {
	Value int  // 1 minimal, 2 continuing, 3 considering, 4 general, 5 specific; 0: unknown
	Rule  Rule // that decided
	Verb  Span // that decided
}

// verb is a verb that was found.
type verb struct {
	rank     int
	from, to int // tokens
}

func (v verb) span(ts []token) Span { return Span{ts[v.from].start, ts[v.to-1].end} }

// verbAt returns the verb that begins with the i-th token: the longest of all lists.
func (l *lexicon) verbAt(ts []token, i int) (verb, bool) {
	best := verb{from: i, to: i}
	for rank := range l.verbs {
		if n := l.verbs[rank].at(ts, i); n > best.to-i {
			best = verb{rank + 1, i, i + n}
		}
	}
	return best, best.rank > 0
}

// skip passes words that say nothing of the action, such as adverbs.
func (l *lexicon) skip(ts []token, i int) int {
	for i < len(ts) {
		if _, is := l.verbAt(ts, i); is {
			return i
		}
		n := l.fillers.at(ts, i)
		if n == 0 {
			return i
		}
		i += n
	}
	return i
}

// opening returns the first verb of the main clause: what leads in to it, up to
// its comma, is passed over.
func (l *lexicon) opening(ts []token) (verb, bool) {
	i := l.skip(ts, 0)
	for i < len(ts) {
		if l.leads.at(ts, i) == 0 {
			break
		}
		next := i + 1
		for next < len(ts) && !hasComma(ts[next].before) {
			next++
		}
		if next == len(ts) {
			break
		}
		i = l.skip(ts, next)
	}
	for ; i < len(ts); i++ {
		if v, ok := l.verbAt(ts, i); ok {
			return v, true
		}
	}
	return verb{}, false
}

// rank applies the rules.
func (l *lexicon) rank(ts []token) (Rank, verb) {
	v, ok := l.opening(ts)
	if !ok {
		return Rank{Rule: NoVerb}, v
	}
	rule := FirstVerb
	if next, ok := l.joined(ts, v.to); ok && next.rank != v.rank {
		v, rule = next, SecondVerb
	}
	if v.rank == 4 {
		if next, ok := l.example(ts, v.to); ok {
			v, rule = next, Example
		}
	}
	return Rank{v.rank, rule, v.span(ts)}, v
}

// joined returns the verb that a word such as "and" joins to the one before i.
func (l *lexicon) joined(ts []token, i int) (verb, bool) {
	if i == len(ts) {
		return verb{}, false
	}
	n := l.joiners.at(ts, i)
	if n == 0 && !l.attached(ts, i) {
		return verb{}, false
	}
	i = l.skip(ts, i+n)
	if i == len(ts) {
		return verb{}, false
	}
	return l.verbAt(ts, i)
}

// example returns the specific action by which a general one is to be done.
func (l *lexicon) example(ts []token, i int) (verb, bool) {
	for i < len(ts) {
		_, to, ok := l.means.find(ts, i)
		if !ok {
			return verb{}, false
		}
		if at := l.skip(ts, to); at < len(ts) {
			if v, ok := l.verbAt(ts, at); ok && v.rank == 5 {
				return v, true
			}
		}
		i = to
	}
	return verb{}, false
}
