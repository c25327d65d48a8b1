package dataset

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// TestForgottenRowsAreGoneAndNothingElse takes rows out of respondents and of a
// repeat, over several batches, and compares with what is left when the rows are
// never written.
func TestForgottenRowsAreGoneAndNothingElse(t *testing.T) {
	list := survey.NewChoiceList("l", []survey.Choice{{Name: "a"}, {Name: "b"}, {Name: "c"}})
	s, findings := survey.New(survey.Survey{
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "rec", Parent: 0}},
		Items: []survey.Item{{Name: "one", Type: survey.SelectOne, List: "l"}, {Name: "many", Type: survey.SelectMultiple, List: "l"},
			{Name: "n", Type: survey.Integer}, {Name: "x", Type: survey.Decimal}, {Name: "open", Type: survey.OpenText}, {Name: "sub", Type: survey.SelectOne, List: "l", Level: 1}},
		Lists: []*survey.ChoiceList{list},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	leave := func(i int) bool { return i%7 == 3 || i > 4090 && i < 4100 }
	const respondents = BatchRows + 900
	write := func(skip func(int) bool) (files [2]*bytes.Reader) {
		var levels []Level
		for level := range 2 {
			layout := NewLayout(s, level, nil)
			layout.UUID = true
			w, err := Create(filepath.Join(t.TempDir(), "answers"), layout)
			if err != nil {
				t.Fatal(err)
			}
			b, parent, rows := NewBuilder(layout), int64(-1), 0
			for i := range respondents {
				if skip(i) {
					continue
				}
				parent++
				r := Response{ID: ID{byte(i), byte(i >> 8)}, UUID: fmt.Sprintf("u%d", i), Parent: -1}
				for k := range 1 + level*(i%3-1) {
					if level == 1 {
						r.Parent = parent
					}
					b.Begin(r)
					rows++
					if level == 1 {
						b.Column("sub").Code(int32((i + k) % 3))
					} else if i%5 == 0 {
						for _, name := range []string{"one", "many", "n", "x", "open"} {
							b.Column(name).Missing(survey.Refused)
						}
					} else {
						b.Column("one").Code(int32(i % 3))
						b.Column("many").Choose([]int32{int32(i % 2), 2})
						b.Column("n").Int(int64(i))
						b.Column("x").Float(float64(i) / 4)
						b.Column("open").Text(fmt.Sprintf("text %d", i))
					}
					if rows%BatchRows == 0 {
						if err := w.Write(b.Batch()); err != nil {
							t.Fatal(err)
						}
						b = NewBuilder(layout)
					}
				}
			}
			if err := w.Write(b.Batch()); err != nil {
				t.Fatal(err)
			}
			l, err := w.Close()
			if err != nil {
				t.Fatal(err)
			}
			levels = append(levels, l)
		}
		for level := range 2 {
			var out bytes.Buffer
			if err := (&Dataset{Survey: s, Levels: levels}).WriteRestricted(&out, level); err != nil {
				t.Fatal(err)
			}
			files[level] = bytes.NewReader(out.Bytes())
		}
		return files
	}
	rowsOf := func(in Stored) (out []string) {
		err := rereadRecords(in, func(rec arrow.Record) error {
			for i := range int(rec.NumRows()) {
				line := ""
				for k, c := range rec.Columns() {
					if _, isList := c.(*array.List); isList || !c.IsNull(i) {
						line += rec.ColumnName(k) + "=" + textAt(c, i) + ";"
					}
				}
				out = append(out, line)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	all, want := write(func(int) bool { return false }), write(leave)
	is := map[string]bool{}
	for i := range respondents {
		is[fmt.Sprintf("u%d", i)] = leave(i)
	}
	var gone [2]*Rows
	for level := range 2 {
		var err error
		if gone[level], err = Gone(all[level], func(_, uuid string) bool { return is[uuid] }, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	for level, above := range []*Rows{nil, gone[0]} {
		var out bytes.Buffer
		if err := Forget(all[level], &out, gone[level], above); err != nil {
			t.Fatal(err)
		}
		got, wanted := rowsOf(bytes.NewReader(out.Bytes())), rowsOf(want[level])
		if gone[level].Count() == 0 || !slices.Equal(got, wanted) {
			t.Errorf("level %d: %d rows gone, %d left, want %d", level, gone[level].Count(), len(got), len(wanted))
			for i := range min(len(got), len(wanted)) {
				if got[i] != wanted[i] {
					t.Fatalf("row %d: %s, want %s", i, got[i], wanted[i])
				}
			}
		}
	}
}
