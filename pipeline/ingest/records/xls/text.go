package xls

import (
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// maxTexts is how much text the cells of a workbook may share, in bytes.
const maxTexts = 128 << 20

// sharedTexts are the texts that cells point to, in one piece of memory.
type sharedTexts struct {
	buf  []byte
	ends []uint32
}

func (t *sharedTexts) len() int { return len(t.ends) }

func (t *sharedTexts) text(i int) string {
	start := uint32(0)
	if i > 0 {
		start = t.ends[i-1]
	}
	return string(t.buf[start:t.ends[i]])
}

// read reads the table of shared texts. How many it claims to hold is not
// believed: it ends where its records do.
func (t *sharedTexts) read(c *cursor) error {
	s := &segments{c: c}
	head, err := s.bytes(nil, 8)
	if err != nil {
		return err
	}
	var units []uint16
	for claimed := le32(head[4:]); uint64(t.len()) < uint64(claimed); {
		if ok, err := s.left(); !ok {
			return err
		}
		if units, err = s.unicode(units[:0], 2); err != nil {
			return err
		}
		t.buf = appendUTF8(t.buf, units)
		if len(t.buf) > maxTexts {
			return &records.Fault{Kind: "too-large", Problem: "The texts of the workbook are over the limit of 128 MB.", Remedy: "Export as CSV, which has no such limit."}
		}
		t.ends = append(t.ends, uint32(len(t.buf)))
	}
	return nil
}

// unicode reads a text with its length before it, in one byte or two, and passes
// over how it is set and how it is pronounced.
func (s *segments) unicode(units []uint16, lengthBytes int) ([]uint16, error) {
	var scratch [8]byte
	head, err := s.bytes(scratch[:0], lengthBytes+1)
	if err != nil {
		return units, err
	}
	n, flags := int(head[0]), head[lengthBytes]
	if lengthBytes == 2 {
		n = int(le16(head))
	}
	runs, phonetic := int64(0), int64(0)
	if flags&8 != 0 {
		if head, err = s.bytes(scratch[:0], 2); err != nil {
			return units, err
		}
		runs = int64(le16(head))
	}
	if flags&4 != 0 {
		if head, err = s.bytes(scratch[:0], 4); err != nil {
			return units, err
		}
		phonetic = int64(le32(head))
	}
	if units, err = s.units(units, n, flags&1 != 0); err != nil {
		return units, err
	}
	return units, s.skip(4*runs + phonetic)
}

// appendUTF8 appends UTF-16 as UTF-8.
func appendUTF8(out []byte, units []uint16) []byte {
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if utf16.IsSurrogate(r) {
			if r = utf8.RuneError; i+1 < len(units) {
				if pair := utf16.DecodeRune(rune(units[i]), rune(units[i+1])); pair != utf8.RuneError {
					r = pair
					i++
				}
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// codePages are the encodings of texts before Excel 97, by their number.
func codePage(number uint16) encoding.Encoding {
	switch number {
	case 367, 1252, 0x8001:
		return charmap.Windows1252
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 932:
		return japanese.ShiftJIS
	case 936:
		return simplifiedchinese.GBK
	case 949:
		return korean.EUCKR
	case 950:
		return traditionalchinese.Big5
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case 10000, 0x8000:
		return charmap.Macintosh
	}
	return nil
}
