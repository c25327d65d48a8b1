package expr

import (
	"strings"
	"testing"
)

func TestPatternsMatchTheWholeText(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{`^[0]{1}[0-9]{10}$`, "01234567890", true}, {`^[0]{1}[0-9]{10}$`, "0123456789", false},
		{`A`, "xA", false}, {`A`, "A\n", false}, {`a|b`, "b", true}, {`a|b`, "ab", false}, {``, "", true}, {``, "a", false},
		{`[A-Z]/HRC/\d+`, "A/HRC/47", true}, {`.+@.+\..{2,}`, "a@b.org", true}, {`\w+`, "é", false}, {`(?i)YES`, "yes", true}, {`.`, "\n", false},
		{`[\u0621-\u064A ]+`, "سلام", true}, {`[\u0621-\u064A]+`, "abc", false}, {`\p{IsArabic}+`, "سلام", true}, {`\p{L}+`, "été", true}, {`\P{L}`, "1", true},
		{`\p{Alpha}+`, "abc", true}, {`[\p{Digit}x]+`, "1x2", true}, {`\P{Digit}`, "1", false}, {`\p{IsAlphabetic}`, "é", true},
		{`\Qa.b\E+`, "a.bb", true}, {`\Qa.b`, "axb", false}, {`a\h?b`, "a\u00a0b", true}, {`[\h]`, "\t", true},
		{`[]a]+`, "]a", true}, {`[^]]`, "a", true}, {`[[:digit:]]+`, "12", true}, {`a\+\+`, "a++", true}, {`(?:ab)+`, "abab", true}, {`\[x\]`, "[x]", true},
	} {
		re, err := pattern(c.pattern)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
			continue
		}
		if got := re.MatchString(c.text); got != c.want {
			t.Errorf("%s on %q: %v", c.pattern, c.text, got)
		}
	}
}

func TestPatternsThatCannotBeAppliedAreRefused(t *testing.T) {
	for source, want := range map[string]string{
		`(?=.*\d).+`: "looks ahead", `(?!x).`: "looks ahead", `(?<=a)b`: "looks back", `(?<!a)b`: "looks back", `(?>a)b`: "atomic",
		`(a)\1`: "refers back", `(?<n>a)\k<n>`: "refers back", `a++`: "possessive", `a*+`: "possessive", `a{2}+`: "possessive",
		`[a-z&&[^b]]`: "intersection", `[a[b]]`: "class within a class", `a)|(b`: "unexpected )", `(`: "missing closing )", `[a`: "missing closing ]", `a\`: "backslash", `\p{IsNowhere}`: "character class range", `\p{L`: "not closed", `a{1,2000}`: "repeat count", `**`: "missing argument",
	} {
		_, err := Parse("regex(., '" + source + "')")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", source, err, want)
		}
	}
}

func TestComputedPatternsAreAppliedOrDoNotHold(t *testing.T) {
	a := one()
	a.set("pattern", Text(`\d+`))
	give(t, a, a.slot, [][2]string{
		{`regex(., ${pattern})`, "true"}, {`regex('x', ${pattern})`, "false"}, {`regex(., concat('(', '1'))`, "false"}, {`regex(${missing}, '')`, "true"}, {`regex('${a}', '.*')`, "true"},
	})
	b := bind(t, `regex(., ${pattern})`, a.slot)
	for _, p := range []struct {
		pattern string
		want    bool
	}{{`\d+`, true}, {`[a-z]`, false}, {`(?=`, false}, {`1.`, true}, {`1.`, true}} {
		a.values[len(a.values)-1] = Text(p.pattern)
		if b.True(a) != p.want {
			t.Errorf("%s: not %v", p.pattern, p.want)
		}
	}
}
