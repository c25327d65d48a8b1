package lang

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// entry is one message of a gettext file. One that holds a count has a plural,
// and a form for each case of the language.
type entry struct {
	context, id, str string

	plural string
	forms  []string
}

// parsePO reads the part of the gettext format that catalogues here use:
// comments, msgctxt, msgid, msgid_plural, msgstr and msgstr[0] with continued
// lines. The header is the entry without a context.
func parsePO(name, content string) ([]entry, error) {
	var out []entry
	var now entry
	var to *string
	flush := func() {
		if now.context != "" || now.str != "" {
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
		case word == "msgid_plural":
			to = &now.plural
		case word == fmt.Sprintf("msgstr[%d]", len(now.forms)) && len(now.forms) < mostForms:
			now.forms = append(now.forms, "")
			to = &now.forms[len(now.forms)-1]
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

// pluralOf returns the rule of plural forms that the header of a catalogue says,
// that of English where it says none.
func pluralOf(name string, entries []entry) (plural, error) {
	for _, e := range entries {
		if e.context != "" {
			continue
		}
		for line := range strings.SplitSeq(e.str, "\n") {
			if rule, is := strings.CutPrefix(line, "Plural-Forms:"); is {
				p, err := parsePlural(strings.TrimSpace(rule))
				if err != nil {
					return p, fmt.Errorf("%s: %w", name, err)
				}
				return p, nil
			}
		}
	}
	return germanic(), nil
}

// translated reports whether an entry has words for those of the source: all of
// its forms, where it has any.
func (e entry) translated(source entry, forms int) bool {
	if source.id != e.id || source.plural != e.plural {
		return false
	}
	if e.plural == "" {
		return e.str != ""
	}
	return len(e.forms) == forms && !slices.Contains(e.forms, "")
}

// words are the wordings of an entry: one, or a form for each case.
func (e entry) words() (other string, forms []string) {
	if e.plural == "" {
		return e.str, nil
	}
	return e.forms[len(e.forms)-1], e.forms
}
