package ingest

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// record is one record of a chunk.
type record struct {
	chunk *records.Chunk
	i     int
	gone  declared
	added map[int][]byte // cells that are not those of the chunk, by column
}

// Cell returns the content of a cell; nothing where the file declares the value
// to be no answer.
func (r record) Cell(k int) []byte {
	if r.added != nil {
		if cell, ok := r.added[k]; ok {
			return cell
		}
	}
	cell := r.chunk.Cell(r.i, k)
	if r.gone.is(k, cell) {
		return nil
	}
	return cell
}

func (r record) row() int64 { return r.chunk.Row(r.i) }

// checkWidth refuses rows of a text that have more or fewer cells than the
// header, and reports answers in columns without a name.
func (j *job) checkWidth(out *bound, row record) bool {
	width, want := row.chunk.Width(row.i), len(j.table.header.Columns)-j.table.joined
	if j.table.text && width != want {
		out.problems.Add("ragged", width, fmt.Sprint(want), row.row(), nil)
		return false
	}
	for k, c := range j.table.header.Columns {
		if c.Role == bind.Untitled && !records.Blank(row.Cell(k)) {
			out.problems.Add("untitled", k, "", row.row(), nil)
		}
	}
	for k := want; k < width; k++ {
		if !records.Blank(row.Cell(k)) {
			out.problems.Add("untitled", k, "", row.row(), nil)
		}
	}
	return true
}

// response finds out who gave a response: its identifier, and in a repeat the
// response it belongs to.
func (j *job) response(out *bound, row record, keys keyed) (dataset.Response, map[int]bind.Value, bool) {
	r := dataset.Response{Origin: dataset.Origin{File: j.input.number, Row: row.row()}, Parent: -1, Weight: 1}
	if j.level > 0 {
		return j.repeated(out, row, r)
	}
	r.Took = j.clock.Took(row)
	if uuid := cellOf(row, j.uuid); len(uuid) > 0 {
		if len(uuid) > 5 && bytes.EqualFold(uuid[:5], []byte("uuid:")) {
			uuid = uuid[5:]
		}
		r.UUID = string(uuid)
		if looksLikeUUID(uuid) {
			uuid = bytes.ToLower(uuid) // RFC 9562: capital letters do not count
		} else {
			out.problems.Add("odd-id", j.uuid, "", row.row(), nil)
		}
		r.ID = keys.id(j.input.source.fielding()+"uuid:", uuid)
		return r, nil, true
	}
	if j.uuid >= 0 {
		out.problems.Add("empty-id", j.uuid, "", row.row(), nil)
	} else if id := cellOf(row, j.id); len(id) > 0 {
		r.UUID = string(id)
		r.ID = keys.id("id:"+j.input.source.Source+"\x00"+j.input.source.Wave+"\x00", id)
	} else if j.id >= 0 {
		out.problems.Add("empty-id", j.id, "", row.row(), nil)
	}
	return r, nil, true
}

// repeated finds the response that a row of a repeat belongs to.
func (j *job) repeated(out *bound, row record, r dataset.Response) (dataset.Response, map[int]bind.Value, bool) {
	p := j.parents[j.number(out, row, j.parentIndex)]
	switch {
	case p == nil:
		out.problems.Add("orphan", j.parentIndex, "", row.row(), nil)
		return r, nil, false
	case p.position < 0:
		out.orphans++
		if j.own != nil {
			out.dropped = append(out.dropped, j.number(out, row, j.index))
		}
		return r, nil, false
	}
	if uuid := bytes.TrimPrefix(cellOf(row, j.rootUUID), []byte("uuid:")); len(uuid) > 0 && string(uuid) != p.uuid {
		out.problems.Add("other-parent", j.rootUUID, "", row.row(), nil)
	}
	if name := cellOf(row, j.parentTable); len(name) > 0 {
		if pt := j.input.table(j.survey.Levels[j.level].Parent); pt != nil && sheetName(string(name)) != sheetName(pt.sheet) && !j.input.called(pt.level, string(name)) {
			out.problems.Add("other-table", j.parentTable, "", row.row(), nil)
		}
	}
	r.ID, r.UUID, r.Parent = p.id, p.uuid, p.position
	return r, p.answers, true
}

// number reads the index of a row; -1 when it is none. Where rows are found by
// their keys it is a part of the key's digest.
func (j *job) number(out *bound, row record, column int) int64 {
	if key := cellOf(row, column); j.table.keyed && len(key) > 0 {
		sum := sha256.Sum256(key)
		return int64(short(sum[:]) >> 1)
	}
	n, err := strconv.ParseInt(string(cellOf(row, column)), 10, 64)
	if err != nil {
		out.problems.Add("no-index", column, "", row.row(), nil)
		return -1
	}
	return n
}

func cellOf(row record, column int) []byte {
	if column < 0 {
		return nil
	}
	return bytes.TrimSpace(row.Cell(column))
}
