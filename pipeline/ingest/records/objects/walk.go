package objects

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// walker goes through a document and tells of its objects.
type walker struct {
	lex    *lexer
	main   *table
	file   *File // nil once the keys are known: then nothing is added to it
	row    int64 // of the record under way
	nth    int64 // number of the record under way
	paged  bool
	closed bool // a list or page stood at the top
	halted bool
	lines  bool // a record stood on a line of its own, so that all must
	frames []*frame

	opened func(t *table, index, parent int64)
	took   func(t *table, key string, value []byte)
	ended  func(t *table) error
}

func newWalker(in io.Reader, main *table) *walker { return &walker{lex: newLexer(in), main: main} }

// errHalt ends the walk: what is wrong was told.
var errHalt = errors.New("halted")

// tell notes a fault of the record under way.
func (w *walker) tell(kind, key, problem, remedy string) {
	if w.file == nil {
		return
	}
	if len(w.file.Faults) >= maxFaults {
		w.file.More++
		return
	}
	w.file.Faults = append(w.file.Faults, Fault{kind, w.row, key, problem, remedy})
}

// stop notes a fault behind which nothing more can be read.
func (w *walker) stop(kind, key, problem, remedy string) {
	w.tell(kind, key, problem, remedy)
	w.halted = true
}

// syntax notes where the file stops being JSON.
func (w *walker) syntax(err error) error {
	var s *syntaxError
	if !errors.As(err, &s) {
		return err
	}
	where := ""
	if s.line != w.row {
		where = fmt.Sprintf(" (line %d of the file)", s.line)
	}
	w.tell("json-syntax", "", "The record is not valid JSON: "+s.what+where+".", "Mend it, or export the answers again.")
	return errHalt
}

// frame is a list at the top of the document while its values are read: a list
// of records or pages, or the results of a page.
type frame struct {
	begun  bool
	page   bool
	object *object // the page
	next   []pending
	count  int64 // of all records, as the page says
	held   int64 // records before the page
}

// document walks through the whole file.
func (w *walker) document() error {
	for {
		if more, err := w.step(); err != nil || !more {
			return err
		}
	}
}

// step walks through the next record, or to the next list. It reports false
// when there is no more.
func (w *walker) step() (bool, error) {
	if w.halted {
		return false, nil
	}
	done, err := w.advance()
	w.lex.lined = false
	if err == nil {
		return !done, nil
	}
	if err := w.syntax(err); !errors.Is(err, errHalt) {
		return false, err
	}
	if w.halted || w.closed {
		return false, nil
	}
	return w.lex.toNextLine() // an object a line: the next may be good
}

func (w *walker) advance() (done bool, err error) {
	if len(w.frames) == 0 {
		t, err := w.lex.next()
		if err != nil {
			w.row = w.lex.line
			return false, err
		}
		return t == end, w.top(t)
	}
	f := w.frames[len(w.frames)-1]
	t, over, err := w.element(&f.begun)
	switch {
	case err != nil:
		w.row = w.nth + 1
		return false, err
	case over:
		w.frames = w.frames[:len(w.frames)-1]
		if f.page {
			return false, w.endPage(f)
		}
		return false, nil
	case t != '{':
		w.row = w.nth + 1
		w.stop("json-other", "", "The list holds something other than objects.", "Give a list of objects, each with the answers of one respondent.")
		return true, nil
	case f.page:
		return false, w.record(true, 0, &object{}, nil, "", 0)
	}
	return false, w.pageOrRecord(true)
}

// top begins with a value at the top of the document.
func (w *walker) top(t token) error {
	switch w.row = w.lex.line; {
	case t == end:
		return nil
	case w.closed && (t != '{' || !w.paged):
		w.stop("json-trailing", "", "Something follows the end of the answers.", "Remove it, or export the answers again; files joined by hand look so.")
		return nil
	case t == '{':
		line := w.lex.line
		w.lex.lined = w.lines
		err := w.pageOrRecord(false)
		w.lines = w.lines || err == nil && !w.closed && w.lex.line == line
		return err
	case t == '[' && w.nth == 0:
		w.closed = true
		w.frames = append(w.frames, &frame{})
		return nil
	}
	w.tell("json-other", "", "The line holds something other than an object.", "Give an object with answers a line, or a list of such objects.")
	w.halted = !w.lines
	return errHalt
}

