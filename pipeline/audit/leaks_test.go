package audit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/audit"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// mustBeSafe asks that nothing is found against a release.
func mustBeSafe(t *testing.T, r *release) {
	t.Helper()
	if got := r.audit(); len(got) > 0 {
		t.Fatalf("before anything was planted: %+v\n%s", got, r)
	}
}

// mustStop asks that a rule stops a release and names the table of a key.
func mustStop(t *testing.T, r *release, rule audit.Rule, key string) {
	t.Helper()
	got := r.audit()
	for _, f := range got {
		if f.Rule == rule && slices.ContainsFunc(f.Tables, func(k string) bool { return k == key }) {
			return
		}
	}
	t.Errorf("not stopped by %q, naming %s: %+v\n%s", rule, key, got, r)
}

// crossed is an item of four choices by three regions, of which one cell is of
// few respondents.
func crossed(t *testing.T) (*study, *release) {
	var groups []group
	for region, counts := range map[string][]int{"north": {30, 4, 33, 28}, "south": {31, 35, 29, 40}, "west": {44, 27, 36, 26}} {
		for c, n := range counts {
			groups = append(groups, group{n, map[string]string{"x": []string{"a", "b", "c", "d"}[c], "region": region}})
		}
	}
	s := newStudy(t, []item{{name: "x", choices: "a b c d", scored: true}, {name: "region", choices: "north south west"}}, groups)
	r := s.publish(t, protect.Default(), ledger.Links{}, s.shares("region"), s.shares("x"), s.shares("x", "region"))
	mustBeSafe(t, r)
	return s, r
}

const few = "x %/% b @/@ region %/% north"

func TestAChartThatShowsWhatTheTableHidesIsStopped(t *testing.T) {
	_, r := crossed(t)
	hidden := r.line(t, ledger.Withheld, ledger.Pct, few)
	chart := hidden
	chart.Artifact, chart.As = "report.en", "length"
	r.plant(chart, 0.04, 0)
	mustStop(t, r, audit.TwoStatuses, hidden.Key)
}

func TestNInASentenceIsStopped(t *testing.T) {
	_, r := crossed(t)
	hidden := r.line(t, ledger.Withheld, ledger.Pct, few)
	sentence := hidden
	sentence.Artifact, sentence.Stat, sentence.Of = "report.en", ledger.Count, nil
	sentence.Key = "sentence"
	r.plant(sentence, 4, 0)
	mustStop(t, r, audit.TwoStatuses, hidden.Key)
	mustStop(t, r, audit.Few, hidden.Key)
}

func TestANumberShownWithTwoValuesIsStopped(t *testing.T) {
	_, r := crossed(t)
	shown := r.line(t, ledger.Published, ledger.Pct, "x %/% a @/@ NA")
	other := shown
	other.Artifact = "tables.en"
	r.plant(other, 0.36, 0)
	mustStop(t, r, audit.TwoValues, shown.Key)
}

func TestANumberShownWithMoreDecimalsElsewhereIsStopped(t *testing.T) {
	_, r := crossed(t)
	shown := r.line(t, ledger.Published, ledger.Pct, "x %/% a @/@ NA")
	other := shown
	other.Artifact = "tables.en"
	r.plant(other, 0.289, 1)
	mustStop(t, r, audit.TwoRoundings, shown.Key)
}

func TestAComplementOptionIsStopped(t *testing.T) {
	s := newStudy(t, []item{{name: "tools", choices: "radio tv press", multiple: true}}, []group{
		{4, map[string]string{"tools": "radio tv"}}, {50, map[string]string{"tools": "tv"}}, {60, map[string]string{"tools": "press"}},
	})
	r := s.publish(t, protect.Default(), ledger.Links{}, s.shares("tools"))
	mustBeSafe(t, r)
	hidden := r.line(t, ledger.Withheld, ledger.Pct, "radio")
	no := hidden
	no.Stat, no.Of, no.At, no.Key = ledger.Count, nil, ledger.At{"tools/radio": {"no"}}, "did not use it"
	r.plant(no, 110, 0)
	mustStop(t, r, audit.Known, hidden.Key)
}

func TestNestedYearsAreStopped(t *testing.T) {
	var groups []group
	for year, n := range map[string]int{"y15": 4, "y16": 12, "y17": 40, "y18": 45} {
		groups = append(groups, group{n, map[string]string{"age": year}})
	}
	s := newStudy(t, []item{{name: "age", choices: "y15 y16 y17 y18"}, {name: "wide", choices: "young old"}}, groups)
	links := ledger.Links{Unions: []ledger.Union{{Variable: "wide", Category: "young", Is: ledger.Is{Variable: "age", Categories: []string{"y15", "y17"}}}}}
	r := s.publish(t, protect.Default(), links, s.shares("age"))
	mustBeSafe(t, r)
	hidden := r.line(t, ledger.Withheld, ledger.Pct, "y15")
	r.line(t, ledger.Withheld, ledger.Pct, "y16") // which covers it
	young := hidden
	young.Stat, young.Of, young.At, young.Key = ledger.Count, nil, ledger.At{"wide": {"young"}}, "the young"
	r.plant(young, 44, 0)
	mustStop(t, r, audit.Known, hidden.Key)
}

