package attack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// draft is a ledger in the making.
type draft struct{ Ledger }

func drafted(respondents int, vars ...Variable) *draft {
	return &draft{Ledger{Version: 2, Threshold: 5, Run: 1, Runs: []Run{{1, respondents}}, Variables: vars}}
}

func item(name string, categories ...string) Variable {
	return Variable{Name: name, Item: name, Categories: categories}
}

func option(item, name string) Variable {
	return Variable{Name: item + "/" + name, Item: item, Option: name, Categories: []string{"yes", "no"}, Missing: []string{"not answered"}}
}

// named reads "a=x b=*"; categories that are counted together have | between, and ~
// is a space.
func named(text string) map[string]Values {
	out := map[string]Values{}
	for _, field := range strings.Fields(text) {
		name, values, _ := strings.Cut(field, "=")
		out[name] = strings.Split(strings.ReplaceAll(values, "~", " "), "|")
	}
	return out
}

// says adds a published line, hides a withheld one. The key of a line is where
// it stands.
func (d *draft) says(stat, at, of string, value any) *draft {
	decimals := 0
	if stat == "mean" {
		decimals = 1
	}
	d.Lines = append(d.Lines, Line{Artifact: "page", Key: at, Run: d.Run, At: named(at), Of: named(of), Stat: stat,
		Value: Number(fmt.Sprint(value)), Decimals: decimals, Status: Published})
	return d
}

func (d *draft) hides(stat, at, of string) *draft {
	d.Lines = append(d.Lines, Line{Artifact: "page", Key: at, Run: d.Run, At: named(at), Of: named(of), Stat: stat, Status: Withheld, Marker: "c"})
	return d
}

// counts adds the cells of a table; -1 is a withheld one.
func (d *draft) counts(at string, values ...int) *draft {
	for _, v := range values {
		first, rest, _ := strings.Cut(at, ";")
		at = rest
		if v < 0 {
			d.hides("count", first, "")
		} else {
			d.says("count", first, "", v)
		}
	}
	return d
}

// leaks are releases that give withheld counts away, and what is given away.
func leaks() map[string]struct {
	ledger *draft
	known  string // a key
	lo, hi int64
} {
	type leak = struct {
		ledger *draft
		known  string
		lo, hi int64
	}
	scaled := item("s", "1", "2", "3")
	scaled.Scores = map[string]json.Number{"1": "1", "2": "2", "3": "3"}
	band := Union{Variable: "band", Category: "young"}
	band.Is.Variable, band.Is.Categories = "age", []string{"15", "16"}
	skipped := item("why", "cost", "time")
	skipped.Missing = []string{"not asked", "refused"}
	netted := Variable{Name: "m/p|q", Item: "m", Net: []string{"p", "q"}, Categories: []string{"yes", "no"}, Missing: []string{"not answered"}}
	return map[string]leak{
		"a chart shows what the table hides": {drafted(40, item("a", "x", "y", "z")).
			hides("count", "a=x", "a=*").says("pct", "a=x", "a=*", "0.10").says("count", "a=*", "", 40), "a=x", 4, 4},
		"the complement of an option": {drafted(40, option("m", "p"), option("m", "q")).
			says("count", "m/p=*", "", 40).hides("count", "m/p=yes", "m/p=*").says("count", "m/p=no", "", 37), "m/p=yes", 3, 3},
		"nested years": {drafted(60, item("age", "15", "16", "17"), item("band", "young", "old")).with(band).
			counts("age=15;age=16;age=17", 30, -1, -1).says("count", "band=young", "", 33), "age=16", 3, 3},
		"a mean with its base": {drafted(30, scaled).
			says("count", "s=*", "", 30).says("count", "s=1", "", 20).hides("count", "s=2", "s=*").hides("count", "s=3", "s=*").
			says("mean", "s=*", "s=*", "1.4"), "s=3", 1, 3},
		"percentages with a known base": {drafted(50, item("a", "x", "y", "z")).
			says("count", "a=*", "", 50).says("pct", "a=x", "a=*", "0.60").says("pct", "a=y", "a=*", "0.34").hides("pct", "a=z", "a=*"), "a=z", 3, 3},
		"a triangle of two-way tables": {triangle(), "a=1 b=1", 12, 12},
		"a single respondent": {drafted(40, item("a", "x", "y"), item("b", "u", "v")).
			counts("a=x;a=y;b=u;b=v", 20, 20, 39, 1).counts("a=x b=v;a=y b=v", -1, -1), "a=x b=v", 0, 1},
		"zeros known from skip logic": {drafted(60, item("took", "yes", "no"), skipped, item("r", "n", "s")).
			skip("why", "took=yes").counts("took=yes;took=no", 20, 40).counts("r=n;r=s;took=yes r=n;took=yes r=s", 30, 30, 12, 8).
			says("count", "why=*", "", 38).hides("count", "why=refused", "").hides("count", "why=not~asked", ""), "why=refused", 0, 2},
		"n in a sentence": {drafted(45, item("a", "x", "y"), item("r", "n", "s")).
			says("count", "r=n", "", 41).hides("count", "r=s", ""), "r=s", 4, 4},
		"a net and its parts": {drafted(40, option("m", "p"), option("m", "q"), option("m", "r"), netted).
			says("count", "m/p=*", "", 40).says("count", "m/p=yes", "", 0).says("count", "m/p|q=yes", "", 3).
			hides("count", "m/q=yes", "m/p=*"), "m/q=yes", 3, 3},
		"a choice that all others leave": {drafted(40, option("m", "p"), option("m", "q")).
			says("count", "m/p=*", "", 40).says("count", "m/p=yes", "", 2).hides("count", "m/q=yes", "m/q=*"), "m/q=yes", 38, 40},
		"combinations and a choice": {combinations().
			says("count", "m/p=*", "", 60).says("count", "m/p=yes", "", 33).says("count", "m/*=p+q", "", 20).says("count", "m/*=q", "", 25).
			hides("count", "m/*p=more~p", ""), "m/*p=more~p", 13, 13},
		"combinations and a hidden choice": {combinations().
			says("count", "m/p=*", "", 60).hides("count", "m/p=yes", "m/p=*").says("count", "m/*=p+q", "", 30).says("count", "m/*=q", "", 26), "m/p=yes", 30, 34},
		"two runs": {drafted(40, item("a", "x", "y")).later(42).
			says("count", "a=x", "", 38).run(1).hides("count", "a=y", "").run(2).says("count", "a=x", "", 40), "a=y", 2, 2},
	}
}

