package suggest

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestRadicalsAreThoseOfUnicode compares them with the block Kangxi Radicals,
// whose signs Unicode decomposes into those of words.
func TestRadicalsAreThoseOfUnicode(t *testing.T) {
	n, last := 0, rune(0)
	for _, sign := range kangxi {
		r := '⼀' + rune(n)
		if got := norm.NFKD.String(string(r)); got != string(sign) || sign <= last {
			t.Errorf("radical %d is %c, want %s, behind %c", n+1, sign, got, last)
		}
		if got := radical(sign); got != r {
			t.Errorf("the radical of %c is %c", sign, got)
		}
		n, last = n+1, sign
	}
	if n != 214 {
		t.Errorf("%d radicals, want 214", n)
	}
}

func TestSignsHaveTheirRadicals(t *testing.T) {
	for sign, want := range map[rune]rune{
		'病': '⽧', '疫': '⽧', '河': '⽔', '药': '⾋', '铁': '⾦', '语': '⾔', '一': '⼀', '龥': '⿕',
		'a': 0, 'あ': 0, '㐀': 0, '𠀀': 0,
	} {
		if got := radical(sign); got != want {
			t.Errorf("the radical of %c is %q, want %q", sign, got, want)
		}
	}
}
