package bind

import (
	"path"
	"regexp"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Spoken is a column that a tool adds beside an answer: the transcript of a
// recording, a translation of it or of a text, or a judgement of whoever
// analysed it.
type Spoken struct {
	Item     int    // index in Survey.Items: the answer it stands beside
	Name     string // of the item that holds it
	Language string // of a transcript or translation
}

var (
	// spokenName is how names and groups write it: q/transcript_en.
	spokenName = regexp.MustCompile(`^(.+)[/._:\-](transcript|translation|translated)_([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)$`)
	// spokenLabel is how current exports write it, beside names and labels: q - transcript (en).
	spokenLabel = regexp.MustCompile(`^(.+) - (transcript|translation) \(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\)$`)
	// judged is a column of a qualitative analysis: q/theme, or q and an identifier.
	judged = regexp.MustCompile(`^[A-Za-z0-9_\-]+(?:/[A-Za-z0-9_\-]+)?$`) // behind the slash
	plain  = regexp.MustCompile(`[^A-Za-z0-9_]+`)
)

// utterance is what a column may be, by its name alone: something beside the
// answer of the item that base means.
type utterance struct {
	base, plain string // as it stands, and as labels stand in a survey
	kind        string // transcript, translation; "" for a judgement
	rest        string // the language, or what the judgement is called
}

// utterances takes a name apart in every way in which it may be such a column.
func utterances(name string) []utterance {
	var out []utterance
	for _, form := range []*regexp.Regexp{spokenName, spokenLabel} {
		if parts := form.FindStringSubmatch(name); parts != nil {
			out = append(out, utterance{parts[1], survey.PlainText(parts[1]), parts[2], parts[3]})
		}
	}
	for at := strings.IndexByte(name, '/'); at >= 0; {
		base, rest := name[:at], name[at+1:]
		if judged.MatchString(rest) {
			out = append(out, utterance{base, survey.PlainText(base), "", rest})
		}
		next := strings.IndexByte(rest, '/')
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return out
}

// spoken finds out whether a column stands beside an answer.
func (m *matcher) spoken(items map[string]int, k int, c Column) (Column, bool) {
	for _, u := range m.utterances[k] {
		i, ok := items[u.base]
		if !ok {
			i, ok = m.own[u.plain]
		}
		if !ok {
			i, ok = m.others[u.plain]
		}
		if !ok || i == ambiguous {
			continue
		}
		item := &m.survey.Items[i]
		if item.Type != survey.Media && item.Type != survey.OpenText {
			continue
		}
		switch u.kind {
		case "":
			return m.beside(c, &Spoken{i, item.Name + "_" + plain.ReplaceAllString(u.rest, "_"), ""}), true
		case "transcript":
			return m.beside(c, &Spoken{i, item.Name + "_transcript", strings.ToLower(u.rest)}), true
		default:
			return m.beside(c, &Spoken{i, item.Name + "_translation_" + strings.ToLower(plain.ReplaceAllString(u.rest, "_")), strings.ToLower(u.rest)}), true
		}
	}
	return c, false
}

// beside returns the column of what stands beside an answer: bound where the
// survey has an item for it, otherwise unknown as yet.
func (m *matcher) beside(c Column, s *Spoken) Column {
	c.Spoken = s
	if roleBeside(&m.survey.Items[s.Item]) == survey.Identifying {
		c.Role, c.Item, c.Spoken = SetAside, s.Item, nil
		return c
	}
	for i := range m.survey.Items {
		if m.survey.Items[i].Name == s.Name && m.survey.Items[i].Level == m.survey.Items[s.Item].Level {
			return m.item(c, i)
		}
	}
	return c
}

// Beside returns the items that the columns of a header call for and the survey
// lacks: open answers beside those that they belong to.
func (h Header) Beside(s *survey.Survey) []survey.Item {
	var out []survey.Item
	for _, c := range h.Columns {
		if c.Spoken == nil || c.Role != Unknown {
			continue
		}
		base := s.Items[c.Spoken.Item]
		item := survey.Item{
			Name: c.Spoken.Name, Path: path.Join(path.Dir(base.Path), c.Spoken.Name), Type: survey.OpenText, Level: base.Level,
			Label: base.Label, Short: base.Short, Relevant: base.Relevant, Role: roleBeside(&base), Chapter: base.Chapter, Derived: base.Name, Place: base.Place,
		}
		out = append(out, item)
	}
	return out
}

// roleBeside is the role of what stands beside an answer: that of the answer. A
// recording is identifying by its voice, which a transcript leaves out, so what
// the form says of it counts.
func roleBeside(base *survey.Item) survey.Role {
	if base.Type == survey.Media && base.Role == survey.Identifying {
		return base.Stated
	}
	return base.Role
}
