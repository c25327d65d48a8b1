package check

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Summary says what was looked at, and how much of it should be looked at again.
type Summary struct {
	Checks []Count `json:"checks"` // by check, then in the order of the survey
}

// Count is one check of one item.
type Count struct {
	Check   string `json:"check"`          // slug of the check, or the rule's id
	Item    string `json:"item,omitempty"` // "" for whole responses
	Looked  int64  `json:"looked"`         // answers or responses
	Flagged int64  `json:"flagged"`        // proposals
	Day     bool   `json:"-"`              // the count hangs on the day of the run
}

// rowsEach is how many rows a finding names.
const rowsEach = 10

// tally gathers what the sheets say, one after the other.
type tally struct {
	d      *dataset.Dataset
	counts map[subject]*flagged
	order  map[string]int
	day    map[subject]bool
}

type flagged struct {
	looked, count int64
	rows          []dataset.Origin
	last          dataset.Origin
}

func newTally(d *dataset.Dataset) *tally {
	t := &tally{d: d, counts: map[subject]*flagged{}, order: map[string]int{}, day: map[subject]bool{}}
	for i := range d.Survey.Items {
		t.order[d.Survey.Items[i].Name] = i
	}
	return t
}

func (t *tally) of(k subject) *flagged {
	f := t.counts[k]
	if f == nil {
		f = &flagged{}
		t.counts[k] = f
	}
	return f
}

func (t *tally) add(s *sheet) {
	for k, n := range s.seen {
		t.of(k).looked += n
	}
	for _, l := range s.lines {
		f := t.of(l.subject)
		if f.count > 0 && f.last == l.origin { // a rule with several columns: one response
			continue
		}
		f.count++
		f.last = l.origin
		if len(f.rows) < rowsEach {
			f.rows = append(f.rows, l.origin)
		}
	}
}

// subjects returns what was looked at, in one order.
func (t *tally) subjects() []subject {
	keys := make([]subject, 0, len(t.counts))
	for k := range t.counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b subject) int {
		return cmp.Or(cmp.Compare(a.check, b.check), cmp.Compare(t.order[a.item], t.order[b.item]), cmp.Compare(a.item, b.item))
	})
	return keys
}

func (t *tally) summary() Summary {
	out := Summary{Checks: []Count{}}
	for _, k := range t.subjects() {
		out.Checks = append(out.Checks, Count{Check: k.check, Item: k.item, Looked: t.counts[k].looked, Flagged: t.counts[k].count, Day: k.check == DateFuture || t.day[k]})
	}
	return out
}

// findings gives one finding for each check and item with something to look at.
func (t *tally) findings() []finding.Finding {
	var out []finding.Finding
	for _, k := range t.subjects() {
		f := t.counts[k]
		if f.count == 0 {
			continue
		}
		place := finding.Place{Row: int(f.rows[0].Row), Column: k.item, File: t.file(f.rows[0])}
		if item, ok := t.d.Survey.Item(k.item); ok && item.Level > 0 { // rows of a repeat are counted apart
			place.Sheet = t.d.Survey.Levels[item.Level].Name
		}
		kind, what, severity := said(k.check)
		problem := fmt.Sprintf("%s: %d of %d.", what, f.count, f.looked)
		out = append(out, finding.Finding{Stage: stage, Kind: kind, Severity: severity, Place: place, Count: f.count,
			Problem: problem + " " + t.rows(f), Remedy: "The proposals are in proposals.csv, in the restricted folder; nothing was changed."})
	}
	return out
}

func (t *tally) file(o dataset.Origin) string {
	if o.File >= 0 && o.File < len(t.d.Files) {
		return t.d.Files[o.File]
	}
	return ""
}

// rows names the first rows of what was flagged.
func (t *tally) rows(f *flagged) string {
	var rows []string
	for _, o := range f.rows {
		if o.File != f.rows[0].File {
			break
		}
		rows = append(rows, strconv.FormatInt(o.Row, 10))
	}
	if int64(len(rows)) < f.count {
		return "The first rows: " + strings.Join(rows, ", ") + "."
	}
	if len(rows) == 1 {
		return "Row: " + rows[0] + "."
	}
	return "Rows: " + strings.Join(rows, ", ") + "."
}

// said returns the kind of a check's finding, what it says of what it flags,
// and how grave it is: what is merely unusual, or was said by another stage, is
// a note.
func said(check string) (kind, what string, severity finding.Severity) {
	switch check {
	case Constraint:
		return check, "Answers that break the constraint of the form", finding.Warning
	case Required:
		return check, "Answers missing though the form requires them", finding.Note
	case Relevant:
		return check, "Answers to an item that was not to be asked", finding.Note
	case Unknown:
		return check, "Answers that are no choice of the form", finding.Note
	case Unreadable:
		return check, "Answers that cannot be read", finding.Note
	case Outlier:
		return check, "Numbers far from the others", finding.Note
	case Impossible:
		return check, "Responses that took no time, less than none, or too long", finding.Warning
	case Speeder:
		return check, "Responses given much faster than the others", finding.Note
	case StraightLine:
		return check, "Responses with the same answer to the whole battery", finding.Note
	case Contradiction:
		return check, "Answers with a choice that excludes the others, and others", finding.Warning
	case Other:
		return check, "Texts behind \"other\" to be coded", finding.Note
	case DateFuture:
		return check, "Dates still to come", finding.Warning
	case DateEarly:
		return check, "Dates before the earliest one", finding.Warning
	case Identifier:
		return check, "Open answers that may hold what points to a person", finding.Warning
	case SameOrganisation:
		return check, "Responses of organisations that answered more than once", finding.Warning
	case Duplicate:
		return check, "Responses nearly the same as another", finding.Warning
	}
	return "rule", "Responses for which the rule " + check + " holds", finding.Warning
}

// The checks, as proposals and the summary name them.
const (
	Constraint       = "constraint"
	Required         = "required"
	Relevant         = "relevant"
	Unknown          = "unknown-choice"
	Unreadable       = "unreadable"
	Outlier          = "outlier"
	Impossible       = "duration"
	Speeder          = "speeder"
	StraightLine     = "straight-lining"
	Contradiction    = "exclusive"
	Other            = "other"
	DateFuture       = "date-future"
	DateEarly        = "date-early"
	Identifier       = "identifier"
	SameOrganisation = "same-organisation"
	Duplicate        = "duplicate"
)
