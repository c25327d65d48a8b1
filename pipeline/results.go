package pipeline

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// byteOrderMark begins CSV files so that Excel reads Arabic and Chinese.
const byteOrderMark = "\ufeff"

// writeExact writes the unprotected results, for analysts only.
func (r *run) writeExact(tables []*table.Table) error {
	var all []table.Result
	for _, t := range tables {
		all = append(all, t.Results()...)
	}
	return writeResults(r.private, "results-exact", all)
}

// writePublic writes the protected results.
func writePublic(dir string, safe *protect.Safe) error {
	return writeResults(dir, "results", safe.Results(safe.Pen("results", nil)))
}

func writeResults(dir, name string, results []table.Result) error {
	if err := writeFile(filepath.Join(dir, name+".csv"), func(w io.Writer) error { return resultsCSV(w, results) }); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, name+".json"), func(w io.Writer) error { return resultsJSON(w, results) }); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, name+".parquet"), func(w io.Writer) error {
		return dataset.WriteColumns(w, parquetColumns(results))
	})
}

// writeFile writes a file anew, for its owner alone: what stood there before is
// removed, so that neither a link nor the mode of an older file counts.
func writeFile(path string, write func(io.Writer) error) error {
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	var f *os.File
	if err == nil {
		f, err = os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), cause(err))
	}
	err = write(f)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}

// resultsCSV writes figures with as many digits as they need, and nothing where
// there is none.
func resultsCSV(w io.Writer, results []table.Result) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	out := sheet.NewWriter(w)
	if err := out.Write(table.Columns[:]); err != nil {
		return err
	}
	columns := resultColumns()
	line := make([]string, len(columns))
	for _, r := range results {
		for i, c := range columns {
			switch {
			case c.text != nil:
				line[i] = c.text(r)
			case c.figure != nil:
				line[i] = number(c.figure(r))
			default:
				line[i] = count(c.count(r))
			}
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// resultsJSON writes a list of objects, one on each line, with the columns of
// the CSV as names in their order. What a figure does not have is null.
func resultsJSON(w io.Writer, results []table.Result) error {
	out := bufio.NewWriter(w)
	columns := resultColumns()
	out.WriteString("[")
	for n, r := range results {
		if n > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n{")
		for i, c := range columns {
			if i > 0 {
				out.WriteByte(',')
			}
			value := "null"
			switch {
			case c.text != nil:
				if text := c.text(r); text != "" {
					value = quoted(text)
				}
			case c.figure != nil:
				if v := c.figure(r); !math.IsNaN(v) && !math.IsInf(v, 0) {
					value = number(v)
				}
			default:
				if v := count(c.count(r)); v != "" {
					value = v
				}
			}
			out.WriteString(quoted(c.name) + ":" + value)
		}
		out.WriteByte('}')
	}
	out.WriteString("\n]\n")
	return out.Flush() // of all that was written, it says what went wrong
}

// quoted returns a text as JSON has it.
func quoted(s string) string {
	out, err := json.Marshal(s)
	if err != nil {
		return `""` // a string always encodes
	}
	return string(out)
}

func number(v float64) string {
	switch {
	case math.IsNaN(v):
		return ""
	case math.IsInf(v, 1):
		return "Inf" // as other programs read it
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

func count(n int64) string {
	if n < 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