func TestAMeanWithItsBaseIsStopped(t *testing.T) {
	_, r := crossed(t)
	hidden := r.line(t, ledger.Withheld, ledger.Pct, few)
	mean := hidden
	mean.Stat, mean.Key = ledger.Mean, "mean of x in the north"
	mean.At = ledger.At{"x": {ledger.Answered}, "region": {"north"}}
	mean.Of = mean.At
	r.plant(mean, 2.62, 2) // (30 + 8 + 99 + 112) / 95
	mustStop(t, r, audit.Known, hidden.Key)
}

func TestPercentagesWithAKnownBaseAreStopped(t *testing.T) {
	_, r := crossed(t)
	hidden := r.line(t, ledger.Withheld, ledger.Pct, few)
	shown := ""
	for _, choice := range []string{"a", "c", "d"} { // a choice beside it that is shown
		key := strings.Replace(hidden.Key, "%/% b @/@", "%/% "+choice+" @/@", 1)
		if slices.ContainsFunc(r.lines, func(l ledger.Line) bool { return l.Key == key && l.Status == ledger.Published }) {
			shown = choice
		}
	}
	net := hidden
	net.Key = "b or " + shown
	net.At = ledger.At{"x": {"b", shown}, "region": {"north"}}
	n := map[string]float64{"a": 34, "c": 37, "d": 32}[shown]
	r.plant(net, float64(int(100*n/95+0.5))/100, 0)
	mustStop(t, r, audit.Known, hidden.Key)
}

func TestASharePlacedOnASmallBaseIsStopped(t *testing.T) {
	_, r := crossed(t)
	base := r.line(t, ledger.Published, ledger.Count, "x %/% NA @/@ NA")
	small := base
	small.At, small.Key = ledger.At{"x": {ledger.Answered}, "region": {"north", "south"}}, "small"
	r.plant(small, 19, 0)
	share := base
	share.Stat, share.At, share.Of, share.Key = ledger.Pct, ledger.At{"x": {"a"}, "region": {"north", "south"}}, small.At, "share"
	r.plant(share, 0.6, 0)
	mustStop(t, r, audit.SmallBase, "share")
}

func TestTwoMarkersAreStopped(t *testing.T) {
	_, r := crossed(t)
	i := slices.IndexFunc(r.lines, func(l ledger.Line) bool { return l.Status == ledger.Withheld && strings.Contains(l.Key, few) })
	r.lines[i].Marker = "<10"
	mustStop(t, r, audit.Markers, r.lines[i].Key)
}

func TestATriangleOfTablesIsStopped(t *testing.T) {
	// Whoever said yes is in the north, and no large one is: none of the large said yes.
	var groups []group
	add := func(n int, x, region, size string) {
		groups = append(groups, group{n, map[string]string{"x": x, "region": region, "size": size}})
	}
	add(34, "yes", "north", "small")
	add(30, "no", "north", "small")
	add(30, "no", "south", "large")
	add(31, "no", "south", "small")
	s := newStudy(t, []item{{name: "x", choices: "yes no"}, {name: "region", choices: "north south"}, {name: "size", choices: "small large"}}, groups)
	r := s.publish(t, protect.Default(), ledger.Links{}, s.shares("region"), s.shares("size"))
	mustBeSafe(t, r)
	line := r.line(t, ledger.Published, ledger.Count, "region")
	plant := func(key string, value float64, at ledger.At) {
		line.Key, line.At = key, at
		r.plant(line, value, 0)
	}
	hidden := line
	hidden.Key, hidden.At = "large who said yes", ledger.At{"x": {"yes"}, "size": {"large"}}
	hidden.Status, hidden.Value, hidden.Marker = ledger.Withheld, "", "c"
	r.lines = append(r.lines, hidden)
	plant("yes in the south", 0, ledger.At{"x": {"yes"}, "region": {"south"}})
	mustBeSafe(t, r)
	plant("large in the north", 0, ledger.At{"size": {"large"}, "region": {"north"}})
	mustStop(t, r, audit.Known, hidden.Key)
}

