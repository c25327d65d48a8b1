package finding

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence returns what an error says as a sentence for people.
func Sentence(err error) string {
	text := strings.TrimSuffix(err.Error(), ".")
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}
