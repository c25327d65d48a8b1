package recommend

import "github.com/soundings-survey/soundings/pipeline/language"

// Language tells the language of a text. Where its words leave that open, the
// verb with which it opens decides; a text without any sign is taken for English.
func (c *Checker) Language(text string) string {
	told, sure := language.Detect(text)
	if sure {
		return told
	}
	ts := tokens(text)
	for _, l := range []string{told, "en", "es", "fr"} {
		if words := c.words[l]; words != nil {
			if at := words.skip(ts, 0); at < len(ts) {
				if _, opens := words.verbAt(ts, at); opens {
					return l
				}
			}
		}
	}
	if told == "" {
		return "en"
	}
	return told
}
