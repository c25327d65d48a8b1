package pipeline

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/table"
)

func lines() []table.Result {
	nan := math.NaN()
	return []table.Result{
		{Analysis: table.PropSelectOne, Item: "q", Value: `say "yes", or مرحبا`, Group: "NA", GroupValue: "NA", Stat: 1.0 / 3, Lo: 0.1, Hi: 0.5, N: 3, NTotal: 9, NW: 3.5, NWTotal: 10, Key: "k1", SE: 1e-9, DF: 8, DEff: nan},
		{Analysis: table.Quantile, Item: "q", Stat: nan, Lo: nan, Hi: nan, N: -1, NTotal: -1, NW: nan, NWTotal: nan, Key: "k2", SE: nan, DF: nan, DEff: nan, Status: "withheld", Prob: 0.25},
		{Analysis: table.TestMean, Item: "q", Stat: 2, Lo: nan, Hi: nan, N: -1, NTotal: 9, NW: nan, NWTotal: nan, Key: "k3", SE: 0.5, DF: math.Inf(1), DEff: nan,
			Test: &table.Test{NDF: 2, P: 0.04, Adjusted: 0.08, Adjust: "holm", Effect: 0.2, EffectName: "epsilon2", Lo: nan, Hi: nan}},
	}
}

func TestResultsHaveTheirColumnsInEachFormat(t *testing.T) {
	columns := resultColumns()
	for i, name := range table.Columns {
		if i >= len(columns) || columns[i].name != name {
			t.Fatalf("column %d is not %s", i, name)
		}
	}
	if n := len(parquetColumns(lines())); n != len(table.Columns) {
		t.Errorf("Parquet has %d columns", n)
	}
}

func TestJSONSaysWhatTheCSVSays(t *testing.T) {
	var text, object bytes.Buffer
	if err := resultsCSV(&text, lines()); err != nil {
		t.Fatal(err)
	}
	if err := resultsJSON(&object, lines()); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text.String(), byteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var objects []map[string]any
	if err := json.Unmarshal(object.Bytes(), &objects); err != nil || len(objects) != len(records)-1 {
		t.Fatalf("%d objects, %d records: %v", len(objects), len(records)-1, err)
	}
	for i, o := range objects {
		for j, name := range records[0] {
			want, got := records[i+1][j], o[name]
			switch {
			case want == "" || want == "Inf":
				if got != nil {
					t.Errorf("line %d: %s is %v, want null", i, name, got)
				}
			case fmt.Sprint(got) != want:
				t.Errorf("line %d: %s is %v, want %s", i, name, got, want)
			}
		}
		if len(o) != len(records[0]) {
			t.Errorf("line %d has %d names", i, len(o))
		}
	}
	if n := strings.Count(object.String(), "\n"); n != len(objects)+2 {
		t.Errorf("%d lines of text for %d objects", n, len(objects))
	}
	object.Reset()
	if err := resultsJSON(&object, nil); err != nil || json.Unmarshal(object.Bytes(), &objects) != nil {
		t.Errorf("no results: %v %q", err, object.String())
	}
}
