package identity_test

import (
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/identity/planted"
)

// megabyte is texts of all languages, a million bytes.
func megabyte() string {
	var b strings.Builder
	for seed := uint64(1); b.Len() < 1_000_000; seed++ {
		for _, lang := range planted.Languages() {
			for _, t := range append(planted.Texts(seed, 100, lang), planted.Decoys(seed, 400, lang)...) {
				b.WriteString(t.Text + "\n")
			}
		}
	}
	return b.String()[:1_000_000]
}

func BenchmarkFind(b *testing.B) {
	text := megabyte()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		identity.Find(text)
	}
}

func BenchmarkRedact(b *testing.B) {
	text := megabyte()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		identity.Redact(text, "en")
	}
}
