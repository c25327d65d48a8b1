package foreign

import (
	"encoding/binary"
	"errors"
)

// walker passes over structures in the compact protocol of Thrift, in which
// Parquet says what it holds, without taking memory for anything.
type walker struct {
	b      []byte
	at     int
	path   []int16
	number func(path []int16, v int64) // is told whole numbers, and 1 or 0 for a truth; may be nil
}

// errShort says that the structure goes on behind the bytes at hand.
var errShort = errors.New("the structure is not whole")

const maxDepth = 32

func (w *walker) byte() (byte, error) {
	if w.at >= len(w.b) {
		return 0, errShort
	}
	w.at++
	return w.b[w.at-1], nil
}

func (w *walker) uvarint() (uint64, error) {
	v, n := binary.Uvarint(w.b[w.at:])
	if n == 0 {
		return 0, errShort
	}
	if n < 0 {
		return 0, damaged()
	}
	w.at += n
	return v, nil
}

func (w *walker) skip(n uint64) error {
	if n > uint64(len(w.b)-w.at) {
		return errShort
	}
	w.at += int(n)
	return nil
}

// structure passes over a structure. list is told the lengths of its lists; it may be nil.
func (w *walker) structure(depth int, list func(id int16, n int) error) error {
	if depth > maxDepth {
		return damaged()
	}
	var id int16
	for {
		head, err := w.byte()
		if err != nil || head == 0 {
			return err
		}
		if delta := head >> 4; delta != 0 {
			id += int16(delta)
		} else {
			v, err := w.uvarint()
			if err != nil {
				return err
			}
			id = int16(unzigzag(v))
		}
		w.path = append(w.path, id)
		if err := w.value(head&15, depth, id, list); err != nil {
			return err
		}
		w.path = w.path[:len(w.path)-1]
	}
}

func unzigzag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

func (w *walker) value(kind byte, depth int, id int16, list func(int16, int) error) error {
	switch kind {
	case 1, 2: // true, false
		if w.number != nil {
			w.number(w.path, int64(2-kind))
		}
		return nil
	case 3:
		return w.skip(1)
	case 4, 5, 6:
		v, err := w.uvarint()
		if err == nil && w.number != nil {
			w.number(w.path, unzigzag(v))
		}
		return err
	case 7:
		return w.skip(8)
	case 8:
		n, err := w.uvarint()
		if err != nil {
			return err
		}
		return w.skip(n)
	case 9, 10:
		return w.elements(depth, id, list)
	case 11:
		return w.pairs(depth)
	case 12:
		return w.structure(depth+1, nil)
	}
	return damaged()
}

// elements passes over a list. Each element takes a byte at least, so a list
// cannot have more of them than there are bytes.
func (w *walker) elements(depth int, id int16, list func(int16, int) error) error {
	head, err := w.byte()
	if err != nil {
		return err
	}
	n := uint64(head >> 4)
	if n == 15 {
		if n, err = w.uvarint(); err != nil {
			return err
		}
	}
	if n > uint64(len(w.b)-w.at) {
		return errShort
	}
	if list != nil {
		if err := list(id, int(n)); err != nil {
			return err
		}
	}
	if depth++; depth > maxDepth {
		return damaged()
	}
	for range n {
		if err := w.element(head&15, depth); err != nil {
			return err
		}
	}
	return nil
}

// element passes over a value inside a list or map, where a truth takes a byte.
func (w *walker) element(kind byte, depth int) error {
	if kind == 1 || kind == 2 {
		return w.skip(1)
	}
	return w.value(kind, depth, 0, nil)
}

func (w *walker) pairs(depth int) error {
	n, err := w.uvarint()
	if err != nil || n == 0 {
		return err
	}
	kinds, err := w.byte()
	if err != nil {
		return err
	}
	if n > uint64(len(w.b)-w.at) {
		return errShort
	}
	if depth++; depth > maxDepth {
		return damaged()
	}
	for range n {
		if err := w.element(kinds>>4, depth); err != nil {
			return err
		}
		if err := w.element(kinds&15, depth); err != nil {
			return err
		}
	}
	return nil
}
