package refi

import (
	"crypto/sha1"
	"fmt"
	"strings"
)

// GUID derives a guid from words, so that the same thing has the same guid in
// every file. It is a UUID of version 5 (RFC 9562) within a namespace of its
// own. It hides nothing: who can guess the words can work out the guid.
func GUID(words ...string) string {
	h := sha1.New()
	h.Write([]byte("soundings:refi-qda\x00"))
	for _, w := range words {
		fmt.Fprintf(h, "%d:%s", len(w), w)
	}
	u := h.Sum(nil)[:16]
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// Same brings a guid into the one form in which it can be compared: programs
// write capitals, small letters and braces.
func Same(guid string) string {
	guid = strings.TrimSpace(guid)
	if strings.HasPrefix(guid, "{") && strings.HasSuffix(guid, "}") {
		guid = guid[1 : len(guid)-1]
	}
	return strings.ToLower(guid)
}

// Shown returns a guid for a finding; what is none is not shown.
func Shown(guid string) string {
	guid = Same(guid)
	if len(guid) != 36 || strings.Trim(guid, "0123456789abcdef-") != "" {
		return "without a guid"
	}
	return guid
}
