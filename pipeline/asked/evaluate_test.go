package asked

import (
	"errors"
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestExpressionsAreEvaluatedOnBatches(t *testing.T) {
	l := layout(t)
	b := dataset.NewBuilder(l)
	b.Begin(dataset.Response{})
	b.Column("one").Code(2) // stands for don't know
	b.Column("many").Choose([]int32{0, 1})
	b.Column("n").Int(999)
	b.Column("n").Reason(survey.Refused)
	b.Column("x").Float(0.5)
	b.Column("day").Int(19000)
	b.Column("words").Invalid("?")
	batch := b.Batch()
	for _, c := range []struct {
		source, self string
		today        expr.Value
		counting     bool
		want         Verdict
	}{
		{source: ". >= 0 and . < 120", self: "n", want: NotAsked},
		{source: ". = 999", self: "n", want: Asked},
		{source: ". = 999", self: "n", counting: true, want: NotAsked},
		{source: "${one} = 'dk'", want: Asked},
		{source: "${one} = 'dk'", counting: true, want: NotAsked},
		{source: "count-selected(.) = 2", self: "many", want: Asked},
		{source: ". < today()", self: "day", want: Unknown},
		{source: ". < today()", self: "day", today: expr.Date(19001), want: Asked},
		{source: "${x} < 1 or . < today()", self: "day", want: Asked},
		{source: "string-length(.) > 3", self: "words", want: Unknown},
		{source: "sum(${x}) = 0.5 and count(${at}) = 0", want: Asked},
	} {
		s := ScopeOf(l)
		s.Today, s.Counting = c.today, c.counting
		x, err := s.Bind(c.source, c.self)
		if err != nil {
			t.Errorf("%s: %v", c.source, err)
			continue
		}
		v := s.Evaluator()
		v.Begin(&Response{Batch: batch})
		if got := v.Decide(x); got != c.want {
			t.Errorf("%s: verdict %d, want %d", c.source, got, c.want)
		}
		value, known := v.Value(x)
		if known != (c.want != Unknown) || known && value.Truth() != (c.want == Asked) {
			t.Errorf("%s: value %v, known %v", c.source, value, known)
		}
	}
}

func TestWhatIsOutOfReachIsNamed(t *testing.T) {
	s := ScopeOf(layout(t))
	_, err := s.Bind("${inner} = 1 and sum(${inner}) > 2 and . = 3 and position(..) = 1", "")
	far, is := errors.AsType[*OutOfReachError](err)
	if !is || !slices.Equal(far.Names, []string{"${inner}", "."}) {
		t.Errorf("error %v", err)
	}
	within := ScopeOf(dataset.NewLayout(s.Survey, 1, nil))
	_, err = within.Bind("position(..) = 1 and indexed-repeat(${inner}, ${r}, 1) = 2 and count(${r}) > 1", "")
	if far, is := errors.AsType[*OutOfReachError](err); !is || !slices.Equal(far.Names, []string{"${r}", "position(..)"}) {
		t.Errorf("error %v", err)
	}
	_, err = s.Bind("${nobody} = ${r}", "")
	if unknown, is := errors.AsType[*expr.UnknownItemError](err); !is || !slices.Equal(unknown.Names, []string{"nobody"}) {
		t.Errorf("error %v", err)
	}
}

// levels returns respondents with n = 10, 11, 12 ... and a repeat whose
// responses belong to the given respondents.
func levels(t *testing.T, respondents, batchRows int, parents ...int64) (dataset.Level, dataset.Level) {
	t.Helper()
	top := layout(t)
	var above dataset.Memory
	b := dataset.NewBuilder(top)
	for i := range respondents {
		b.Begin(dataset.Response{ID: dataset.ID{byte(i)}, Parent: -1})
		b.Column("n").Int(int64(10 + i))
		b.Column("many").Choose([]int32{int32(i % 2)})
		if b.Len() == batchRows {
			above = append(above, b.Batch())
		}
	}
	above = append(above, b.Batch())
	low := dataset.NewLayout(top.Survey, 1, nil)
	var below dataset.Memory
	b = dataset.NewBuilder(low)
	for i, p := range parents {
		b.Begin(dataset.Response{ID: dataset.ID{byte(p)}, Parent: p})
		b.Column("inner").Int(int64(100*p) + int64(i))
		if b.Len() == batchRows {
			below = append(below, b.Batch())
		}
	}
	below = append(below, b.Batch())
	return dataset.Level{Layout: top, Rows: int64(respondents), Source: above}, dataset.Level{Layout: low, Rows: int64(len(parents)), Source: below}
}

func TestRepeatsSeeTheAnswersAboveThem(t *testing.T) {
	for name, parents := range map[string][]int64{
		"in order": {0, 0, 1, 3, 3, 3, 7, 7}, "in no order": {7, 0, 3, 1, 1, 0, 7, 3, 0}, "none": nil,
	} {
		above, repeat := levels(t, 8, 3, parents...)
		wide := Widen(repeat, above, []string{"n", "many"})
		s := ScopeOf(wide.Layout)
		x, err := s.Bind("${n} = 10 + floor(${inner} div 100) and selected(${many}, if(${n} mod 2 = 0, 'yes', 'no'))", "")
		if err != nil {
			t.Fatal(err)
		}
		v, seen := s.Evaluator(), 0
		for b, err := range wide.Source.Batches() {
			if err != nil {
				t.Fatal(err)
			}
			for i := range b.Len() {
				v.Begin(&Response{Batch: b, I: i})
				if v.Decide(x) != Asked || b.Parent(i) != parents[seen] {
					t.Errorf("%s: response %d has not its parent's answers", name, seen)
				}
				seen++
			}
		}
		if seen != len(parents) {
			t.Errorf("%s: %d responses", name, seen)
		}
	}
}

func TestAResponseWithoutAParentIsAnError(t *testing.T) {
	above, repeat := levels(t, 2, 3, 0, 5)
	for _, err := range Widen(repeat, above, []string{"n"}).Source.Batches() {
		if err != nil {
			return
		}
	}
	t.Error("a parent that is not there was found")
}
