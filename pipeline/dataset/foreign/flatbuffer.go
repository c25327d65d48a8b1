package foreign

import "encoding/binary"

// message is the metadata of a message of Arrow IPC, a FlatBuffer, while its
// lengths are looked at.
type message struct {
	b      []byte
	fields int // columns and parts of columns so far
}

// at returns n bytes, false where there are not so many.
func (m *message) at(i, n int64) ([]byte, bool) {
	if i < 0 || n < 0 || i > int64(len(m.b)) || n > int64(len(m.b))-i {
		return nil, false
	}
	return m.b[i : i+n], true
}

func (m *message) u32(i int64) (int64, bool) {
	b, ok := m.at(i, 4)
	if !ok {
		return 0, false
	}
	return int64(binary.LittleEndian.Uint32(b)), true
}

// field returns where a field of a table stands, 0 where the table lacks it.
func (m *message) field(table int64, id int64) (int64, bool) {
	back, ok := m.u32(table)
	if !ok {
		return 0, false
	}
	fields := table - int64(int32(back))
	b, ok := m.at(fields, 2)
	if !ok {
		return 0, false
	}
	if int64(binary.LittleEndian.Uint16(b)) <= 4+2*id { // as the library has it, also where half a number follows
		return 0, true
	}
	if b, ok = m.at(fields+4+2*id, 2); !ok {
		return 0, false
	}
	if off := int64(binary.LittleEndian.Uint16(b)); off > 0 {
		return table + off, true
	}
	return 0, true
}

// follow returns what a field points to, 0 where the table lacks it.
func (m *message) follow(table int64, id int64) (int64, bool) {
	at, ok := m.field(table, id)
	if !ok || at == 0 {
		return 0, ok
	}
	off, ok := m.u32(at)
	return at + off, ok && off > 0
}

// vector returns where the elements of a list begin and how many there are; each
// takes size bytes, and they must all be there.
func (m *message) vector(table, id, size int64) (start, n int64, ok bool) {
	at, ok := m.follow(table, id)
	if !ok || at == 0 {
		return 0, 0, ok
	}
	n, ok = m.u32(at)
	if !ok {
		return 0, 0, false
	}
	_, ok = m.at(at+4, n*size)
	return at + 4, n, ok
}

// checkMessage checks the lengths that a message claims and returns how long the
// body behind it is.
func checkMessage(meta []byte) (body int64, err error) {
	m := &message{b: meta}
	root, ok := m.u32(0)
	if !ok {
		return 0, damaged()
	}
	kind, ok1 := m.field(root, 1)
	header, ok2 := m.follow(root, 2)
	length, ok3 := m.field(root, 3)
	_, _, ok4 := m.vector(root, 4, 4)
	if !ok1 || !ok2 || !ok3 || !ok4 || kind == 0 || header == 0 {
		return 0, damaged()
	}
	if length > 0 {
		b, ok := m.at(length, 8)
		if !ok {
			return 0, damaged()
		}
		body = int64(binary.LittleEndian.Uint64(b))
	}
	b, ok := m.at(kind, 1)
	switch {
	case !ok:
	case b[0] == 1: // the schema
		ok = m.schema(header)
	case b[0] == 2: // a dictionary
		if header, ok = m.follow(header, 1); ok {
			ok = header != 0 && m.batch(header)
		}
	case b[0] == 3: // a batch of rows
		ok = m.batch(header)
	default:
		ok = false
	}
	if !ok {
		return 0, damaged()
	}
	return body, nil
}

func (m *message) schema(table int64) bool {
	_, _, ok1 := m.vector(table, 2, 4)
	_, _, ok2 := m.vector(table, 3, 8)
	return ok1 && ok2 && m.columns(table, 1, 0)
}

// columns checks a list of columns, or of the parts of one.
func (m *message) columns(table, id int64, depth int) bool {
	start, n, ok := m.vector(table, id, 4)
	if m.fields += int(n); !ok || depth > maxDepth || m.fields > 4*maxColumns {
		return false
	}
	for i := range n {
		at := start + 4*i
		off, ok := m.u32(at)
		if !ok {
			return false
		}
		column := at + off
		if _, _, ok := m.vector(column, 6, 4); !ok || !m.columns(column, 5, depth+1) {
			return false
		}
		kind, ok := m.follow(column, 3)
		if !ok {
			return false
		}
		if kind > 0 && !m.typeLists(column, kind) {
			return false
		}
	}
	return true
}

// typeLists checks the one type that has a list: a union, with the numbers of its parts.
func (m *message) typeLists(column, kind int64) bool {
	at, ok := m.field(column, 2)
	if !ok || at == 0 {
		return ok
	}
	b, ok := m.at(at, 1)
	if !ok || b[0] != 14 {
		return ok
	}
	_, _, ok = m.vector(kind, 1, 4)
	return ok
}

func (m *message) batch(table int64) bool {
	_, _, ok1 := m.vector(table, 1, 16)
	_, _, ok2 := m.vector(table, 2, 16)
	_, _, ok3 := m.vector(table, 4, 8)
	return ok1 && ok2 && ok3
}