// bounded halts the walk when a record is longer than memory should hold.
func (w *walker) bounded() error {
	if w.lex.bytes <= records.MaxRecord {
		return nil
	}
	w.stop("row-too-long", "", fmt.Sprintf("The record is longer than %d MB; reading stopped there.", records.MaxRecord>>20), "Check that this is a file of answers.")
	return errHalt
}

// element reads the first token of the next value of a list, or its end.
func (w *walker) element(begun *bool) (t token, over bool, err error) {
	if t, err = w.lex.next(); err != nil {
		return t, false, err
	}
	if err := w.bounded(); err != nil {
		return t, false, err
	}
	if t == ']' {
		return t, true, nil
	}
	if *begun {
		if t != ',' {
			return t, false, w.expected(t, "a comma or the end of a list")
		}
		if t, err = w.lex.next(); err != nil {
			return t, false, err
		}
	}
	*begun = true
	if t == ']' || t == '}' || t == ',' || t == ':' || t == end {
		return t, false, w.expected(t, "a value")
	}
	return t, false, nil
}

// each calls f with the first token of every value of a list that has begun.
func (w *walker) each(f func(t token) error) error {
	begun := false
	for {
		t, over, err := w.element(&begun)
		if err != nil || over {
			return err
		}
		if err := f(t); err != nil {
			return err
		}
		if w.halted {
			return errHalt
		}
	}
}

func (w *walker) expected(t token, what string) error {
	if t == end {
		return w.lex.bad("the file stops inside a record")
	}
	return w.lex.bad(what + " is missing")
}

// object is an object under way.
type object struct {
	seen  map[string]bool
	begun bool
}

// key reads the next key of an object, or its end.
func (w *walker) key(o *object, prefix string) (key string, done bool, err error) {
	t, err := w.lex.next()
	if err != nil {
		return "", false, err
	}
	if err := w.bounded(); err != nil {
		return "", false, err
	}
	if t == '}' {
		return "", true, nil
	}
	if o.begun {
		if t != ',' {
			return "", false, w.expected(t, "a comma or the end of an object")
		}
		if t, err = w.lex.next(); err != nil {
			return "", false, err
		}
	}
	if t != text {
		return "", false, w.expected(t, "a key in quotes")
	}
	o.begun = true
	key = string(w.lex.text)
	w.flaws(records.Printable(key))
	if len(key) > maxKey {
		w.stop("key-too-long", records.Printable(key), "The name of a key is longer than can be read.", "Check that this is a file of answers.")
		return "", false, errHalt
	}
	if prefix != "" && !strings.HasPrefix(key, prefix+"/") {
		key = prefix + "/" + key
	}
	if t, err = w.lex.next(); err != nil {
		return "", false, err
	} else if t != ':' {
		return "", false, w.expected(t, "a colon behind a key")
	}
	if o.seen == nil {
		o.seen = map[string]bool{}
	}
	if o.seen[key] {
		w.tell("duplicate-key", key, "The record names the key twice, and readers disagree about which of the two counts.", "Remove the one that is wrong, or export the answers again.")
	}
	o.seen[key] = true
	return key, false, nil
}

// flaws tells what is the matter with the text that was read last.
func (w *walker) flaws(key string) {
	f := w.lex.flaw
	if f&notUTF8 != 0 {
		w.tell("not-utf-8", key, "The text is not UTF-8.", "Save the file as UTF-8, or set input.encoding to how it was written.")
	}
	if f&loneSurrogate != 0 {
		w.tell("lone-surrogate", key, "The text has half of a character (a surrogate without its other half): it was cut by a program.", "Export the answers again, or mend the text.")
	}
	if f&tooLong != 0 {
		w.tell("cell-too-long", key, fmt.Sprintf("The text is longer than %d MB.", records.MaxCell>>20), "Check what it holds, and shorten it.")
	}
}
