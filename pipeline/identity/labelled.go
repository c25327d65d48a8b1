package identity

import "strings"

// label is a word after which a value identifies.
type label struct {
	class Class
	text  string
	stem  bool // other endings follow
}

// expect finds the value that a label at i announces. It may stand some words
// further on, and what lies between is looked at by itself.
func (f *folded) expect(i int) (span, bool) {
	class, end := f.label(i)
	if end == 0 {
		return span{}, false
	}
	words := 0
	for j := end; j < end+36; j++ {
		r := f.look(j)
		if r == '\n' || r == hidden || r == '。' || r == ';' || r == '!' || r == '?' || (r == '.' && f.look(j+1) == ' ' && letterly(f.look(j+2)) && j-end > 4) {
			break
		}
		before := f.look(j - 1)
		starts := f.begins(j) || j == end
		if starts && (wordly(r) || r == '+' || r == '(' || r == '@' || unspaced(r)) {
			if stop := f.value(class, end, j); stop > j && !f.covered(j) {
				return span{class, j, stop}, true
			}
		}
		if r == ' ' && wordly(before) {
			if words++; words > farthest(class) {
				break
			}
		}
	}
	return span{}, false
}

func (f *folded) covered(i int) bool { return i < f.done }

// farthest says how many words may stand between a label and its value.
func farthest(class Class) int {
	switch class {
	case BirthDate, Phone, Device:
		return 4
	case CaseNumber:
		return 1
	}
	return 3
}

// label says which label stands at i, and where it ends. The longest is taken.
func (f *folded) label(i int) (class Class, end int) {
	at := i
	for skip := 0; skip <= 4; skip++ {
		for _, e := range labelIndex[f.look(at)] {
			if !f.stands(at, e.word) {
				continue
			}
			l, stop := labels[e.nth], at+len(e.word)
			if !unspaced(f.look(stop - 1)) {
				for k := 0; l.stem && k < 4 && letterly(f.look(stop)); k++ {
					stop++
				}
				if letterly(f.look(stop)) {
					continue
				}
			}
			if stop > end {
				class, end = l.class, stop
			}
		}
		if end > 0 || !strings.ContainsRune("وفبلكا", f.look(at)) { // Arabic joins small words to the next
			break
		}
		at++
	}
	return class, end
}

// value passes over a value of a class that begins at j, or returns 0. Label is
// where the label ended.
func (f *folded) value(class Class, label, j int) int {
	switch class {
	case Passport:
		return f.coded(j, 5, 15, true)
	case NationalID:
		return f.coded(j, 5, 20, false)
	case Device:
		return f.coded(j, 4, 40, false)
	case Phone:
		return f.dialled(j)
	case Plate:
		return f.plate(j)
	case BirthDate:
		return f.date(j)
	case CaseNumber:
		return f.docket(j)
	case Handle:
		return f.account(label, j)
	}
	return 0
}

// coded passes over groups of letters and digits with so many digits at least.
// The first group may be letters, the others begin with digits.
func (f *folded) coded(j, least, most int, paper bool) int {
	digits, count, end := 0, 0, 0
	if f.date(j) > 0 || f.announced(j) {
		return 0
	}
	for k := j; count <= most; {
		start := k
		for joins(f.look(k)) && f.look(k) != hidden && k-start <= most {
			if isDigit(f.look(k)) {
				digits++
			}
			k++
		}
		count += k - start
		if k == start || count > most || digits == 0 && (k-start > 2 || f.small(start) || f.small(k-1)) {
			break
		}
		end = k
		next := k
		if paper {
			next = f.passing(k, " номер ", " № ", " №", " no. ", " n° ")
		}
		if next == k {
			if r := f.look(k); r == ' ' || r == '-' || !paper && (r == '.' || r == '/') {
				next = k + 1
			}
		}
		if next == k || !isDigit(f.look(next)) || f.date(next) > 0 {
			break
		}
		k = next
	}
	if digits < least || amount(f.text(j, end)) || f.goesOn(end) {
		return 0
	}
	return end
}

// amount says that digits are in groups of three, or two years.
func amount(s string) bool {
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' })
	for k, g := range groups {
		if !allDigits(g) || k > 0 && len(g) != 3 || len(g) > 3 {
			return len(groups) == 2 && len(s) == 9 && len(groups[0]) == 4 && year(groups[0]) && year(groups[1])
		}
	}
	return strings.Contains(s, " ")
}

// dialled passes over a telephone number after a word for one.
func (f *folded) dialled(j int) int {
	if r := f.look(j); !isDigit(r) && r != '+' && r != '(' || f.date(j) > 0 {
		return 0
	}
	c := f.chain(j)
	for n := len(c.groups); n > 0; n-- {
		digits, signs := f.joined(c.groups[:n])
		if len(digits) >= 6 && len(digits) <= 15 && strings.Count(signs, ".") != 1 && !f.goesOn(c.groups[n-1].end) && !c.dated(digits, n) && !(n == 2 && len(digits) == 8 && year(digits[:4]) && year(digits[4:])) {
			return c.groups[n-1].end
		}
	}
	return 0
}

