package check

import (
	"cmp"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// nothing stands for no answer among encoded answers.
const nothing uint64 = 0

// measured reports whether the difference of two answers has a size.
func measured(item *survey.Item) bool {
	return item.Type.Numeric() || item.Type == survey.Date || item.Type == survey.DateTime
}

// encode gives the answers of a column as numbers that are equal when answers
// are: for what is measured, its key.
func encode(b *dataset.Batch, c *dataset.Column, put func(i int, code uint64)) {
	for i, reason := range c.Reasons {
		if reason == survey.NotAsked || reason == survey.NotAnswered {
			continue
		}
		switch {
		case reason == survey.Invalid:
			raw, _ := b.Raw(i, c.Item.Name)
			put(i, textCode(raw))
		case c.Codes != nil:
			put(i, 1+uint64(c.Codes[i]+1))
		case c.Ints != nil:
			put(i, key(float64(c.Ints[i])))
		case c.Floats != nil:
			put(i, key(c.Floats[i]))
		case c.Item.Type.HasChoices():
			h := uint64(1)
			for _, code := range c.Set(i) {
				h = mix(h ^ uint64(code+1))
			}
			put(i, h|1)
		default:
			put(i, textCode(c.Text(i)))
		}
	}
}

// textCode stands for a text (FNV-1a, stirred).
func textCode(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h) | 1
}

// mix stirs the bits of a number (the finaliser of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// holding is encoded answers held in memory.
type holding struct {
	width   int
	codes   []uint64
	origins []dataset.Origin
	places  map[uint32]int // place in the level -> place here
}

func (h *holding) row(i int) []uint64 { return h.codes[i*h.width : (i+1)*h.width] }

// hold reads the answers of the responses in pairs, of all where there are none.
func (p *pairing) hold(pairs [][2]uint32) (*holding, error) {
	h := &holding{width: len(p.items), places: map[uint32]int{}}
	wanted := map[uint32]bool{}
	for _, pair := range pairs {
		wanted[pair[0]], wanted[pair[1]] = true, true
	}
	at := uint32(0)
	for b, err := range p.d.Batches(0) {
		if err != nil {
			return nil, err
		}
		here := make([]int, b.Len())
		for i := range here {
			here[i] = -1
			if pairs == nil || wanted[at] {
				here[i] = len(h.origins)
				h.places[at] = here[i]
				h.origins = append(h.origins, b.Origin(i))
			}
			at++
		}
		h.codes = append(h.codes, make([]uint64, len(h.origins)*h.width-len(h.codes))...)
		for k, item := range p.items {
			encode(b, b.Column(item.Name), func(i int, code uint64) {
				if here[i] >= 0 {
					h.codes[here[i]*h.width+k] = code
				}
			})
		}
	}
	return h, nil
}

// mark stands for the answers of a response to a block of items.
type mark struct {
	hash uint64
	at   uint32
}

// candidates returns the pairs of responses that agree on a block of items, as
// many as can be compared. Which they are does not depend on the order of the
// responses.
func (p *pairing) candidates() ([][2]uint32, error) {
	blocks := min(p.cfg.allowed(len(p.items)), len(p.items)-1) + 1
	held := map[uint32]bool{}
	seen := map[[2]uint32]bool{}
	var out [][2]uint32
	for block := range blocks {
		marks, err := p.marks(block, blocks)
		if err != nil {
			return nil, err
		}
		for from, to := 0, 0; from < len(marks); from = to {
			for to = from + 1; to < len(marks) && marks[to].hash == marks[from].hash; to++ {
			}
			if to-from == 1 {
				continue
			}
			if n := to - from; n > crowd || len(held)+n > mostHeld || len(out)+n*(n-1)/2 > mostPairs {
				p.left = true
				continue
			}
			for i := from; i < to; i++ {
				held[marks[i].at] = true
				for j := from; j < i; j++ {
					pair := [2]uint32{marks[j].at, marks[i].at}
					if !seen[pair] {
						seen[pair] = true
						out = append(out, pair)
					}
				}
			}
		}
	}
	return out, nil
}

// marks returns the marks of all responses that gave an answer in a block, in
// order of their answers.
func (p *pairing) marks(block, blocks int) ([]mark, error) {
	marks := make([]mark, 0, p.d.Levels[0].Rows)
	at := uint32(0)
	for b, err := range p.d.Batches(0) {
		if err != nil {
			return nil, err
		}
		if err := p.ctx.Err(); err != nil {
			return nil, err
		}
		hashes := make([]uint64, b.Len())
		for k, item := range p.items {
			if k%blocks == block {
				encode(b, b.Column(item.Name), func(i int, code uint64) { hashes[i] += mix(code ^ mix(uint64(k+1))) })
			}
		}
		for _, h := range hashes {
			if h != 0 {
				marks = append(marks, mark{h, at})
			}
			at++
		}
	}
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.at, b.at)) })
	return marks, nil
}
