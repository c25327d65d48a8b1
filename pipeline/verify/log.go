package verify

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// ErrNoIdentifiers says that lines of a log do not say which response they are
// about, because the answers came without identifiers.
var ErrNoIdentifiers = errors.New("the answers came without identifiers, so that nobody can say which response a line of the log is about: export them with _uuid")

// everybody stands in place of an identifier where a line is about every response.
const everybody = "all"

// key names a row: a response, or a row of a repeat within one.
type key struct {
	level string // "" for the response itself
	uuid  string
	index int64
}

// entry is one change of one answer.
type entry struct{ question, old, new string }

// log is the cleaning log of a run.
type log struct {
	entries map[key][]entry // in the order of the log
	spoken  map[string]bool // responses of which entries speak
	removed map[string]bool // responses left out
	gone    map[string]bool // items taken out
	added   map[string]bool // items that the form lacks
	changes int64
}

// readLog reads the log that a run writes.
func readLog(in io.Reader) (*log, error) {
	l := &log{entries: map[key][]entry{}, spoken: map[string]bool{}, removed: map[string]bool{}, gone: map[string]bool{}, added: map[string]bool{}}
	r := csv.NewReader(in)
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("read the cleaning log of the run: %w", err)
	}
	at := map[string]int{}
	for i, name := range header {
		at[name] = i
	}
	for _, must := range []string{"uuid", "question", "old_value", "change_type", "new_value", "level", "index"} {
		if _, ok := at[must]; !ok {
			return nil, fmt.Errorf("the cleaning log of the run has no column %s: it is not the one that the run wrote", must)
		}
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return l, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the cleaning log of the run: %w", err)
		}
		if cells[at["uuid"]] == "" {
			return nil, ErrNoIdentifiers
		}
		l.add(func(column string) string { return sheet.Bare(cells[at[column]]) })
	}
}

func (l *log) add(cell func(column string) string) {
	uuid, question := cell("uuid"), cell("question")
	switch cell("change_type") {
	case "remove_survey":
		l.removed[uuid] = true
		return
	case "variable_removed":
		l.gone[question] = true
		return
	case "variable_added":
		l.added[question] = true
		if uuid == everybody {
			return // it declares the item; values have lines of their own
		}
	case "no_action":
		return
	}
	k := key{level: cell("level"), uuid: uuid}
	if k.level != "" {
		k.index, _ = strconv.ParseInt(cell("index"), 10, 64)
	}
	l.changes++
	l.spoken[uuid] = true
	l.entries[k] = append(l.entries[k], entry{question, cell("old_value"), cell("new_value")})
}

// take returns the entries about a row, and forgets them.
func (l *log) take(k key) []entry {
	e := l.entries[k]
	if e != nil {
		delete(l.entries, k)
	}
	return e
}

// left returns how many entries nobody took.
func (l *log) left() int {
	n := 0
	for _, e := range l.entries {
		n += len(e)
	}
	return n
}
