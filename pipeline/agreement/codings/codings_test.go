package codings

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/agreement"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

var plain = Columns{Unit: "unit", Coder: "coder", Code: "code"}

func sheetOf(text []byte) records.Sheet {
	return records.Sheet{Open: func() (records.Reader, error) {
		return records.NewScanner(bytes.NewReader(text), ',', 1), nil
	}}
}

func TestRowsAreReadWithTheirPlaces(t *testing.T) {
	list, findings, err := Read("c.csv", sheetOf([]byte("note, unit ,coder,code\nx,1,a, yes \n\n\"two\nlines\",1,b\n")), plain)
	want := List{[]agreement.Coding{{Unit: "1", Coder: "a", Code: "yes"}, {Unit: "1", Coder: "b"}}, []int{2, 4}, nil}
	if err != nil || len(findings) > 0 || !reflect.DeepEqual(list, want) {
		t.Errorf("%+v, %v, %v", list, findings, err)
	}
}

func TestMistakesAreFindings(t *testing.T) {
	for name, c := range map[string]struct {
		text, kind, column string
		row                int
		count              int64
	}{
		"no column":    {"unit,coder\n1,a\n", "no-column", "code", 1, 1},
		"two columns":  {"unit,coder,code,unit\n1,a,x,1\n", "two-columns", "unit", 1, 1},
		"no unit":      {"unit,coder,code\n1,a,x\n,a,x\n,b,x\n", "no-name", "unit", 3, 2},
		"no coder":     {"unit,coder,code\n1,,x\n", "no-name", "coder", 2, 1},
		"no rows":      {"unit,coder,code\n", "no-codes", "", 0, 1},
		"nothing":      {"", "no-codes", "", 0, 1},
		"damaged cell": {"unit,coder,code\n1,a,\"x\n", "damaged-cell", "code", 2, 1},
		"no UTF-8":     {"unit,coder,code\n1,a,\xff\n", "damaged-cell", "code", 2, 1},
	} {
		t.Run(name, func(t *testing.T) {
			_, findings, err := Read("c.csv", sheetOf([]byte(c.text)), plain)
			if err != nil || len(findings) != 1 {
				t.Fatalf("%v, %v", findings, err)
			}
			f := findings[0]
			if f.Kind != c.kind || f.Place.Row != c.row || f.Place.Column != c.column || f.Count != c.count || f.Severity != finding.Refusal {
				t.Errorf("%+v", f)
			}
		})
	}
}

func TestMoreCodesThanAreHeldAreRefused(t *testing.T) {
	side := Columns{Unit: "unit", Coder: "coder", Code: "c*"} // "coder" is no code
	for name, c := range map[string]struct {
		columns Columns
		text    string
		row     int // that is refused; 0: none
	}{
		"one below another": {plain, "unit,coder,code\n1,a,x\n2,a,x\n3,a,x\n4,a,x\n", 0},
		"one too many":      {plain, "unit,coder,code\n1,a,x\n2,a,x\n3,a,x\n4,a,x\n5,a,x\n", 6},
		"side by side":      {side, "unit,coder,c1,c2,c3\n1,a,x,y,z\n2,a,x,y,z\n3,a,x,y,z\n4,a,x,y,z\n", 4},
	} {
		_, findings, err := read("c.csv", sheetOf([]byte(c.text)), c.columns, 4)
		row := 0
		for _, f := range findings {
			if f.Kind == "too-many-codes" {
				row = f.Place.Row
			}
		}
		if err != nil || row != c.row {
			t.Errorf("%s: %v, %v", name, findings, err)
		}
	}
}

func TestDamageInColumnsThatAreNotReadDoesNotMatter(t *testing.T) {
	if _, findings, _ := Read("c.csv", sheetOf([]byte("unit,coder,code,note\n1,a,x,\xff\n")), plain); len(findings) > 0 {
		t.Errorf("%v", findings)
	}
}

func TestTextsInPlaceOfCodesAreRefused(t *testing.T) {
	var text strings.Builder
	text.WriteString("unit,coder,code\n")
	for i := range maxCodes + 5 {
		text.WriteString("1,a,x" + strings.Repeat("y", i) + "\n")
	}
	if _, findings, _ := Read("c.csv", sheetOf([]byte(text.String())), plain); len(findings) != 1 || findings[0].Kind != "too-many-codes" {
		t.Errorf("%v", findings)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("unit,coder,code\n1,a,x\n1,b,y\n2,a,\n"))
	f.Add([]byte("unit,coder,code\n1,a\n,b,y,z\n"))
	f.Add([]byte("\"unit\",coder,code\n1,a,\"x\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		list, findings, err := Read("c.csv", sheetOf(text), plain)
		if err != nil || finding.Refused(findings) {
			return
		}
		if len(list.Codings) != len(list.Rows) {
			t.Fatal("codings without a row")
		}
		if d, err := agreement.New(list.Codings, nil); err == nil {
			d.Summarise(agreement.Ordinal, agreement.Bootstrap{Resamples: 2, Level: 0.9})
		}
		if l, err := agreement.NewLabels(list.Codings, nil); err == nil {
			l.Summarise(agreement.Bootstrap{Level: 0.9})
		}
	})
}
