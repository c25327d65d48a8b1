// Package audit looks at a release before it is published, as somebody would
// who reads all of it and adds up. It knows nothing of how protection decides:
// it takes the ledger, which says what stands in the files, and refuses what
// does not hold together or gives away what is withheld.
//
// Counts at coordinates are sums over the cells of grids, one grid for each set
// of variables that a figure names. Cells add up to those of smaller grids, to
// bases and to all respondents; categories that are made of others, and answers
// that conditions rule out, link grids too. What is published makes equations
// of them. A withheld count whose sum of cells is a combination of these
// equations is known to every reader, exactly.
package audit

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ledger"
)

// Rule is what a release breaks.
type Rule string

// The rules.
const (
	Unclear       Rule = "the ledger names what it does not define"
	TwoStatuses   Rule = "a figure is shown in one place and withheld in another"
	TwoValues     Rule = "a figure is shown with two values"
	TwoRoundings  Rule = "a figure is shown with more decimals in one place than in another"
	Markers       Rule = "withheld figures do not all bear the same mark"
	Few           Rule = "a count of fewer respondents than the threshold is shown"
	FewImplied    Rule = "a count of fewer respondents than the threshold follows from a share and its base"
	Crossed       Rule = "a sensitive item is shown by country or identity"
	SmallBase     Rule = "a share or mean is shown on a base of fewer than twice the threshold"
	Known         Rule = "a withheld count follows from what is shown"
	KnownToOne    Rule = "a withheld count follows for a single respondent, who knows their own"
	Narrow        Rule = "a withheld count can only be one of few numbers"
	Contradictory Rule = "published counts contradict each other"
	TooLarge      Rule = "the release has too many cells to be audited"
)

// Fault is one way in which a release is not safe.
type Fault struct {
	Rule   Rule
	Run    int
	Tables []string // keys of the figures at fault, sorted
}

// Config is what an audit asks beside the ledger.
type Config struct {
	// Alone reports of a withheld figure, by its key, whether a single respondent
	// is behind it, who then knows the figure. Nil: of none.
	Alone func(key string) bool

	// Bounder finds how far a withheld count can move. Nil: only what follows
	// exactly is found.
	Bounder Bounder
}

// Term is an unknown count and how often it is added.
type Term struct {
	Cell int
	By   int64
}

// Equation says what its terms add up to.
type Equation struct {
	Terms []Term
	Sum   int64
}

// Bounder finds bounds of a sum of unknown counts, none of which is negative,
// that fulfil all equations. The cells of the equations are numbered from 0. It
// fails where it is not sure, and the release is then not published.
type Bounder interface {
	Bounds(equations []Equation, sum []Term) (least, greatest float64, err error)
}

// Read audits the ledger that a reader gives. The error is one of reading.
func Read(r io.Reader, c Config) ([]Fault, error) {
	var lines []ledger.Line
	head, err := ledger.Read(r, func(l ledger.Line) error {
		lines = append(lines, l)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return Audit(head, lines, c), nil
}

// Audit returns all faults of a release, in one order. None: nothing was found
// against it.
func Audit(head ledger.Head, lines []ledger.Line, c Config) []Fault {
	a := &auditor{head: head, config: c, k: int64(head.Threshold), space: newSpace(head.Variables), faults: map[fault]map[string]bool{}}
	a.markers(lines)
	figures := a.gather(lines)
	a.agree(figures)
	a.few(figures)
	a.crossed(figures)
	a.bases(figures)
	for _, run := range runs(figures) {
		a.known(run, figures)
	}
	return a.found()
}

type auditor struct {
	head   ledger.Head
	config Config
	k      int64
	space  *space
	faults map[fault]map[string]bool
}

// fault is what faults are gathered by.
type fault struct {
	rule Rule
	run  int
	of   string // what they are about, so that each is told by itself
}

func (a *auditor) fault(rule Rule, run int, of string, keys ...string) {
	f := fault{rule, run, of}
	if a.faults[f] == nil {
		a.faults[f] = map[string]bool{}
	}
	for _, k := range keys {
		a.faults[f][k] = true
	}
}

func (a *auditor) found() []Fault {
	var out []Fault
	for f, keys := range a.faults {
		x := Fault{Rule: f.rule, Run: f.run}
		for k := range keys {
			x.Tables = append(x.Tables, k)
		}
		slices.Sort(x.Tables)
		out = append(out, x)
	}
	slices.SortFunc(out, func(x, y Fault) int {
		return cmp.Or(cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Run, y.Run), cmp.Compare(strings.Join(x.Tables, "\n"), strings.Join(y.Tables, "\n")))
	})
	return out
}

func runs(figures []*figure) []int {
	var out []int
	for _, f := range figures {
		if !slices.Contains(out, f.run) {
			out = append(out, f.run)
		}
	}
	slices.Sort(out)
	return out
}
