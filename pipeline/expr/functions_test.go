package expr

import "testing"

func TestOperators(t *testing.T) {
	give(t, one(), one().slot, [][2]string{
		{"1 + 2 * 3", "7"}, {"(1 + 2) * 3", "9"}, {"7 - 2 - 1", "4"}, {"7 div 2", "3.5"}, {"8 div 2 div 2", "2"},
		{"7 mod 3", "1"}, {"-7 mod 3", "-1"}, {"7 mod -3", "1"}, {"7 mod 0", "NaN"}, {"1 div 0", "Infinity"}, {"-1 div 0", "-Infinity"}, {"0 div 0", "NaN"},
		{"--2", "2"}, {"-${n}", "-7"}, {"2 * -3", "-6"}, {"2 - -3", "5"}, {"'2' + '3'", "5"}, {"${missing} + 1", "NaN"}, {"true() + 1", "2"},
		{"0.5 = .5", "true"}, {"5. = 5", "true"},
		{"1 or 0 and 0", "true"}, {"(1 or 0) and 0", "false"}, {"1 = 1 = 1", "true"}, {"3 > 2 > 1", "false"}, {"1 < 2 = true()", "true"},
		{"0 or '' or ${missing}", "false"}, {"1 and 'x' and ${yes}", "true"}, {"1 and 'x' and ${missing}", "false"}, {"0 or 0 or 0 or 1", "true"},
		{". > 17 and . < 120", "true"}, {".>0 and .<8", "false"}, {".=18", "true"},
		{"'it’s' = \"it’s\"", "true"}, {"“yes” = ${yes}", "true"}, {"’yes’ = ${yes}", "true"}, {"„yes“ = ${yes}", "true"},
		{"${n}\u00a0>\n5\u202f", "true"}, {"\ufeff${\u00a0n } ≥ 7", "true"}, {"\u200f${n} ≠ 7", "false"}, {"${n} ≤ 7", "true"}, {"8 − 1", "7"},
	})
}

func TestComparisons(t *testing.T) {
	give(t, one(), one().slot, [][2]string{
		{"${yes}='yes'", "true"}, {"'yes'=${yes}", "true"}, {"${yes} != 'yes'", "false"}, {"${yes}='Yes'", "false"}, {"${yes}=${yes}", "true"},
		{"${missing}=''", "true"}, {"${missing}!=''", "false"}, {"${n} != ''", "true"}, {"${n} = ''", "false"}, {"${nothing}=''", "true"}, {"${nothing}=${missing}", "true"},
		{"${missing} = 5", "false"}, {"${missing} != 5", "true"}, {"${missing} = ${missing}", "true"}, {"number(${missing}) = number(${missing})", "false"}, {"number('x') != number('x')", "true"},
		{"${missing} > 3", "false"}, {"${missing} <= 3", "false"}, {"not(${missing} > 3)", "true"}, {"'' < 1", "false"},
		{"'2' = '2.0'", "false"}, {"'2' = 2.0", "true"}, {"2 = '2.0'", "true"}, {"'10' < '9'", "false"}, {"'9' < '10'", "true"}, {"'b' > 'a'", "false"},
		{"${n} = '7'", "true"}, {"${n} = '7.0'", "true"}, {"${three} = 3", "true"}, {"${three} = '3'", "true"}, {"${three} = '3.0'", "false"},
		{"${many} = 'a b'", "true"}, {"'a b' = ${many}", "true"}, {"${many} = 'a'", "false"}, {"${many} = 'a bc'", "false"}, {"${many} = ''", "false"}, {"${many} = 'a  b'", "false"}, {"${many} = ${many}", "true"},
		{"0.1 + 0.2 = 0.3", "true"}, {"1 div 0 = 1 div 0", "true"}, {"1 div 0 = -1 div 0", "false"}, {"0.3 != 0.300001", "true"},
		{"true() = 'x'", "true"}, {"true() = ''", "false"}, {"'false' = true()", "true"}, {"${holds} = 1", "true"}, {"${holds} = 'true'", "true"}, {"${holds} = true()", "true"}, {"true() = 5", "true"}, {"false() = 0", "true"},
		{"${born} < today()", "true"}, {"'2022-01-08' = today()", "true"}, {"'2022-01-07' < today()", "true"}, {"${born} = '2000-02-13'", "true"}, {"${born} = ${missing}", "false"},
	})
}

