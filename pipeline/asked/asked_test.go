package asked

import (
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func layout(t *testing.T, relevant ...string) dataset.Layout {
	t.Helper()
	list := survey.NewChoiceList("l", []survey.Choice{{Name: "yes"}, {Name: "no"}, {Name: "dk", Missing: survey.DontKnow}})
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{
			{Name: "one", Type: survey.SelectOne, List: "l"}, {Name: "many", Type: survey.SelectMultiple, List: "l"},
			{Name: "n", Type: survey.Integer}, {Name: "x", Type: survey.Decimal}, {Name: "day", Type: survey.Date},
			{Name: "hour", Type: survey.Time}, {Name: "at", Type: survey.DateTime}, {Name: "words", Type: survey.OpenText},
			{Name: "inner", Type: survey.Integer, Level: 1},
			{Name: "q", Type: survey.OpenText, Relevant: relevant},
		},
		Lists:  []*survey.ChoiceList{list},
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "r", Parent: 0}},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return dataset.NewLayout(s, 0, nil)
}

// named is a Row of answers by the name of the item; all others are blank.
type named struct {
	survey  *survey.Survey
	answers map[string]Answer
}

func (n named) Answer(item int) Answer {
	if a, ok := n.answers[n.survey.Items[item].Name]; ok {
		return a
	}
	return Answer{Reason: survey.NotAnswered, Code: dataset.NoCode}
}

func TestConditionsDecideWhatWasAsked(t *testing.T) {
	for _, c := range []struct {
		relevant []string
		answers  map[string]Answer
		want     Verdict
	}{
		{nil, nil, Asked},
		{[]string{"${one} = 'yes'"}, map[string]Answer{"one": {Code: 0}}, Asked},
		{[]string{"${one} = 'yes'"}, map[string]Answer{"one": {Code: 1}}, NotAsked},
		{[]string{"${one} = 'yes'"}, nil, NotAsked},
		{[]string{"${one} = 'dk'"}, map[string]Answer{"one": {Reason: survey.DontKnow, Code: 2}}, Asked},
		{[]string{"${one} != ''"}, nil, NotAsked},
		{[]string{"selected(${many}, 'no')"}, map[string]Answer{"many": {Set: []int32{0, 1}}}, Asked},
		{[]string{"selected(${many}, 'no')"}, map[string]Answer{"many": {Set: []int32{0}}}, NotAsked},
		{[]string{"${n} > 3 and ${x} < 1"}, map[string]Answer{"n": {Whole: 4}, "x": {Number: 0.5}}, Asked},
		{[]string{"${n} > 3"}, map[string]Answer{"n": {Reason: survey.NotAnswered, Whole: 9}}, NotAsked},
		{[]string{"${day} > '2022-01-01'"}, map[string]Answer{"day": {Whole: 19000}}, Asked},
		{[]string{"${at} < '2022-01-08'"}, map[string]Answer{"at": {Whole: 19000 * microsecondsADay}}, NotAsked},
		{[]string{"${hour} = '10:30:00.000'"}, map[string]Answer{"hour": {Whole: 37800e6}}, Asked},
		{[]string{"${words} = 'a'"}, map[string]Answer{"words": {Text: "a"}}, Asked},
		{[]string{"${one} = 'yes'", "${n} = 1"}, map[string]Answer{"one": {Code: 0}, "n": {Whole: 2}}, NotAsked},
		{[]string{"${one} = 'yes'", "${n} = 1"}, map[string]Answer{"one": {Code: 0}, "n": {Whole: 1}}, Asked},
		{[]string{"${one} = 'yes'"}, map[string]Answer{"one": {Reason: survey.Invalid, Code: dataset.NoCode}}, Unknown},
		{[]string{"${one} = 'yes'", "${n} = 1"}, map[string]Answer{"one": {Reason: survey.Invalid, Code: dataset.NoCode}, "n": {Whole: 2}}, NotAsked},
		{[]string{"${inner} = 1"}, nil, Unknown},
		{[]string{"today() > '2022-01-01'"}, nil, Unknown},
		{[]string{"${one} = "}, nil, Unknown},
	} {
		s := ScopeOf(layout(t, c.relevant...))
		conditions := New(s, []string{"q"})
		judge := conditions.Judge()
		judge.Begin(named{s.Survey, c.answers})
		got := judge.Of(conditions.Of("q"))
		if got != c.want {
			t.Errorf("%q with %v: verdict %d, want %d", c.relevant, c.answers, got, c.want)
		}
	}
}

func TestDependentsAreTheItemsWhoseConditionsSpeakOfAnItem(t *testing.T) {
	l := layout(t, "${one} = 'yes' and ${n} > 1", "${one} != 'no'")
	c := New(ScopeOf(l), l.Items)
	for item, want := range map[string][]string{"one": {"q"}, "n": {"q"}, "x": nil, "q": nil} {
		if got := c.Dependents(item); !slices.Equal(got, want) {
			t.Errorf("on %s depend %v, want %v", item, got, want)
		}
	}
}

func TestAnswersAreReadFromColumns(t *testing.T) {
	l := layout(t)
	b := dataset.NewBuilder(l)
	b.Begin(dataset.Response{})
	b.Column("one").Code(1)
	b.Column("many").Choose([]int32{1})
	b.Column("n").Int(5)
	b.Column("x").Float(0.5)
	b.Column("words").Text("w")
	b.Column("day").Missing(survey.Refused)
	batch := b.Batch()
	read := func(item string) Answer { return Read(batch.Column(item), 0) }
	if read("one").Code != 1 || read("many").Set[0] != 1 || read("n").Whole != 5 || read("x").Number != 0.5 || read("words").Text != "w" || read("day").Reason != survey.Refused {
		t.Error("an answer was lost in reading")
	}
}
