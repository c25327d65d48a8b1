package xls

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// readAll reads a sheet as rows written in Go's way, and what is the matter.
func readAll(s records.Sheet) (rows string, problems string, err error) {
	r, err := s.Open()
	if err != nil {
		return "", "", err
	}
	var out, said []string
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return strings.Join(out, " "), strings.Join(said, " "), nil
		}
		if err != nil {
			return "", "", err
		}
		for i := range c.Len() {
			out = append(out, fmt.Sprintf("%d%q", c.Row(i), c.Strings(i)))
		}
		for _, p := range c.Problems {
			said = append(said, string(p.Kind)+":"+p.Cell())
		}
	}
}

// first opens a workbook and reads its first sheet.
func first(t *testing.T, file []byte) (string, string) {
	t.Helper()
	sheets, err := Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	rows, problems, err := readAll(sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	return rows, problems
}

func shared(texts ...[]byte) []byte {
	return rec(idTexts, u32(len(texts)), u32(len(texts)), cat(texts...))
}

// styles: 0 plain, 1 a date, 2 a date and time by a format of its own.
func styles() [][]byte {
	xf := func(format int) []byte { return rec(idXF, u16(0, format), make([]byte, 16)) }
	return [][]byte{rec(idFormat, u16(164), narrow("yyyy\\-mm\\-dd hh:mm")), xf(0), xf(14), xf(164)}
}

func TestCells(t *testing.T) {
	rk := func(v int) []byte { return u32(v<<2 | 2) }
	for _, test := range []struct {
		name    string
		globals [][]byte
		records [][]byte
		rows    string
		said    string
	}{
		{"texts are shared", [][]byte{shared(narrow("name"), wide("ответ"))}, [][]byte{rec(idLabelSST, u16(0, 0, 0), u32(0)), rec(idLabelSST, u16(1, 0, 0), u32(1))}, `1["name"] 2["ответ"]`, ""},
		{"texts may stand in cells", nil, [][]byte{rec(idLabel, u16(0, 0, 0), wide("é")), rec(idRString, u16(0, 1, 0), narrow("rich"), u16(0))}, `1["é" "rich"]`, ""},
		{"numbers have the digits they need", nil, [][]byte{rec(idNumber, u16(0, 0, 0), f64(0.1+0.2)), rec(idNumber, u16(0, 1, 0), f64(-1200))}, `1["0.3" "-1200"]`, ""},
		{"packed numbers", nil, [][]byte{rec(idRK, u16(0, 0, 0), rk(-7)), rec(idRK, u16(0, 1, 0), u32(1234<<2|3)), rec(idMulRK, u16(0, 2, 0), rk(5), u16(0), rk(6), u16(3))}, `1["-7" "12.34" "5" "6"]`, ""},
		{"dates come as dates", styles(), [][]byte{rec(idNumber, u16(0, 0, 1), f64(38061)), rec(idNumber, u16(0, 1, 2), f64(38061.5)), rec(idRK, u16(0, 2, 1), rk(61))}, `1["2004-03-15" "2004-03-15T12:00:00" "1900-03-01"]`, ""},
		{"days may be counted from 1904", append(styles(), rec(idDateMode, u16(1))), [][]byte{rec(idNumber, u16(0, 0, 1), f64(1))}, `1["1904-01-02"]`, ""},
		{"computed numbers and texts", nil, [][]byte{
			rec(idFormula, u16(0, 0, 0), f64(4), make([]byte, 8)),
			rec(idFormula, u16(0, 1, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8)), rec(idShared, make([]byte, 10)), rec(idString, narrow("yes")),
			rec(idFormula, u16(0, 2, 0), []byte{1, 0, 1, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8)),
			rec(idFormula, u16(0, 3, 0), []byte{2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8)),
			rec(idFormula, u16(0, 4, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8)),
		}, `1["4" "yes" "TRUE" "#N/A" ""]`, "formula:A1 formula:B1 formula:C1 formula:D1 formula-error:D1 formula-empty:E1"},
		{"truths and errors", nil, [][]byte{rec(idBoolErr, u16(0, 0, 0), []byte{1, 0}), rec(idBoolErr, u16(0, 1, 0), []byte{7, 1})}, `1["TRUE" "#DIV/0!"]`, "formula-error:B1"},
		{"what is hidden is told", nil, [][]byte{rec(idColumns, u16(1, 1, 0, 0, 1)), rec(idRow, u16(1, 0, 2, 0, 0, 0, 0x20, 0)), rec(idRK, u16(0, 0, 0), rk(1)), rec(idRK, u16(1, 0, 0), rk(2))}, `1["1"] 2["2"]`, "hidden-column:B1 hidden-row:2"},
		{"rows with nothing are passed over, cells with nothing are kept", nil, [][]byte{rec(0x0201, u16(0, 0, 0)), rec(idRK, u16(4, 2, 0), rk(1))}, `5["" "" "1"]`, ""},
		{"cells may lie in any order", nil, [][]byte{rec(idRK, u16(2, 1, 0), rk(4)), rec(idRK, u16(0, 0, 0), rk(1)), rec(idRK, u16(2, 0, 0), rk(3))}, `1["1"] 3["3" "4"]`, ""},
		{"what a chart holds is no cell", nil, [][]byte{rec(idRK, u16(0, 0, 0), rk(1)), bofSheet, rec(idRK, u16(0, 0, 0), rk(9)), eof, rec(idRK, u16(1, 0, 0), rk(2))}, `1["1"] 2["2"]`, ""},
		{"long numbers are told", nil, [][]byte{rec(idNumber, u16(0, 0, 0), f64(1234567890123456))}, `1["1234567890123460"]`, "number-as-text:A1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, short := range []bool{false, true} {
				rows, said := first(t, pack("Workbook", workbook(test.globals, page{name: "s", record: test.records}), short))
				if rows != test.rows || said != test.said {
					t.Errorf("got %s (%s), want %s (%s)", rows, said, test.rows, test.said)
				}
			}
		})
	}
}

