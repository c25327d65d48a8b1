package xlsform

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// languages are those of a form: the names that its columns use, and the tag
// of each.
type languages struct {
	list   []survey.Language
	base   string            // tag of the default language
	byName map[string]string // folded name to tag
	known  map[string]string // folded names of the world's languages to tags
}

// knownTags are the languages whose English and own names are recognised
// without a tag beside them.
const knownTags = "aa af ak am ar as ay az be bg bm bn bo bs ca ckb cs cy da de dv dz ee el en es et eu fa fa-AF ff fi fil fr ga gl gn gu ha he hi hr ht hu hy id ig is it ja ka kk km kn ko ku ky lg ln lo lt lv mg mk ml mn mr ms mt my nb ne nl nn no ny om pa pl ps pt qu rn ro ru rw sd sg si sk sl sn so sq sr ss st sv sw ta te tg th ti tk tn to tr ts ug uk ur uz vi wo xh yo zh zh-Hans zh-Hant zu"

// newLanguages returns the names of the world's languages, folded.
func newLanguages() languages {
	l := languages{byName: map[string]string{}, known: map[string]string{}}
	english := display.English.Languages()
	tags := strings.Fields(knownTags)
	for i := len(tags) - 1; i >= 0; i-- { // of two languages with one name, the first counts
		tag := language.Make(tags[i])
		for _, name := range []string{display.Self.Name(tag), english.Name(tag)} {
			if name != "" {
				l.known[fold(name)] = tags[i]
			}
		}
	}
	for name, tag := range map[string]string{
		"bengali": "bn", "burmese": "my", "castellano": "es", "chinois": "zh", "dari": "fa-AF", "farsi": "fa", "filipino": "fil", "haitian creole": "ht", "kirundi": "rn",
		"creole": "ht", "kreyol": "ht", "kurmanji": "ku", "mandarin": "zh", "sorani": "ckb", "tagalog": "fil", "中文": "zh", "汉语": "zh", "英文": "en", "anglais": "en", "arabe": "ar",
		"ingles": "en", "frances": "fr", "espagnol": "es", "russe": "ru", "portugues brasileiro": "pt-BR", "simplified chinese": "zh-Hans", "traditional chinese": "zh-Hant",
	} {
		l.known[name] = tag
	}
	return l
}

var tagInName = regexp.MustCompile(`[(（\[]\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*)\s*[)）\]]\s*$`)

// find returns the BCP 47 tag that a language's name stands for: the one in
// its brackets, or that of the language called so in English or in itself, or
// the name itself when it is a tag.
func (l *languages) find(name string) (string, bool) {
	if m := tagInName.FindStringSubmatch(name); m != nil {
		if tag, err := language.Parse(m[1]); err == nil {
			return tag.String(), true
		}
		name = strings.TrimSuffix(name, m[0])
	}
	if tag, ok := l.known[fold(name)]; ok {
		return tag, true
	}
	if len(name) <= 12 {
		if tag, err := language.Parse(name); err == nil && tag != language.Und {
			return tag.String(), true
		}
	}
	return "", false
}

// tag returns the tag of a language that a column names; no name means the
// default language.
func (l *languages) tag(name string) string {
	if name == "" {
		return l.base
	}
	return l.byName[fold(name)]
}

// readLanguages finds the languages of all columns, in the order of the form,
// and which is the default.
func (r *reader) readLanguages(book sheets) {
	l := newLanguages()
	unnamed := false
	for _, s := range []*sheet{book.survey, book.choices, book.settings} {
		if s == nil {
			continue
		}
		for _, c := range s.columns {
			if c.language != "" {
				r.learn(&l, c.language, finding.Place{File: s.file, Sheet: s.name, Column: c.title})
			} else if c.key == "label" && s != book.settings {
				unnamed = true
			}
		}
	}
	r.chooseDefault(&l, book.settings, unnamed)
	r.languages = l
	for _, s := range []*sheet{book.survey, book.choices, book.settings, book.indicators} {
		if s != nil {
			for i := range s.columns {
				s.columns[i].tag = l.tag(s.columns[i].language)
			}
		}
	}
}

// learn adds the language of a column.
func (r *reader) learn(l *languages, name string, place finding.Place) {
	key := fold(name)
	if _, seen := l.byName[key]; seen {
		return
	}
	tag, ok := l.find(name)
	if !ok {
		tag = fmt.Sprintf("und-x-lang%d", len(l.list)+1)
		r.add("unknown-language", finding.Warning, place, "The language "+name+" is not known by that name, so no report can be made in it.",
			"Write its BCP 47 tag in brackets after its name, as in Español (es).")
	}
	l.byName[key] = tag
	for _, other := range l.list {
		if other.Tag == tag {
			r.add("same-language", finding.Warning, place, "The form calls one language ("+tag+") both "+other.Name+" and "+name+"; they are read as one.",
				"Write the language in the same way in all columns: collecting tools take these for two.")
			return
		}
	}
	l.list = append(l.list, survey.Language{Name: name, Tag: tag})
}

// chooseDefault takes the default language from the settings, or else the
// language of labels that name none, or else the first of the form.
func (r *reader) chooseDefault(l *languages, settings *sheet, unnamed bool) {
	name, title, place := "", "", finding.Place{}
	if settings != nil && len(settings.rows) > 0 {
		name, title = settings.cell(settings.rows[0], "default_language")
		place = settings.place(settings.rows[0], title)
	}
	if strings.EqualFold(name, "default") {
		name = ""
	}
	if name != "" {
		tag, ok := l.find(name)
		if known, seen := l.byName[fold(name)]; seen {
			tag, ok = known, true
		}
		switch {
		case ok && (l.has(tag) || unnamed):
			l.base = tag
		case len(l.list) > 0:
			r.add("unknown-default-language", finding.Warning, place, "The default language "+name+" is none of the languages of the labels.", "Write it as the label columns do; until then it is "+l.list[0].Name+".")
		}
	}
	if l.base == "" && len(l.list) > 0 && !unnamed {
		l.base = l.list[0].Tag
	}
	if l.base == "" {
		l.base = r.unnamedLanguage(l)
	}
	if !l.has(l.base) {
		english := display.English.Languages().Name(language.Make(l.base))
		l.list = append([]survey.Language{{Name: english + " (" + l.base + ")", Tag: l.base}}, l.list...)
	}
}

// unnamedLanguage returns the tag for labels that name no language.
func (r *reader) unnamedLanguage(l *languages) string {
	if r.fallback != "" {
		if tag, err := language.Parse(r.fallback); err == nil {
			return tag.String()
		}
		r.add("unknown-language", finding.Refusal, finding.Place{Column: "language"}, "The language "+r.fallback+" is not a BCP 47 tag.", "Write a tag such as en, fr or zh.")
	}
	r.add("unnamed-language", finding.Note, finding.Place{}, "The form does not say which language its labels are in; they are taken to be English.",
		"Name the columns in the manner of label::Français (fr), or set default_language in the settings.")
	return "en"
}

func (l *languages) has(tag string) bool {
	for _, known := range l.list {
		if known.Tag == tag {
			return true
		}
	}
	return false
}

// fold brings the spellings of a language's name to one: no case, no accents,
// no marks of direction.
func fold(s string) string {
	var b strings.Builder
	for _, c := range norm.NFD.String(strings.ToLower(s)) {
		if !unicode.Is(unicode.Mn, c) && !unicode.Is(unicode.Cf, c) {
			b.WriteRune(c)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
