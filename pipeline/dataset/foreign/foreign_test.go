package foreign

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/decimal128"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
)

// everyType gives a record of every type that is read, rows times.
func everyType(rows int) arrow.Record {
	dictionary := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "flag", Type: arrow.FixedWidthTypes.Boolean, Nullable: true},
		{Name: "whole", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
		{Name: "real", Type: arrow.PrimitiveTypes.Float64, Nullable: true},
		{Name: "text", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "day", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
		{Name: "moment", Type: &arrow.TimestampType{Unit: arrow.Millisecond}, Nullable: true},
		{Name: "utc", Type: &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}, Nullable: true},
		{Name: "clock", Type: arrow.FixedWidthTypes.Time64us, Nullable: true},
		{Name: "money", Type: &arrow.Decimal128Type{Precision: 10, Scale: 2}, Nullable: true},
		{Name: "code", Type: dictionary, Nullable: true},
		{Name: "several", Type: arrow.ListOf(arrow.BinaryTypes.String), Nullable: true},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	at := time.Date(2022, 4, 2, 10, 11, 12, 500_000_000, time.UTC)
	for i := range rows {
		if i%3 == 2 {
			for _, f := range b.Fields() {
				f.AppendNull()
			}
			continue
		}
		b.Field(0).(*array.BooleanBuilder).Append(i%2 == 0)
		b.Field(1).(*array.Int32Builder).Append(int32(i - 1))
		b.Field(2).(*array.Float64Builder).Append(float64(i) + 0.25)
		b.Field(3).(*array.StringBuilder).Append("ответ")
		b.Field(4).(*array.Date32Builder).Append(arrow.Date32FromTime(at))
		b.Field(5).(*array.TimestampBuilder).Append(arrow.Timestamp(at.UnixMilli()))
		b.Field(6).(*array.TimestampBuilder).Append(arrow.Timestamp(at.UnixMicro()))
		b.Field(7).(*array.Time64Builder).Append(arrow.Time64(36_672_000_000))
		b.Field(8).(*array.Decimal128Builder).Append(decimal128.FromI64(1234))
		_ = b.Field(9).(*array.BinaryDictionaryBuilder).AppendString([]string{"africa", "asia"}[i%2])
		l := b.Field(10).(*array.ListBuilder)
		l.Append(true)
		for _, s := range []string{"a", "b"}[:i%3*2] {
			l.ValueBuilder().(*array.StringBuilder).Append(s)
		}
	}
	return b.NewRecord()
}

const wantHeader = "flag|whole|real|text|day|moment|utc|clock|money|code|several"

var wantRows = []string{
	"TRUE|-1|0.25|ответ|2022-04-02|2022-04-02T10:11:12.5|2022-04-02T10:11:12.5Z|10:11:12|12.34|africa|;",
	"FALSE|0|1.25|ответ|2022-04-02|2022-04-02T10:11:12.5|2022-04-02T10:11:12.5Z|10:11:12|12.34|asia|a b",
	"||||||||||",
}

