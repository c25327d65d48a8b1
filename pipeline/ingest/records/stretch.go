package records

import (
	"errors"
	"io"
)

// maxStretch is how many bytes may stand between two tags, or in one: a cell
// has 32,767 signs at most. A reader of XML holds as much many times over.
const maxStretch = 1 << 20

// errStretch says that a part has more in one stretch than any program writes.
var errStretch = errors.New("a tag or a text is too long")

// stretches passes on a part of a workbook, and fails where a tag with its
// attributes, or the text between two, has no end.
type stretches struct {
	in     io.Reader
	length int // bytes since the last tag began
}

// Read implements io.Reader.
func (s *stretches) Read(p []byte) (int, error) {
	n, err := s.in.Read(p)
	for _, c := range p[:n] {
		if s.length++; c == '<' {
			s.length = 0
		}
		if s.length > maxStretch {
			return 0, errStretch
		}
	}
	return n, err
}
