package ledger

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Write writes a ledger, each line on a line of its own.
func Write(w io.Writer, head Head, lines iter.Seq[Line]) error {
	out := bufio.NewWriterSize(w, 1<<16)
	if err := write(out, head, lines); err != nil {
		return fmt.Errorf("write the ledger: %w", err)
	}
	return out.Flush()
}

func write(out *bufio.Writer, head Head, lines iter.Seq[Line]) error {
	head.Version = Version
	head.Runs, head.Variables = orEmpty(head.Runs), orEmpty(head.Variables)
	head.Unions, head.Zeros = orEmpty(head.Unions), orEmpty(head.Zeros)
	begin, err := encode(head)
	if err != nil {
		return err
	}
	begin = bytes.TrimSuffix(begin, []byte("}")) // the lines come before it closes
	sep := ",\"lines\":[\n"
	out.Write(begin) // errors of the buffer stay until it is flushed
	for l := range lines {
		text, err := encode(l)
		if err != nil {
			return err
		}
		out.WriteString(sep)
		out.Write(text)
		sep = ",\n"
	}
	if sep != ",\n" {
		out.WriteString(sep)
	}
	_, err = out.WriteString("\n]}\n")
	return err
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

var errShape = errors.New("the ledger is not an object that begins with its version and ends with its lines")

// Read reads a ledger and gives each line to see, whose error ends it. The lines
// stand after all else.
func Read(r io.Reader, see func(Line) error) (Head, error) {
	var head Head
	dec := json.NewDecoder(bufio.NewReaderSize(r, 1<<16))
	if err := delim(dec, '{'); err != nil {
		return head, err
	}
	fields := map[string]any{"version": &head.Version, "audience": &head.Audience, "threshold": &head.Threshold, "run": &head.Run,
		"runs": &head.Runs, "variables": &head.Variables, "unions": &head.Unions, "zeros": &head.Zeros}
	seen := false
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return head, readError(err)
		}
		to, known := fields[fmt.Sprint(name)]
		switch {
		case name == "lines" && !seen:
			seen = true
			if head.Version != Version {
				return head, fmt.Errorf("read the ledger: it has the version %d, not %d", head.Version, Version)
			}
			if err := readLines(dec, see); err != nil {
				return head, err
			}
		case seen || !known:
			return head, errShape
		default:
			delete(fields, fmt.Sprint(name)) // each once
			if err := dec.Decode(to); err != nil {
				return head, readError(err)
			}
		}
	}
	if err := delim(dec, '}'); err != nil {
		return head, err
	}
	if _, err := dec.Token(); err != io.EOF || !seen {
		return head, errShape
	}
	return head, nil
}

func readLines(dec *json.Decoder, see func(Line) error) error {
	if err := delim(dec, '['); err != nil {
		return err
	}
	for dec.More() {
		var l Line
		if err := dec.Decode(&l); err != nil {
			return readError(err)
		}
		if l.Status != Published && l.Status != Withheld || (l.Status == Published) != (l.Value != "") {
			return errors.New("read the ledger: a line is neither published with a value nor withheld without one")
		}
		if err := see(l); err != nil {
			return err
		}
	}
	return delim(dec, ']')
}

func delim(dec *json.Decoder, want json.Delim) error {
	t, err := dec.Token()
	if err != nil {
		return readError(err)
	}
	if t != want {
		return errShape
	}
	return nil
}

// readError leaves out what the decoder quotes of the file.
func readError(err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("read the ledger: it is no JSON at byte %d", syntax.Offset)
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Errorf("read the ledger: a value is of the wrong kind at byte %d", kind.Offset)
	}
	return errShape
}
