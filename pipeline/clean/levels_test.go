package clean

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// nested is a survey with conditions from level to level: those of a repeat hang
// on its respondent, one of the respondent on the repeats.
func nested(t *testing.T) *survey.Survey {
	t.Helper()
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{
			{Name: "consent", Type: survey.SelectOne, List: "yn"}, {Name: "active", Type: survey.SelectOne, List: "yn"},
			{Name: "tired", Type: survey.OpenText, Relevant: []string{"sum(${hours}) + sum(${minutes}) > 10 and ${active} = 'yes'"}},
			{Name: "trips", Type: survey.OpenText, Relevant: []string{"count(${trip}) > 1"}},
			{Name: "hours", Type: survey.Integer, Level: 1, Relevant: []string{"${active} = 'yes'"}},
			{Name: "why", Type: survey.OpenText, Level: 1, Relevant: []string{"position(..) > 1 and ${active} = 'yes'"}},
			{Name: "late", Type: survey.OpenText, Level: 1, Relevant: []string{"position(..) > 1 or count(${day}) = 1"}},
			{Name: "minutes", Type: survey.Integer, Level: 2, Relevant: []string{"${active} = 'yes' and ${hours} > 0"}},
		},
		Lists:  []*survey.ChoiceList{survey.NewChoiceList("yn", []survey.Choice{{Name: "yes"}, {Name: "no"}})},
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "trip", Parent: 0}, {Name: "day", Parent: 1}},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

func TestLevelsAreCleanedTogether(t *testing.T) {
	s := nested(t)
	type response struct {
		id     byte
		parent int64
		cells  map[string]string
	}
	levels := [][]response{
		{
			{0, -1, map[string]string{"consent": "no"}},
			{1, -1, map[string]string{"consent": "yes", "active": "YES"}}, // invalid until it is mended
			{2, -1, map[string]string{"consent": "no"}},
			{3, -1, map[string]string{"consent": "yes", "active": "No "}},
			{4, -1, map[string]string{"consent": "yes", "active": "yes", "tired": "very"}},
		},
		{{0, 0, nil}, {1, 1, map[string]string{"hours": "9"}}, {1, 1, nil}, {2, 2, nil}, {3, 3, nil}, {4, 4, map[string]string{"hours": "0"}}},
		{{1, 1, map[string]string{"minutes": "2"}}, {2, 3, nil}, {3, 4, nil}, {4, 5, nil}, {1, 2, nil}},
	}
	d := &dataset.Dataset{Survey: s}
	for l, responses := range levels {
		layout := dataset.NewLayout(s, l, nil).With(s, nil, true, false)
		var batches dataset.Memory
		b := dataset.NewBuilder(layout)
		for _, r := range responses {
			b.Begin(dataset.Response{ID: dataset.ID{r.id}, UUID: fmt.Sprintf("synthetic-%d", r.id), Parent: r.parent})
			for item, cell := range r.cells {
				c := b.Column(item)
				code, ok := s.List("yn").Code(cell)
				var n int64
				switch {
				case c.Item().Type == survey.OpenText:
					c.Text(cell)
				case c.Item().Type == survey.Integer:
					fmt.Sscan(cell, &n)
					c.Int(n)
				case ok:
					c.Code(code)
				default:
					c.Invalid(cell)
				}
			}
			if b.Len() == 2 {
				batches = append(batches, b.Batch())
			}
		}
		d.Levels = append(d.Levels, dataset.Level{Layout: layout, Rows: int64(len(responses)), Source: append(batches, b.Batch())})
	}
	out, _, findings, err := Clean(context.Background(), engine.Engine{Dir: t.TempDir(), Workers: 2}, d, Config{Consent: Consent{Item: "consent", Accept: []string{"yes"}}}, nil)
	if err != nil || finding.Refused(findings) {
		t.Fatal(err, findings)
	}
	read := func(l int, item string) (got []string) {
		for b, err := range out.Batches(l) {
			if err != nil {
				t.Fatal(err)
			}
			for i := range b.Len() {
				c := b.Column(item)
				if c.Reasons[i] == survey.Answered {
					got = append(got, fmt.Sprintf("%d<%d %s", b.ID(i)[0], b.Parent(i), c.Form(i, s.Choices(c.Item))))
				} else {
					got = append(got, fmt.Sprintf("%d<%d %s", b.ID(i)[0], b.Parent(i), c.Reasons[i]))
				}
			}
		}
		return got
	}
	for _, c := range []struct {
		level int
		item  string
		want  []string
	}{
		{0, "active", []string{"1<-1 yes", "3<-1 no", "4<-1 yes"}},
		{0, "tired", []string{"1<-1 not answered", "3<-1 not asked", "4<-1 very"}},
		{0, "trips", []string{"1<-1 not answered", "3<-1 not asked", "4<-1 not asked"}},
		{1, "hours", []string{"1<0 9", "1<0 not answered", "3<1 not asked", "4<2 0"}},
		{1, "why", []string{"1<0 not asked", "1<0 not answered", "3<1 not asked", "4<2 not asked"}},
		{1, "late", []string{"1<0 not answered", "1<0 not answered", "3<1 not answered", "4<2 not answered"}},
		{2, "minutes", []string{"1<0 2", "3<2 not asked", "4<3 not asked", "1<1 not asked"}},
	} {
		if got := read(c.level, c.item); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.item, got, c.want)
		}
	}
}

// TestFindingsOnRowsOfARepeatNameIt: each sheet counts its rows anew.
func TestFindingsOnRowsOfARepeatNameIt(t *testing.T) {
	d := &dataset.Dataset{Survey: nested(t), Files: []string{"answers.xlsx"}}
	for l := range d.Survey.Levels {
		b := dataset.NewBuilder(dataset.NewLayout(d.Survey, l, nil))
		w := &worker{c: &cleaning{dataset: d}, level: l}
		b.Begin(dataset.Response{UUID: "synthetic-1", Parent: int64(min(l, 1) - 1), Origin: dataset.Origin{Row: 2}})
		w.b = b.Batch()
		want := []string{"answers.xlsx, row 2, column x", "answers.xlsx, sheet trip, row 2, column x", "answers.xlsx, sheet day, row 2, column x"}[l]
		if got := w.place(0, "x").String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
