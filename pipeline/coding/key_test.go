package coding

import "testing"

func TestACopyThatLosesWhatIsNotSeenIsTheSameText(t *testing.T) {
	k := Key("k")
	for text, copied := range map[string]string{
		"👩\u200d👩\u200d👧 came":           "👩👩👧 came",    // joiners
		"\u2067تأشيرة\u2069 late":        "تأشيرة late", // isolates
		"\u200fلم نحصل\u200e":            "لم نحصل",     // marks of direction
		"\ufeffThe vi\u00adsa\u2060":     "The visa",    // byte order mark, soft hyphen, word joiner
		"caf\u0065\u200b\u0301":          "café",        // a letter and its accent, parted by nothing
		"The visa\r\n\tcame \u00a0late ": "The visa came late",
	} {
		if k.Mark(text) != k.Mark(copied) {
			t.Errorf("%+q is another text than %+q", text, copied)
		}
	}
	for text, other := range map[string]string{"The visa": "The visas", "a b": "ab", "كتب": "كتبَ"} {
		if k.Mark(text) == k.Mark(other) {
			t.Errorf("%q is the same text as %q", text, other)
		}
	}
}
