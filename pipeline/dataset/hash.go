package dataset

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/bits"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Hash is a digest of the content of a level that does not depend on the order
// of its responses: the sum of a SHA-256 of each, modulo 2^256. It covers the
// collecting tool's identifier where it is still there (else the keyed one),
// each item's name, answer and reason, and the raw text of what did not bind;
// not where a response came from, which rows stand around it, and not its weight.
type Hash [4]uint64

// Add counts a batch in.
func (h *Hash) Add(b *Batch) {
	var row []byte
	for i := range b.Len() {
		row = b.appendAnswers(b.appendIdentity(row[:0], i), i)
		h.addRow(row)
	}
}

func (h *Hash) addRow(row []byte) {
	sum := sha256.Sum256(row)
	var one Hash
	for j := range one {
		one[j] = binary.LittleEndian.Uint64(sum[8*j:])
	}
	h.Merge(one)
}

// Merge counts another hash in.
func (h *Hash) Merge(o Hash) {
	var carry uint64
	for j := range h {
		h[j], carry = bits.Add64(h[j], o[j], carry)
	}
}

// String returns the hash in hexadecimal.
func (h Hash) String() string {
	var raw [32]byte
	for j, w := range h {
		binary.LittleEndian.PutUint64(raw[8*j:], w)
	}
	return hex.EncodeToString(raw[:])
}

// HashLevel reads a level and returns its hash.
func (d *Dataset) HashLevel(level int) (Hash, error) {
	var h Hash
	for b, err := range d.Batches(level) {
		if err != nil {
			return h, err
		}
		h.Add(b)
	}
	return h, nil
}

// Digests returns a digest of the answers of each response alone, and the hash
// of the batch. Two responses with the same answers have the same digest,
// whoever gave them and wherever they were read.
func (b *Batch) Digests() (answers [][16]byte, whole Hash) {
	var row []byte
	for i := range b.Len() {
		row = b.appendIdentity(row[:0], i)
		begin := len(row)
		row = b.appendAnswers(row, i)
		sum := sha256.Sum256(row[begin:])
		answers = append(answers, [16]byte(sum[:16]))
		whole.addRow(row)
	}
	return answers, whole
}

// appendIdentity writes whose response i is.
func (b *Batch) appendIdentity(out []byte, i int) []byte {
	if b.Layout.UUID {
		return appendText(out, b.UUID(i))
	}
	id := b.ID(i)
	return append(out, id[:]...)
}

// appendAnswers writes the answers of response i in a form that only they
// decide. A column with no answer at all adds nothing, so that a file which
// lacks an item and a file in which nobody answered it are the same.
func (b *Batch) appendAnswers(out []byte, i int) []byte {
	for at, name := range b.Layout.Items {
		c := b.columnAt(at)
		if c.Item != nil && c.Item.Given == survey.GivenSource {
			continue // the same answers from two sources are the same answers
		}
		if c.Reasons[i] == survey.NotAnswered || c.Reasons[i] == survey.NotAsked {
			continue
		}
		out = append(appendText(out, name), byte(c.Reasons[i]))
		if c.Reasons[i] == survey.Invalid {
			raw, _ := b.Raw(i, name)
			out = appendText(out, raw)
		}
		switch {
		case c.Codes != nil:
			if c.Codes[i] != NoCode {
				out = appendText(out, b.Layout.Survey.Choices(c.Item)[c.Codes[i]].Name)
			}
		case c.offsets != nil:
			for _, code := range c.Set(i) {
				out = appendText(out, b.Layout.Survey.Choices(c.Item)[code].Name)
			}
		case c.Ints != nil:
			out = binary.LittleEndian.AppendUint64(out, uint64(c.Ints[i]))
		case c.Floats != nil:
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(c.Floats[i]))
		default:
			out = appendText(out, c.Text(i))
		}
	}
	return out
}

func appendText(out []byte, s string) []byte {
	out = binary.AppendUvarint(out, uint64(len(s)))
	return append(out, s...)
}
