package draft

import (
	"regexp"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// profile is what is known of one column: counts of what its cells look like,
// and the cells themselves as long as they are few.
type profile struct {
	index    int
	title    string
	answered int64
	counts   map[string]int64 // distinct cells; nil once there are too many
	sign     string           // between the parts of a cell that is a list, "" when nobody said so
	unique   bool             // no value was seen twice while values were counted
	longest  int              // bytes of the longest cell

	integers, decimals, dates, dateTimes, times, slashed, absent int64
	emails, phones, points                                       int64
	misfit                                                       int // first row that is no number
	first, second                                                int // largest first and second part of dates such as 3/21/2017

	said     *Said // nil when the file says nothing of the column
	use      use
	kind     survey.Type
	path     string // path of its group, "" for none
	short    string // title without the path
	multiple []part // the choices of a select_multiple, from split columns or lists
	list     *list  // the list of a select
	role     survey.Role
}

// use says what becomes of a column.
type use int

const (
	asItem  use = iota
	leftOut     // not in the draft
	asPart      // a choice of a select_multiple
)

// part is one choice of a select_multiple.
type part struct{ name, label string }

func newProfile(index int, title string) *profile {
	if title = strings.TrimSpace(title); !validPath(title) { // __version__ is a name, and no emphasis
		title = survey.PlainText(title)
	}
	return &profile{index: index, title: title, short: title, counts: map[string]int64{}, unique: true}
}

func (p *profile) add(cell string, row int) {
	cell = survey.PlainText(cell)
	if cell == "" || p.said.noAnswer(cell) {
		return
	}
	p.answered++
	p.longest = max(p.longest, len(cell))
	if p.sign != "" {
		for part := range strings.SplitSeq(cell, p.sign) {
			if part = strings.TrimSpace(part); part != "" {
				p.count(part)
			}
		}
		return
	}
	p.count(cell)
	if absent(cell) {
		p.absent++
		return
	}
	switch shapeOf(cell) {
	case integerShape:
		p.integers++
		return
	case decimalShape:
		p.decimals++
		return
	case dateShape:
		p.dates++
	case dateTimeShape:
		p.dateTimes++
	case timeShape:
		p.times++
	case slashedDate, slashedDateTime:
		if shapeOf(cell) == slashedDate {
			p.dates++
		} else {
			p.dateTimes++
		}
		p.slashed++
		p.widen(cell)
	case emailShape:
		p.emails++
	case phoneShape:
		p.phones++
	case pointShape:
		p.points++
	}
	if p.misfit == 0 || row < p.misfit {
		p.misfit = row
	}
}

func (p *profile) count(cell string) {
	if p.counts == nil {
		return
	}
	if _, seen := p.counts[cell]; seen {
		p.unique = false
	} else if len(p.counts) >= maxDistinct || len(cell) > maxValueBytes {
		p.counts = nil
		return
	}
	p.counts[cell]++
}

// shape is what a cell looks like.
type shape int

const (
	otherShape shape = iota
	integerShape
	decimalShape
	dateShape
	dateTimeShape
	timeShape
	slashedDate
	slashedDateTime
	emailShape
	phoneShape
	pointShape
)

var shapes = []struct {
	pattern *regexp.Regexp
	shape   shape
}{
	{regexp.MustCompile(`^[+-]?(?:0|[1-9][0-9]{0,14})$`), integerShape},
	{regexp.MustCompile(`^[+-]?[0-9]{0,15}[.,][0-9]+(?:[eE][+-]?[0-9]{1,3})?$`), decimalShape},
	{regexp.MustCompile(`^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}$`), dateShape},
	{regexp.MustCompile(`^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)? ?(?:Z|[+-][0-9]{2}:?[0-9]{0,2}|UTC)?$`), dateTimeShape},
	{regexp.MustCompile(`^[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{0,2})?$`), timeShape},
	{regexp.MustCompile(`^[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})$`), slashedDate},
	{regexp.MustCompile(`^[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AaPp][Mm])?$`), slashedDateTime},
	{regexp.MustCompile(`^-?[0-9]{1,3}\.[0-9]+[ ,]\s*-?[0-9]{1,3}\.[0-9]+(?: -?[0-9.]+ [0-9.]+)?$`), pointShape},
	{regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]{2,}$`), emailShape},
	{regexp.MustCompile(`^(?:\+|00)[0-9][0-9 ()./-]{6,18}[0-9]$`), phoneShape},
}

func shapeOf(cell string) shape {
	if len(cell) > 80 {
		return otherShape
	}
	for _, s := range shapes {
		if s.pattern.MatchString(cell) {
			return s.shape
		}
	}
	return otherShape
}

var dateParts = regexp.MustCompile(`^([0-9]{1,2})[/.-]([0-9]{1,2})`)

// widen notes how large the first two parts of a date such as 3/21/2017 get.
func (p *profile) widen(cell string) {
	if m := dateParts.FindStringSubmatch(cell); m != nil {
		p.first, p.second = max(p.first, atoi(m[1])), max(p.second, atoi(m[2]))
	}
}

func atoi(digits string) (n int) {
	for _, c := range digits {
		n = n*10 + int(c-'0')
	}
	return n
}

// absent reports whether a cell says that there is nothing, in the manner of
// statistics programs. It may be a word of the survey too: NA is Namibia.
func absent(cell string) bool {
	switch strings.ToLower(cell) {
	case "na", "n/a", "#n/a", "nan", "null", "<na>", ".", "-", "--":
		return true
	}
	return false
}

// answers returns how many cells hold an answer.
func (p *profile) answers() int64 { return p.answered - p.absent }
