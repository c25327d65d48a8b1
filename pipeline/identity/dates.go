package identity

import "strings"

// date passes over a date of a day that begins at i, as it is written in the
// six languages, or returns 0.
func (f *folded) date(i int) int {
	if isDigit(f.look(i - 1)) {
		return 0
	}
	if !isDigit(f.look(i)) {
		m := f.month(i)
		if m == 0 {
			return 0
		}
		day, size := f.run(f.spaces(m))
		if size == 0 || size > 2 {
			return 0
		}
		day = f.passing(day, ordinals[:]...)
		if f.look(day) == ',' {
			day++
		}
		return f.yearAt(f.spaces(day))
	}
	first, size := f.run(i)
	switch {
	case size == 4 && f.look(first) == '年':
		m, ms := f.run(first + 1)
		d, ds := f.run(m + 1)
		if ms == 0 || ds == 0 || f.look(m) != '月' {
			return 0
		}
		if f.look(d) == '日' || f.look(d) == '号' {
			d++
		}
		return d
	case size == 4:
		return f.parts(first, 2, 2)
	case size <= 2:
		if end := f.parts(first, 2, 4); end > 0 {
			return end
		}
		j := f.passing(first, ordinals[:]...)
		j = f.passing(f.spaces(j), "de ", "of ", "من ")
		if m := f.month(j); m > 0 {
			m = f.passing(f.spaces(m), "de ", "del ", ",")
			return f.yearAt(f.spaces(m))
		}
	}
	return 0
}

// passing passes over the first of some words that stands at i.
func (f *folded) passing(i int, words ...string) int {
	for _, w := range words {
		if f.has(i, w) {
			return i + len([]rune(w))
		}
	}
	return i
}

func (f *folded) run(i int) (end, size int) {
	end = i
	for isDigit(f.look(end)) {
		end++
	}
	return end, end - i
}

// parts passes over two more parts of a date with the same sign between them.
func (f *folded) parts(i, second, third int) int {
	sign := f.look(i)
	if sign != '-' && sign != '/' && sign != '.' && sign != ' ' {
		return 0
	}
	m, ms := f.run(f.spaces(i + 1))
	if ms == 0 || ms > second || f.look(m) != sign {
		return 0
	}
	d, ds := f.run(f.spaces(m + 1))
	if ds == 0 || ds > third || third == 4 && ds != 2 && ds != 4 {
		return 0
	}
	return d
}

func (f *folded) yearAt(i int) int {
	end, size := f.run(i)
	if size != 4 && size != 2 {
		return 0
	}
	return end
}

// month passes over the name of a month. The longest name is taken.
func (f *folded) month(i int) int {
	best := 0
	for _, e := range monthIndex[f.look(i)] {
		if f.stands(i, e.word) {
			if end := i + len(e.word); end > best && !letterly(f.look(end)) {
				best = end
			}
		}
	}
	if best > 0 && f.look(best) == '.' {
		best++
	}
	return best
}

var ordinals = [...]string{"st", "nd", "rd", "th", "er", "°", "-го", "-е"}

var months = strings.Fields(`january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre décembre decembre
janv févr avr juil déc
enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
янв фев мар апр июн июл авг сент окт ноя дек
يناير فبراير مارس أبريل ابريل إبريل مايو يونيو يونيه يوليو يوليه أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر
جانفي فيفري أفريل ماي جوان جويلية أوت
نيسان أيار حزيران تموز آب أيلول شباط آذار`)

// born finds a date that is followed by a word for birth.
func (f *folded) born(i int) (span, bool) {
	end := f.date(i)
	if end == 0 {
		return span{}, false
	}
	j := f.spaces(f.passing(f.spaces(end), "г.р", "года рождения", "г. рождения", "г. р", "出生", "生"))
	return span{BirthDate, i, end}, j > f.spaces(end)
}
