package records

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// BareUTF16 names the UTF-16 that the beginning of a text looks like when it has
// no byte order mark: most characters have a byte that is zero, on the one side
// or on the other. It is "" for other texts, and never used to read.
func BareUTF16(head []byte) string {
	head = head[:min(len(head), 4096)&^1]
	if len(head) < 8 {
		return ""
	}
	var high, low int
	for i := 0; i < len(head); i += 2 {
		if head[i] == 0 && head[i+1] != 0 {
			high++
		}
		if head[i] != 0 && head[i+1] == 0 {
			low++
		}
	}
	switch pairs := len(head) / 2; {
	case low*2 > pairs && high*20 < pairs:
		return "utf-16le"
	case high*2 > pairs && low*20 < pairs:
		return "utf-16be"
	}
	return ""
}

// westernSigns are characters beyond ASCII that texts in western languages have
// most of: what a sample should decode to.
const westernSigns = "àâäáãåçéèêëíìîïñóòôöõøúùûüßæœÀÂÄÁÃÇÉÈÊËÍÎÏÑÓÔÖÕØÚÙÛÜ‘’“”«»–—…€•°¿¡"

// looksMac reports whether a sample reads better as Mac Roman than as Windows
// 1252: more of what is beyond ASCII is of those signs, and inside words fewer
// capitals follow small letters.
func looksMac(sample []byte) bool {
	score := func(text []byte) (n int) {
		before := ' '
		for _, r := range string(text) {
			if r > 0x7F {
				n--
				if strings.ContainsRune(westernSigns, r) {
					n += 2
				}
				if before >= 'a' && before <= 'z' && bytes.ContainsRune([]byte("ÀÂÄÁÃÇÉÈÊËÍÎÏÑÓÔÖÕØÚÙÛÜ"), r) {
					n -= 2
				}
			}
			before = r
		}
		return n
	}
	mac, err := charmap.Macintosh.NewDecoder().Bytes(sample)
	if err != nil {
		return false
	}
	windows, err := charmap.Windows1252.NewDecoder().Bytes(sample)
	return err == nil && score(mac) > score(windows)
}
