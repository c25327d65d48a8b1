package coding

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Key makes what only those can make who have the key of the project: names of
// answers, marks of texts, and draws.
type Key []byte

// sum is keyed by what it is for, so that none of its uses gives another away.
func (k Key) sum(use string, parts ...string) []byte {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte("coding\x00" + use))
	for _, p := range parts {
		mac.Write([]byte("\x00" + strconv.Itoa(len(p)) + "\x00" + p))
	}
	return mac.Sum(nil)
}

// Name returns what an answer is called before coders. It tells neither the
// response nor which answers are of one response. It begins with a letter, so
// that no program takes it for a number.
func (k Key) Name(u Unit) string {
	letters := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(k.sum("unit", u.Response, u.Item)[:10])
	return "u" + strings.ToLower(letters)
}

// Mark returns a mark by which a text is known again, and from which without the
// key nothing can be guessed. What programs change of themselves (blanks, ends of
// lines, how accents are written, signs that are not seen) does not count.
func (k Key) Mark(text string) string { return hex.EncodeToString(k.sum("text", plain(text))[:8]) }

// draw returns the lot of an answer.
func (k Key) draw(seed uint64, parts ...string) uint64 {
	return binary.BigEndian.Uint64(k.sum("draw "+strconv.FormatUint(seed, 10), parts...))
}

// Secret returns what goes into the guids of projects for other programs.
func (k Key) Secret() string { return hex.EncodeToString(k.sum("guid")[:16]) }

// plain returns a text without what spreadsheet programs change of themselves.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == unicode.ReplacementChar || unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, text)
	return norm.NFC.String(strings.Join(strings.Fields(text), " "))
}
