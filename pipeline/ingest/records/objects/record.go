package objects

import (
	"fmt"
	"strconv"
	"strings"
)

// pending is a key of a page, or of a record that looked like one so far.
type pending struct {
	key   string
	value token
	text  []byte
}

// pageOrRecord walks through an object at the top, or in a list there, whose
// brace has been read. A page is an object with a count and a list of results,
// and nothing beside them but where its neighbours are.
func (w *walker) pageOrRecord(listed bool) error {
	o := &object{}
	var before []pending
	count := int64(-1)
	line := w.lex.line
	w.lex.bytes = 0
	w.row = line // of what goes wrong before it is known what this is
	for {
		key, done, err := w.key(o, "")
		if err != nil {
			return err
		}
		if !done && (key == "count" || key == "next" || key == "previous") {
			t, err := w.lex.next()
			if err != nil {
				return err
			}
			if t == text || t == number || t == null {
				before = append(before, pending{key, t, append([]byte(nil), w.lex.text...)})
				if key == "count" && t == number {
					if n, err := strconv.ParseInt(string(w.lex.text), 10, 64); err == nil {
						count = n
					}
				}
				continue
			}
			return w.record(listed, line, o, before, key, t)
		}
		if done {
			return w.record(listed, line, nil, before, "", 0)
		}
		t, err := w.lex.next()
		if err != nil {
			return err
		}
		if key == "results" && t == '[' && count >= 0 {
			w.beginPage(o, before, count)
			return nil
		}
		return w.record(listed, line, o, before, key, t)
	}
}

// beginPage notes that the records to come are the results of a page.
func (w *walker) beginPage(o *object, before []pending, count int64) {
	w.paged, w.closed = true, true
	w.frames = append(w.frames, &frame{page: true, object: o, next: before, count: count, held: w.nth})
}

// endPage walks through what follows the results of a page.
func (w *walker) endPage(f *frame) error {
	last := true
	for _, p := range f.next {
		if p.key == "next" {
			last = p.value == null || len(p.text) == 0
		}
	}
	for {
		key, done, err := w.key(f.object, "")
		if err != nil {
			return err
		}
		if done {
			break
		}
		t, err := w.lex.next()
		if err != nil {
			return err
		}
		if key == "next" {
			last = t == null
		}
		if err := w.skip(t, 0); err != nil {
			return err
		}
	}
	if w.file != nil {
		p := &w.file.Paging
		p.Pages++
		p.Count = max(p.Count, f.count)
		p.Held += w.nth - f.held
		p.Last = p.Last || last
	}
	return nil
}

// record walks through a record whose brace has been read. Some keys may have
// been read before, and of one the first token of its value; where the object is
// nil all of it was read.
func (w *walker) record(listed bool, line int64, o *object, before []pending, key string, t token) error {
	w.nth++
	if w.row = w.nth; !listed {
		w.row = line
		if w.file != nil {
			w.file.Lines = true
		}
	}
	if o != nil && !o.begun {
		w.lex.bytes = 0
	}
	index := w.begin(w.main, -1)
	for _, p := range before {
		w.take(w.main, p.key, p.value, p.text)
	}
	if t != 0 {
		if err := w.value(w.main, index, key, t, 1); err != nil {
			return err
		}
	}
	if o != nil {
		if err := w.fields(w.main, index, "", o, 1); err != nil {
			return err
		}
	}
	return w.finish(w.main)
}

func (w *walker) begin(t *table, parent int64) int64 {
	t.count++
	if w.opened != nil {
		w.opened(t, t.count, parent)
	}
	return t.count
}

func (w *walker) finish(t *table) error {
	if w.ended != nil {
		return w.ended(t)
	}
	return nil
}

// fields walks through what is left of an object. prefix is its key when it
// lies in another object and is no row of its own.
func (w *walker) fields(t *table, index int64, prefix string, o *object, depth int) error {
	for {
		key, done, err := w.key(o, prefix)
		if err != nil || done {
			return err
		}
		first, err := w.lex.next()
		if err != nil {
			return err
		}
		if err := w.value(t, index, key, first, depth); err != nil {
			return err
		}
		if w.halted {
			return errHalt
		}
	}
}

// unread are keys that tools add whose content is not read: what points to
// devices, files, places and people, and notes about a response.
var unread = map[string]bool{"_attachments": true, "_notes": true, "_tags": true, "_geolocation": true}

