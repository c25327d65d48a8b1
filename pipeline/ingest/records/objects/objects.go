// Package objects reads answers that are written as objects: what the API of
// KoboToolbox gives (one page or several), a list of objects, or an object a
// line (NDJSON). Objects inside objects become columns, lists of objects become
// tables of their own, as the repeats that they are. A file is read as a stream,
// once to learn its keys and once for each table.
package objects

import (
	"io"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// Limits, beside those of records.
const (
	maxDepth  = 32
	maxTables = 500
	maxKey    = 1000 // bytes
	maxFaults = 200
)

// Fault is what is the matter with an object, by its place.
type Fault struct {
	Kind            string
	Row             int64  // of the record: its line, or its number where records do not have lines of their own
	Key             string // "" for the whole record
	Problem, Remedy string
}

// Paging is what the pages of a file say of all there is.
type Paging struct {
	Pages int
	Count int64 // how many records there are, as the pages say
	Held  int64 // how many the pages hold
	Last  bool  // one of them says that no page follows
}

// File is a file of objects whose keys are known.
type File struct {
	Lines   bool // an object a line
	Records int64
	Paging  Paging
	Faults  []Fault // where there are any, the file must not be used
	More    int64   // how many faults there are beside those

	tables []*table
	open   func() (io.Reader, error)
}

// table is the objects of one list: all records, or those of a repeat.
type table struct {
	key     string // full key of the list, "" for the records
	parent  *table
	columns map[string]int
	names   []string // of the columns, in the order of the alphabet once all are known
	below   map[string]*table
	count   int64 // of objects so far
}

// Scan reads a file once and learns its keys. open opens it from its beginning,
// as UTF-8 without a byte order mark. The error is one of reading: what is wrong
// with the file is in its Faults.
func Scan(open func() (io.Reader, error)) (*File, error) {
	in, err := open()
	if err != nil {
		return nil, err
	}
	f := &File{open: open}
	main := &table{columns: map[string]int{}, below: map[string]*table{}}
	f.tables = []*table{main}
	w := newWalker(in, main)
	w.file = f
	w.took = func(t *table, key string, _ []byte) {
		if _, known := t.columns[key]; known {
			return
		}
		if len(t.columns) >= records.MaxColumns {
			w.stop("too-many-keys", key, "The objects have more different keys than can be read.", "Check that this is a file of answers.")
			return
		}
		t.columns[key] = len(t.columns)
	}
	if err := w.document(); err != nil {
		return nil, err
	}
	f.Records = main.count
	for _, t := range f.tables {
		t.settle()
	}
	slices.SortStableFunc(f.tables, func(a, b *table) int { return strings.Compare(a.path(), b.path()) })
	return f, nil
}

func (t *table) path() string {
	if t.parent == nil {
		return ""
	}
	return t.parent.path() + "\x00" + t.key
}

// name is the last part of the key, which is the name of the repeat.
func (t *table) name() string { return t.key[strings.LastIndexByte(t.key, '/')+1:] }

// settle puts the columns in the order of the alphabet, whatever the order in
// which they were met, and adds those by which tables find each other.
func (t *table) settle() {
	t.names = t.names[:0]
	for name := range t.columns {
		t.names = append(t.names, name)
	}
	slices.Sort(t.names)
	for i, name := range t.names {
		t.columns[name] = i
	}
	add := func(name string) {
		if _, taken := t.columns[name]; !taken {
			t.columns[name] = len(t.names)
			t.names = append(t.names, name)
		}
	}
	if len(t.below) > 0 {
		add("_index")
	}
	if t.parent != nil {
		add("_parent_index")
		add("_parent_table_name")
	}
}

// Sheets returns the tables of the file, the records first. empty names columns
// that the records have beside their keys, with nothing in them: keys that no
// record has because nobody answered.
func (f *File) Sheets(empty func(sheet string, columns []string) []string) []records.Sheet {
	var out []records.Sheet
	for i, t := range f.tables {
		names := slices.Clone(t.names)
		if empty != nil {
			names = append(names, empty(t.name(), t.names)...)
		}
		out = append(out, records.Sheet{Name: t.name(), Open: func() (records.Reader, error) {
			in, err := f.open()
			if err != nil {
				return nil, err
			}
			return f.reader(in, i, names), nil
		}})
	}
	return out
}