// TestTextsGoOnInOtherRecords: wherever a text is cut, and however its parts are
// encoded, it is read whole; so are those behind it.
func TestTextsGoOnInOtherRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want []string
		var table []byte
		parts := [][]byte{}
		room := rapid.IntRange(20, 60).Draw(t, "room")
		next := func() {
			parts = append(parts, table)
			table = nil
		}
		add := func(b ...byte) { // raw bytes may be cut anywhere
			for _, x := range b {
				if len(table) == room {
					next()
				}
				table = append(table, x)
			}
		}
		add(u32(9)...)
		add(u32(9)...)
		for range rapid.IntRange(1, 6).Draw(t, "texts") {
			s := rapid.StringOfN(rapid.RuneFrom([]rune("aé😀я")), 0, 30, -1).Draw(t, "text")
			want = append(want, s)
			units := wideUnits(s)
			runs, phonetic := rapid.IntRange(0, 3).Draw(t, "runs"), rapid.IntRange(0, 9).Draw(t, "phonetic")
			fits := func(from int) byte { // one byte a character is enough from here on
				for _, u := range units[from:] {
					if u > 0xFF {
						return 1
					}
				}
				return 0
			}
			if room-len(table) < 9 {
				next() // the head of a text is never cut
			}
			flags := fits(0)
			head := u16(len(units))
			tail := []byte{}
			if runs > 0 {
				flags |= 8
				tail = append(tail, u16(runs)...)
			}
			if phonetic > 0 {
				flags |= 4
				tail = append(tail, u32(phonetic)...)
			}
			table = append(append(append(table, head...), flags), tail...)
			for i, u := range units {
				if len(table)+1+int(flags&1) > room {
					next()
					flags = fits(i)
					table = append(table, flags)
				}
				if flags&1 != 0 {
					table = append(table, u16(int(u))...)
				} else {
					table = append(table, byte(u))
				}
			}
			add(make([]byte, 4*runs+phonetic)...)
		}
		next()
		globals := [][]byte{rec(idTexts, parts[0])}
		for _, p := range parts[1:] {
			globals = append(globals, rec(idContinue, p))
		}
		file := pack("Workbook", workbook(globals, page{name: "s"}), false)
		c, err := openCompound(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		b := &book{}
		if b.stream, err = c.open("Workbook"); err != nil {
			t.Fatal(err)
		}
		if err := b.readGlobals(); err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range b.texts.len() {
			got = append(got, b.texts.text(i))
		}
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

func wideUnits(s string) (out []uint16) {
	b := wide(s)[3:]
	for i := 0; i < len(b); i += 2 {
		out = append(out, le16(b[i:]))
	}
	return out
}

func TestHiddenAndMerged(t *testing.T) {
	file := pack("Workbook", workbook(nil,
		page{name: "answers", record: [][]byte{rec(idRK, u16(0, 0, 0), u32(1<<2|2)), rec(idMerged, u16(1, 2, 4, 4, 4))}},
		page{name: "old", state: 1}, page{name: "older", state: 2}, page{name: "chart", kind: 2}), false)
	sheets, err := Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, s := range sheets {
		got += fmt.Sprint(s.Name, s.Hidden, " ")
	}
	if got != "answersfalse oldtrue oldertrue " {
		t.Errorf("sheets %s", got)
	}
	r, err := sheets[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	if m := fmt.Sprint(r.(records.Merger).Merged()); m != "[E3:E5]" {
		t.Errorf("merged %s", m)
	}
}

func TestTextsOfExcel95AreInACodePage(t *testing.T) {
	old := func(page int, name, text string) []byte {
		head := func(at int) []byte {
			return cat(rec(idBOF, u16(0x500, 5, 0, 0)), rec(idCodePage, u16(page)), rec(idSheet, u32(at), []byte{0, 0, byte(len(name))}, []byte(name)), eof)
		}
		return pack("Book", cat(head(len(head(0))), rec(idBOF, u16(0x500, 16, 0, 0)), rec(idLabel, u16(0, 0, 0), u16(len(text)), []byte(text)), eof), false)
	}
	if rows, _ := first(t, old(1251, "a", "\xe4\xe0")); rows != `1["да"]` {
		t.Errorf("got %s", rows)
	}
	if rows, _ := first(t, old(10000, "a", "caf\x8e")); rows != `1["café"]` {
		t.Errorf("got %s", rows)
	}
	refused(t, "unknown-encoding", old(1, "a", "b"))
}

// refused checks that a file is refused for a reason, if not when it is opened
// then when its first sheet is read.
func refused(t *testing.T, kind string, file []byte) {
	t.Helper()
	sheets, err := Open(bytes.NewReader(file), int64(len(file)))
	if err == nil {
		_, _, err = readAll(sheets[0])
	}
	var f *records.Fault
	if !errors.As(err, &f) || f.Kind != kind || f.Problem == "" || f.Remedy == "" {
		t.Errorf("got %v, want a fault of the kind %s", err, kind)
	}
}

func TestRefused(t *testing.T) {
	good := workbook(nil, page{name: "s", record: [][]byte{rec(idRK, u16(0, 0, 0), u32(6))}})
	refused(t, "password", pack("Workbook", workbook([][]byte{rec(idFilePass, make([]byte, 54))}, page{name: "s"}), false))
	refused(t, "password", pack("EncryptedPackage", make([]byte, 5000), false))
	refused(t, "not-a-workbook", pack("WordDocument", make([]byte, 5000), false))
	refused(t, "old-workbook", pack("Workbook", rec(0x0409, make([]byte, 8)), false))
	refused(t, "damaged-workbook", pack("Workbook", good[:len(good)-4], false))
	refused(t, "damaged-workbook", pack("Workbook", workbook(nil, page{name: "s", record: [][]byte{rec(idLabelSST, u16(0, 0, 0), u32(5))}}), false))
	refused(t, "damaged-workbook", pack("Workbook", workbook(nil, page{name: "s", record: [][]byte{rec(idRK, u16(0, 0, 0), u32(6)), rec(idRK, u16(0, 0, 0), u32(6))}}), false))
	file := pack("Workbook", good, false)
	refused(t, "damaged-workbook", file[:600])
	refused(t, "damaged-workbook", file[:100])
	circle := bytes.Clone(file)
	le.PutUint32(circle[len(circle)-512+4*8:], 8) // the directory follows itself
	refused(t, "damaged-workbook", circle)
	wild := bytes.Clone(file)
	le.PutUint32(wild[len(wild)-512:], 0x7FFFFFFF)
	refused(t, "damaged-workbook", wild)
}

// FuzzOpen: whatever the bytes, reading ends, without a panic.
func FuzzOpen(f *testing.F) {
	rk := u32(5<<2 | 2)
	cells := page{name: "s", record: [][]byte{rec(idLabelSST, u16(0, 0, 0), u32(0)), rec(idRK, u16(3, 0, 0), rk), rec(idRK, u16(1, 0, 0), rk), rec(idMulRK, u16(4, 2, 0), rk, u16(0), rk, u16(3)),
		rec(idFormula, u16(5, 1, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8)), rec(idString, narrow("yes")), rec(idMerged, u16(1, 2, 4, 4, 4))}}
	f.Add(pack("Workbook", workbook(append(styles(), shared(narrow("name"), wide("ответ"))), cells), false))
	f.Add(pack("Workbook", workbook(append(styles(), shared(narrow("name"))), cells), true))
	f.Add(pack("EncryptedPackage", make([]byte, 64), true))
	f.Fuzz(func(t *testing.T, file []byte) {
		sheets, err := Open(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			return
		}
		for _, s := range sheets[:min(len(sheets), 20)] {
			_, _, _ = readAll(s)
		}
	})
}
