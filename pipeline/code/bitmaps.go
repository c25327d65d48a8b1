package code

// bitmap holds hashes, each as two bits of one number.
type bitmap [1 << 19 / 64]uint64

func (b *bitmap) set(h uint32) { b[h>>12] |= 1<<(h&63) | 1<<(h>>6&63) }

// bit returns 1 if h is set, else 0.
func (b *bitmap) bit(h uint32) uint64 {
	of := b[h>>12&(1<<13-1)]
	return of >> (h & 63) & (of >> (h >> 6 & 63)) & 1
}

// small is a bitmap for the nearest memory of a processor.
type small [1 << 17 / 64]uint64

func (b *small) set(h uint32) { b[h>>6] |= 1 << (h & 63) }

// bit returns 1 if h is set, else 0.
func (b *small) bit(h uint32) uint64 { return b[h>>6&(1<<11-1)] >> (h & 63) & 1 }

// mix spreads the bits of a key over those of its hash.
const (
	mix   = 0x9E3779B97F4A7C15
	mix32 = 0x9E3779B1
)

// hashKey returns the hash of a key for a bitmap.
func hashKey(key uint64) uint32 { return uint32(key * mix >> 39) }

// hashPair returns the hash of two ideographs for a small bitmap.
func hashPair(a, b uint32) uint32 { return (a<<16 | b) * mix32 >> 15 }
