package foreign

import (
	"encoding/binary"
	"errors"

	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/metadata"
)

// maxPages is how much memory the pages of all columns that are read at the same
// time may take.
const maxPages = 1 << 30

// checkPages looks at the head of every page. A library that unpacks a page
// takes the memory that the packed bytes claim to need, before it unpacks them.
func (p *parquetFile) checkPages(r *file.Reader) error {
	var all int64
	largest := make([]int64, r.MetaData().Schema.NumColumns())
	for g := range r.NumRowGroups() {
		for k := range largest {
			chunk, err := r.MetaData().RowGroup(g).ColumnChunk(k)
			if err != nil {
				return err
			}
			if err := checkWayOfWriting(chunk); err != nil {
				return err
			}
			start := chunk.DataPageOffset()
			if chunk.HasDictionaryPage() && chunk.DictionaryPageOffset() > 0 {
				start = min(start, chunk.DictionaryPageOffset())
			}
			most, err := p.checkChunk(start, chunk.TotalCompressedSize(), chunk.NumValues(), chunk.Compression())
			if err != nil {
				return err
			}
			all += max(0, most-largest[k])
			if largest[k] = max(largest[k], most); all > maxPages {
				return tooLarge("pages")
			}
		}
	}
	return nil
}

// checkWayOfWriting refuses what the library cannot unpack: the file is sound.
func checkWayOfWriting(chunk *metadata.ColumnChunkMetaData) error {
	codecs := compress.Codecs
	switch chunk.Compression() {
	case codecs.Uncompressed, codecs.Snappy, codecs.Gzip, codecs.Brotli, codecs.Zstd:
	default:
		return &Refusal{"way-of-writing", "The file is packed in a way that is not read (" + chunk.Compression().String() + ").",
			"Write it anew, packed with snappy, gzip or zstd, or not at all."}
	}
	for _, e := range chunk.Encodings() {
		if e > parquet.Encodings.RLEDict {
			return &Refusal{"way-of-writing", "The file holds columns in an encoding that is not read (" + e.String() + ").",
				"Write it anew with the encodings that its writer takes by itself."}
		}
	}
	return nil
}

// checkChunk walks over the pages of a column in a row group and returns the
// size of the largest.
func (p *parquetFile) checkChunk(at, length, values int64, codec compress.Compression) (most int64, err error) {
	if at < 4 || length < 0 || at > p.size || length > p.size-at {
		return 0, damaged()
	}
	for end := at + length; at < end && values > 0; {
		h, err := p.pageHead(at, end)
		if err != nil {
			return 0, err
		}
		at += h.length
		if h.packed < 0 || h.unpacked < 0 || h.packed > end-at {
			return 0, damaged()
		}
		if h.unpacked > maxBuffer/2 {
			return 0, tooLarge("a page")
		}
		head := make([]byte, min(h.packed, 18+h.levels))
		if _, err := p.in.ReadAt(head, at); err != nil {
			return 0, err
		}
		if h.plain {
			if h.packed != h.unpacked {
				return 0, damaged()
			}
		} else if h.levels > int64(len(head)) || !believable(head[h.levels:], codec, h.unpacked) {
			return 0, damaged()
		}
		most = max(most, h.unpacked)
		values -= h.values
		at += h.packed
	}
	return most, nil
}

// believable reports whether packed bytes claim no more than the page does.
func believable(packed []byte, codec compress.Compression, unpacked int64) bool {
	switch codec {
	case compress.Codecs.Snappy:
		n, size := binary.Uvarint(packed)
		return len(packed) == 0 || size > 0 && int64(n) <= unpacked && int64(n) >= 0
	case compress.Codecs.Zstd:
		return zstdSize(packed) <= uint64(max(unpacked, 1))
	}
	return true
}

// zstdSize returns the size that the head of a Zstandard frame claims, 0 when it
// claims none (RFC 8878, 3.1.1.1).
func zstdSize(b []byte) uint64 {
	if len(b) < 6 || binary.LittleEndian.Uint32(b) != 0xFD2FB528 {
		return 0
	}
	flags, at := b[4], 5
	single := flags&0x20 != 0
	if !single {
		at++
	}
	at += [4]int{0, 1, 2, 4}[flags&3]
	n := [4]int{0, 2, 4, 8}[flags>>6]
	if n == 0 && single {
		n = 1
	}
	if n == 0 || at+n > len(b) {
		return 0
	}
	var full [8]byte
	copy(full[:], b[at:at+n])
	size := binary.LittleEndian.Uint64(full[:])
	if n == 2 {
		size += 256
	}
	return size
}

// pageHead is what the head of a page says.
type pageHead struct {
	length, packed, unpacked, values, levels int64
	plain                                    bool // not packed, although the column is
}

func (p *parquetFile) pageHead(at, end int64) (pageHead, error) {
	for window := int64(256); ; window *= 8 {
		b := make([]byte, min(window, end-at))
		if _, err := p.in.ReadAt(b, at); err != nil {
			return pageHead{}, err
		}
		h, err := readPageHead(b)
		if err == nil || !errors.Is(err, errShort) || window >= end-at || window > 16<<20 {
			return h, err
		}
	}
}

func readPageHead(b []byte) (pageHead, error) {
	var h pageHead
	w := walker{b: b}
	kind := int64(0)
	w.number = func(path []int16, v int64) {
		switch {
		case len(path) == 1 && path[0] == 1:
			kind = v
		case len(path) == 1 && path[0] == 2:
			h.unpacked = v
		case len(path) == 1 && path[0] == 3:
			h.packed = v
		case len(path) == 2 && path[0] == 5 && path[1] == 1, len(path) == 2 && path[0] == 8 && path[1] == 1:
			h.values = v
		case len(path) == 2 && path[0] == 8 && (path[1] == 5 || path[1] == 6):
			h.levels += v
		case len(path) == 2 && path[0] == 8 && path[1] == 7:
			h.plain = v == 0
		}
	}
	err := w.structure(0, nil)
	h.length = int64(w.at)
	if kind == 2 { // a dictionary holds no values of rows
		h.values = 0
	}
	if err == nil && (h.values < 0 || h.levels < 0 || h.levels > h.unpacked) {
		err = damaged()
	}
	return h, err
}