func TestACountThatASingleRespondentCanWorkOutIsStopped(t *testing.T) {
	s := newStudy(t, []item{{name: "x", choices: "a b c d"}}, []group{
		{1, map[string]string{"x": "a"}}, {4, map[string]string{"x": "b"}}, {60, map[string]string{"x": "c"}}, {40, map[string]string{"x": "d"}},
	})
	r := s.publish(t, protect.Default(), ledger.Links{}, s.shares("x"))
	r.line(t, ledger.Withheld, ledger.Pct, "x %/% a")
	other := r.line(t, ledger.Withheld, ledger.Pct, "x %/% b")
	for _, choice := range []string{"c", "d"} { // no more than these two are withheld
		if l := s.line(r, choice); l.Status == ledger.Withheld {
			r.plantInstead(l, map[string]float64{"c": 60, "d": 40}[choice])
		}
	}
	mustStop(t, r, audit.KnownToOne, other.Key)
	r.alone = map[string]bool{}
	if got := r.audit(); slices.ContainsFunc(got, func(f audit.Fault) bool { return f.Rule == audit.KnownToOne }) {
		t.Errorf("nobody is alone, and yet %+v", got)
	}
}

func TestZerosOfSkipLogicAreStopped(t *testing.T) {
	// Who took part or tried to was asked how, the others why not; and all answered.
	s := newStudy(t, []item{{name: "took", choices: "yes tried no"}, {name: "how", choices: "alone together"}, {name: "why", choices: "time money"}}, []group{
		{40, map[string]string{"took": "yes", "how": "alone", "why": "-"}}, {36, map[string]string{"took": "yes", "how": "together", "why": "-"}},
		{4, map[string]string{"took": "tried", "how": "alone", "why": "-"}}, {40, map[string]string{"took": "no", "how": "-", "why": "time"}},
	})
	zeros := ledger.Links{Zeros: []ledger.Zero{
		{Variable: "how", When: ledger.At{"took": {"no", ledger.Missing}}},
		{Variable: "why", When: ledger.At{"took": {"yes", "tried", ledger.Missing}}},
	}}
	r := s.publish(t, protect.Default(), zeros, s.shares("took"))
	mustBeSafe(t, r)
	hidden := r.line(t, ledger.Withheld, ledger.Pct, "took %/% tried")
	base := hidden
	base.Stat, base.Of = ledger.Count, nil
	base.Key, base.At = "asked how", ledger.At{"how": {ledger.Answered}}
	r.plant(base, 80, 0)
	mustBeSafe(t, r)
	base.Key, base.At = "asked why", ledger.At{"why": {ledger.Answered}}
	r.plant(base, 40, 0)
	mustStop(t, r, audit.Known, hidden.Key)
	r.head.Zeros = nil
	mustBeSafe(t, r)
}

func TestSensitiveItemsByCountryAreStopped(t *testing.T) {
	s, _ := crossed(t)
	sensitive, _ := s.survey.Item("x")
	sensitive.Role = "sensitive"
	cfg := protect.Config{Threshold: 10, Country: []string{"region"}}
	r := s.publish(t, cfg, ledger.Links{}, s.shares("region"), s.shares("x"), s.shares("x", "region"))
	mustBeSafe(t, r)
	shown := r.line(t, ledger.Published, ledger.Pct, "x %/% a @/@ NA")
	shown.Key = "x of south"
	shown.At, shown.Of = ledger.At{"x": {"a"}, "region": {"south"}}, ledger.At{"x": {ledger.Answered}, "region": {"south"}}
	r.plant(shown, 0.23, 0)
	mustStop(t, r, audit.Crossed, shown.Key)
}

func TestACountOfFewIsStopped(t *testing.T) {
	_, r := crossed(t)
	base := r.line(t, ledger.Published, ledger.Count, "x %/% NA @/@ NA")
	base.Key, base.At = "silent", ledger.At{"x": {"not answered"}, "region": {"west"}}
	r.plant(base, 3, 0)
	mustStop(t, r, audit.Few, "silent")
}

func TestALedgerThatNamesWhatItDoesNotDefineIsStopped(t *testing.T) {
	for _, at := range []ledger.At{{"elsewhere": {"a"}}, {"x": {"e"}}} {
		_, r := crossed(t)
		base := r.line(t, ledger.Published, ledger.Count, "x %/% NA @/@ NA")
		base.Key, base.At = "unclear", at
		r.plant(base, 30, 0)
		mustStop(t, r, audit.Unclear, "unclear")
	}
}

func TestCountsThatContradictEachOtherAreStopped(t *testing.T) {
	_, r := crossed(t)
	base := r.line(t, ledger.Published, ledger.Count, "x %/% NA @/@ NA")
	base.Key, base.At = "the north and the south", ledger.At{"x": {"a"}, "region": {"north", "south"}}
	r.plant(base, 400, 0)
	mustStop(t, r, audit.Contradictory, base.Key)
}
