package bind

import (
	"fmt"
	"math"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestNumbers(t *testing.T) {
	for _, test := range []struct {
		cell, whole, decimal string
	}{
		{"4", "4", "4"}, {"-12", "-12", "-12"}, {"007", "7", "7"}, {"4.0", "4 trimmed", "4"}, {"1e+05", "100000 trimmed", "100000 exponent"},
		{"4.5", "no", "4.5"}, {".5", "no", "0.5"}, {"9223372036854775807", "9223372036854775807", "9.223372036854776e+18"}, {"9223372036854775808", "no", "9.223372036854776e+18"},
		{"", "no", "no"}, {"-", "no", "no"}, {".", "no", "no"}, {"+4", "no", "no"}, {" 4", "no", "no"}, {"1,5", "no", "no"}, {"1 000", "no", "no"}, {"1_000", "no", "no"},
		{"0x1F", "no", "no"}, {"NaN", "no", "no"}, {"Infinity", "no", "no"}, {"1e309", "no", "no"}, {"٤", "no", "no"}, {"４", "no", "no"}, {"1.2.3", "no", "no"}, {"1e", "no", "no"}, {"--1", "no", "no"},
	} {
		whole, decimal_ := "no", "no"
		if v, trimmed, ok := wholeNumber([]byte(test.cell)); ok {
			if whole = fmt.Sprint(v); trimmed {
				whole += " trimmed"
			}
		}
		if v, exponent, ok := decimal([]byte(test.cell)); ok {
			if decimal_ = fmt.Sprint(v); exponent {
				decimal_ += " exponent"
			}
		}
		if whole != test.whole || decimal_ != test.decimal {
			t.Errorf("%q: whole %s, decimal %s; want %s, %s", test.cell, whole, decimal_, test.whole, test.decimal)
		}
	}
}

func TestNumbersComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		if v, trimmed, ok := wholeNumber([]byte(strconv.FormatInt(n, 10))); !ok || trimmed || v != n {
			t.Fatalf("%d became %d", n, v)
		}
		f := rapid.Float64().Draw(t, "f")
		if v, _, ok := decimal([]byte(strconv.FormatFloat(f, 'f', -1, 64))); !ok || math.Float64bits(v) != math.Float64bits(f) {
			t.Fatalf("%v became %v", f, v)
		}
	})
}

func TestMoments(t *testing.T) {
	at := func(s string) string {
		m, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(m.UnixMicro())
	}
	for _, test := range []struct{ cell, want string }{
		{"2022-04-02T10:00:00.000+02:00", at("2022-04-02T08:00:00Z")},
		{"2022-04-02T10:00:00.123456-0530", at("2022-04-02T15:30:00.123456Z")},
		{"2022-04-02 10:00", at("2022-04-02T10:00:00Z")},
		{"1969-12-31T23:59:59Z", "-1000000"},
		{"2022-04-02", at("2022-04-02T00:00:00Z") + " trimmed"},
		{"2022-02-30T10:00:00Z", "no"}, {"2022-04-02T24:00:00Z", "no"}, {"2022-04-02T10:00:00+2:00", "no"}, {"02/04/2022 10:00", "no"}, {"2022-04-02T10:00:00 ", "no"},
	} {
		got := "no"
		if v, trimmed, ok := moment([]byte(test.cell)); ok {
			if got = fmt.Sprint(v); trimmed {
				got += " trimmed"
			}
		}
		if got != test.want {
			t.Errorf("%q: %s, want %s", test.cell, got, test.want)
		}
	}
	for cell, want := range map[string]int64{"1970-01-02": 1, "1969-12-31": -1, "2000-02-29": 11016, "2004-03-15T00:00:00": 12492} {
		if v, _, ok := date([]byte(cell)); !ok || v != want {
			t.Errorf("%q: %d %v, want %d", cell, v, ok, want)
		}
	}
	for _, cell := range []string{"1900-02-29", "2001-02-29", "03/04/2005", "2005", "38061", "2005-3-4", "2004-03-15T12:00:00", "0000-01-01", "2004-03-15x"} {
		if _, _, ok := date([]byte(cell)); ok {
			t.Errorf("%q must not be a date", cell)
		}
	}
	for cell, want := range map[string]int64{"10:00": 36_000_000_000, "10:00:30.5": 36_030_500_000, "10:00:00.000+02:00": 36_000_000_000} {
		if v, ok := timeOfDay([]byte(cell)); !ok || v != want {
			t.Errorf("%q: %d %v, want %d", cell, v, ok, want)
		}
	}
}

func TestLooks(t *testing.T) {
	for _, test := range []struct {
		cell string
		as   survey.Type
		kind string
	}{
		{"1250,50", survey.Decimal, "comma-decimal"}, {"1,250", survey.Decimal, "comma-number"}, {"1,250.50", survey.Decimal, "thousands"}, {"1.250,50", survey.Decimal, "thousands"},
		{"1 250", survey.Decimal, "thousands"}, {"1\u00a0250,5", survey.Decimal, "thousands"}, {"١٢٣٤٫٥", survey.Decimal, "other-digits"}, {"５", survey.Integer, "other-digits"},
		{"50%", survey.Decimal, "percent"}, {"$ 50", survey.Decimal, "currency"}, {"50 €", survey.Decimal, "currency"}, {"3-5", survey.Integer, "range"}, {"about 5", survey.Integer, "number-and-text"},
		{"five", survey.Integer, "not-a-number"}, {"4.5", survey.Integer, "not-whole"}, {"NaN", survey.Decimal, "number-word"}, {"N/A", survey.Decimal, "number-word"}, {"0x1F", survey.Integer, "hexadecimal"}, {"1_000", survey.Integer, "underscores"}, {"1e309", survey.Decimal, "out-of-range"},
		{"03/04/2005", survey.Date, "ambiguous-date"}, {"13.02.2005", survey.Date, "ambiguous-date"}, {"2005/02/13", survey.Date, "other-date"}, {"38061", survey.Date, "day-number"}, {"38061.5", survey.Date, "day-number"}, {"2005", survey.Date, "year-only"},
		{"2005-02-30", survey.Date, "impossible-date"}, {"soon", survey.Date, "not-a-date"}, {"3:30 pm", survey.Time, "twelve-hours"},
	} {
		if got := LookAt([]byte(test.cell), test.as).Kind; got != test.kind {
			t.Errorf("%q as %s looks like %s, want %s", test.cell, test.as, got, test.kind)
		}
	}
}

