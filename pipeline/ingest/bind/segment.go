package bind

import (
	"bytes"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// word is what an export calls a choice.
type word struct {
	text string
	code int32
}

// wordsOf returns what an export with labels of a language calls the choices of
// a list; with names, what the default language calls them.
func wordsOf(s *survey.Survey, list *survey.ChoiceList, language string) []word {
	if language == "" {
		language = s.Default
	}
	var out []word
	for i, c := range list.Choices {
		if named, ok := list.Code(c.Name); ok && named == int32(i) {
			out = append(out, word{labelOr(c.Label, language, c.Name), int32(i)})
		}
	}
	return out
}

// segment takes apart labels that stand in a row with one blank between them. It
// returns in how many ways that can be done, at most 2, and adds the codes to
// the arena when it is one. No choice is made twice in an answer.
func (a *answer) segment(cell []byte, arena *[]int32) int {
	text := string(bytes.TrimSpace(cell))
	if bytes.ContainsAny(cell, "<&*\\[#\n\r\t") {
		text = survey.PlainText(text)
	}
	if len(text) > longestSegmented || len(a.words) == 0 {
		return 0
	}
	w := segmentation{words: a.words, dead: map[int]bool{}}
	w.from(text, 0)
	if len(w.found) == 1 {
		*arena = append(*arena, w.found[0]...)
	}
	return len(w.found)
}

// longestSegmented is how long a cell may be, in bytes, to be taken apart.
const longestSegmented = 1 << 14

// mostSteps bounds the work on a cell in which labels could stand in very many
// ways; what is not settled by then counts as ambiguous.
const mostSteps = 20_000

// segmentation looks for the sets of choices whose labels make up a text.
type segmentation struct {
	words []word
	dead  map[int]bool // places from which no row of labels comes to the end
	taken []int32
	found [][]int32 // two at most, of different sets
	steps int
}

// from tries the labels that may begin at a place. It reports whether the end
// can be reached from there, whatever was taken before.
func (w *segmentation) from(text string, at int) bool {
	if at > len(text) {
		w.add()
		return true
	}
	if w.dead[at] {
		return false
	}
	reached := false
	for _, word := range w.words {
		if w.steps++; w.steps > mostSteps {
			w.found = append(w.found[:min(len(w.found), 1)], nil, nil)[:2]
			return true
		}
		end := at + len(word.text)
		if len(w.found) > 1 || !strings.HasPrefix(text[at:], word.text) || end < len(text) && text[end] != ' ' {
			continue
		}
		if slices.Contains(w.taken, word.code) {
			reached = true // another beginning may leave this choice free
			continue
		}
		w.taken = append(w.taken, word.code)
		reached = w.from(text, end+1) || reached
		w.taken = w.taken[:len(w.taken)-1]
	}
	if !reached {
		w.dead[at] = true
	}
	return reached
}

// add keeps a set that is not there yet.
func (w *segmentation) add() {
	set := slices.Clone(w.taken)
	sorted := slices.Sorted(slices.Values(set))
	for _, other := range w.found {
		if slices.Equal(slices.Sorted(slices.Values(other)), sorted) {
			return
		}
	}
	if len(w.found) < 2 {
		w.found = append(w.found, set)
	}
}
