package sheet

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFormulasAreGuarded(t *testing.T) {
	for cell, want := range map[string]string{
		"":                           "",
		"an answer":                  "an answer",
		"a = b":                      "a = b",
		"it's":                       "it's",
		"=1+1":                       "'=1+1",
		"=cmd|' /C calc'!A0":         "'=cmd|' /C calc'!A0",
		"+SUM(1)":                    "'+SUM(1)",
		"-SUM(1)":                    "'-SUM(1)",
		"@SUM(1)":                    "'@SUM(1)",
		"\t=1":                       "'\t'=1",
		"\tx":                        "'\tx",
		"\rx":                        "'\rx",
		"\x00x":                      "'\x00x",
		"  =1":                       "'  =1",
		"\u200b=1":                   "'\u200b=1",
		"\ufeff\u00a0=1":             "'\ufeff\u00a0=1",
		"\u202e=1":                   "'\u202e=1",
		"\x1b=1":                     "'\x1b=1",
		"\uff1d1":                    "'\uff1d1",
		"\uff0b1":                    "'\uff0b1",
		"\uff0d1":                    "'\uff0d1",
		"\uff20x":                    "'\uff20x",
		"\u22121":                    "'\u22121",
		"x;=1+1":                     "x;'=1+1",
		"x\n=1+1":                    "x\n'=1+1",
		"x\r\n- y":                   "x\r\n'- y",
		"x; y; =1;z":                 "x; y;' =1;z",
		"-12.5":                      "-12.5",
		"+5":                         "+5",
		"-1.5e-07":                   "-1.5e-07",
		"-Inf":                       "-Inf",
		"1;-5":                       "1;-5",
		"-5+1":                       "'-5+1",
		"+1 555 0100":                "'+1 555 0100",
		"'=1":                        "''=1",
		"''=1":                       "'''=1",
		"'x'":                        "'x'",
		"-":                          "'-",
		`=HYPERLINK("http://x","y")`: `'=HYPERLINK("http://x","y")`,
	} {
		if got := Guard(cell); got != want {
			t.Errorf("Guard(%q) is %q, want %q", cell, got, want)
		}
		if got := Bare(want); got != cell {
			t.Errorf("Bare(%q) is %q, want %q", want, got, cell)
		}
	}
}

// A cell comes back whatever is in it, and no part of a guarded cell, wherever
// a program would divide it, begins like a formula.
func TestEveryCellComesBack(t *testing.T) {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{"'", "=", "+", "-", "@", "\uff1d", "\u2212", ";", "\t", "\r", "\n", "\x00", " ", "\u200b", "\ufeff", "\x1b", "1", "x", "é", "\xff", "Inf", ".", "e"}), 0, 12)
	rapid.Check(t, func(t *rapid.T) {
		cell := strings.Join(parts.Draw(t, "cell"), "")
		guarded := Guard(cell)
		if Bare(guarded) != cell {
			t.Fatalf("%q became %q", cell, Bare(guarded))
		}
		for _, part := range strings.FieldsFunc(guarded, func(r rune) bool { return strings.ContainsRune(";\t\r\n", r) }) {
			part = strings.TrimLeft(part, " \x00\u200b\ufeff\x1b")
			for _, sign := range []string{"=", "@", "\uff1d", "\u2212", "+x", "-x", "+=", "-="} {
				if strings.HasPrefix(part, sign) {
					t.Fatalf("a part of %q begins like a formula: %q", guarded, part)
				}
			}
		}
	})
}

func FuzzGuard(f *testing.F) {
	f.Add("'=1;\t+x")
	f.Fuzz(func(t *testing.T, cell string) {
		if got := Bare(Guard(cell)); got != cell {
			t.Fatalf("%q became %q", cell, got)
		}
	})
}