func (d *draft) with(u Union) *draft { d.Unions = append(d.Unions, u); return d }

func (d *draft) skip(v, when string) *draft {
	d.Zeros = append(d.Zeros, Zero{v, named(when)})
	return d
}

func (d *draft) later(n int) *draft {
	d.Runs = append(d.Runs, Run{2, n})
	return d
}

func (d *draft) run(n int) *draft { d.Run = n; return d }

// combinations are those of the options p and q of m that were made together:
// both, q alone, and others.
func combinations() *draft {
	base, more := item("m/*", "p+q", "q", "more"), item("m/*p", "p+q", "q", "more p", "more not")
	base.Item, more.Item, more.Sets = "m", "m", "m/*"
	d := drafted(60, option("m", "p"), option("m", "q"), base, more)
	is := func(variable, category, of string, parts ...string) {
		u := Union{Variable: variable, Category: category}
		u.Is.Variable, u.Is.Categories = of, parts
		d.with(u)
	}
	is("m/*", "p+q", "m/*p", "p+q")
	is("m/*", "q", "m/*p", "q")
	is("m/*", "more", "m/*p", "more p", "more not")
	is("m/p", "yes", "m/*p", "p+q", "more p")
	is("m/p", "no", "m/*p", "q", "more not")
	return d
}

// triangle shows two tables of a cube whole and hides the third, of which both
// together tell all: in c=1 nobody is a=2, in c=2 nobody is b=1.
func triangle() *draft {
	d := drafted(100, item("a", "1", "2"), item("b", "1", "2"), item("c", "1", "2"))
	d.counts("a=1;a=2;b=1;b=2;c=1;c=2", 55, 45, 12, 88, 30, 70)
	d.counts("a=1 c=1;a=2 c=1;a=1 c=2;a=2 c=2", 30, 0, 25, 45)
	d.counts("b=1 c=1;b=2 c=1;b=1 c=2;b=2 c=2", 12, 18, 0, 70)
	return d.counts("a=1 b=1;a=2 b=1;a=1 b=2;a=2 b=2", -1, -1, -1, -1)
}

