package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// What a part of a small workbook may hold. The library that reads workbooks
// holds what it has read in structures many times as large.
const (
	maxParts  = 10_000
	maxTag    = 64 << 10  // bytes of a tag with its attributes
	maxTags   = 3_000_000 // a cell has up to six
	maxNested = 256
)

// Trouble reads a part of a workbook and says why it must not be given to a
// reader of workbooks, as in "has a DTD"; "" where nothing is the matter. It
// holds nothing of what it reads, whatever that is.
func Trouble(part io.Reader) string {
	in := bufio.NewReaderSize(part, 1<<16)
	var first, before, quote byte // of a tag: its first sign; the last one; the quotation mark that is open
	inside, length, tags, depth := false, 0, 0, 0
	for {
		c, err := in.ReadByte()
		if errors.Is(err, io.EOF) {
			return ""
		}
		if err != nil {
			return "is damaged or truncated"
		}
		if !inside {
			if inside = c == '<'; inside {
				first, before, quote, length = 0, 0, 0, 0
				if tags++; tags > maxTags {
					return "has more cells than any of its kind"
				}
			}
			continue
		}
		if length++; length > maxTag {
			return "has a tag that is longer than any of its kind"
		}
		switch {
		case length == 1:
			first = c
		case length == 2 && first == '!' && c != '-' && c != '[':
			return "has a DTD, which no such file has and which can be used to attack readers"
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && first != '!' && first != '?':
			quote = c
		case c == '>':
			inside = false
			switch {
			case first == '/':
				depth--
			case first != '!' && first != '?' && before != '/':
				depth++
			}
			if depth > maxNested {
				return "has elements nested too deep"
			}
		}
		before = c
	}
}

// packageTrouble says why a workbook must not be given to a reader, "" where
// nothing is the matter.
func packageTrouble(content []byte) string {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "The workbook cannot be read."
	}
	if len(z.File) > maxParts {
		return "The workbook has more parts than any of its kind: is it another file?"
	}
	left := int64(maxBytes)
	seen := map[string]bool{}
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		if seen[name] || strings.Contains(name, "..") || strings.HasPrefix(name, "/") || strings.ContainsAny(name, "\\:\x00") || !f.Mode().IsRegular() && !f.Mode().IsDir() {
			return "The workbook has a part that no workbook has: a second one of its name, a link, or one that points outside."
		}
		seen[name] = true
		in, err := f.Open()
		if err != nil {
			return "The workbook cannot be read."
		}
		limited := &io.LimitedReader{R: in, N: left}
		trouble := ""
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			trouble = Trouble(limited)
		} else if _, err := io.Copy(io.Discard, limited); err != nil {
			trouble = "is damaged or truncated"
		}
		_ = in.Close() // it was only read
		if left = limited.N; left <= 0 {
			return "The workbook unpacks to more than 64 MB: is it another file?"
		}
		if trouble != "" {
			return "A part of the workbook " + trouble + "."
		}
	}
	return ""
}