// rowOf gives cells by their position.
type rowOf []string

func (r rowOf) Cell(k int) []byte {
	if k >= len(r) {
		return nil
	}
	return []byte(r[k])
}

// planOf makes a plan for columns of the small survey.
func planOf(names ...string) *Plan {
	s := small()
	h := Match(s, 0, names, nil, nil)
	return NewPlan(s, 0, h, dataset.NewLayout(s, 0, nil), nil)
}

func TestSelectMultiple(t *testing.T) {
	both := planOf("stages", "stages/draft", "stages/follow_up")
	details := planOf("stages/draft", "stages/follow_up", "stages/other")
	summary := planOf("stages")
	odk := planOf("stages", "stages/draft", "stages/follow_up", "KEY")
	for _, test := range []struct {
		name string
		plan *Plan
		row  rowOf
		want string
		said remark
	}{
		{"both agree", both, rowOf{"follow_up draft", "1", "1"}, "answered [1 0]", nothing},
		{"all blank is no answer", both, rowOf{"", "", ""}, "not answered []", nothing},
		{"all 0 is an answer, none", both, rowOf{"", "0", "0"}, "answered []", nothing},
		{"all 0 with a blank summary is no answer for a tool that fills in 0", odk, rowOf{"", "0", "0", "uuid:1"}, "not answered []", nothing},
		{"they disagree", both, rowOf{"draft", "0", "1"}, "answered [0]", contradiction},
		{"the summary is blank and a choice is marked", both, rowOf{"", "1", "0"}, "answered [0]", contradiction},
		{"a choice without a column may be in the summary", both, rowOf{"draft other", "TRUE", "FALSE"}, "answered [0 2]", nothing},
		{"an unknown name keeps the text", both, rowOf{"draft aliens", "1", "0"}, "invalid []", unlisted},
		{"details", details, rowOf{"yes", "No", "1"}, "answered [0 2]", nothing},
		{"details, one blank", details, rowOf{"1", "", "0"}, "answered [0]", nothing},
		{"details, all blank", details, rowOf{"", " ", ""}, "not answered []", nothing},
		{"details with something else in them", details, rowOf{"1", "maybe", "0"}, "invalid []", badMark},
		{"summary", summary, rowOf{"draft  other"}, "answered [0 2]", nothing},
		{"labels with a semicolon between them", summary, rowOf{"Drafting; Follow-up, later"}, "answered [0 1]", byLabel},
		{"one label, with a comma in it", summary, rowOf{"Follow-up, later"}, "answered [1]", byLabel},
		{"another case is not the same", summary, rowOf{"Draft"}, "invalid []", unlisted},
	} {
		t.Run(test.name, func(t *testing.T) {
			var arena []int32
			a := &test.plan.answers[1]
			v, said := test.plan.bind(a, test.row, &arena)
			if got := fmt.Sprint(v.Reason, " ", v.Set); got != test.want || said != test.said {
				t.Errorf("got %s, %d; want %s, %d", got, said, test.want, test.said)
			}
		})
	}
}

func TestSelectOneBindsExactlyOrByLabel(t *testing.T) {
	p := planOf("region")
	for cell, want := range map[string]string{"mena": "answered 0", "Middle East": "answered 0", "Asie": "answered 1", "Twice": "invalid 0", "MENA": "invalid 0", " mena": "invalid 0", "": "not answered 0", " \u00a0": "not answered 0"} {
		v, _ := p.bind(&p.answers[0], rowOf{cell}, new([]int32))
		if got := fmt.Sprint(v.Reason, " ", v.Code); got != want {
			t.Errorf("%q: %s, want %s", cell, got, want)
		}
	}
}

func FuzzBind(f *testing.F) {
	f.Add("mena", "draft other", "4.0", "1,5", "2022-04-02")
	f.Add("\xff", "1e9999", "9223372036854775808", "-.", "9999-99-99T99:99")
	f.Fuzz(func(t *testing.T, a, b, c, d, e string) {
		p := planOf("region", "stages", "staff", "budget", "stages_other")
		binder := p.NewBinder()
		binder.Bind(rowOf{a, b, c, d, e}, 2, dataset.Response{Parent: -1, Weight: 1}, nil)
		batch, _ := binder.Batch()
		for _, kind := range []survey.Type{survey.Integer, survey.Date, survey.DateTime, survey.Time} {
			LookAt([]byte(e), kind)
		}
		moment([]byte(e))
		timeOfDay([]byte(e))
		for i, item := range []string{"region", "stages", "staff", "budget"} {
			raw, kept := batch.Raw(0, item)
			invalid := batch.Column(item).Reasons[0] == survey.Invalid
			if kept != invalid || invalid && raw != []string{a, b, c, d}[i] {
				t.Fatalf("%s: a cell that does not bind must keep its text, and no other", item)
			}
		}
	})
}
