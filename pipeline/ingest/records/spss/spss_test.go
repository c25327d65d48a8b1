package spss

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

func read(file []byte, declared string) (sheet records.Sheet, rows [][]string, problems string, err error) {
	sheets, err := Open(bytes.NewReader(file), int64(len(file)), declared)
	if err != nil {
		return sheet, nil, "", err
	}
	r, err := sheets[0].Open()
	if err != nil {
		return sheet, nil, "", err
	}
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return sheets[0], rows, problems, nil
		}
		if err != nil {
			return sheet, nil, "", err
		}
		for i := range c.Len() {
			rows = append(rows, c.Strings(i))
		}
		for _, p := range c.Problems {
			problems += fmt.Sprint(p.Kind, ":", p.Row, " ")
		}
	}
}

var orders = []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian}

// each reads a file in both byte orders and all three compressions.
func each(t *testing.T, w writer, cases [][]any, check func(records.Sheet, [][]string, string)) {
	t.Helper()
	for _, order := range orders {
		for compressed := range 3 {
			w.order, w.compressed = order, compressed
			sheet, rows, problems, err := read(w.write(cases...), "")
			if err != nil {
				t.Fatalf("%s, compression %d: %v", order, compressed, err)
			}
			check(sheet, rows, problems)
		}
	}
}

