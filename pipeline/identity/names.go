package identity

import (
	"slices"
	"strings"
	"unicode"
)

// handle passes over the name of an account after an at-sign.
func (f *folded) handle(i int) int {
	end, letters := i, 0
	for f.look(end) != hidden && (wordly(f.look(end)) || unspaced(f.look(end)) || strings.ContainsRune(".-", f.look(end)) && wordly(f.look(end+1))) && end-i < 40 {
		if !isDigit(f.look(end)) {
			letters++
		}
		end++
	}
	if letters == 0 || end-i < 2 {
		return 0
	}
	return end
}

// names finds names after titles and introductions, and Russian names by their
// patronymic or initials.
func (f *folded) names() []span {
	var out []span
	for i := 0; i < len(f.runes); {
		s, ok := f.nameAt(i)
		if !ok {
			i++
			continue
		}
		if len(out) > 0 && s.start < out[len(out)-1].end {
			s.start = out[len(out)-1].end
		}
		if s.start < s.end {
			out = append(out, s)
		}
		i = max(i+1, s.end)
	}
	return out
}

func (f *folded) nameAt(i int) (span, bool) {
	if !f.opens(i) {
		return span{}, false
	}
	if unspaced(f.runes[i]) {
		return f.chineseName(i)
	}
	for _, e := range introIndex[f.runes[i]] {
		intro := introductions[e.nth]
		if end := i + len(e.word); f.stands(i, e.word) && !letterly(f.look(end)) {
			j := f.afterLabel(end)
			if intro.colon && j == f.spaces(end) {
				continue
			}
			if stop := f.person(j, intro.loose); stop > 0 {
				return span{Name, j, stop}, true
			}
		}
	}
	for _, e := range titleIndex[f.runes[i]] {
		end := i + len(e.word)
		if !f.stands(i, e.word) || letterly(f.look(end)) || f.runes[i] < 0x250 && f.small(i) && len(e.word) < 4 {
			continue
		}
		if f.look(end) == '.' {
			end++
		}
		if j := f.spaces(end); j > i {
			if stop := f.person(j, false); stop > 0 && !f.role(j) {
				return span{Name, j, stop}, true
			}
		}
	}
	return f.russianName(i)
}

// afterLabel passes over white space, a colon and a quote.
func (f *folded) afterLabel(i int) int {
	for strings.ContainsRune(" :\"«'-", f.look(i)) {
		i++
	}
	return i
}

// longWord is as long as a word of a name may be, so that time does not grow
// with what has no end.
const longWord = 60

// person passes over a name: words with capitals and what stands between them,
// or two words where there are no capitals. Loose takes small letters too.
func (f *folded) person(i int, loose bool) int {
	end, words := 0, 0
	for words < 5 {
		start := i
		for i-start < longWord && (letterly(f.look(i)) || strings.ContainsRune("-'", f.look(i)) && letterly(f.look(i+1)) && i > start) {
			i++
		}
		if i == start {
			break
		}
		word := f.text(start, i)
		capital := unicode.IsUpper(f.written[start])
		if (f.has(start, "d'") || f.has(start, "l'")) && words > 0 { // de l'Essai
			capital = unicode.IsUpper(f.written[start+2])
		}
		uncased := !capital && unicode.ToUpper(f.written[start]) == f.written[start]
		switch {
		case f.look(start) == hidden || slices.Contains(noNames[:], word):
			return end
		case slices.Contains(particles[:], word):
			if words == 0 && uncased {
				words--
			}
		case capital:
			end = i
			words++
			if f.look(i) == '.' && i-start <= 2 {
				i++
				end = i
			}
		case uncased && words < 2 && !(words == 0 && !loose && strings.HasPrefix(word, "ال")):
			end = i
			words++
		case loose && words < 2:
			end = i
			words++
		default:
			return end
		}
		if words >= 2 && uncased {
			break
		}
		next := f.spaces(i)
		if next == i && f.look(i-1) != '.' {
			break
		}
		i = next
	}
	return end
}

