package protect

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// prepared are families as they stand before anything is covered.
func prepared(s *study, plan table.Plan, k int) []*family {
	tables := s.tables(plan)
	groups, masks := openGroups(s.survey, tables, float64(k)), map[*table.Table]*mask{}
	all := families(s.survey, tables)
	for _, f := range all {
		f.begin(Config{Threshold: k}, groups, masks)
	}
	mutual(all)
	return all
}

func failing(t *testing.T) (*study, table.Plan) {
	s := counted(t, kind{}, [][]int{{30, 4, 30}, {30, 30, 40}, {40, 30, 50}})
	return s, table.Plan{Rows: []table.Row{
		{Analysis: table.PropSelectOne, Item: "x"}, {Analysis: table.PropSelectOne, Item: "x", By: []string{"b"}}, {Analysis: table.PropSelectOne, Item: "b"},
	}}
}

// A fault of the program while tables are covered publishes nothing, and names
// the tables and no count.
func TestAFaultOfTheProgramPublishesNothing(t *testing.T) {
	s, plan := failing(t)
	for name, spoil := range map[string]func(f *family){
		"no groups":     func(f *family) { f.groups = nil },
		"no memory":     func(f *family) { f.shut = nil },
		"a short mask":  func(f *family) { f.masks[f.tables[1]].figures = nil },
		"a lost column": func(f *family) { f.tables[1].Cells[2] = f.tables[1].Cells[2][:1] },
	} {
		all := prepared(s, plan, 10)
		f := all[slices.IndexFunc(all, func(f *family) bool { return f.item.Name == "x" })]
		spoil(f)
		err := coverAll(all, nil)
		var unsafe *NotSafe
		if !errors.As(err, &unsafe) || !slices.Contains(unsafe.Tables, f.tables[1].Row.Key()) {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if strings.ContainsAny(strings.NewReplacer("c1", "", "c2", "").Replace(unsafe.Why), "0123456789") {
			t.Errorf("%s: the error holds a number: %s", name, unsafe.Why)
		}
	}
}

// Counts that contradict each other cannot be covered: whatever they stand in is
// withheld whole.
func TestWhatCannotBeCoveredIsWithheldWhole(t *testing.T) {
	s, plan := failing(t)
	all := prepared(s, plan, 10)
	for _, f := range all {
		if f.item.Name == "x" {
			f.tables[1].Cells[1][2].Count -= 7 // the groups do not add up to everybody
		}
	}
	if err := coverAll(all, nil); err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		for _, of := range f.tables {
			if m := f.masks[of]; f.item.Name == "x" && len(of.Row.By) > 0 && m.whole == "" {
				t.Errorf("%s is shown: %v", of.Row.Key(), m.figures)
			}
		}
	}
	fresh := prepared(s, plan, 10)
	if err := coverAll(fresh, nil); err != nil {
		t.Fatal(err)
	}
	for _, f := range fresh {
		for _, of := range f.tables {
			if f.masks[of].whole != "" {
				t.Errorf("%s is withheld whole where counts add up", of.Row.Key())
			}
		}
	}
}
