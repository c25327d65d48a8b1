package html

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
)

// policy returns the content security policy of a page: nothing but its one
// style sheet and, where it has one, its one script, known by their hashes.
func policy(style, script string) string {
	out := "default-src 'none'; style-src '" + hash(style) + "'; "
	if script != "" {
		out += "script-src '" + hash(script) + "'; "
	}
	return out + "img-src data:; base-uri 'none'; form-action 'none'"
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// printed returns the rules for what stands above and below each page of paper:
// the title, but on the first, and the number of the page.
func printed(title, dir string) string {
	start, end := "left", "right"
	if dir == "rtl" {
		start, end = end, start
	}
	const look = `font:8pt "Noto Sans","Noto Sans Arabic","Noto Sans SC",system-ui,sans-serif;color:#525c66`
	return "@page{@top-" + start + "{content:" + quoted(title) + ";" + look + "}@bottom-" + end + "{content:counter(page);" + look + "}}@page:first{@top-" + start + "{content:none}}\n"
}

// quoted writes a text as a string of CSS. All but letters and digits of ASCII
// are escaped, so that nothing in it ends the string or the style sheet.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "\\%x ", r)
	}
	b.WriteByte('"')
	return b.String()
}
