package survey

import "strings"

// Type is the kind of answer an item takes.
type Type string

// The types of items. Their names are those of XLSForm where it has one.
const (
	SelectOne      Type = "select_one"
	SelectMultiple Type = "select_multiple"
	Rank           Type = "rank"
	Integer        Type = "integer"
	Decimal        Type = "decimal"
	OpenText       Type = "text"
	Date           Type = "date"
	Time           Type = "time"
	DateTime       Type = "dateTime"
	Calculated     Type = "calculate"
	Metadata       Type = "metadata" // start, end, today, deviceid, username ...: never tabulated, set aside when it identifies
	GPS            Type = "geopoint" // geopoint, geotrace, geoshape: set aside
	Media          Type = "media"    // image, audio, video, file: file names are set aside
	Note           Type = "note"     // holds no answer
)

// HasChoices reports whether answers are choices from a list.
func (t Type) HasChoices() bool { return t == SelectOne || t == SelectMultiple || t == Rank }

// Numeric reports whether answers are numbers.
func (t Type) Numeric() bool { return t == Integer || t == Decimal }

// HasAnswer reports whether respondents' answers to such items are kept in a dataset.
func (t Type) HasAnswer() bool {
	return t != Note && t != Metadata && t != GPS && t != Media
}

// Role says how careful one must be with an item.
type Role string

// The roles of items, from the form's role or anonymise column or the config.
const (
	Plain       Role = ""            // no special care
	Key         Role = "key"         // may be used as a domain; identifies in combination
	Sensitive   Role = "sensitive"   // never by country, never crossed with identity groups
	Identifying Role = "identifying" // set aside when read: never in a dataset
)

// Reason says why there is no answer, or that there is one.
type Reason uint8

// The reasons for a missing answer. Answered is not missing.
const (
	Answered Reason = iota
	NotAsked
	NotAnswered
	Refused
	DontKnow
	NotApplicable
	Invalid
	Reasons // how many there are
)

var reasonNames = [Reasons]string{"answered", "not asked", "not answered", "refused", "don't know", "not applicable", "invalid"}

// String returns the reason as the glossary has it.
func (r Reason) String() string {
	if r < Reasons {
		return reasonNames[r]
	}
	return "unknown reason"
}

// Text is wording by language tag (BCP 47).
type Text map[string]string

// In returns the wording in a language, else in the fallback language, else
// "". The second value says whether the language itself had it.
func (t Text) In(tag, fallback string) (string, bool) {
	if s := strings.TrimSpace(t[tag]); s != "" {
		return s, true
	}
	return strings.TrimSpace(t[fallback]), false
}

// Shorter returns the short label in a language when there is one, else the
// label, else the name; always in the language before the fallback.
func Shorter(short, label Text, name, tag, fallback string) string {
	for _, try := range []struct {
		t   Text
		tag string
	}{{short, tag}, {label, tag}, {short, fallback}, {label, fallback}} {
		if s := strings.TrimSpace(try.t[try.tag]); s != "" {
			return s
		}
	}
	return name
}
