package identity

// index finds which of some words stand at a place, by their first sign.
type index map[rune][]entry

type entry struct {
	word []rune
	nth  int // of the words that the index was made of
}

func newIndex(n int, word func(int) string) index {
	x := index{}
	for i := range n {
		w := []rune(word(i))
		x[w[0]] = append(x[w[0]], entry{w, i})
	}
	return x
}

// stands says that a word stands at a place.
func (f *folded) stands(i int, word []rune) bool {
	if i+len(word) > len(f.runes) {
		return false
	}
	for k, r := range word {
		if f.runes[i+k] != r {
			return false
		}
	}
	return true
}

// What the indexes hold is never changed.
var (
	labelIndex = newIndex(len(labels), func(i int) string { return labels[i].text })
	introIndex = newIndex(len(introductions), func(i int) string { return introductions[i].text })
	titleIndex = newIndex(len(titles), func(i int) string { return titles[i] })
	monthIndex = newIndex(len(months), func(i int) string { return months[i] })
)
