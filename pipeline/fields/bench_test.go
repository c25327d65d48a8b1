package fields

import "testing"

// BenchmarkLexicon reads the tables and makes the index of each language.
func BenchmarkLexicon(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for column := range columns {
			indexed(column)
		}
	}
}

// BenchmarkOf finds the fields of a sentence in each language.
func BenchmarkOf(b *testing.B) {
	b.ReportAllocs()
	size := 0
	for _, s := range sentences {
		size += len(s.text)
		Of(s.text, "")
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, s := range sentences {
			Of(s.text, "")
		}
	}
}
