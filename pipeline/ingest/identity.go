package ingest

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// keyed makes identifiers of respondents: the first 16 bytes of an HMAC-SHA256.
type keyed struct{ mac hash.Hash }

func newKeyed(key []byte) keyed { return keyed{hmac.New(sha256.New, key)} }

func (k keyed) id(kind string, value []byte) dataset.ID {
	k.mac.Reset()
	k.mac.Write([]byte(kind))
	k.mac.Write(value)
	var sum [sha256.Size]byte
	return dataset.ID(k.mac.Sum(sum[:0])[:len(dataset.ID{})])
}

// IDs returns the identifiers that a respondent may have whom the collecting tool
// calls by a name, in the files of a project.
func IDs(key []byte, input []Source, name string) []dataset.ID {
	k := newKeyed(key)
	raw := []byte(name)
	if len(raw) > 5 && bytes.EqualFold(raw[:5], []byte("uuid:")) {
		raw = raw[5:]
	}
	if looksLikeUUID(raw) {
		raw = bytes.ToLower(raw)
	}
	var out []dataset.ID
	for _, s := range append([]Source{{}}, input...) {
		for _, id := range []dataset.ID{k.id(s.fielding()+"uuid:", raw), k.id("id:"+s.Source+"\x00"+s.Wave+"\x00", []byte(name))} {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// identities knows which responses were read. For each it remembers eight bytes
// of its identifier and eight of its content, and nothing else.
type identities struct {
	keyed
	content map[uint64]uint64 // identifier -> content
	nth     map[uint64]uint32 // content -> how many without an identifier had it
	twice   []repeated
	sets    int64 // how many were twice, listed or not
}

// repeated is a response whose identifier was there before.
type repeated struct {
	id    uint64
	file  int
	row   int64
	other bool // with other content
}

// listedTwice is how many such responses are remembered one by one.
const listedTwice = 500

func newIdentities(key []byte) *identities {
	return &identities{keyed: newKeyed(key), content: map[uint64]uint64{}, nth: map[uint64]uint32{}}
}

func short(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

// seen reports whether a response with an identifier was there before, and
// whether with the same content.
func (s *identities) seen(id dataset.ID, content [16]byte, at dataset.Origin) (before, same bool) {
	key, value := short(id[:]), short(content[:])
	known, before := s.content[key]
	if !before {
		s.content[key] = value
		return false, false
	}
	s.sets++
	if len(s.twice) < listedTwice {
		s.twice = append(s.twice, repeated{key, at.File, at.Row, known != value})
	}
	return true, known == value
}

// unnamed returns the identifier of a response that brought none: made of its
// content, and of how many had the same content before it.
func (s *identities) unnamed(content [16]byte) dataset.ID {
	n := s.nth[short(content[:])]
	s.nth[short(content[:])] = n + 1
	id := s.id("content:", binary.LittleEndian.AppendUint32(content[:], n))
	s.content[short(id[:])] = short(content[:])
	return id
}

// alike returns the contents that several responses have.
func (s *identities) alike() map[uint64]bool {
	out := map[uint64]bool{}
	var some []uint64
	for part := range uint64(16) { // a sixteenth at a time, to need little memory
		some = some[:0]
		for _, c := range s.content {
			if c>>60 == part {
				some = append(some, c)
			}
		}
		slices.Sort(some)
		for i := 1; i < len(some); i++ {
			if some[i] == some[i-1] {
				out[some[i]] = true
			}
		}
	}
	return out
}

// setAside writes a response that was left out into the log.
func (in *ingestion) setAside(uuid, issue string) error {
	if in.request.Log == nil {
		return nil
	}
	return in.request.Log.Add(cleaninglog.Change{UUID: uuid, Issue: issue, Type: cleaninglog.RemoveSurvey})
}