func TestChoices(t *testing.T) {
	give(t, one(), one().slot, [][2]string{
		{"selected(${many}, 'a')", "true"}, {"selected(${many}, ' b ')", "true"}, {"selected(${many}, 'c')", "false"}, {"selected(${many}, 'a b')", "false"}, {"is-selected(${many}, 'a')", "true"},
		{"selected(${yes},'yes')", "true"}, {"selected(${yes},'ye')", "false"}, {"selected('a b', 'b')", "true"}, {"selected('ab', 'b')", "false"},
		{"selected(${missing}, 'a')", "false"}, {"selected(${missing}, '')", "true"}, {"selected(${nothing}, '')", "true"}, {"selected(${many}, '')", "false"},
		{"selected(${three}, 3)", "true"}, {"selected(${n}, '7')", "true"}, {"selected(${many}, ${missing})", "false"}, {"selected(${many}, concat('', 'b'))", "true"}, {"selected(., 18)", "true"},
		{"count-selected(${many})", "2"}, {"count-selected(${missing})", "0"}, {"count-selected(${nothing})", "0"}, {"count-selected(${yes})", "1"}, {"count-selected(' a  b c ')", "3"}, {"count-selected(.)", "1"},
		{"selected-at(${many}, 0)", "a"}, {"selected-at(${many}, 1)", "b"}, {"selected-at(${many}, 2)", ""}, {"selected-at(${many}, -1)", ""}, {"selected-at(${many}, 'x')", ""}, {"selected-at('a b c', 2)", "c"}, {"selected-at(${many}, 1.9)", "b"},
	})
}

func TestLogic(t *testing.T) {
	give(t, one(), one().slot, [][2]string{
		{"true()", "true"}, {"false()", "false"}, {"not(1)", "false"}, {"not('')", "true"}, {"not(${missing})", "true"},
		{"boolean('')", "false"}, {"boolean('0')", "true"}, {"boolean(0)", "false"}, {"boolean(0 div 0)", "false"}, {"boolean(${born})", "true"},
		{"boolean-from-string('1')", "true"}, {"boolean-from-string('TRUE')", "true"}, {"boolean-from-string(1)", "true"}, {"boolean-from-string('yes')", "false"}, {"boolean-from-string('0')", "false"},
		{"if(${n} > 5, 'big', 'small')", "big"}, {"if(${n} > 9, 'big', 'small')", "small"}, {"if(1, 2, 3) + 1", "3"}, {"if(0, 2, 3) + 1", "4"}, {"if(0, 2, 'x')", "x"}, {"if(${missing}, 1, 2)", "2"},
		{"coalesce(${missing}, ${yes})", "yes"}, {"coalesce(${missing}, ${nothing})", ""}, {"coalesce(${missing}, '', 4, 5)", "4"}, {"coalesce(number('x'), 1)", "1"}, {"coalesce(0, 1)", "0"},
		{"once(5)", "5"}, {"once(${yes})", "yes"},
		{"checklist(2, 2, 1, 0, 1)", "true"}, {"checklist(-1, 1, 1, 1)", "false"}, {"checklist(3, -1, 1, 1)", "false"}, {"checklist(-1, -1)", "true"},
		{"weighted-checklist(5, 9, 1, 4, 0, 8, 1, 2)", "true"}, {"weighted-checklist(7, 9, 1, 4, 0, 8, 1, 2)", "false"},
	})
}

