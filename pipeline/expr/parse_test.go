package expr

import (
	"errors"
	"strings"
	"testing"
)

func TestWhatCannotBeReadIsRefusedWithPlaceAndRemedy(t *testing.T) {
	for source, want := range map[string]string{
		"":                                       "character 1: the expression ends too early; complete it",
		"1 +":                                    "character 4: the expression ends too early",
		"${a} AND ${b}":                          "character 6: operators are written in small letters; write and",
		"${a} Or ${b}":                           "character 6: operators are written in small letters; write or",
		"AND ${b}":                               "write and",
		"${a} == 1":                              "character 6: there is no operator ==; write =",
		"${a} <> 1":                              "write !=",
		"${a} => 1":                              "write >=",
		"${a} =< 1":                              "write <=",
		"!${a}":                                  "write != or not(...)",
		"${a} && ${b}":                           "write and",
		"${a} || ${b}":                           "write or",
		"${a} % 2":                               "write mod",
		"${a} ^ 2":                               "write pow(x, y)",
		"${a":                                    "character 1: the name of an item is not closed; write ${name}",
		"${}":                                    "not the name of an item",
		"${a b}":                                 "not the name of an item",
		"${a'}":                                  "not the name of an item",
		"$a":                                     "a $ stands alone",
		"${last-saved#a}":                        "the response before",
		"'open":                                  "character 1: a quotation mark is not closed; close the text with the same mark",
		"“open":                                  "a quotation mark is not closed",
		"(1 + 2":                                 "character 7: a bracket is not closed; add )",
		"not(1":                                  "character 6: a bracket is not closed",
		"1)":                                     "character 2: a bracket is closed that was not opened",
		"()":                                     "check the brackets",
		"if(1,,2)":                               "not expected",
		"if(1;2;3)":                              "separate arguments with a comma",
		"yes = 1":                                "write ${yes} for an item, 'yes' for a text",
		"${a} = true":                            "write true(), or 'true' for a text",
		"${a} = True":                            "write true()",
		"1 2":                                    "character 3: a value is not expected here",
		"${a} ${b}":                              "character 6: a value is not expected here",
		"5years":                                 "runs into a word",
		"1e5":                                    "runs into a word",
		"1.2.3":                                  "more than one point",
		"1" + zeros(400):                         "too large",
		"selected(${a})":                         "selected() is given 1 arguments; it takes 2",
		"if(1, 2)":                               "if() is given 2 arguments; it takes 3",
		"substr('a')":                            "it takes 2 to 3",
		"coalesce()":                             "it takes at least 1",
		"true(1)":                                "it takes 0",
		"weighted-checklist(1, 1, 1)":            "without a weight",
		"shout(1)":                               "character 1: there is no function shout()",
		"1 + Selected(1, 2)":                     "character 5: the function Selected() is refused: the names of functions are written in small letters: selected()",
		"NOT(1)":                                 "small letters: not()",
		"PullData('a')":                          "a file that is not here",
		"pulldata('x', 'y')":                     "pulldata() is refused: it looks values up in a file",
		"jr:choice-name(${a}, '${a}')":           "use the name of the choice",
		"uuid()":                                 "another value at each call",
		"substring('a', 1)":                      "write substr",
		"instance('x')/root":                     "a file that is not here",
		"${a} / 2 = 1":                           "there is no operator /",
		"/data = 1":                              "a path ends at a group; name an item",
		"${a}/b = 1":                             "there is no operator /",
		"/data/../x = 1":                         "a path from the top of the form goes up again; write ${name}",
		"(1)/x = 1":                              "there is no operator /",
		"//x = 1":                                "there is no operator /",
		".. = 1":                                 "\"..\" stands only inside position(..)",
		"../*":                                   "a path is not read here",
		"../../ = 1":                             "a path is not read here",
		"../x/../y = 1":                          "a path is not read here",
		"position(../..)":                        "a path ends at a group",
		"position(${a})":                         "it takes 0",
		"/data/*":                                "a path is not read here",
		"count(*)":                               "paths with * are not read here; name the items",
		"${a}[1]":                                "square brackets",
		"@x":                                     "attributes",
		"sum(${a} * 2)":                          "sum() takes an item of a repeat",
		"count(1)":                               "count() takes an item of a repeat",
		"indexed-repeat(1, ${r}, 1)":             "takes an item, its repeat and a position",
		"indexed-repeat(${a}, ${r}, 1, ${s}, 2)": "repeats within repeats",
		"format-date(., '%Q')":                   "%Q, which stands for nothing",
		"format-date(., '%')":                    "ends in %",
		"# 1":                                    "does not belong",
		"\x00":                                   "does not belong",
		"\xff":                                   "does not belong",
		strings.Repeat("(", 500):                 "nested too deeply",
		strings.Repeat("-", 500) + "1":           "nested too deeply",
		strings.Repeat("not(", 500) + "1":        "nested too deeply",
		strings.Repeat("1+", 20000) + "1":        "longer than 32767 characters",
	} {
		_, err := Parse(source)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %v, want %q", source, err, want)
		}
	}
}

