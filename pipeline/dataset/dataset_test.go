package dataset

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

func sample(t *testing.T) *survey.Survey {
	t.Helper()
	list := survey.NewChoiceList("l", []survey.Choice{{Name: "a"}, {Name: "b"}, {Name: "dk", Missing: survey.DontKnow}})
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{
			{Name: "one", Type: survey.SelectOne, List: "l"},
			{Name: "many", Type: survey.SelectMultiple, List: "l"},
			{Name: "order", Type: survey.Rank, List: "l"},
			{Name: "n", Type: survey.Integer},
			{Name: "x", Type: survey.Decimal},
			{Name: "text", Type: survey.OpenText},
		},
		Lists: []*survey.ChoiceList{list},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

func fill(b *Builder, n int) {
	for i := range n {
		b.Begin(Response{ID: ID{byte(i)}, UUID: string(rune('A' + i)), Origin: Origin{Row: int64(i + 2)}, Parent: -1, Weight: 1})
		switch i % 3 {
		case 0:
			b.Column("one").Code(1)
			b.Column("many").Choose([]int32{1, 0, 1})
			b.Column("order").Choose([]int32{1, 0})
			b.Column("n").Int(int64(i))
			b.Column("x").Float(1.5)
			b.Column("text").Text("مرحبا")
		case 1:
			b.Column("one").Invalid("zz")
			b.Column("text").Invalid("bad text")
			b.Column("one").Invalid("yy") // replaces
		case 2:
			b.Column("one").Code(2)
			b.Column("many").Choose([]int32{2})
			b.Column("n").Missing(survey.NotAsked)
		}
	}
}

func check(t *testing.T, b *Batch) {
	t.Helper()
	one, many, order := b.Column("one"), b.Column("many"), b.Column("order")
	if one.Codes[0] != 1 || one.Codes[1] != NoCode || one.Codes[2] != 2 {
		t.Errorf("codes %v", one.Codes)
	}
	if one.Reasons[1] != survey.Invalid || one.Reasons[2] != survey.DontKnow || many.Reasons[2] != survey.DontKnow {
		t.Errorf("reasons %v %v", one.Reasons, many.Reasons)
	}
	if raw, _ := b.Raw(1, "one"); raw != "yy" {
		t.Errorf("raw %q", raw)
	}
	if raw, _ := b.Raw(1, "text"); raw != "bad text" {
		t.Errorf("raw text %q", raw)
	}
	if !slices.Equal(many.Set(0), []int32{0, 1}) || !slices.Equal(order.Set(0), []int32{1, 0}) {
		t.Errorf("sets %v %v", many.Set(0), order.Set(0))
	}
	if b.Column("text").Text(0) != "مرحبا" || b.Column("x").Floats[0] != 1.5 || b.Column("n").Ints[3] != 3 {
		t.Error("text, decimal or integer lost")
	}
	if b.Column("n").Reasons[1] != survey.NotAnswered || b.Column("n").Reasons[2] != survey.NotAsked {
		t.Errorf("missing reasons %v", b.Column("n").Reasons)
	}
}

func TestAnswersSurviveAFile(t *testing.T) {
	s := sample(t)
	l := NewLayout(s, 0, nil).With(s, nil, true, false)
	b := NewBuilder(l)
	fill(b, 7)
	batch := b.Batch()
	check(t, batch)
	w, err := Create(filepath.Join(t.TempDir(), "x.arrow"), l)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := w.Write(batch); err != nil {
			t.Fatal(err)
		}
	}
	level, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for got, err := range level.Source.Batches() {
		if err != nil {
			t.Fatal(err)
		}
		check(t, got)
		n += got.Len()
	}
	if n != 14 || level.Rows != 14 {
		t.Errorf("%d rows read, %d said", n, level.Rows)
	}
}

func TestHashKnowsContentAndNotOrder(t *testing.T) {
	s := sample(t)
	l := NewLayout(s, 0, nil).With(s, nil, true, false)
	build := func(order []int, change bool) Hash {
		src := NewBuilder(l)
		fill(src, 6)
		from := src.Batch()
		b := NewBuilder(l)
		for _, i := range order {
			b.Copy(from, i, ResponseOf(from, i))
			if change && i == 3 {
				b.Column("n").Int(99)
			}
		}
		var h Hash
		h.Add(b.Batch())
		return h
	}
	a := build([]int{0, 1, 2, 3, 4, 5}, false)
	if b := build([]int{5, 3, 1, 0, 2, 4}, false); a != b {
		t.Error("order changes the hash")
	}
	if b := build([]int{0, 1, 2, 3, 4, 5}, true); a == b {
		t.Error("a changed answer does not change the hash")
	}
}

func TestKeepAndExtend(t *testing.T) {
	s := sample(t)
	l := NewLayout(s, 0, nil)
	b := NewBuilder(l)
	fill(b, 6)
	batch := b.Batch()
	kept := batch.Keep([]bool{false, false, false, true, true, true})
	if kept.Len() != 3 || kept.Column("n").Ints[0] != 3 || kept.Column("one").Reasons[1] != survey.Invalid {
		t.Error("rows lost their answers")
	}
	if raw, _ := kept.Raw(1, "one"); raw != "yy" {
		t.Errorf("raw text %q lost in keeping", raw)
	}
	wide, findings := s.With([]survey.Item{{Name: "new", Type: survey.Decimal}}, nil)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	add := NewBuilder(Layout{Survey: wide, Items: []string{"new"}}.With(wide, nil, false, false))
	for i := range 3 {
		add.Begin(Response{Parent: -1})
		add.Column("new").Float(float64(i))
	}
	out := kept.Extend(l.With(wide, []string{"new"}, false, true), add.Batch(), []float64{1, 2, 3})
	if out.Column("new").Floats[2] != 2 || out.Weights()[1] != 2 || out.Column("n").Ints[0] != 3 {
		t.Error("extended batch lacks a column")
	}
}

func TestParquetCanBeReadBack(t *testing.T) {
	s := sample(t)
	b := NewBuilder(NewLayout(s, 0, nil))
	fill(b, 7)
	batch := b.Batch()
	d := &Dataset{Survey: s, Levels: []Level{{Layout: batch.Layout, Rows: 7, Source: Memory{batch, batch}}}}
	var out, again bytes.Buffer
	if err := d.WriteParquet(&out, 0); err != nil {
		t.Fatal(err)
	}
	if err := d.WriteParquet(&again, 0); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("the same answers give other bytes")
	}
	pf, err := file.NewParquetReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	r, err := pqarrow.NewFileReader(pf, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	tbl, err := r.ReadTable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if tbl.NumRows() != 14 || tbl.NumCols() != 19 {
		t.Errorf("%d rows, %d columns", tbl.NumRows(), tbl.NumCols())
	}
	many := tbl.Column(tbl.Schema().FieldIndices("many")[0]).Data().Chunk(0).(*array.List)
	if got := many.ValueStr(0); got != `["a","b"]` {
		t.Errorf("set read back as %s", got)
	}
	if !many.IsNull(1) {
		t.Error("a missing set is not null")
	}
}
