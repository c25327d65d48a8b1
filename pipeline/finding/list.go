package finding

// placesEach is how many places of one kind and column are listed one by one;
// what comes after is counted in a summary, so that a file with a million bad
// cells gives a list a person can read, and memory stays bounded.
const placesEach = 25

// List collects findings and keeps its size bounded: of each kind and column
// the first few places are kept, the rest are counted.
type List struct {
	all     []Finding
	seen    map[group]int64
	counted int64 // findings that came with a count of their own
}

type group struct{ stage, kind, file, sheet, column string }

// Add puts a finding on the list.
func (l *List) Add(f Finding) {
	if l.seen == nil {
		l.seen = map[group]int64{}
	}
	g := group{f.Stage, f.Kind, f.Place.File, f.Place.Sheet, f.Place.Column}
	if f.Count > 0 { // it stands for many already
		l.counted++
		l.all = append(l.all, f)
		return
	}
	l.seen[g]++
	if l.seen[g] <= placesEach {
		l.all = append(l.all, f)
	}
}

// AddAll puts each of the findings on the list.
func (l *List) AddAll(findings []Finding) {
	for _, f := range findings {
		l.Add(f)
	}
}

// Len returns how many findings were added.
func (l *List) Len() int64 {
	n := l.counted
	for _, c := range l.seen {
		n += c
	}
	return n
}

// All returns the findings in order of place, with a summary line for each
// kind and column that had more places than are listed.
func (l *List) All() []Finding {
	out := append([]Finding(nil), l.all...)
	for i := range out {
		f := out[i]
		if f.Count > 0 {
			continue
		}
		g := group{f.Stage, f.Kind, f.Place.File, f.Place.Sheet, f.Place.Column}
		if n := l.seen[g]; n > placesEach && firstOf(out[:i], g) {
			rest := f
			rest.Place.Row = 0
			rest.Count = n
			rest.Problem = "Only the first places are listed here; in all: " + f.Problem
			out = append(out, rest)
		}
	}
	Sort(out)
	return out
}

func firstOf(before []Finding, g group) bool {
	for _, f := range before {
		if f.Count == 0 && (group{f.Stage, f.Kind, f.Place.File, f.Place.Sheet, f.Place.Column}) == g {
			return false
		}
	}
	return true
}
