package pdf

import "regexp"

// undated takes the dates of making out of a document: they are replaced by one
// of the same length, so that the places of its objects stay right.
func undated(content []byte) []byte {
	dated := regexp.MustCompile(`(/(?:CreationDate|ModDate) *)\(D:\d{14}([^)]{0,7}\))`) // up to the time zone
	return dated.ReplaceAll(content, []byte("${1}(D:20000101000000${2}"))
}
