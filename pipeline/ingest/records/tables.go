package records

// Sheet is one of the tables that a file holds: a sheet of a workbook, a file of
// an archive, the objects of one level of a JSON document, the rows of a data
// file of a statistics program. Its first record is the header. A table that
// belongs to a repeat has the columns _parent_index and _parent_table_name, and
// its parent the column _index, whatever tool the file is from.
type Sheet struct {
	Name      string
	Hidden    bool
	Open      func() (Reader, error) // reads it from its beginning, as often as asked
	Variables []Variable             // what the file says of each column; nil when it says nothing
}

// Merger is a Reader that knows of merged cells once it has been read.
type Merger interface{ Merged() []string }

// Close ends a reading, where the reader holds something open.
func Close(r Reader) {
	if c, ok := r.(interface{ Close() error }); ok {
		_ = c.Close()
	}
}

// Builder makes chunks of records from cells that are not text in a file: of
// values in a binary file, or of objects. Cells of a record are added from left
// to right between Begin and End.
type Builder struct{ c *Chunk }

// Begin starts a record. Its row is what a finding will name.
func (b *Builder) Begin(row int64) {
	if b.c == nil {
		b.c = &Chunk{starts: []int32{0}}
	}
	b.c.rows = append(b.c.rows, row)
}

// Cell adds a cell. A cell over MaxCell is cut and noted.
func (b *Builder) Cell(text string) {
	c := b.c
	if len(text) > MaxCell {
		text = text[:MaxCell]
		b.Note(CellTooLong, int(int32(len(c.cells))-c.starts[len(c.starts)-1]))
	}
	start := len(c.buf)
	c.buf = append(c.buf, text...)
	c.cells = append(c.cells, span{uint32(start), uint32(len(c.buf))})
}

// Note says what is the matter with a cell of the record under way; column
// counts from 0.
func (b *Builder) Note(kind Kind, column int) {
	b.c.Problems = append(b.c.Problems, Problem{Kind: kind, Row: b.c.rows[len(b.c.rows)-1], Column: column})
}

// End ends a record.
func (b *Builder) End() { b.c.starts = append(b.c.starts, int32(len(b.c.cells))) }

// Full reports whether the chunk under way should be handed on.
func (b *Builder) Full() bool {
	return b.c != nil && (len(b.c.rows) >= ChunkRows || len(b.c.buf) >= chunkBytes || len(b.c.cells) >= chunkCells)
}

// Chunk returns the records so far, nil when there are none, and starts anew.
func (b *Builder) Chunk() *Chunk {
	c := b.c
	b.c = nil
	if c != nil {
		c.to = len(c.buf)
	}
	return c
}
