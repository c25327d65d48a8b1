package ingest

import (
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// versionColumns are the columns in which tools note the version of the form
// that a response was given to.
var versionColumns = []string{"__version__", "FormVersion", "_version_", "_version__"}

// The limits of an account of versions: what goes beyond is counted together.
const (
	mostVersions   = 100
	longestVersion = 64
	otherVersions  = "other"
)

// versionColumn finds the column with the version of the form, or -1.
func (t *table) versionColumn() int {
	for _, name := range versionColumns {
		for k, c := range t.header.Columns {
			if c.As == name {
				return k
			}
		}
	}
	return -1
}

// countVersion counts a response by the version that its tool noted. A version
// is a word of whoever made the form; what is too long for one is not shown.
func countVersion(into map[string]int64, cell []byte) {
	if len(cell) == 0 {
		return
	}
	name := otherVersions
	if len(cell) <= longestVersion && utf8.Valid(cell) {
		name = records.Printable(string(cell))
	}
	addVersion(into, name, 1)
}

func addVersion(into map[string]int64, name string, n int64) {
	if _, known := into[name]; !known && len(into) >= mostVersions {
		name = otherVersions
	}
	into[name] += n
}

// mergeVersions adds the counts of later rows.
func mergeVersions(into, later map[string]int64) {
	for _, name := range slices.Sorted(maps.Keys(later)) {
		addVersion(into, name, later[name])
	}
}
