package identity

import "unicode"

// address finds an e-mail address by what stands for its at-sign, which is at
// i; or a handle that begins with one.
func (f *folded) address(i int) (span, bool) {
	sign, ok := f.atSign(i)
	if !ok {
		return span{}, false
	}
	end, dots := f.domain(sign.end)
	if end > 0 && (sign.sure || dots || f.odd(f.local(sign.start), sign.start)) {
		if start := f.local(sign.start); start < sign.start {
			class := Email
			if f.look(start-1) == '@' { // @somebody@server
				start, class = start-1, Handle
			}
			if f.has(start-7, "mailto:") {
				start -= 7
			}
			return span{class, start, end}, true
		}
	}
	if f.look(i) == '@' && !wordly(f.look(i-1)) && f.look(i-1) != '/' {
		if end := f.handle(i + 1); end > 0 {
			return span{Handle, i, end}, true
		}
	}
	return span{}, false
}

// atSign is an at-sign or a word for it, with the spaces around it. It is sure
// when it cannot be an ordinary word.
type atSign struct {
	start, end int
	sure       bool
}

func (f *folded) atSign(i int) (atSign, bool) {
	if f.look(i) == '@' {
		return atSign{f.trimmed(i), f.spaces(i + 1), true}, true
	}
	if end, ok := f.bracketed(i, atWords[:]); ok {
		return atSign{f.trimmed(i), f.spaces(end), true}, true
	}
	for _, w := range atWords {
		if f.look(i) != w.first || !f.has(i, w.text) {
			continue
		}
		if end := i + w.runes; unspaced(w.first) || f.look(i-1) == ' ' && f.look(end) == ' ' {
			return atSign{f.trimmed(i), f.spaces(end), w.sure}, true
		}
	}
	return atSign{}, false
}

// bracketed passes over a word in brackets: (at), [dot].
func (f *folded) bracketed(i int, words []signWord) (int, bool) {
	var closing rune
	switch f.look(i) {
	case '(':
		closing = ')'
	case '[':
		closing = ']'
	case '{':
		closing = '}'
	case '<':
		closing = '>'
	default:
		return 0, false
	}
	i = f.spaces(i + 1)
	for _, w := range words {
		if f.has(i, w.text) {
			if end := f.spaces(i + w.runes); f.look(end) == closing {
				return end + 1, true
			}
		}
	}
	return 0, false
}

// dot passes over a full stop or a word for it. It is a word when it is more
// than the bare sign.
func (f *folded) dot(i int) (end int, word, ok bool) {
	if f.look(i) == '.' {
		if end, ok := f.bracketed(i, dotWords[:]); ok {
			return end, true, true
		}
		return i + 1, false, true
	}
	j := f.spaces(i)
	if end, ok := f.bracketed(j, dotWords[:]); ok {
		return f.spaces(end), true, true
	}
	if j > i && f.look(j) == '.' && f.look(j+1) == ' ' && f.small(f.spaces(j+1)) {
		return f.spaces(j + 1), true, true
	}
	for _, w := range dotWords {
		if f.has(j, w.text) && (unspaced(w.first) || j > i && f.look(j+w.runes) == ' ') {
			return f.spaces(j + w.runes), true, true
		}
	}
	return i, false, false
}

// domain passes over the name of a server, and says whether a dot was written
// as a word. It returns 0 where there is none.
func (f *folded) domain(i int) (end int, words bool) {
	if f.look(i) == '[' { // somebody@[192.0.2.1]
		for j := i + 1; j < i+48; j++ {
			switch r := f.look(j); {
			case r == ']' && j > i+4:
				return j + 1, false
			case !isPlain(r) && r != '.' && r != ':':
				return 0, false
			}
		}
		return 0, false
	}
	best, labels := 0, 0
	for labels < 12 {
		start := i
		for i-start < 63 && f.inLabel(i, start) {
			i++
		}
		for i > start && f.look(i-1) == '-' {
			i--
		}
		if i == start {
			break
		}
		labels++
		if labels > 1 && f.topLevel(start, i) {
			best = i
		}
		next, word, ok := f.dot(i)
		if !ok {
			break
		}
		if word {
			words = true
		}
		i = next
	}
	return best, words && best > 0
}

