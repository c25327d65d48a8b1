package foreign

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"io"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
)

// OpenParquet opens a Parquet file. One that must not be read gives a *Refusal.
func OpenParquet(in io.ReaderAt, size int64) (*File, error) {
	p := &parquetFile{in: disk{in}, size: size}
	out := &File{open: p.read}
	return out, whole(guard(func() error {
		if err := p.checkFooter(); err != nil {
			return err
		}
		reader, err := p.open(newBounded())
		if err != nil {
			return err
		}
		if err := checkStoredSchema(reader); err != nil {
			return err
		}
		if err := p.checkPages(reader); err != nil {
			return err
		}
		arrows, err := pqarrow.NewFileReader(reader, pqarrow.ArrowReadProperties{BatchSize: batchRows}, newBounded())
		if err != nil {
			return err
		}
		schema, err := arrows.Schema()
		if err != nil {
			return err
		}
		if out.Names, err = checkSchema(schema.Fields()); err == nil {
			out.Empty = emptyColumns(reader, len(out.Names))
		}
		return err
	}))
}

// checkStoredSchema looks at the Arrow schema that writers put beside their own:
// the library reads it as it reads a message of Arrow.
func checkStoredSchema(r *file.Reader) error {
	stored := r.MetaData().KeyValueMetadata().FindValue("ARROW:schema")
	if stored == nil {
		return nil
	}
	raw, err := base64.StdEncoding.DecodeString(*stored)
	if err != nil {
		return damaged()
	}
	return (&arrowFile{in: disk{bytes.NewReader(raw)}, end: int64(len(raw)), listed: true}).checkMessages()
}

type parquetFile struct {
	in   disk
	size int64
}

// checkFooter walks through the footer before the library does, which would take
// memory for as many elements as a list claims to have.
func (p *parquetFile) checkFooter() error {
	tail := make([]byte, 8)
	if p.size < 12 {
		return damaged()
	}
	if _, err := p.in.ReadAt(tail, p.size-8); err != nil {
		return err
	}
	if string(tail[4:]) == "PARE" {
		return &Refusal{"password", "The Parquet file is encrypted.", "Write it anew without encryption."}
	}
	length := int64(binary.LittleEndian.Uint32(tail))
	if string(tail[4:]) != "PAR1" || length > p.size-12 || length > maxBuffer {
		return damaged()
	}
	footer := make([]byte, length)
	if _, err := p.in.ReadAt(footer, p.size-8-length); err != nil {
		return err
	}
	w := walker{b: footer}
	if err := w.structure(0, func(id int16, list int) error {
		if id == 2 && list > 4*maxColumns { // the columns
			return tooLarge("a number of columns")
		}
		return nil
	}); err != nil {
		return err
	}
	return nil
}

func (p *parquetFile) open(mem *bounded) (*file.Reader, error) {
	props := parquet.NewReaderProperties(mem)
	props.BufferedStreamEnabled = true
	return file.NewParquetReader(struct {
		disk
		io.ReadSeeker
	}{p.in, io.NewSectionReader(p.in, 0, p.size)}, file.WithReadProps(props))
}

// emptyColumns finds the columns of which every value is said to be missing.
func emptyColumns(r *file.Reader, n int) []bool {
	out := make([]bool, n)
	if r.MetaData().Schema.NumColumns() != n {
		return out // some columns are lists or structures: nothing is said of them
	}
	for k := range out {
		out[k] = r.NumRowGroups() > 0
		for g := range r.NumRowGroups() {
			chunk, err := r.MetaData().RowGroup(g).ColumnChunk(k)
			if err != nil {
				return make([]bool, n)
			}
			stats, err := chunk.Statistics()
			out[k] = out[k] && err == nil && stats != nil && stats.HasNullCount() && stats.NullCount() == chunk.NumValues()
		}
	}
	return out
}

// read begins to read the columns side by side.
func (p *parquetFile) read() (batches, error) {
	mem := newBounded()
	reader, err := p.open(mem)
	if err != nil {
		return nil, err
	}
	arrows, err := pqarrow.NewFileReader(reader, pqarrow.ArrowReadProperties{BatchSize: batchRows}, mem)
	if err != nil {
		return nil, err
	}
	leaves := map[int]bool{}
	for i := range reader.MetaData().Schema.NumColumns() {
		leaves[i] = true
	}
	groups := make([]int, reader.NumRowGroups())
	out := &parquetBatches{mem: mem}
	for i := range groups {
		groups[i] = i
		out.left += reader.MetaData().RowGroup(i).NumRows()
	}
	for i := range arrows.Manifest.Fields {
		// Not by the library's reader of records: it opens columns in goroutines of
		// its own, and what panics there cannot be caught.
		c, err := arrows.GetFieldReader(context.Background(), i, leaves, groups)
		if err != nil {
			return nil, err
		}
		out.columns = append(out.columns, c)
	}
	return out, nil
}

type parquetBatches struct {
	mem     *bounded
	columns []*pqarrow.ColumnReader
	left    int64
}

func (b *parquetBatches) next() ([]arrow.Array, error) {
	if b.left <= 0 {
		return nil, io.EOF
	}
	b.mem.taken = 0
	var out []arrow.Array
	for _, c := range b.columns {
		chunked, err := c.NextBatch(batchRows)
		if err != nil {
			return nil, err
		}
		one, err := joined(chunked, b.mem)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	if len(out) == 0 || out[0].Len() == 0 {
		return nil, damaged()
	}
	b.left -= int64(out[0].Len())
	return out, nil
}

// joined makes one array of the pieces in which a column comes.
func joined(c *arrow.Chunked, mem *bounded) (arrow.Array, error) {
	if chunks := c.Chunks(); len(chunks) == 1 {
		return chunks[0], nil
	}
	if len(c.Chunks()) == 0 {
		return nil, damaged()
	}
	return array.Concatenate(c.Chunks(), mem)
}
