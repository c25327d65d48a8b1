package suggest

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// format is the first line of a kept model. Its number grows when an older
// program could not read what follows, or would read tokens otherwise.
const format = "soundings suggester 2"

// head is the second line: all but the numbers of features, which follow it as
// little-endian hashes, kinds, rarities and weights.
type head struct {
	Single   bool      `json:"single"`
	Codes    []string  `json:"codes"`
	Curves   []curve   `json:"curves"`
	Least    []float64 `json:"least"`
	Speaks   []voice   `json:"speaks"`
	Features int       `json:"features"`
}

// Write keeps a model: the same bytes for the same model. They hold hashes of
// n-grams of answers, and belong where only analysts see them.
func (m *Model) Write(to io.Writer) error {
	h := head{Single: m.single, Codes: m.codes, Curves: m.curves, Least: m.least, Features: len(m.place)}
	for v := range m.speaks {
		h.Speaks = append(h.Speaks, v)
	}
	slices.SortFunc(h.Speaks, func(a, b voice) int {
		return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(a.Language, b.Language))
	})
	line, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("write suggester: %w", err)
	}
	hashes := make([]uint64, len(m.place))
	for hash, f := range m.place {
		hashes[f] = hash
	}
	w := bufio.NewWriter(to)
	fmt.Fprintf(w, "%s\n%s\n", format, line) // errors are kept for Flush
	for _, numbers := range []any{hashes, m.space.kind, m.space.weight, m.plane.weights} {
		if err := binary.Write(w, binary.LittleEndian, numbers); err != nil {
			return fmt.Errorf("write suggester: %w", err)
		}
	}
	return w.Flush()
}

var errDamaged = errors.New("read suggester: it is damaged, or no suggester")

// Read takes up a model that was kept.
func Read(from io.Reader) (*Model, error) {
	all, err := io.ReadAll(from)
	if err != nil {
		return nil, fmt.Errorf("read suggester: %w", err)
	}
	first, rest, _ := bytes.Cut(all, []byte("\n"))
	line, rest, _ := bytes.Cut(rest, []byte("\n"))
	if string(first) != format {
		return nil, errors.New("read suggester: it is none, or that of another version")
	}
	var h head
	if json.Unmarshal(line, &h) != nil || !h.holds(len(rest)) {
		return nil, errDamaged
	}
	n, k := h.Features, len(h.Codes)
	hashes := make([]uint64, n)
	m := &Model{
		single: h.Single, codes: h.Codes, curves: h.Curves, least: h.Least,
		space:  space{kind: make([]uint8, n), weight: make([]float32, n)},
		plane:  &plane{labels: k, weights: make([]float32, (n+1)*k)},
		place:  make(map[uint64]int32, n),
		speaks: make(map[voice]bool, len(h.Speaks)),
	}
	numbers := bytes.NewReader(rest)
	for _, to := range []any{hashes, m.space.kind, m.space.weight, m.plane.weights} {
		if err := binary.Read(numbers, binary.LittleEndian, to); err != nil {
			return nil, errDamaged
		}
	}
	for f, hash := range hashes {
		if m.space.kind[f] >= kinds || f > 0 && hashes[f-1] >= hash || !(m.space.weight[f] > 0) || math.IsInf(float64(m.space.weight[f]), 0) {
			return nil, errDamaged
		}
		m.place[hash] = int32(f)
	}
	for _, w := range m.plane.weights {
		if x := float64(w); math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, errDamaged
		}
	}
	for _, v := range h.Speaks {
		m.speaks[v] = true
	}
	return m, nil
}

// holds reports whether a head is that of a model, and of so many bytes.
func (h head) holds(size int) bool {
	k := len(h.Codes)
	if k == 0 || len(h.Curves) != k || len(h.Least) != k || !slices.IsSorted(h.Codes) || h.Features < 0 || h.Features > size {
		return false
	}
	return uint64(size) == uint64(h.Features)*(8+1+4)+uint64(h.Features+1)*uint64(k)*4
}