// plate passes over the number of a vehicle: short groups of digits and of
// capitals, or of single Arabic letters.
func (f *folded) plate(j int) int {
	digits, count, end := 0, 0, 0
	if f.date(j) > 0 {
		return 0
	}
	kinds := ""
	for k := j; len(kinds) < 6; {
		start, here := k, 0
		for (wordly(f.look(k)) || unspaced(f.look(k))) && f.look(k) != '_' && k-start < 9 {
			if isDigit(f.look(k)) {
				here++
			} else if f.look(k) >= 'a' && f.look(k) <= 'z' && f.small(k) || k-start-here >= 3 {
				break
			}
			k++
		}
		kind := "A"
		if here == k-start {
			kind = "0"
		} else if here > 0 {
			kind = "*"
		}
		if k == start || letterly(f.look(k)) || !follows(kinds, kind, here) {
			break
		}
		if r := f.look(start); r >= 0x600 && r < 0x700 && k-start > 1 && here == 0 {
			break
		}
		kinds += kind
		digits += here
		count += k - start
		if count > 10 {
			break
		}
		if digits >= 2 && count >= 4 && !f.goesOn(k) && f.look(k) != ':' && (count > digits || digits >= 5 && digits <= 8) {
			end = k
		}
		if r := f.look(k); r != ' ' && r != '-' && r != 0xB7 && r != 0x2022 && r != '|' {
			break
		}
		k++
		if f.look(k) == '-' {
			k++
		}
	}
	return end
}

// follows says that a group of a plate can follow those before: digits come
// twice only around letters, and the second time are those of a region.
func follows(kinds, kind string, digits int) bool {
	if strings.Trim(kinds, "A") == "" {
		return true
	}
	if kind == "A" {
		return !strings.HasSuffix(kinds, "*") || len(kinds) == 1
	}
	return kind == "0" && strings.ContainsAny(kinds, "A*") && digits <= 3 && strings.Count(kinds, "0") < 2 && (digits <= 2 || kinds[0] != '0')
}

// docket passes over the number of a case: it has three digits at least and is
// more than a year.
func (f *folded) docket(j int) int {
	end, digits, other := j, 0, 0
	for r := f.look(end); (wordly(r) || unspaced(r) && f.look(j) == '(' || strings.ContainsRune("-/.()", r)) && r != hidden && end-j < 32; r = f.look(end) {
		if isDigit(r) {
			digits++
		} else {
			other++
		}
		end++
		if r == '号' {
			break
		}
	}
	for end > j && strings.ContainsRune("-/.(", f.look(end-1)) || f.look(end-1) == ')' && f.look(j) != '(' {
		end--
		other--
	}
	if digits < 3 || other <= 0 && digits == 4 && year(f.text(j, end)) || f.date(j) == end {
		return 0
	}
	return end
}

// account passes over the name of an account after the name of a service. What
// could be an ordinary word is one only after a colon or a word for it.
func (f *folded) account(label, j int) int {
	between := f.text(label, j)
	if strings.ContainsAny(between, ",/)") {
		return 0
	}
	told := strings.ContainsAny(between, ":=") || strings.HasSuffix(strings.TrimSpace(between), "id") || strings.HasSuffix(between, "号") || strings.HasSuffix(between, "是")
	if strings.TrimFunc(between, func(r rune) bool { return !wordly(r) && !unspaced(r) }) != "" && !told && !f.linking(between) {
		return 0
	}
	if f.look(j) == '@' {
		j++
	}
	end, letters, digits, odd := j, 0, 0, false
	for r := f.look(end); end-j <= 40 && (isPlain(r) || r == '_' || (r == '.' || r == '-') && isPlain(f.look(end+1))); r = f.look(end) {
		if isDigit(r) {
			digits++
		} else if r >= 'a' {
			letters++
		}
		odd = odd || r == '_' || r == '.'
		end++
	}
	size := end - j
	switch {
	case size < 4 || size > 40 || joins(f.look(end)):
		return 0
	case letters == 0:
		if size < 5 || digits < size {
			return 0
		}
		return end
	case digits > 0 || odd:
		if f.look(j-1) == '@' || told || digits > 0 && letters > 0 && size >= 5 || f.linking(between) && (strings.TrimSpace(between) != "" || f.owned(label)) {
			return end
		}
		return 0
	case told:
		if next := f.spaces(end); next == end || !letterly(f.look(next)) {
			return end
		}
	}
	return 0
}

// linking says that the words between a service and an account lead to it.
func (f *folded) linking(between string) bool {
	for _, w := range strings.FieldsFunc(between, func(r rune) bool { return !wordly(r) }) {
		switch w {
		case "id", "handle", "account", "user", "username", "is", "me", "under", "as", "compte", "pseudo", "est", "cuenta", "usuario", "es", "número", "ник", "аккаунт", "логин", "حساب", "حسابي", "معرف", "هو", "my", "our", "номер", "number":
		default:
			return unspaced([]rune(w)[0])
		}
	}
	return true
}

// owned says that a word for whose it is stands before the last word.
func (f *folded) owned(end int) bool {
	for f.look(end-1) == ' ' || letterly(f.look(end-1)) && end > 0 {
		end--
		if f.look(end-1) == ' ' && letterly(f.look(end)) {
			break
		}
	}
	last := f.trimmed(end)
	first := last
	for letterly(f.look(first - 1)) {
		first--
	}
	switch f.text(first, last) {
	case "my", "our", "his", "her", "their", "mon", "notre", "son", "leur", "mi", "su", "nuestro", "nuestra", "мой", "моя", "мое", "моё", "наш", "его", "её", "ее", "их", "حسابي":
		return true
	}
	return false
}
