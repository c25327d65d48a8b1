package xlsx

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// names are those that are taken, in lower case: sheets and names are told apart
// without regard to it.
type names map[string]bool

// maxSheetName is how many UTF-16 units the name of a sheet may have.
const maxSheetName = 31

// sheet makes the name of a sheet of a title: short enough, without the signs
// that no name may have, and unlike all others.
func (n names) sheet(title string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' || r == 0x7f || r == 0xfffd {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(title, " "))
	clean = strings.Trim(strings.Join(strings.Fields(clean), " "), "' ")
	if clean == "" || strings.EqualFold(clean, "History") { // the name is reserved
		clean = strings.TrimSpace(clean + " 1")
	}
	for k := 1; ; k++ {
		end := ""
		if k > 1 {
			end = fmt.Sprintf(" (%d)", k)
		}
		name := cut(clean, maxSheetName-len(end)) + end
		if key := strings.ToLower(name); !n[key] {
			n[key] = true
			return name
		}
	}
}

// cut shortens a text to so many UTF-16 units, at a word where there is one.
func cut(text string, units int) string {
	if len(utf16.Encode([]rune(text))) <= units {
		return text
	}
	var b strings.Builder
	left := units - 1 // for the sign that something is left out
	for _, r := range text {
		if left -= utf16.RuneLen(r); left < 0 {
			break
		}
		b.WriteRune(r)
	}
	short := b.String()
	if at := strings.LastIndexByte(short, ' '); at > len(short)/2 {
		short = short[:at]
	}
	return strings.TrimRight(short, " ,.;·'-–") + "…"
}

// table makes a name for a table of its id.
func (n names) table(id string) string {
	name := "table_" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.TrimPrefix(id, "f-"))
	name = name[:min(len(name), 200)]
	for n[strings.ToLower(name)] {
		name += "_"
	}
	n[strings.ToLower(name)] = true
	return name
}
