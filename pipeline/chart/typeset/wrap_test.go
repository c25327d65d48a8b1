package typeset

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func texts(lines []Line) []string {
	var out []string
	for _, l := range lines {
		out = append(out, l.Text)
	}
	return out
}

func TestWrap(t *testing.T) {
	ts := newTypesetter(t)
	tests := []struct {
		name, text string
		style      Style
		width      float64
		lines      int
		want       string
	}{
		{"a short text is one line", "We could", Style{Size: 9.5}, 200, 2, "We could"},
		{"words stay whole", "The submission guidelines were clear", Style{Size: 9.5}, 85, 0, "The submission|guidelines were|clear"},
		{"the last line allowed ends with an ellipsis", "The submission guidelines were clear", Style{Size: 9.5}, 110, 1, "The submission…"},
		{"a line feed breaks", "one\ntwo", Style{Size: 9.5}, 200, 0, "one|two"},
		{"a line feed beyond the limit leaves an ellipsis", "one\ntwo", Style{Size: 9.5}, 200, 1, "one…"},
		{"Chinese breaks between characters, not before a comma", "多数组织认为审议有用，但后续", Style{Size: 10, Lang: "zh"}, 100, 0, "多数组织认为审议有|用，但后续"},
		{"Arabic breaks at spaces", "كانت المبادئ التوجيهية للتقارير واضحة", Style{Size: 9.5, RTL: true}, 80, 0, "كانت المبادئ|التوجيهية للتقارير|واضحة"},
		{"a word too long is broken", "Selbstverwaltung", Style{Size: 10}, 40, 0, "Selbstve|rwaltun|g"},
		{"an isolated range is kept together", "confidence \u206656–75\u2069", Style{Size: 10}, 70, 0, "confidence|\u206656–75\u2069"},
		{"empty text gives no lines", " \n ", Style{Size: 10}, 70, 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ts.Wrap(tt.text, tt.style, tt.width, tt.lines)
			if joined := strings.Join(texts(got), "|"); joined != tt.want {
				t.Errorf("got %q, want %q", joined, tt.want)
			}
		})
	}
}

func TestWrappedLinesFitAndLoseNothing(t *testing.T) {
	ts := newTypesetter(t)
	word := rapid.SampledFrom([]string{"a", "guidelines", "الدولة", "52–63", "审议有用，", "(UPR)", "\u206666 [56–75]\u2069", "n", "="})
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(word, 0, 12).Draw(rt, "words"), " ")
		style := Style{Size: 9.5, RTL: rapid.Bool().Draw(rt, "rtl")}
		width := rapid.Float64Range(20, 200).Draw(rt, "width")
		limit := rapid.IntRange(0, 3).Draw(rt, "limit")
		lines := ts.Wrap(text, style, width, limit)
		if limit > 0 && len(lines) > limit {
			rt.Fatalf("%d lines, at most %d asked for", len(lines), limit)
		}
		plain := func(s string) string {
			return strings.NewReplacer(" ", "", "\u2066", "", "\u2069", "").Replace(s)
		}
		all := ""
		for _, l := range lines {
			if l.Width > width {
				rt.Fatalf("a line is %v wide, %v allowed", l.Width, width)
			}
			if strings.Count(l.Text, "\u2066") != strings.Count(l.Text, "\u2069") {
				rt.Fatalf("an isolate is left open in %q", l.Text)
			}
			all += plain(l.Text)
		}
		if kept, cut := strings.CutSuffix(all, ellipsis); cut {
			if !strings.HasPrefix(plain(text), kept) || limit == 0 {
				rt.Fatalf("%q is not the start of %q", kept, text)
			}
		} else if all != plain(text) {
			rt.Fatalf("%q became %q", text, all)
		}
	})
}
