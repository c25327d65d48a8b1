package objects

import (
	"io"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// reader gives the rows of one table.
type reader struct {
	names   []string
	walk    *walker
	target  *table
	build   records.Builder
	cells   [][]byte
	filled  []bool
	begun   bool
	records int64 // that the file had when its keys were learnt
}

// reader returns a reader of table i. Its columns are names, of which the first
// are those of the table.
func (f *File) reader(in io.Reader, i int, names []string) records.Reader {
	// The tables are copied, because each reading counts for itself.
	copies := map[*table]*table{}
	for _, t := range f.tables {
		copies[t] = &table{key: t.key, columns: t.columns, below: map[string]*table{}}
	}
	for _, t := range f.tables {
		copies[t].parent = copies[t.parent]
		for key, below := range t.below {
			copies[t].below[key] = copies[below]
		}
	}
	var main *table
	for _, t := range f.tables {
		if t.parent == nil {
			main = copies[t]
		}
	}
	r := &reader{names: names, records: f.Records, target: copies[f.tables[i]], cells: make([][]byte, len(names)), filled: make([]bool, len(names))}
	r.walk = newWalker(in, main)
	r.walk.opened, r.walk.took, r.walk.ended = r.opened, r.took, r.ended
	return r
}

// Next gives the next rows; the first record is the header.
func (r *reader) Next() (*records.Chunk, error) {
	if !r.begun {
		r.begun = true
		r.build.Begin(1)
		for _, name := range r.names {
			r.build.Cell(name)
		}
		r.build.End()
	}
	for !r.build.Full() {
		more, err := r.walk.step()
		if err != nil {
			return nil, err
		}
		if !more {
			if r.walk.nth != r.records {
				return nil, &records.Fault{Kind: "changed", Problem: "The file changed while it was read.", Remedy: "Wait until it is written, and run again."}
			}
			break
		}
	}
	if c := r.build.Chunk(); c != nil {
		return c, nil
	}
	return nil, io.EOF
}

func (r *reader) opened(t *table, index, parent int64) {
	if t != r.target {
		return
	}
	clear(r.filled)
	if len(t.below) > 0 {
		r.set("_index", strconv.AppendInt(nil, index, 10))
	}
	if t.parent != nil {
		r.set("_parent_index", strconv.AppendInt(nil, parent, 10))
		r.set("_parent_table_name", []byte(t.parent.name()))
	}
}

func (r *reader) took(t *table, key string, value []byte) {
	if t == r.target {
		r.set(key, value)
	}
}

func (r *reader) set(name string, value []byte) {
	if k, ok := r.target.columns[name]; ok && !r.filled[k] {
		r.cells[k], r.filled[k] = append(r.cells[k][:0], value...), true
	}
}

func (r *reader) ended(t *table) error {
	if t != r.target {
		return nil
	}
	r.build.Begin(r.walk.row)
	for k := range r.names {
		if r.filled[k] {
			r.build.Cell(string(r.cells[k]))
		} else {
			r.build.Cell("")
		}
	}
	r.build.End()
	return nil
}
