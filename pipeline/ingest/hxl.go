package ingest

import (
	"regexp"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
)

// hxlTag is a tag of the Humanitarian Exchange Language, such as #adm1+name.
var hxlTag = regexp.MustCompile(`^#[A-Za-z][A-Za-z0-9_]*(\s*\+\s*[A-Za-z][A-Za-z0-9_]*)*$`)

// isHXL reports whether a row is one of HXL tags: at least one, nothing else,
// and no identifier.
func isHXL(h bind.Header, cells []string) bool {
	tags := 0
	for k, cell := range cells {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		if !hxlTag.MatchString(cell) || k < len(h.Columns) && h.Columns[k].Role != bind.Answer && h.Columns[k].Role != bind.Choice && !h.Columns[k].Role.Apart() {
			return false
		}
		tags++
	}
	return tags > 0
}