func TestCells(t *testing.T) {
	const day = 86400.0
	for _, test := range []struct {
		name   string
		column column
		values []any
		want   string
	}{
		{"numbers have the digits they need", column{format: 5}, []any{1, -3.25, 0.1 + 0.2, 1e9, sysmis}, `["1" "-3.25" "0.3" "1000000000" ""]`},
		{"texts end where their blanks begin", column{width: 12, format: 1}, []any{"one", " two three", ""}, `["one" " two three" ""]`},
		{"dates", column{format: 20}, []any{day, 13744944000.0, sysmis}, `["1582-10-15" "2018-05-06" ""]`},
		{"dates of other orders", column{format: 23}, []any{13744944000.0}, `["2018-05-06"]`},
		{"a date with a time of day keeps it", column{format: 39}, []any{13744944000.0 + 3600}, `["2018-05-06T01:00:00"]`},
		{"moments", column{format: 22}, []any{13744980610.5}, `["2018-05-06T10:10:10.5"]`},
		{"times of day, and durations", column{format: 21}, []any{36610, 90000, -60.25}, `["10:10:10" "25:00:00" "-00:01:00.250"]`},
		{"days of the week are numbers", column{format: 26}, []any{2}, `["2"]`},
		{"a date that cannot be one stays a number", column{format: 20}, []any{-5}, `["-5"]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.column.short = "V1"
			var cases [][]any
			for _, v := range test.values {
				cases = append(cases, []any{v})
			}
			each(t, writer{columns: []column{test.column}}, cases, func(_ records.Sheet, rows [][]string, problems string) {
				var got []string
				for _, r := range rows[1:] {
					got = append(got, r[0])
				}
				if rows[0][0] != "V1" || fmt.Sprintf("%q", got) != test.want || problems != "" {
					t.Errorf("got %q %s, want %s", got, problems, test.want)
				}
			})
		})
	}
}

// TestCasesAreWhatWasWritten: texts of any width beside numbers, in any case.
func TestCasesAreWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := writer{order: orders[rapid.IntRange(0, 1).Draw(t, "order")], compressed: rapid.IntRange(0, 2).Draw(t, "compression"), charset: "UTF-8"}
		n := rapid.IntRange(1, 5).Draw(t, "columns")
		for i := range n {
			c := column{short: fmt.Sprintf("VAR%d", i), format: 5}
			if rapid.Bool().Draw(t, "text") {
				c.width, c.format = rapid.SampledFrom([]int{1, 8, 9, 254, 255, 256, 300, 504, 505, 600, 1021, 2000}).Draw(t, "width"), 1
			}
			if c.width > 255 {
				w.long += fmt.Sprintf("%s=%05d\x00\t", c.short, c.width)
			}
			w.columns = append(w.columns, c)
		}
		var cases [][]any
		var want [][]string
		for range rapid.IntRange(0, 12).Draw(t, "cases") {
			var row []any
			var cells []string
			for _, c := range w.columns {
				if c.width == 0 {
					v := rapid.IntRange(-200, 300).Draw(t, "number")
					row, cells = append(row, v), append(cells, fmt.Sprint(v))
					continue
				}
				s := rapid.StringMatching(fmt.Sprintf(`[a-z ]{0,%d}`, min(c.width, 900))).Draw(t, "text")
				row, cells = append(row, s), append(cells, strings.TrimRight(s, " "))
			}
			cases, want = append(cases, row), append(want, cells)
		}
		_, rows, _, err := read(w.write(cases...), "")
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%q", rows[1:]) != fmt.Sprintf("%q", want) {
			t.Fatalf("got %q, want %q", rows[1:], want)
		}
	})
}

func TestDictionary(t *testing.T) {
	w := writer{names: "Q1=satisfaction\tQ2=Why_is_it_so", charset: "UTF-8", columns: []column{
		{short: "Q1", format: 5, label: "How satisfied?", missing: []any{90, 99, -1}, ranged: true, labels: [][2]any{{1, "low"}, {2, "élevé"}, {99, "refused"}}},
		{short: "Q2", width: 20, format: 1, label: "Why"},
		{short: "Q3", width: 2, format: 1, missing: []any{"x", "y"}, labels: [][2]any{{"a", "Africa"}}},
		{short: "Q4", format: 20, missing: []any{86400.0}},
	}}
	text := func(s string) func(*writer) []byte {
		return func(w *writer) []byte { return cat(w.int(len(s)), []byte(s)) }
	}
	each(t, w, [][]any{{1, "because", "a", 86400.0}}, func(sheet records.Sheet, rows [][]string, _ string) {
		if got := fmt.Sprintf("%q", rows); got != `[["satisfaction" "Why_is_it_so" "Q3" "Q4"] ["1" "because" "a" "1582-10-15"]]` {
			t.Errorf("rows %s", got)
		}
		v := sheet.Variables
		if v[0].Label != "How satisfied?" || fmt.Sprint(v[0].Values) != "[{1 low} {2 élevé} {99 refused}]" || v[0].DeclaredMissing() != "90 to 99, -1" {
			t.Errorf("a number: %+v", v[0])
		}
		for value, missing := range map[string]bool{"89.5": false, "90": true, "95.5": true, "99": true, "100": false, "-1": true, "": false} {
			if v[0].IsMissing(value) != missing {
				t.Errorf("%q: missing is %v", value, !missing)
			}
		}
		if v[1].Label != "Why" || fmt.Sprint(v[2].Values) != "[{a Africa}]" || !v[2].IsMissing("y") || v[2].IsMissing("a") || !v[3].IsMissing("1582-10-15") {
			t.Errorf("others: %+v", v[1:])
		}
	})
	// Texts of more than 8 bytes have their labels and missing values elsewhere.
	for _, order := range orders {
		w := &writer{order: order, columns: []column{{short: "CITY", width: 20, format: 1}}, names: "CITY=city"}
		label := cat(text("city")(w), w.int(20), w.int(1), text("a very long value   ")(w), text("its label")(w))
		missing := cat(text("city")(w), []byte{1}, w.int(8), fill("nowhere", 8))
		w.more = cat(w.extension(longLabels, 1, label), w.extension(longMissings, 1, missing))
		sheet, _, _, err := read(w.write([]any{"nowhere"}), "")
		if err != nil {
			t.Fatal(err)
		}
		if v := sheet.Variables[0]; fmt.Sprint(v.Values) != "[{a very long value its label}]" || !v.IsMissing("nowhere") {
			t.Errorf("long values: %+v", v)
		}
	}
	open := writer{order: binary.LittleEndian, columns: []column{{short: "N", missing: []any{sysmis, 0}, ranged: true}, {short: "M", missing: []any{50, 1.7976931348623157e308}, ranged: true}}}
	sheet, _, _, err := read(open.write(), "")
	if err != nil {
		t.Fatal(err)
	}
	if v := sheet.Variables; !v[0].IsMissing("-1000") || v[0].IsMissing("1") || !v[1].IsMissing("1e9") || v[1].IsMissing("49") || v[0].DeclaredMissing() != "up to 0" || v[1].DeclaredMissing() != "50 and more" {
		t.Errorf("open ranges: %+v", v)
	}
}

func TestEncodings(t *testing.T) {
	for _, test := range []struct {
		name, charset string
		code          int
		declared      string
		raw, want     string
		problems      string
	}{
		{"as the file says", "windows-1251", 0, "", "\xe4\xe0", "да", ""},
		{"as its number says", "", 1256, "", "\xe3", "م", ""},
		{"as declared, whatever the file says", "windows-1252", 0, "windows-1251", "\xe4\xe0", "да", ""},
		{"UTF-8 where nothing is said", "", 2, "", "да", "да", ""},
		{"a character that was cut is left out and told", "UTF-8", 0, "", "да\xd0", "да", "cut-text:2 "},
	} {
		w := writer{order: binary.LittleEndian, charset: test.charset, code: test.code, columns: []column{{short: "T", width: 12, format: 1}}}
		_, rows, problems, err := read(w.write([]any{test.raw}), test.declared)
		if err != nil || rows[1][0] != test.want || problems != test.problems {
			t.Errorf("%s: %q %q %v", test.name, rows, problems, err)
		}
	}
	w := writer{order: binary.LittleEndian, columns: []column{{short: "T", format: 5, label: "caf\xe9"}}}
	faulty(t, "not-utf-8", w.write(), "")
	w.charset = "no such"
	faulty(t, "unknown-encoding", w.write(), "")
	w.charset = ""
	if _, _, _, err := read(w.write(), "windows-1252"); err != nil {
		t.Error(err)
	}
}

func faulty(t *testing.T, kind string, file []byte, declared string) {
	t.Helper()
	_, _, _, err := read(file, declared)
	var f *records.Fault
	if !errors.As(err, &f) || f.Kind != kind || f.Remedy == "" {
		t.Errorf("got %v, want a fault of the kind %s", err, kind)
	}
}

// TestWhatIsCutOffIsRefused: no beginning of a file passes for the whole.
func TestWhatIsCutOffIsRefused(t *testing.T) {
	for compressed := range 3 {
		w := writer{order: binary.LittleEndian, compressed: compressed, columns: []column{{short: "N", format: 5, label: "a number", labels: [][2]any{{1, "one"}}}, {short: "T", width: 20, format: 1}}}
		file := w.write([]any{1, "one"}, []any{2.5, "two"})
		end := len(file)
		if compressed == 1 {
			end -= 8 // the codes that end it
		}
		for n := range end {
			faulty(t, "damaged-file", file[:n], "")
		}
		w.claimed = 1
		faulty(t, "damaged-file", w.write([]any{1, "one"}), "")
		w.claimed = -1
		faulty(t, "damaged-file", w.write([]any{1, "one"}, []any{2, "two"}), "")
	}
}

// TestClaimsAreNotBelieved: a head that claims a great deal takes no memory.
func TestClaimsAreNotBelieved(t *testing.T) {
	w := writer{order: binary.LittleEndian, columns: []column{{short: "N", format: 5, label: "a number", labels: [][2]any{{1, "one"}}}}}
	file := w.write([]any{1})
	for i := 176; i+4 <= len(file); i += 4 {
		huge := bytes.Clone(file)
		binary.LittleEndian.PutUint32(huge[i:], 0x7FFFFFF0)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _, _, _ = read(huge, "")
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > 4<<20 {
			t.Errorf("at byte %d: %d bytes were taken", i, got)
		}
	}
}

// FuzzOpen: whatever the bytes, reading ends, without a panic.
func FuzzOpen(f *testing.F) {
	for compressed := range 3 {
		w := writer{order: orders[compressed%2], compressed: compressed, charset: "UTF-8", names: "N=number\tLONG=long", long: "LONG=00300\x00\t", columns: []column{
			{short: "N", format: 5, label: "a number", missing: []any{9, 10, 99}, ranged: true, labels: [][2]any{{1, "one"}}}, {short: "LONG", width: 300, format: 1}, {short: "D", format: 22}}}
		f.Add(w.write([]any{1, "one", 1e10}, []any{2.5, strings.Repeat("two ", 70), sysmis}))
	}
	f.Fuzz(func(t *testing.T, file []byte) { _, _, _, _ = read(file, "") })
}

var update = flag.Bool("update", false, "write the files that other tests read")

// TestSatisfaction keeps the file that tests of the pipeline read: a scale and a
// number with values that are declared to be no answer.
func TestSatisfaction(t *testing.T) {
	w := writer{order: binary.LittleEndian, compressed: 1, names: "SAT=satisfaction\tSTAFF=staff", charset: "UTF-8", columns: []column{
		{short: "SAT", format: 5, label: "How satisfied are you?", missing: []any{9}, labels: [][2]any{{1, "low"}, {2, "medium"}, {3, "high"}, {9, "prefer not to say"}}},
		{short: "STAFF", format: 5, label: "How many work on it?", missing: []any{-99, -1}, ranged: true},
	}}
	w.more = w.extension(display, 4, cat(w.int(2), w.int(8), w.int(1), w.int(3), w.int(8), w.int(1)))
	file := w.write([]any{1, 4}, []any{9, 12}, []any{3, -99}, []any{2, 7}, []any{9, 30}, []any{9, sysmis}, []any{1, 2})
	name := filepath.Join("..", "..", "..", "testdata", "satisfaction.sav")
	if *update {
		if err := os.WriteFile(name, file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(name); err != nil || !bytes.Equal(kept, file) {
		t.Errorf("%s is not what this test writes (%v): run it with -update", name, err)
	}
}