// inLabel says that the name of a server goes on at i. A label is in one
// manner of writing, so that Chinese text may follow without a space.
func (f *folded) inLabel(i, start int) bool {
	r := f.look(i)
	if !(unicode.IsLetter(r) || isDigit(r) || unicode.Is(unicode.M, r) || r == '-' && i > start) {
		return false
	}
	if unspaced(r) {
		for _, w := range dotWords {
			if f.has(i, w.text) {
				return false
			}
		}
	}
	return i == start || r == '-' || unspaced(r) == unspaced(f.look(start))
}

// topLevel says that a label can be the last of a name: two letters or more.
func (f *folded) topLevel(start, end int) bool {
	if f.has(start, "xn--") {
		return true
	}
	for _, r := range f.runes[start:end] {
		if isDigit(r) || r == '-' {
			return false
		}
	}
	return end-start >= 2
}

// local goes back over the part before the at-sign.
func (f *folded) local(end int) int {
	if f.look(end-1) == '"' {
		for j := end - 2; j > end-66; j-- {
			if f.look(j) == '"' {
				return j
			} else if f.look(j) == '\n' {
				break
			}
		}
	}
	i := end
	for end-i < 64 && i > 0 {
		if r := f.look(i - 1); f.inLocal(r) && (i == end || !wordly(f.look(i)) || !unspaced(r) && !unspaced(f.look(i)) || unspaced(r) == unspaced(f.look(i))) {
			i--
		} else if j, ok := f.dotBefore(i); ok && i < end {
			i = j
		} else {
			break
		}
	}
	for i < end && (f.look(i) == '.' || f.look(i) == '-' || f.look(i) == '\'') {
		i++
	}
	return i
}

// dotBefore goes back over a word for a full stop within the part before the at-sign.
func (f *folded) dotBefore(i int) (int, bool) {
	for back := 2; back <= 12; back++ {
		start := i - back
		if start <= 0 {
			break
		}
		if end, word, ok := f.dot(start); ok && word && end == i && f.inLocal(f.look(start-1)) {
			return start, true
		}
	}
	return i, false
}

func (f *folded) inLocal(r rune) bool {
	switch r {
	case '.', '_', '%', '+', '-', '\'', '&', '=', '!', '#', '~':
		return true
	}
	return unicode.IsLetter(r) || isDigit(r) || unicode.Is(unicode.M, r)
}

// odd says that a word is no ordinary one: it has a digit, a dot or a dash within.
func (f *folded) odd(start, end int) bool {
	for i := start; i < end; i++ {
		if r := f.look(i); isDigit(r) || r == '.' || r == '_' || r == '+' || r == '-' {
			return true
		}
	}
	return false
}

type signWord struct {
	text  string
	first rune
	runes int
	sure  bool
}

var atWords = [...]signWord{
	{"at", 'a', 2, false},
	{"собака", 'с', 6, true},
	{"собачка", 'с', 7, true},
	{"arroba", 'a', 6, true},
	{"arobase", 'a', 7, true},
	{"arobas", 'a', 6, true},
	{"艾特", '艾', 2, true},
	{"آت", 'آ', 2, true},
	{"ات", 'ا', 2, true},
}

var dotWords = [...]signWord{
	{"dot", 'd', 3, true},
	{"точка", 'т', 5, true},
	{"punto", 'p', 5, true},
	{"point", 'p', 5, true},
	{"点", '点', 1, true},
	{"點", '點', 1, true},
	{"دوت", 'د', 3, true},
	{"نقطة", 'ن', 4, true},
}