func asParquet(t testing.TB, codec compress.Compression, records ...arrow.Record) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := pqarrow.NewFileWriter(records[0].Schema(), &out, parquet.NewWriterProperties(parquet.WithCompression(codec)), pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema()))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asStream(t testing.TB, records ...arrow.Record) []byte {
	t.Helper()
	var out bytes.Buffer
	w := ipc.NewWriter(&out, ipc.WithSchema(records[0].Schema()), ipc.WithLZ4())
	for _, r := range records {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type seeker struct {
	bytes.Buffer
}

func (s *seeker) Seek(int64, int) (int64, error) { return int64(s.Len()), nil }

func asFile(t testing.TB, records ...arrow.Record) []byte {
	t.Helper()
	var out seeker
	w, err := ipc.NewFileWriter(&out, ipc.WithSchema(records[0].Schema()))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// read opens a file by its first bytes and returns its header and rows.
func read(file []byte) (header string, rows []string, err error) {
	open := OpenArrow
	if bytes.HasPrefix(file, []byte("PAR1")) {
		open = OpenParquet
	}
	f, err := open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return "", nil, err
	}
	r, err := f.Rows()
	if err != nil {
		return "", nil, err
	}
	for {
		b, err := r.Next()
		if errors.Is(err, io.EOF) {
			return strings.Join(f.Names, "|"), rows, nil
		}
		if err != nil {
			return "", nil, err
		}
		for i := range b.Len() {
			var row []byte
			for k := range f.Names {
				if k > 0 {
					row = append(row, '|')
				}
				if row, err = b.Append(row, i, k); err != nil {
					return "", nil, err
				}
			}
			rows = append(rows, string(row))
			if len(rows) > 1_000_000 {
				return "", rows, nil // a fuzzer found a way to claim many
			}
		}
	}
}

func TestEveryTypeInEveryFormat(t *testing.T) {
	one, more := everyType(3), everyType(9000)
	for name, file := range map[string][]byte{
		"parquet":        asParquet(t, compress.Codecs.Uncompressed, one, more),
		"parquet snappy": asParquet(t, compress.Codecs.Snappy, one, more),
		"parquet zstd":   asParquet(t, compress.Codecs.Zstd, one, more),
		"parquet gzip":   asParquet(t, compress.Codecs.Gzip, one, more),
		"arrow stream":   asStream(t, one, more),
		"arrow file":     asFile(t, one, more),
	} {
		header, rows, err := read(file)
		if err != nil || header != wantHeader || len(rows) != 9003 {
			t.Errorf("%s: %q, %d rows, %v", name, header, len(rows), err)
			continue
		}
		for i, want := range wantRows {
			if strings.HasPrefix(name, "parquet") { // the library writes every moment as one in UTC
				want = strings.Replace(want, "12.5|", "12.5Z|", 1)
			}
			if rows[i] != want || rows[3+i] != want {
				t.Errorf("%s, row %d: %s, want %s", name, i, rows[i], want)
			}
		}
	}
}

// refusal checks that a file is refused for a reason.
func refusal(t *testing.T, kind string, file []byte, says ...string) {
	t.Helper()
	_, _, err := read(file)
	var r *Refusal
	if !errors.As(err, &r) || r.Kind != kind || r.Remedy == "" {
		t.Errorf("got %v, want a refusal of the kind %s", err, kind)
		return
	}
	for _, s := range says {
		if !strings.Contains(r.Problem, s) {
			t.Errorf("%q does not speak of %q", r.Problem, s)
		}
	}
}

func TestWhatIsNoCellIsRefusedByItsColumn(t *testing.T) {
	inner := arrow.StructOf(arrow.Field{Name: "x", Type: arrow.PrimitiveTypes.Int64})
	for what, kind := range map[string]arrow.DataType{"a structure": inner, "lists of": arrow.ListOf(inner), "a map": arrow.MapOf(arrow.BinaryTypes.String, arrow.BinaryTypes.String)} {
		schema := arrow.NewSchema([]arrow.Field{{Name: "plain", Type: arrow.PrimitiveTypes.Int64}, {Name: "strange", Type: kind, Nullable: true}}, nil)
		b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
		b.Field(0).(*array.Int64Builder).Append(1)
		b.Field(1).AppendNull()
		r := b.NewRecord()
		refusal(t, "column-type", asStream(t, r), "strange", what)
		refusal(t, "column-type", asParquet(t, compress.Codecs.Snappy, r), "strange", what)
	}
	for _, element := range []string{"two words", "", "a;b"} {
		b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema([]arrow.Field{{Name: "several", Type: arrow.ListOf(arrow.BinaryTypes.String)}}, nil))
		l := b.Field(0).(*array.ListBuilder)
		l.Append(true)
		l.ValueBuilder().(*array.StringBuilder).Append(element)
		refusal(t, "column-type", asParquet(t, compress.Codecs.Snappy, b.NewRecord()), "several")
	}
}

// TestWaysOfWritingThatAreNotReadAreNamed: such a file is sound, and is not called damaged.
func TestWaysOfWritingThatAreNotReadAreNamed(t *testing.T) {
	file := asParquet(t, compress.Codecs.Snappy, everyType(3))
	name := []byte("\x19\x18\x04real")
	at := bytes.LastIndex(file, name) // in the footer; encodings stand before the name, the codec after it
	if at < 0 || !bytes.HasPrefix(file[at+len(name):], []byte{0x15, 2}) {
		t.Fatal("the footer is written otherwise")
	}
	for codec, says := range map[byte]string{7: "LZ4_RAW", 5: "LZ4"} {
		changed := bytes.Clone(file)
		changed[at+len(name)+1] = 2 * codec
		refusal(t, "way-of-writing", changed, says)
	}
	changed := bytes.Clone(file)
	changed[at-1] = 2 * 9
	refusal(t, "way-of-writing", changed, "BYTE_STREAM_SPLIT")
}

// TestPagesThatDoNotPack: writers leave a page as it is where packing gains nothing.
func TestPagesThatDoNotPack(t *testing.T) {
	page := func(plain byte) []byte { // a data page of the second version, of 4 bytes
		return []byte{0x15, 6, 0x15, 8, 0x15, 8, 0x5c, 0x15, 2, 0x15, 0, 0x15, 2, 0x15, 0, 0x15, 0, 0x15, 0, plain, 0, 0}
	}
	for _, test := range []struct {
		mark  byte
		plain bool
	}{{0x12, true}, {0x11, false}} {
		file := append([]byte("PAR1"), append(page(test.mark), 0xff, 0xff, 0xff, 0xff)...)
		p := &parquetFile{in: disk{bytes.NewReader(file)}, size: int64(len(file))}
		_, err := p.checkChunk(4, int64(len(file)-4), 1, compress.Codecs.Snappy)
		if (err == nil) != test.plain {
			t.Errorf("%x: got %v", test.mark, err)
		}
	}
}

func TestWhatIsCutOffIsRefused(t *testing.T) {
	one := everyType(3)
	file := asParquet(t, compress.Codecs.Snappy, one)
	for n := 8; n < len(file); n += 7 {
		refusal(t, "damaged-file", file[:n])
	}
	stream := asStream(t, one)
	for n := 8; n < len(stream)-8; n += 5 {
		refusal(t, "damaged-file", stream[:n])
	}
}

// TestClaimsAreNotBelieved: whatever number a file claims in any place, no more
// memory is taken than such files need.
func TestClaimsAreNotBelieved(t *testing.T) {
	one := everyType(3)
	for name, file := range map[string][]byte{"parquet": asParquet(t, compress.Codecs.Zstd, one), "stream": asStream(t, one)} {
		_, _, _ = read(file)
		var before, after runtime.MemStats
		for i := 4; i+8 <= len(file); i += 11 {
			for _, lie := range []string{"\xF0\xFF\xFF\x7F", "\xFF\xFF\xFF\xFF\x0F", "\x00\x00\x00\x00\x01"} {
				wrong := bytes.Clone(file)
				copy(wrong[i:], lie)
				runtime.ReadMemStats(&before)
				_, _, _ = read(wrong)
				runtime.ReadMemStats(&after)
				if got := after.TotalAlloc - before.TotalAlloc; got > 2*maxBuffer {
					t.Errorf("%s, byte %d: %d MB were taken", name, i, got>>20)
				}
			}
		}
	}
}

// FuzzRead: whatever the bytes, reading ends, without a panic.
func FuzzRead(f *testing.F) {
	one := everyType(3)
	f.Add(asParquet(f, compress.Codecs.Snappy, one))
	f.Add(asParquet(f, compress.Codecs.Zstd, one))
	f.Add(asStream(f, one))
	f.Add(asFile(f, one))
	f.Fuzz(func(t *testing.T, file []byte) { _, _, _ = read(file) })
}

func TestSizesThatFramesClaim(t *testing.T) {
	for _, test := range []struct {
		frame string
		want  uint64
	}{
		{"\x28\xB5\x2F\xFD\x20\x05", 5},                                       // one byte
		{"\x28\xB5\x2F\xFD\x60\x00\x01", 512},                                 // two bytes and 256
		{"\x28\xB5\x2F\xFD\xA0\x00\x00\x00\x40", 1 << 30},                     // four
		{"\x28\xB5\x2F\xFD\xC0\x00\x00\x00\x00\x00\x01\x00\x00\x00", 1 << 32}, // eight, behind a window
		{"\x28\xB5\x2F\xFD\x00\x58", 0},                                       // none
		{"other bytes", 0},
	} {
		if got := zstdSize([]byte(test.frame)); got != test.want {
			t.Errorf("%x: %d, want %d", test.frame, got, test.want)
		}
	}
}
