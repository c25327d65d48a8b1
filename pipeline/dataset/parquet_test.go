package dataset

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// TestMissingAnswersStayInTheirPlaceInParquet: batches are of any size up to
// BatchRows, and the library that writes them must not take them apart.
func TestMissingAnswersStayInTheirPlaceInParquet(t *testing.T) {
	list := survey.NewChoiceList("l", []survey.Choice{{Name: "a"}, {Name: "b"}, {Name: "c"}})
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{{Name: "one", Type: survey.SelectOne, List: "l"}, {Name: "many", Type: survey.SelectMultiple, List: "l"}},
		Lists: []*survey.ChoiceList{list},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	layout := NewLayout(s, 0, nil)
	w, err := Create(filepath.Join(t.TempDir(), "answers"), layout)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, size := range []int{1051, BatchRows, 1, 2048, 1024, BatchRows} {
		b := NewBuilder(layout)
		for range size {
			b.Begin(Response{Parent: -1})
			n := len(want)
			if n%3 == 1 {
				b.Column("one").Missing(survey.NotAsked)
				b.Column("many").Missing(survey.NotAnswered)
				want = append(want, "")
				continue
			}
			code := int32(n / 3 % 3)
			b.Column("one").Code(code)
			b.Column("many").Choose([]int32{code})
			want = append(want, list.Choices[code].Name)
		}
		if err := w.Write(b.Batch()); err != nil {
			t.Fatal(err)
		}
	}
	level, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	var written bytes.Buffer
	if err := (&Dataset{Survey: s, Levels: []Level{level}}).WriteParquet(&written, 0); err != nil {
		t.Fatal(err)
	}
	in, err := file.NewParquetReader(bytes.NewReader(written.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := pqarrow.NewFileReader(in, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	read, err := reader.ReadTable(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for column, name := range []string{1: "one", 4: "many"} {
		if name == "" {
			continue
		}
		if got := read.Schema().Field(column).Name; got != name {
			t.Fatalf("column %d is %s", column, got)
		}
		row := 0
		for _, chunk := range read.Column(column).Data().Chunks() {
			for i := range chunk.Len() {
				got := ""
				switch {
				case chunk.IsNull(i):
				case name == "one":
					d := chunk.(*array.Dictionary)
					got = d.Dictionary().(*array.String).Value(d.GetValueIndex(i))
				default:
					l := chunk.(*array.List)
					from, _ := l.ValueOffsets(i)
					got = l.ListValues().(*array.String).Value(int(from))
				}
				if got != want[row] {
					t.Fatalf("%s of response %d is %q, want %q", name, row, got, want[row])
				}
				row++
			}
		}
		if row != len(want) {
			t.Errorf("%s has %d responses, want %d", name, row, len(want))
		}
	}
}
