package pipeline

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
)

// plainName is the name that a copy of a file gets in a project. Where its own
// holds signs that nobody sees it is called answers: the config must say what
// it seems to say.
func plainName(path string) string {
	name := filepath.Base(path)
	if strings.IndexFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return name
	}
	ending := filepath.Ext(name)
	if !shortEnding.MatchString(ending) {
		ending = ""
	}
	return "answers" + ending
}

var (
	shortEnding = regexp.MustCompile(`^\.[a-zA-Z0-9]{1,8}$`)
	bareText    = regexp.MustCompile(`^[\pL_][\pL\pM\pN_./-]*$`)
	yamlWord    = regexp.MustCompile(`(?i)^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$`)
)

// yamlText writes a text into a config, in quotes unless it can stand alone:
// a name must not become a key, a list or a number.
func yamlText(s string) (string, error) {
	if bareText.MatchString(s) && !yamlWord.MatchString(s) {
		return s, nil
	}
	out, err := json.Marshal(s)
	return string(out), err
}
