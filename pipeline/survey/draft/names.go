package draft

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const maxName = 48 // letters of a name made from a label

// names gives out names of items, each once.
type names struct{ taken map[string]bool }

func newNames() *names { return &names{map[string]bool{}} }

// item returns the name for a column: its title where that may be a name.
func (n *names) item(title string) string {
	name := title
	if !segment.MatchString(name) || len(name) > 64 {
		name = slug(title)
		if name == "" || !segment.MatchString(name) {
			name = strings.TrimRight("q_"+name, "_")
		}
	}
	return free(name, n.taken)
}

// list returns a name for a choice list.
func (n *names) list(wanted string) string {
	name := slug(wanted)
	if name == "" {
		name = "list"
	}
	if name == "from" || name == "or_other" { // words of their own behind "select_one"
		name += "_list"
	}
	return free(name, n.taken)
}

// free returns the name, with a number behind it when it is taken, and takes it.
func free(name string, taken map[string]bool) string {
	out := name
	for i := 2; taken[out]; i++ {
		out = fmt.Sprintf("%s_%d", name, i)
	}
	taken[out] = true
	return out
}

// slug makes a name of a label: small letters without accents and digits,
// joined by underscores; letters of other scripts are kept.
func slug(label string) string {
	var b strings.Builder
	gap, before := false, ' '
	letters := 0
	for _, c := range fold(label) {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) {
			gap = gap || !unicode.IsLetter(before) || c != '\'' && c != '’'
			before = c
			continue
		}
		before = c
		if gap && b.Len() > 0 {
			if letters >= maxName-8 {
				break
			}
			b.WriteByte('_')
		}
		gap = false
		if letters++; letters > maxName {
			break
		}
		b.WriteRune(c)
	}
	return strings.TrimRight(b.String(), "_")
}

// choiceName makes the name of a choice from its label.
func choiceName(label string) string {
	if name := slug(label); name != "" {
		return name
	}
	return "choice"
}

// fold brings a text to small letters without accents, with single blanks.
func fold(s string) string {
	var b strings.Builder
	latin := false
	for _, c := range norm.NFD.String(strings.ToLower(s)) {
		if unicode.Is(unicode.Mn, c) && (latin || unicode.Is(unicode.Arabic, c) || c == '\u064b') {
			continue
		}
		latin = c < 0x250 || unicode.Is(unicode.Latin, c)
		b.WriteRune(c)
	}
	return strings.Join(strings.Fields(norm.NFC.String(b.String())), " ")
}
