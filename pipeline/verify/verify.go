// Package verify proves that clean answers are the raw ones plus a log. It
// shares no code with the cleaning it checks: it takes raw answers as text,
// makes the changes that the log of a run says, one after the other, and holds
// the result against the clean answers that the run left, cell by cell.
package verify

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Request is what is held against each other.
type Request struct {
	Raw   *dataset.Dataset                           // answers as they were read
	Log   io.Reader                                  // the cleaning log of the run
	Clean func(level string) (dataset.Stored, error) // the clean answers of a level
}

// Result says what was compared, and where clean answers are not what the raw
// ones and the log give.
type Result struct {
	Responses   int64 // left after the log
	Answers     int64 // cells that hold an answer
	Changes     int64 // lines of the log about answers
	Removed     int64 // responses that the log leaves out
	Differences []Difference
	More        int64 // differences beyond those listed
}

// Equal reports whether there is no difference.
func (r Result) Equal() bool { return len(r.Differences) == 0 }

// Difference is a place where clean answers are not raw answers plus the log.
type Difference struct {
	File string // file of answers
	Row  int64  // row in it; 0 where there is none
	Item string
	What string
}

// String gives the difference on one line, without an answer.
func (d Difference) String() string {
	var parts []string
	if d.File != "" {
		parts = append(parts, d.File)
	}
	if d.Row > 0 {
		parts = append(parts, fmt.Sprintf("row %d", d.Row))
	}
	if d.Item != "" {
		parts = append(parts, "item "+d.Item)
	}
	if len(parts) == 0 {
		return d.What
	}
	return strings.Join(parts, ", ") + ": " + d.What
}

// listed is how many differences are listed.
const listed = 1000

// Verify compares. The log is held in memory; answers are streamed.
func Verify(q Request) (Result, error) {
	log, err := readLog(q.Log)
	if err != nil {
		return Result{}, err
	}
	v := verifying{request: q, log: log}
	v.result.Changes, v.result.Removed = log.changes, int64(len(log.removed))
	for level := range q.Raw.Survey.Levels {
		if err := v.level(level); err != nil {
			return Result{}, err
		}
	}
	v.leftovers()
	return v.result, nil
}

type verifying struct {
	request Request
	log     *log
	result  Result
}

func (v *verifying) differs(d Difference) {
	if len(v.result.Differences) == listed {
		v.result.More++
		return
	}
	v.result.Differences = append(v.result.Differences, d)
}

// row is a raw row that the log leaves in.
type row struct {
	key   key
	batch *dataset.Batch
	at    int
}

// rows gives the rows of a level that the log leaves in.
func (v *verifying) rows(level int) iter.Seq2[row, error] {
	name := v.request.Raw.Survey.Levels[level].Name
	if level == 0 {
		name = ""
	}
	return func(yield func(row, error) bool) {
		count := map[string]int64{}
		for b, err := range v.request.Raw.Batches(level) {
			if err != nil {
				yield(row{}, err)
				return
			}
			for i := range b.Len() {
				k := key{level: name, uuid: b.UUID(i)}
				if v.log.removed[k.uuid] && k.uuid != "" {
					continue
				}
				if level > 0 && v.log.spoken[k.uuid] {
					count[k.uuid]++
					k.index = count[k.uuid]
				}
				if !yield(row{k, b, i}, nil) {
					return
				}
			}
		}
	}
}

// level compares the rows of a level, which stand in the same order on both sides.
func (v *verifying) level(level int) error {
	name := v.request.Raw.Survey.Levels[level].Name
	stored, err := v.request.Clean(name)
	if err != nil {
		return err
	}
	next, stop := iter.Pull2(v.rows(level))
	defer stop()
	var broken error
	seen := false
	err = dataset.Reread(stored, func(uuid string, items, clean []string) error {
		raw, err, ok := next()
		switch {
		case err != nil:
			return err
		case !ok:
			broken = v.rowsDiffer(name, "there are more clean rows than the raw answers and the log leave")
			return io.EOF
		case raw.key.uuid != uuid:
			broken = v.rowsDiffer(name, "the clean answers stand for other responses than the raw ones and the log leave, from this row on", raw)
			return io.EOF
		}
		if !seen {
			seen = true
			v.items(raw.batch.Layout, items)
		}
		if level == 0 {
			v.result.Responses++
		}
		v.compare(raw, items, clean)
		return nil
	})
	if broken != nil {
		return nil
	}
	if err != nil {
		return err
	}
	if raw, err, ok := next(); err != nil {
		return err
	} else if ok {
		_ = v.rowsDiffer(name, "there are fewer clean rows than the raw answers and the log leave, from this row on", raw)
	}
	return nil
}

func (v *verifying) rowsDiffer(level, what string, at ...row) error {
	d := Difference{What: what}
	if level != survey.RespondentLevel {
		d.What += " (repeat " + level + ")"
	}
	for _, r := range at {
		d.File, d.Row = v.origin(r)
	}
	v.differs(d)
	return io.EOF
}

func (v *verifying) origin(r row) (string, int64) {
	o := r.batch.Origin(r.at)
	if o.File >= 0 && o.File < len(v.request.Raw.Files) {
		return v.request.Raw.Files[o.File], o.Row
	}
	return "", o.Row
}

// items compares which items there are on both sides.
func (v *verifying) items(layout dataset.Layout, clean []string) {
	for _, name := range layout.Items {
		if there := slices.Contains(clean, name); there == v.log.gone[name] {
			what := "the item is not among the clean answers, and no line of the log takes it out"
			if there {
				what = "the log takes the item out, and it is among the clean answers"
			}
			v.differs(Difference{Item: name, What: what})
		}
	}
	for _, name := range clean {
		if !layout.Has(name) && !v.log.added[name] {
			v.differs(Difference{Item: name, What: "the item is among the clean answers, and neither the form nor the log has it"})
		}
	}
}

// compare makes the changes of the log in a raw row, and compares.
func (v *verifying) compare(raw row, items, clean []string) {
	entries := v.log.take(raw.key)
	for i, name := range items {
		item, known := raw.batch.Layout.Survey.Item(name)
		many := known && item.Type == survey.SelectMultiple
		now := raw.batch.Form(raw.at, name)
		for _, e := range entries {
			if e.question != name {
				continue
			}
			if !same(e.old, now, many) {
				v.at(raw, name, "the old value in the log is not the one that stands there")
			}
			now = e.new
		}
		if now != "" {
			v.result.Answers++
		}
		if !same(now, clean[i], many) {
			v.at(raw, name, "the clean answer is not what the raw one and the log give")
		}
	}
	for _, e := range entries {
		if !slices.Contains(items, e.question) && !v.log.gone[e.question] {
			v.at(raw, e.question, "the log changes an item that is not among the clean answers")
		}
	}
}

func (v *verifying) at(r row, item, what string) {
	file, n := v.origin(r)
	v.differs(Difference{File: file, Row: n, Item: item, What: what})
}

// leftovers tells of lines that found no row.
func (v *verifying) leftovers() {
	if n := v.log.left(); n > 0 {
		v.differs(Difference{What: fmt.Sprintf("%d lines of the log are about rows that are not there", n)})
	}
}

// same reports whether two answers are one: a set of choices has no order, and
// CSV has one kind of line end.
func same(a, b string, many bool) bool {
	if a == b {
		return true
	}
	if many {
		return slices.Equal(slices.Sorted(strings.FieldsSeq(a)), slices.Sorted(strings.FieldsSeq(b)))
	}
	return strings.ReplaceAll(a, "\r\n", "\n") == strings.ReplaceAll(b, "\r\n", "\n")
}
