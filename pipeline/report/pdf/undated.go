package pdf

import "regexp"

// undated takes the dates of making out of a document: they are replaced by one
// of the same length, so that the places of its objects stay right.
func undated(content []byte) []byte {
	const begin = "(D:20000101000000"
	return date().ReplaceAllFunc(content, func(found []byte) []byte {
		parts := date().FindSubmatch(found)
		out := append([]byte{}, parts[1]...)
		return append(append(out, begin...), parts[2]...)
	})
}

// date matches the entries of a document's description that hold a date, up to
// the time zone.
func date() *regexp.Regexp {
	return regexp.MustCompile(`(/(?:CreationDate|ModDate) *)\(D:\d{14}([^)]{0,7}\))`)
}
