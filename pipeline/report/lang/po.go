package lang

import (
	"fmt"
	"strconv"
	"strings"
)

// entry is one message of a gettext file.
type entry struct{ context, id, str string }

// parsePO reads the part of the gettext format that catalogues here use:
// comments, msgctxt, msgid and msgstr with continued lines.
func parsePO(name, content string) ([]entry, error) {
	var out []entry
	var now entry
	var to *string
	flush := func() {
		if now.context != "" {
			out = append(out, now)
		}
		now, to = entry{}, nil
	}
	for i, line := range strings.Split(content, "\n") {
		line = strings.TrimSpace(line)
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "":
			flush()
			continue
		case strings.HasPrefix(line, "#"):
			continue
		case word == "msgctxt":
			to = &now.context
		case word == "msgid":
			to = &now.id
		case word == "msgstr":
			to = &now.str
		case strings.HasPrefix(line, `"`) && to != nil:
			rest = line
		default:
			return nil, fmt.Errorf("%s, line %d: this is not a line of a gettext catalogue", name, i+1)
		}
		text, err := strconv.Unquote(strings.TrimSpace(rest))
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: the text is not in double quotes", name, i+1)
		}
		*to += text
	}
	flush()
	return out, nil
}