func TestNumbers(t *testing.T) {
	give(t, one(), one().slot, [][2]string{
		{"number('12')", "12"}, {"number('abc')", "NaN"}, {"number('1e5')", "NaN"}, {"number(true())", "1"}, {"number('')", "NaN"},
		{"int(3.9)", "3"}, {"int(-3.9)", "-3"}, {"int('x')", "NaN"}, {"int('4.2')", "4"}, {"round(2.5)", "3"}, {"round(-2.5)", "-2"}, {"round(3.14159, 2)", "3.14"}, {"round(1234, -2)", "1200"}, {"round('x')", "NaN"},
		{"floor(-1.5)", "-2"}, {"ceiling(-1.5)", "-1"}, {"abs(-2)", "2"}, {"pow(2, 10)", "1024"}, {"sqrt(9)", "3"}, {"sqrt(-1)", "NaN"},
		{"log(1)", "0"}, {"log(exp(2)) = 2", "true"}, {"log10(1000) = 3", "true"}, {"log(0)", "-Infinity"}, {"exp(0)", "1"}, {"exp10(2)", "100"},
		{"sin(0)", "0"}, {"cos(0)", "1"}, {"tan(0)", "0"}, {"asin(1) = pi() div 2", "true"}, {"acos(1)", "0"}, {"atan(1) * 4 = pi()", "true"}, {"atan2(1, -1) = 3 * pi() div 4", "true"}, {"asin(2)", "NaN"},
		{"min(3, ${missing}, 1)", "1"}, {"max(3, 5, 'x')", "5"}, {"max(-3, -5)", "-3"}, {"min(${missing}, 'x')", "NaN"}, {"min('2', 1 + 0)", "1"}, {"max(4)", "4"},
	})
}

func TestTexts(t *testing.T) {
	give(t, one(), one().slot, [][2]string{
		{"string(1.50)", "1.5"}, {"string(true())", "true"}, {"string(${many})", "a b"}, {"string-length(${text})", "12"}, {"string-length('')", "0"}, {"string-length()", "2"},
		{"substr('hello', 1, 3)", "el"}, {"substr('hello', -3)", "llo"}, {"substr('hello', 1, -1)", "ell"}, {"substr('hello', 4, 2)", ""}, {"substr('hello', -9, 2)", "he"}, {"substr('hello', 0, 99)", "hello"}, {"substr('hello', 'x')", "hello"}, {"substr('été', 0, 2)", "ét"}, {"substr('hello', 1.9)", "ello"},
		{"concat('a', 1, true(), ${missing})", "a1true"}, {"concat()", ""}, {"concat(1 + 1, 1 = 1)", "2true"}, {"contains('abc', 'b')", "true"}, {"contains('abc', '')", "true"}, {"contains('abc', 'd')", "false"},
		{"starts-with('abc', 'ab')", "true"}, {"starts-with('abc', 'b')", "false"}, {"ends-with('abc', 'bc')", "true"}, {"ends-with('abc', 'b')", "false"},
		{"normalize-space('  a \n b ')", "a b"}, {"normalize-space()", "18"}, {"translate('abca', 'ab', 'x')", "xcx"}, {"translate('abc', 'aab', 'xyz')", "xzc"}, {"translate('é', 'é', 'e')", "e"},
		{"substring-before('a-b-c', '-')", "a"}, {"substring-after('a-b-c', '-')", "b-c"}, {"substring-before('ab', '-')", ""}, {"substring-after('ab', '-')", ""},
		{"upper-case('é')", "É"}, {"lower-case('ÀB')", "àb"}, {"uppercase('a')", "A"}, {"lowercase('A')", "a"},
		{"join('-', 'a', 'b', 1)", "a-b-1"}, {"join('-')", ""}, {"join('-', concat('a', 'b'))", "ab"},
	})
}

