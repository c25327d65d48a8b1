package badinput

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/traditionalchinese"
)

const mark = "\ufeff"

func TestTextIsUTF8OrDeclared(t *testing.T) {
	good := goodAnswers().csv()
	latin := goodAnswers()
	for row := 2; row <= responses+1; row++ {
		latin.with(row, "experience", "Le "+canary+" était là ; où ? Ça arrivera après l’été à Genève.")
	}
	wrong := []string{"experience", "row 2", "UTF-8", "encoding"}
	inCell := func(bytes string) []byte { return goodAnswers().with(7, "experience", canary+" "+bytes+" z").csv() }
	answers(t, []trial{
		{file: "utf16be_mark.csv", body: utf16Of(good, true, true), do: warn, says: []string{"UTF-16"}, rows: 20, same: true},
		{file: "utf16le_no_mark.csv", body: utf16Of(good, false, false), do: reject, says: []string{"UTF-16", "encoding", "utf-16le"}},
		{file: "utf16be_no_mark.csv", body: utf16Of(good, true, false), do: reject, says: []string{"UTF-16", "encoding", "utf-16be"}},
		{file: "utf16be_declared.csv", body: utf16Of(good, true, false), do: accept, rows: 20, same: true, args: []string{"--encoding", "utf-16be"}},
		{file: "utf16_odd_end.csv", body: utf16Of(good, false, true)[:len(utf16Of(good, false, true))-1], do: either, says: []string{"UTF-16"}},
		{file: "utf32.csv", body: utf32Of(good), do: reject, says: []string{"UTF-32", "UTF-8"}},
		{file: "mark_twice.csv", body: append([]byte(mark+mark), good...), do: warn, says: []string{"_uuid"}, rows: 20, same: true},
		{file: "mark_inside_quotes.csv", body: append([]byte(`"`+mark+`_uuid"`), good[5:]...), do: warn, says: []string{"_uuid"}, rows: 20, same: true},
		{file: "cp1251.csv", body: encoded(charmap.Windows1251, "Пришло слишком поздно, времени совсем не было."), do: reject, says: append(wrong, "windows-1251")},
		{file: "koi8r.csv", body: encoded(charmap.KOI8R, "Пришло слишком поздно, времени совсем не было."), do: reject, says: append(wrong, "koi8-r")},
		{file: "cp1252.csv", body: encoded(charmap.Windows1252, "Ça arrivera après l’été à Genève, où on était déjà."), do: reject, says: append(wrong, "windows-1252")},
		{file: "macroman.csv", body: encoded(charmap.Macintosh, "Ça arrivera après l’été à Genève, où on était déjà."), do: reject, says: wrong},
		{file: "cp1255.csv", body: encoded(charmap.Windows1255, "זה הגיע מאוחר מדי ולא היה זמן"), do: reject, says: wrong},
		{file: "shiftjis.csv", body: encoded(japanese.ShiftJIS, "案内は遅すぎて、時間がありませんでした。"), do: reject, says: append(wrong, "shift_jis")},
		{file: "big5.csv", body: encoded(traditionalchinese.Big5, "指南來得太晚,時間不夠,語言也是障礙。"), do: reject, says: append(wrong, "big5")},
		{file: "euckr.csv", body: encoded(korean.EUCKR, "안내가 너무 늦게 왔고 시간이 부족했습니다."), do: reject, says: append(wrong, "euc-kr")},
		{file: "macroman_declared.csv", body: mustEncode(charmap.Macintosh.NewEncoder().Bytes(latin.csv())), do: accept, rows: 20, args: []string{"--encoding", "macintosh"}},
		{file: "utf8_declared_1252.csv", body: latin.csv(), do: either, says: []string{"encoding", "UTF-8"}, args: []string{"--encoding", "windows-1252"}},
		{file: "unknown_encoding.csv", body: good, do: reject, says: []string{"encoding"}, args: []string{"--encoding", "klingon-8"}},
		{file: "surrogates.csv", body: inCell("\xED\xA0\xBD\xED\xB8\x80"), do: reject, says: []string{"row 7", "experience", "UTF-8"}},
		{file: "lone_continuation.csv", body: inCell("\x80"), do: reject, says: []string{"row 7", "experience", "UTF-8"}},
		{file: "beyond_unicode.csv", body: inCell("\xF5\x80\x80\x80"), do: reject, says: []string{"row 7", "experience", "UTF-8"}},
		{file: "modified_nul.csv", body: inCell("\xC0\x80"), do: reject, says: []string{"row 7", "experience", "UTF-8"}},
		{file: "bad_header.csv", body: goodAnswers().header("experience", "exp\xE9rience").csv(), do: reject, says: []string{"row 1", "UTF-8"}},
		{file: "written_twice.csv", body: goodAnswers().with(9, "experience", mojibake("Le "+canary+" était là, déjà")).csv(), do: either, says: []string{"row 9", "experience"}, rows: 20},
		{file: "written_twice_arabic.csv", body: goodAnswers().with(9, "experience", mojibake("وصل متأخرا")).csv(), do: either, says: []string{"row 9", "experience"}, rows: 20},
		{file: "nul_only.csv", body: make([]byte, 4096), do: reject, says: []string{"NUL"}},
		{file: "nul_tail.csv", body: append(bytes.Clone(good), make([]byte, 4096)...), do: reject, says: []string{"NUL", "22"}},
		{file: "nul_in_header.csv", body: goodAnswers().header("region", "reg\x00ion").csv(), do: reject, says: []string{"row 1", "NUL"}},
		{file: "white_only.csv", body: []byte(" \t\r\n\n   \r\n"), do: reject, says: []string{"empty"}},
		{file: "mark_only.csv", body: []byte(mark), do: reject, says: []string{"empty"}},
		{file: "mark_utf16_only.csv", body: []byte{0xFF, 0xFE}, do: reject, says: []string{"empty"}},
		{file: "control_z.csv", body: append(bytes.Clone(good), 0x1A), do: either, says: []string{"row 22"}},
		{file: "c1_controls.csv", body: inCell("\u009b31m\u0085"), do: warn, says: []string{"experience", "row 7", "control"}, rows: 20},
		{file: "turned_round.csv", body: inCell("\u202e\u2066abc"), do: either, says: []string{"experience", "row 7"}, rows: 20},
		{file: "decomposed.csv", body: inCell("e\u0301te\u0301"), do: accept, rows: 20},
		{file: "long_accents.csv", body: inCell(strings.Repeat("\u0301", 5000)), do: accept, rows: 20},
	})
}

func mustEncode(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

// mojibake writes UTF-8 as UTF-8 once more, taking it for Windows-1252.
func mojibake(s string) string {
	var out strings.Builder
	for _, b := range []byte(s) {
		r := charmap.Windows1252.DecodeByte(b)
		if r == '\ufffd' {
			r = rune(b)
		}
		out.WriteRune(r)
	}
	return out.String()
}