func TestLeaksAreFound(t *testing.T) {
	for name, c := range leaks() {
		t.Run(name, func(t *testing.T) {
			for how, a := range map[string]Attacker{"trying": {}, "linear programs": {real: true}} {
				f := a.Attack(through(t, c.ledger.Ledger))
				if f.Contradiction || len(f.Ignored) > 0 {
					t.Fatalf("%s: contradiction %v, ignored %v", how, f.Contradiction, f.Ignored)
				}
				i := slices.IndexFunc(f.Of(Known, Narrow), func(x Claim) bool { return x.Place == "page: "+c.known })
				if i < 0 {
					t.Errorf("%s: nothing was found", how)
				} else if x := f.Of(Known, Narrow)[i]; x.Lower != c.lo || x.Upper != c.hi || (c.lo == c.hi) != (x.Kind == Known) {
					t.Errorf("%s: found %v, want %d to %d", how, x, c.lo, c.hi)
				}
			}
		})
	}
}

// safe are releases that give nothing away.
func safe() map[string]*draft {
	d := drafted(200, item("a", "x", "y", "z"), item("r", "n", "s", "t"))
	d.counts("a=x;a=y;a=z;r=n;r=s;r=t", 60, 70, 70, 60, 70, 70)
	d.counts("a=x r=n;a=y r=n;a=z r=n;a=x r=s;a=y r=s;a=z r=s;a=x r=t;a=y r=t;a=z r=t", -1, -1, 20, -1, -1, 30, 30, 20, 20)
	return map[string]*draft{
		"a rectangle": d,
		"a pair":      drafted(60, item("a", "x", "y", "z")).counts("a=x;a=y;a=z", -1, -1, 30),
		"a pair of options": drafted(60, option("m", "p"), option("m", "q")).
			says("count", "m/p=*", "", 60).hides("count", "m/p=yes", "m/p=*").says("pct", "m/q=yes", "m/q=*", "0.50"),
		"percentages of a base that is withheld": drafted(900, item("a", "x", "y", "z"), item("r", "n", "s", "t")).
			counts("r=n;r=s;r=t", 600, -1, -1).hides("count", "a=x r=s", "a=* r=s").says("pct", "a=y r=s", "a=* r=s", "0.40"),
		"two runs with k more": drafted(60, item("a", "x", "y", "z")).later(65).
			counts("a=x;a=y;a=z", -1, -1, 30).run(2).counts("a=x;a=y;a=z", -1, -1, 35),
	}
}

func TestSafeReleasesAreNotClaimed(t *testing.T) {
	for name, d := range safe() {
		for how, a := range map[string]Attacker{"trying": {}, "linear programs": {real: true}, "with losses": {Lost: 1}} {
			f := a.Attack(through(t, d.Ledger))
			if f.Contradiction || len(f.Ignored) > 0 || len(f.Claims) > 0 || f.Withheld == 0 || len(f.Markers) != 1 {
				t.Errorf("%s, %s: %+v", name, how, f)
			}
		}
	}
}

func TestFewMoreOrFewerBetweenRunsAreFound(t *testing.T) {
	two := func(n, x int) *draft {
		return drafted(60, item("a", "x", "y")).later(n).says("count", "a=x", "", 30).run(2).says("count", "a=x", "", x)
	}
	for name, c := range map[string]struct {
		ledger *draft
		lost   int
		want   int
	}{
		"nobody":          {two(60, 30), 0, 0},
		"one":             {two(61, 31), 0, 1},
		"k-1 in each":     {two(68, 34), 0, 2},
		"k and none":      {two(65, 35), 0, 0},
		"one of k":        {two(65, 31), 0, 2},
		"one edited":      {two(60, 29), 1, 2},
		"one withdrawn":   {two(59, 29), 1, 1},
		"k less and more": {two(60, 25), -1, 0},
	} {
		if f := (Attacker{Lost: c.lost}).Attack(c.ledger.Ledger); f.Contradiction || len(f.Of(Gained)) != c.want {
			t.Errorf("%s: %v, contradiction %v; want %d", name, f.Of(Gained), f.Contradiction, c.want)
		}
	}
	if f := Attack(two(60, 29).Ledger); !f.Contradiction {
		t.Error("a cell that lost somebody fits runs that only grew")
	}
}

func TestTwoMarkersAreTold(t *testing.T) {
	d := safe()["a pair"]
	d.Lines[1].Marker = "<5"
	if f := Attack(d.Ledger); len(f.Markers) != 2 {
		t.Errorf("markers: %q", f.Markers)
	}
}

// through writes a ledger as JSON and reads it.
func through(t *testing.T, l Ledger) Ledger {
	t.Helper()
	content, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Read(strings.NewReader(string(content)))
	if err != nil {
		t.Fatal(err)
	}
	return out
}
