package xlsform

import (
	"strings"
	"unicode"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// checkAlike warns of a name that differs from an earlier one only in case, and
// of one that mixes letters of scripts that look alike.
func (r *reader) checkAlike(what, name string, place finding.Place, seen map[string]string) {
	if mixesScripts(name) {
		r.add("mixed-scripts", finding.Warning, place, "The name of the "+what+" "+name+" mixes letters of several scripts that look alike, as Latin a and Cyrillic а.", "Write it anew in one script; answers must hold the very same letters.")
	}
	folded := strings.ToLower(name)
	if other, ok := seen[folded]; ok && other != name {
		r.add("names-alike", finding.Warning, place, "The names "+other+" and "+name+" differ only in capital letters; they are read as two.", "Rename one of the two, so that nobody mistakes one for the other.")
	}
	seen[folded] = name
}

// mixesScripts reports whether a name has letters of more than one of the
// scripts whose letters look alike.
func mixesScripts(name string) bool {
	scripts := map[*unicode.RangeTable]bool{}
	for _, r := range name {
		for _, script := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek} {
			if unicode.Is(script, r) {
				scripts[script] = true
			}
		}
	}
	return len(scripts) > 1
}

// taken are names that collecting tools give to columns of their own; an item
// of that name would hide who gave a response, or which row it is.
func taken(name string) bool {
	switch strings.ToLower(name) {
	case "_uuid", "_id", "_index", "_parent_index", "_parent_table_name", "_submission_time", "_submission__uuid", "_submission__id", "_validation_status", "formhub/uuid", "instanceid":
		return true
	}
	return false
}
