package ingest

import (
	"bytes"
	"errors"
	"io"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// Tables opens a file of answers of any format that is read, before it is known
// what its columns mean: a form can be drafted from them. A file that must not
// be read gives a *records.Fault.
func Tables(in File, source Source) ([]records.Sheet, error) {
	size, err := in.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	head, err := headOf(in, size)
	if err != nil {
		return nil, err
	}
	content := fileContent(head, source)
	if f, ok := formatOf(content); ok {
		return f.open(in, size, source, func(string, string, string) {})
	}
	if kind, problem, remedy := notRead(content, head); kind != "" {
		return nil, &records.Fault{Kind: kind, Problem: problem, Remedy: remedy}
	}
	encoded, err := records.EncodingOf(head, source.Encoding)
	if errors.Is(err, records.ErrEncoding) {
		return nil, unknownEncoding()
	}
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(encoded.Reader(bytes.NewReader(head)), 4<<20))
	if err != nil {
		return nil, err
	}
	delim, ok := delimiterOf(source.Delimiter)
	if !ok {
		delim = widest(plain)
	}
	return []records.Sheet{{Open: func() (records.Reader, error) {
		return records.NewScanner(encoded.Reader(io.NewSectionReader(in, 0, size)), delim, 1), nil
	}}}, nil
}

// headOf reads the beginning of a file, by which its format is told.
func headOf(in io.ReaderAt, size int64) ([]byte, error) {
	head := make([]byte, min(size, 1<<20))
	if _, err := in.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return head, nil
}

// fileContent tells the content of a file. Where an encoding is declared, a text
// may begin with bytes that would otherwise be nothing.
func fileContent(head []byte, source Source) records.Content {
	content := records.ContentOf(head)
	if len(head) > 0 && content == records.Nothing && source.Encoding != "" {
		return records.Text
	}
	return content
}

// widest returns the delimiter that cuts the header of a text into the most columns.
func widest(text []byte) byte {
	best, most := byte(','), 0
	for _, sign := range []byte{',', ';', '\t', '|'} {
		if cells, ok := firstRecord(text[:min(len(text), 1<<20)], sign); ok && len(cells) > most {
			best, most = sign, len(cells)
		}
	}
	return best
}
