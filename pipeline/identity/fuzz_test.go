package identity_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/identity/planted"
)

// holds checks what must be true of any text.
func holds(t *testing.T, text, lang string) {
	t.Helper()
	check := func(matches []identity.Match) {
		at := 0
		for _, m := range matches {
			if m.Start < at || m.End <= m.Start || m.End > len(text) || m.Class == "" {
				t.Fatalf("%+v after byte %d of %q", m, at, text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[m.Start:m.End]) {
				t.Fatalf("%+v cuts a sign of %q", m, text)
			}
			at = m.End
		}
	}
	check(identity.Find(text))
	redacted, matches := identity.Redact(text, lang)
	check(matches)
	if left := identity.Find(redacted); len(left) > 0 {
		t.Fatalf("%v is left in %q, which was %q", left, redacted, text)
	}
	if again, more := identity.Redact(redacted, lang); again != redacted || len(more) > 0 {
		t.Fatalf("%q becomes %q when it is redacted again", redacted, again)
	}
}

func FuzzRedact(f *testing.F) {
	for _, lang := range planted.Languages() {
		for _, text := range append(planted.Texts(5, 40, lang), planted.Decoys(5, 20, lang)...) {
			f.Add(text.Text, lang)
		}
	}
	for _, text := range []string{"", "@", "[", "[e-mail]", "a@b.c@d.ee", "[e-[phone]mail] 0612345678", "\xff@\xfe.org", "((((((((((0", "+", "geo:", "12/12/12/12/12/12/12", "\ufffc@example.org", strings.Repeat("1 ", 300), strings.Repeat("a.", 300) + "@b.cc", "@" + strings.Repeat("x@", 50)} {
		f.Add(text, "en")
	}
	f.Fuzz(func(t *testing.T, text, lang string) { holds(t, text, lang) })
}

// TestRedactedTextsHoldNothing says the same of all that is planted, and of
// pieces of it put together.
func TestRedactedTextsHoldNothing(t *testing.T) {
	for _, lang := range planted.Languages() {
		texts := planted.Texts(9, 400, lang)
		for i, text := range texts {
			holds(t, text.Text, lang)
			other := texts[(i*7+3)%len(texts)].Text
			holds(t, text.Text[len(text.Text)/2:]+other[:len(other)*2/3], lang)
		}
	}
}

// TestTimeGrowsWithTheTextAndNotFaster takes texts that repeat what a detector
// begins at, and compares how long it takes for one and for another 12 times as long.
func TestTimeGrowsWithTheTextAndNotFaster(t *testing.T) {
	for _, piece := range []string{" ", "@", "a.", "1 ", "1", "(", "geo:", "tel:", "qq.", "mr-", "name-", "А-", "x.com/", "www.", "http://", "0 1", "+1 ", "a at ", "[at]", "微信", "我叫", "اسمي ", "وال", "12.3456 ", "паспорт ", "1-", "AB1 ", "[", "<", "f:", "M. A. "} {
		spend := func(n int) time.Duration {
			text := strings.Repeat(piece, n/len(piece))
			start := time.Now()
			identity.Redact(text, "en")
			return time.Since(start)
		}
		short, long := time.Hour, time.Hour
		for range 2 {
			short, long = min(short, spend(4_000)), min(long, spend(48_000))
		}
		if long > 100*short+250*time.Millisecond {
			t.Errorf("%q: %v for 4 kB, %v for 48 kB", piece, short, long)
		}
	}
}