func TestDates(t *testing.T) {
	give(t, one(), one().slot, [][2]string{
		{"today()", "2022-01-08"}, {"now()", "2022-01-08T12:00:00.000"}, {"today() + 1", "19001"}, {"date(today() + 30)", "2022-02-07"},
		{"date('2022-01-08') = today()", "true"}, {"date('2022-01-08T10:00:00')", "2022-01-08"}, {"date(0)", "1970-01-01"}, {"date('x')", ""}, {"date(1 div 0)", ""}, {"date(${missing})", ""},
		{"date-time('2022-01-08T10:00')", "2022-01-08T10:00:00.000"}, {"date-time('2022-01-08 10:00:30')", "2022-01-08T10:00:30.000"}, {"date-time('2022-01-08T25:00')", ""},
		{"decimal-date-time('1970-01-02')", "1"}, {"decimal-date-time('1970-01-01T06:00:00.000+03:00')", "0.25"}, {"decimal-date-time('x')", "NaN"},
		{"decimal-time('06:00:00.000+01:00')", "0.25"}, {"decimal-time('12:00')", "0.5"}, {"decimal-time('2020-01-01T18:00:00')", "0.75"}, {"decimal-time('x')", "NaN"},
		{"format-date('2022-03-05', '%Y-%n-%e')", "2022-3-5"}, {"format-date('2022-03-05', '%d/%m/%y %b %B %a %A')", "05/03/22 Mar March Sat Saturday"}, {"format-date('2022-03-06', '%W.%u 100%%')", "09.7 100%"},
		{"format-date('nothing', '%Y')", ""}, {"format-date(${missing}, '%Y')", ""}, {"format-date-time(${start}, '%H:%M:%S.%3 %h')", "23:30:15.250 23"}, {"date(${start})", "2024-03-05"},
		{"format-date(${born}, '%Y')", "2000"}, {"int((today() - ${born}) div 365.25)", "21"}, {"format-date(0, concat('%Y', '%Q%'))", "1970%Q%"},
		{"date('0000-01-01')", "0000-01-01"}, {"date('9999-12-31')", "9999-12-31"}, {"date(-719529)", ""}, {"date(2932897)", ""},
	})
	none := one()
	none.today = Missing()
	give(t, none, none.slot, [][2]string{{"today()", ""}, {"${born} < today()", "false"}, {"now() = ''", "true"}})
}

func TestRepeats(t *testing.T) {
	a := &answers{self: Number(2), today: Missing()}
	a.set("members", Missing())
	a.set("age", Number(30))
	a.set("name", Text("b"))
	env := repeat{a, [][]Value{
		{Number(1), Number(2), Number(3)},
		{Number(40), Number(30), Missing()},
		{Text("a"), Text("b"), Text("")},
	}, 2}
	give(t, env, a.slot, [][2]string{
		{"count(${members})", "3"}, {"count(${age})", "3"}, {"count-non-empty(${age})", "2"}, {"count-non-empty(${name})", "2"}, {"sum(${age})", "70"}, {"sum(${name})", "0"},
		{"min(${age})", "30"}, {"max(${age})", "40"}, {"max(${name})", "NaN"}, {"max(${age}, 35)", "35"}, {"join('-', ${name})", "a-b-"}, {"concat(${name})", "ab"}, {"concat(${name}, ${age})", "b30"}, {"join('-', ${name}, ${age})", "b-30"},
		{"position(..)", "2"}, {"position()", "2"}, {"${age} = 30", "true"},
		{"indexed-repeat(${age}, ${members}, 1)", "40"}, {"indexed-repeat(${age}, ${members}, position(..) - 1)", "40"}, {"indexed-repeat(${age}, ${members}, 0)", "40"}, {"indexed-repeat(${name}, ${members}, 9)", ""}, {"indexed-repeat(${name}, ${members}, 'x')", "a"},
	})
	give(t, a, a.slot, [][2]string{ // without a repeat there is one answer
		{"count(${members})", "0"}, {"count(${age})", "1"}, {"sum(${age})", "30"}, {"min(${age})", "30"}, {"position(..)", "1"}, {"indexed-repeat(${age}, ${members}, 1)", "30"},
	})
	for source, want := range map[string]bool{
		"count(${a})": true, "sum(${a}) > 1": true, "min(${a})": true, "join(' ', ${a})": true, "concat(${a})": true, "concat(${a}, ${b})": false, "position(..)": true, "indexed-repeat(${a}, ${b}, 1)": true, "not(count-non-empty(${a}))": true,
		"min(${a}, 1)": false, "max(${a}, ${b})": false, "join(' ', ${a}, ${b})": false, "${a} = 1": false, "min(1)": false,
	} {
		if got := bind(t, source, func(string) (int, bool) { return 0, true }).NeedsNested(); got != want {
			t.Errorf("%s: needs repeats: %v", source, got)
		}
	}
}