// value walks through a value whose first token has been read.
func (w *walker) value(t *table, index int64, key string, first token, depth int) error {
	if depth > maxDepth {
		w.stop("json-depth", key, fmt.Sprintf("Objects lie more than %d deep in each other.", maxDepth), "Check that this is a file of answers.")
		return errHalt
	}
	switch {
	case unread[key] && t.parent == nil:
		w.take(t, key, null, nil)
		return w.skip(first, depth)
	case key == "_validation_status" && first == '{':
		return w.status(t, key, depth)
	case key == "_supplementalDetails" && first == '{' && t.parent == nil:
		return w.details(t, depth)
	case first == '{':
		return w.fields(t, index, key, &object{}, depth+1)
	case first == '[':
		return w.list(t, index, key, depth)
	}
	w.take(t, key, first, w.lex.text)
	if first == end || first == ']' || first == '}' || first == ',' || first == ':' {
		return w.expected(first, "a value")
	}
	return nil
}

// take hands on a plain value as a cell.
func (w *walker) take(t *table, key string, value token, content []byte) {
	switch value {
	case text:
		w.flaws(key)
	case yes:
		content = []byte("true")
	case no:
		content = []byte("false")
	case null:
		content = nil
	case number:
	case word:
		w.tell("json-word", key, "The value is a word such as NaN or Infinity, which is no JSON and no answer.", "Write null where nothing was answered.")
	default:
		return
	}
	if w.took != nil {
		w.took(t, key, content)
	}
}

// list walks through a list: of objects, which are rows of a table of their own,
// or of plain values, which are the choices of one answer.
func (w *walker) list(t *table, index int64, key string, depth int) error {
	var texts []string
	rows := 0
	mixed := false
	err := w.each(func(first token) error {
		switch first {
		case '{':
			rows++
			below, err := w.child(t, key)
			if err != nil {
				return err
			}
			own := w.begin(below, index)
			if err := w.fields(below, own, "", &object{}, depth+1); err != nil {
				return err
			}
			return w.finish(below)
		case '[':
			mixed = true
			return w.skip(first, depth)
		case null:
			return nil
		}
		if first == word {
			w.take(t, key, word, nil)
		}
		w.flaws(key)
		texts = append(texts, string(w.lex.text))
		return nil
	})
	if err != nil {
		return err
	}
	joined, ok := join(texts)
	if mixed || !ok || rows > 0 && len(texts) > 0 {
		w.tell("mixed-list", key, "The list cannot be read as one answer: it holds lists, objects beside plain values, or texts with semicolons in them.", "Write one value, choices with blanks between them, or a list of objects.")
		return nil
	}
	if rows == 0 && len(texts) > 0 {
		w.take(t, key, number, []byte(joined)) // checked above
	}
	return nil
}

// join writes several choices as one cell: with blanks between names, with
// semicolons where one of them has a blank in it.
func join(texts []string) (string, bool) {
	sep := " "
	for _, s := range texts {
		if strings.ContainsAny(s, " \t\n\r") {
			sep = ";"
		}
	}
	if sep == ";" && len(texts) > 1 && strings.Contains(strings.Join(texts, ""), ";") {
		return "", false
	}
	return strings.Join(texts, sep), true
}

// child returns the table of the lists under a key of a table.
func (w *walker) child(t *table, key string) (*table, error) {
	if below := t.below[key]; below != nil {
		return below, nil
	}
	if w.file == nil || len(w.file.tables) >= maxTables {
		w.stop("too-many-keys", key, "The file has more lists of objects than can be read.", "Check that this is a file of answers.")
		return nil, errHalt
	}
	below := &table{key: key, parent: t, columns: map[string]int{}, below: map[string]*table{}}
	t.below[key] = below
	w.file.tables = append(w.file.tables, below)
	return below, nil
}

// skip passes over a value whose first token has been read.
func (w *walker) skip(first token, depth int) error {
	if depth > maxDepth {
		return w.value(w.main, 0, "", '{', depth) // tells of the depth
	}
	switch first {
	case '{':
		o := &object{}
		for {
			_, done, err := w.key(o, "")
			if err != nil || done {
				return err
			}
			t, err := w.lex.next()
			if err != nil {
				return err
			}
			if err := w.skip(t, depth+1); err != nil {
				return err
			}
		}
	case '[':
		return w.each(func(t token) error { return w.skip(t, depth+1) })
	case end, ']', '}', ',', ':':
		return w.expected(first, "a value")
	}
	return nil
}
