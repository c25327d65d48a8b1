package pipeline

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// csv passes on the lines of a file that do not name them, and returns how many do.
func (f *forgetting) csv(path string, out *sheet.Writer, met func(string)) (int64, error) {
	in, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("open %s: %w", filepath.Base(path), cause(err))
	}
	defer in.Close()
	lines := csv.NewReader(bufio.NewReader(in))
	lines.FieldsPerRecord, lines.ReuseRecord = -1, true
	var dropped int64
	var who []int // columns of identifiers
	for first := true; ; first = false {
		line, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return dropped, nil
		}
		if err != nil {
			return dropped, fmt.Errorf("read %s: it is not the file that a run wrote; look through it yourself", filepath.Base(path))
		}
		if first {
			for i, name := range line {
				switch strings.ToLower(strings.TrimPrefix(name, byteOrderMark)) {
				case "uuid", "_uuid", "id", "_id":
					who = append(who, i)
				}
			}
		}
		names := ""
		for i, cell := range line {
			line[i] = sheet.Bare(cell)
			if text := f.namedIn(line[i], slices.Contains(who, i)); text != "" {
				names = text
			}
		}
		if names != "" && !first {
			dropped++
			if met != nil {
				met(names)
			}
			continue
		}
		if out != nil {
			if err := out.Write(line); err != nil {
				return dropped, err
			}
		}
	}
}

// longName is from which length on an identifier is looked for within a text:
// shorter ones stand in many texts by chance.
const longName = 16

// namedIn returns what names them in a cell, "" where nothing does.
func (f *forgetting) namedIn(cell string, id bool) string {
	cell = strings.ToLower(cell)
	if id {
		if cell = strings.TrimPrefix(cell, "uuid:"); f.gone[cell] {
			return cell
		}
		return ""
	}
	for text := range f.gone {
		if len(text) >= longName && strings.Contains(cell, text) {
			return text
		}
	}
	return ""
}

func (f *forgetting) rewriteCSV(path string) error {
	dropped, err := f.csv(path, nil, nil)
	if err != nil || dropped == 0 {
		return err
	}
	err = placed(path, func(w io.Writer) error {
		out := sheet.NewWriter(w)
		if _, err := f.csv(path, out, nil); err != nil {
			return err
		}
		out.Flush()
		return out.Error()
	})
	if err == nil {
		f.out.Files++
		f.out.Rows += dropped
	}
	return err
}

// removeBook deletes a workbook of quotes, which may hold their words: quotes.csv,
// which is written anew, has those of all others.
func (f *forgetting) removeBook(path string) error {
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("delete %s: %w", filepath.Base(path), cause(err))
	}
	f.out.Files++
	return nil
}

// mentions reports whether a file of another kind may name them: one that is
// packed or encrypted cannot be looked through.
func (f *forgetting) mentions(path string) (bool, error) {
	switch filepath.Ext(path) {
	case ".age", ".xlsx", ".qdpx", ".zip", ".gz", ".arrow":
		return true, nil
	}
	in, err := os.Open(path)
	if err != nil {
		return false, fmt.Errorf("open %s: %w", filepath.Base(path), cause(err))
	}
	defer in.Close()
	buffer := make([]byte, 1<<16)
	kept := 0
	for {
		n, err := in.Read(buffer[kept:])
		part := bytes.ToLower(buffer[:kept+n])
		for text := range f.gone {
			if len(text) >= longName && bytes.Contains(part, []byte(text)) {
				return true, nil
			}
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("read %s: %w", filepath.Base(path), cause(err))
		}
		kept = copy(buffer, buffer[max(0, kept+n-1024):kept+n])
	}
}
