package check

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// identifiers finds what points to a person or a place in open answers.
func (w *work) identifiers(level int) ([]looker, error) {
	if !w.cfg.Identifiers {
		return nil, nil
	}
	var out []looker
	for _, item := range w.held(level) {
		if item.Type == survey.OpenText && item.Derived == "" {
			out = append(out, pointing{item.Name})
		}
	}
	return out, nil
}

type pointing struct{ item string }

func (p pointing) look(s *sheet) {
	c := s.b.Column(p.item)
	n := int64(0)
	for i := range c.Len() {
		if !c.Answered(i) {
			continue
		}
		n++
		if classes := classesOf(c.Text(i)); len(classes) > 0 {
			s.tell(i, remark{check: Identifier, item: p.item, issue: "Potential PII", comment: "The answer may hold " + strings.Join(classes, ", ") + "."})
		}
	}
	s.looked(Identifier, p.item, n)
}

// classesOf says which kinds of identifiers a text seems to hold. Digits of any
// script and full-width signs are read as the usual ones, and what cannot be
// seen is passed over.
func classesOf(text string) []string {
	signs := signsOf(text)
	if signs == (traces{}) {
		return nil
	}
	text = spelling.Plain(text)
	var out []string
	take := func(may bool, class string, pattern *regexp.Regexp, ok func(string) bool) {
		if !may {
			return
		}
		found := false
		text = pattern.ReplaceAllStringFunc(text, func(s string) string {
			if ok != nil && !ok(s) {
				return s
			}
			found = true
			return " "
		})
		if found {
			out = append(out, class)
		}
	}
	take(signs.at, "an e-mail address", email, nil)
	take(signs.web, "a web address", web, nil)
	take(signs.at, "a handle", handle, nil)
	take(signs.digits, "a bank account (IBAN)", iban, beginsIBAN)
	take(signs.digits, "a place on a map", position, onEarth)
	if signs.digits {
		text = dateLike.ReplaceAllString(text, " ; ")
	}
	take(signs.digits, "a telephone number", phone, phoneLike)
	take(signs.digits, "a long number", longNumber, nil)
	return out
}

// traces are what a text shows at a glance of the identifiers it may hold; of
// most texts it is nothing.
type traces struct{ at, web, digits bool }

func signsOf(text string) traces {
	var t traces
	digits := 0
	for i, r := range text {
		switch {
		case r >= 'a' && r <= 'z', r == ' ':
		case r >= '0' && r <= '9':
			digits++
		case r == '@', r == '(' || r == '[':
			t.at = t.at || r == '@' || strings.HasPrefix(strings.ToLower(strings.TrimLeft(text[i+1:min(len(text), i+8)], " ")), "at")
		case r == '.':
			t.web = t.web || i+3 < len(text) && strings.IndexByte("conigeCONIGE", text[i+1]) >= 0 || strings.HasSuffix(strings.ToLower(text[max(0, i-3):i]), "www")
		case r == '/':
			t.web = t.web || strings.HasPrefix(text[i:], "//")
		case r < 0x0660:
		case r >= 0xFF01 && r <= 0xFF5E, r == 0xFE6B: // full width: whatever it may be
			return traces{true, true, true}
		case unicode.IsDigit(r):
			digits++
		}
	}
	t.digits = digits >= 7
	return t
}

var (
	email      = regexp.MustCompile(`(?i)[\pL\pN._%+-]+\s?(?:@|\[\s?at\s?\]|\(\s?at\s?\))\s?[\pL\pN-]+(?:\s?(?:\.|\[\s?dot\s?\]|\(\s?dot\s?\))\s?[\pL\pN-]+)+`)
	web        = regexp.MustCompile(`(?i)\b(?:https?://\S+|www\.[\pL\pN-]+\.\S+|[\pL\pN-]+(?:\.[\pL\pN-]+)*\.(?:com|org|net|info|gov|edu)\b(?:/\S*)?)`)
	handle     = regexp.MustCompile(`(?:^|[\s(,:;])@[\pL\pN_][\pL\pN_.]{2,}`)
	iban       = regexp.MustCompile(`\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{1,4}){3,9}`)
	position   = regexp.MustCompile(`[-+]?\d{1,3}\.\d{3,}°?\s*[NSns]?\s*[,;\s]\s*[-+]?\d{1,3}\.\d{3,}`)
	dateLike   = regexp.MustCompile(`\b(?:(?:19|20)\d\d\s*[-–—/]\s*(?:19|20)\d\d|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d)\b`)
	phone      = regexp.MustCompile(`(?:\+|\b00|\()?\d(?:[\s().\x{2010}-\x{2015}-]{0,2}\d){6,}`)
	longNumber = regexp.MustCompile(`\d{9,}`)
	thousands  = regexp.MustCompile(`^[1-9]\d{0,2}(?:[ .,]\d{3})+$`)
)

// phoneLike tells a telephone number from other numbers of seven digits and
// more: it begins with a plus or a nought, or is grouped as amounts are not.
func phoneLike(s string) bool {
	digits := 0
	grouped := false
	for _, r := range s {
		if r >= '0' && r <= '9' {
			digits++
		} else {
			grouped = true
		}
	}
	switch {
	case digits < 7 || years.MatchString(s):
		return false
	case s[0] == '+' || s[0] == '0' || s[0] == '(':
		return digits >= 8 || s[0] != '0'
	case thousands.MatchString(s):
		return false
	}
	return grouped && !strings.Contains(strings.TrimRight(s, "."), ".") || grouped && strings.Count(s, ".") > 1
}

// years is several years one after the other.
var years = regexp.MustCompile(`^(?:(?:19|20)\d\d[\s().-]*)+$`)

// onEarth reports whether two numbers are a latitude and a longitude.
func onEarth(s string) bool {
	parts := numbersIn.FindAllString(s, 2)
	if len(parts) < 2 {
		return false
	}
	lat, errA := strconv.ParseFloat(parts[0], 64)
	lon, errB := strconv.ParseFloat(parts[1], 64)
	if errA != nil || errB != nil {
		return false
	}
	return lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180
}

var numbersIn = regexp.MustCompile(`-?\d+\.\d+`)

// beginsIBAN reports whether a text begins with a bank account: words behind it
// may look like more of it.
func beginsIBAN(s string) bool {
	for end := len(s); end > 0; end = strings.LastIndexAny(s[:end], " -") {
		if validIBAN(s[:end]) {
			return true
		}
	}
	return false
}

// validIBAN reports whether a text passes the check of ISO 13616: the number
// made of it leaves 1 when divided by 97.
func validIBAN(s string) bool {
	s = strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(s))
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	rest := 0
	for _, r := range s[4:] + s[:4] {
		switch {
		case r >= '0' && r <= '9':
			rest = (rest*10 + int(r-'0')) % 97
		case r >= 'A' && r <= 'Z':
			rest = (rest*100 + int(r-'A') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}