func zeros(n int) string { return strings.Repeat("0", n) }

func TestPlacesCountCharacters(t *testing.T) {
	_, err := Parse("'été' = ${é} AND 1")
	syntax, is := errors.AsType[*SyntaxError](err)
	if !is || syntax.Offset != 13 || syntax.Problem == "" || syntax.Remedy != "write and" {
		t.Errorf("%v", err)
	}
	_, err = Parse("'été' = shout()")
	unknown, is := errors.AsType[*UnknownFunctionError](err)
	if !is || unknown.Offset != 8 || unknown.Name != "shout" {
		t.Errorf("%v", err)
	}
}

func TestLongChainsAreRead(t *testing.T) {
	for _, source := range []string{strings.Repeat("1+", 16000) + "1", strings.Repeat("0 or ", 6000) + "1", "concat(1" + strings.Repeat(",1", 16000) + ")"} {
		if !bind(t, source, one().slot).True(one()) {
			t.Errorf("%.20s does not hold", source)
		}
	}
}

func TestExpressionsKnowWhatTheyReferTo(t *testing.T) {
	for source, want := range map[string]struct {
		items string
		self  bool
	}{
		"1":                                {"", false},
		"${b} = 1 or ${a} = ${b}":          {"a b", false},
		"selected(., ${x}) and '${y}' = 1": {"x", true},
		".5 + ${a.b-c_d:é}":                {"a.b-c_d:é", false},
		"string-length() > 3":              {"", true},
		"position(..)":                     {"", false},
		"count(${r}) > sum(${r})":          {"r", false},
	} {
		e, err := Parse(source)
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		if got := strings.Join(e.Items(), " "); got != want.items || e.UsesSelf() != want.self || e.String() != source {
			t.Errorf("%s: items %q, self %v, source %q", source, got, e.UsesSelf(), e.String())
		}
	}
}

func TestUnknownItemsAreAllNamed(t *testing.T) {
	e, err := Parse("${y} = 1 or ${yes} = ${x} or ${x}")
	if err != nil {
		t.Fatal(err)
	}
	_, err = e.Bind(one().slot)
	unknown, is := errors.AsType[*UnknownItemError](err)
	if !is || strings.Join(unknown.Names, " ") != "x y" || !strings.Contains(err.Error(), "x, y") {
		t.Errorf("%v", err)
	}
	b := bind(t, "${yes} = ${n}", one().slot)
	if got := strings.Join(b.Items(), " "); got != "n yes" {
		t.Errorf("items %q", got)
	}
	b.Items()[0] = "changed"
	if b.Items()[0] != "n" {
		t.Error("the items can be changed from outside")
	}
}