// role says that what follows a title is an office.
func (f *folded) role(i int) bool {
	for {
		end := i
		for letterly(f.look(end)) {
			end++
		}
		word := f.text(i, end)
		if !slices.Contains(particles[:], word) || end == i {
			return slices.Contains(roles[:], word)
		}
		i = f.spaces(end)
	}
}

// russianName finds a name by its patronymic, or a family name by the initials
// beside it.
func (f *folded) russianName(i int) (span, bool) {
	if r := f.written[i]; !unicode.IsUpper(r) || !unicode.Is(unicode.Cyrillic, r) {
		return span{}, false
	}
	if end := f.initials(i); end > 0 {
		j := f.spaces(end)
		if stop := f.capitalised(j); stop > j+2 {
			return span{Name, i, stop}, true
		}
	}
	end, found := f.capitalised(i), false
	if end < i+2 {
		return span{}, false
	}
	if stop := f.initials(f.spaces(end)); stop > 0 {
		return span{Name, i, stop}, true
	}
	for range 2 {
		next := f.spaces(end)
		stop := f.capitalised(next)
		if next == end || stop == 0 {
			break
		}
		if patronymic(f.text(next, stop)) {
			found = true
		} else if found {
			end = stop
			break
		}
		end = stop
	}
	return span{Name, i, end}, found
}

func patronymic(word string) bool {
	for _, ending := range [...]string{"ович", "евич", "ьич", "овна", "евна", "ична", "овича", "евича", "овны", "евны", "овичу", "евичу", "овне", "евне", "овичем", "евичем", "овной", "евной", "оглы", "кызы"} {
		if strings.HasSuffix(word, ending) && len([]rune(word)) > len([]rune(ending))+1 {
			return true
		}
	}
	return false
}

// capitalised passes over a Cyrillic word that begins with a capital.
func (f *folded) capitalised(i int) int {
	if i >= len(f.written) || !unicode.IsUpper(f.written[i]) || !unicode.Is(unicode.Cyrillic, f.written[i]) {
		return 0
	}
	for start := i; i-start < longWord && (letterly(f.look(i)) || f.look(i) == '-' && letterly(f.look(i+1))); {
		i++
	}
	return i
}

// initials passes over two capitals with full stops.
func (f *folded) initials(i int) int {
	for range 2 {
		i = f.spaces(i)
		if f.capitalised(i) != i+1 || f.look(i+1) != '.' {
			return 0
		}
		i += 2
	}
	return i
}

// chineseName finds a name after an introduction or before a title.
func (f *folded) chineseName(i int) (span, bool) {
	for _, intro := range chineseIntroductions {
		if !f.has(i, intro) {
			continue
		}
		j := f.afterLabel(i + len([]rune(intro)))
		run := j
		for unspaced(f.look(run)) && f.look(run) >= 0x4E00 && run-j < 8 {
			run++
		}
		switch {
		case run-j >= 2 && run-j <= 4 && (f.look(run) != hidden || f.family(j) > 0):
			return span{Name, j, run}, true
		case run-j > 4 && f.family(j) > 0:
			return span{Name, j, j + f.family(j) + 2}, true
		case run-j == 0:
			if end := f.person(j, false); end > 0 {
				return span{Name, j, end}, true
			}
		}
	}
	for _, title := range chineseTitles {
		if !f.has(i, title) {
			continue
		}
		for back := 4; back > 0; back-- {
			if n := f.family(i - back); n > 0 && back >= n && back <= n+2 && f.chinese(i-back, i) {
				return span{Name, i - back, i}, true
			}
		}
	}
	return span{}, false
}

func (f *folded) chinese(i, end int) bool {
	for ; i < end; i++ {
		if f.look(i) < 0x4E00 {
			return false
		}
	}
	return true
}

// family passes over a family name and returns how many signs it has.
func (f *folded) family(i int) int {
	for _, two := range [...]string{"欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "慕容", "皇甫", "尉迟", "令狐"} {
		if f.has(i, two) {
			return 2
		}
	}
	if r := f.look(i); r >= 0x4E00 && strings.ContainsRune(families, r) {
		return 1
	}
	return 0
}
