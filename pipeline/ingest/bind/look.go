package bind

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Look says what kind of thing a cell is that does not bind: never the cell
// itself.
type Look struct {
	Kind   string // slug of the finding
	What   string // "looks like a number with a comma for its decimals"
	Remedy string
}

// LookAt tells what a cell that does not bind to an item looks like.
func LookAt(cell []byte, t survey.Type) Look {
	s := strings.TrimSpace(string(cell[:min(len(cell), 200)]))
	switch t {
	case survey.Integer, survey.Decimal:
		return numberLook(s, t)
	case survey.Date, survey.DateTime, survey.Time:
		return momentLook(s)
	}
	return Look{"unreadable-cell", "is none of the values that are read here", "Correct it in the file, or leave it to the cleaning rules."}
}

const correct = "Correct it in the file."

func numberLook(s string, t survey.Type) Look {
	for _, l := range numberLooks {
		if l.is.MatchString(s) {
			return l.Look
		}
	}
	switch {
	case hasOtherDigits(s):
		return Look{"other-digits", "looks like a number in digits of another script", "The cleaning rules turn such digits into 0 to 9 and log it; check the result there."}
	case t == survey.Integer && plainDecimal.MatchString(s):
		return Look{"not-whole", "is a number with decimals, and the item takes whole numbers", correct}
	case strings.IndexFunc(s, unicode.IsDigit) >= 0:
		return Look{"number-and-text", "looks like a number with words or signs around it", correct}
	}
	return Look{"not-a-number", "is text, and the item takes a number", correct}
}

var plainDecimal = regexp.MustCompile(`^-?\d+\.\d+$`)

type lookOf struct {
	is *regexp.Regexp
	Look
}

var numberLooks = []lookOf{
	{regexp.MustCompile(`(?i)^[+-]?(nan|inf|infinity|null|nil|none|na|n/a|#n/a|#value!|#ref!|#div/0!)$`), Look{"number-word", "is a word that programs write for \"no number\"", "Leave the cell empty in the file if nothing was answered."}},
	{regexp.MustCompile(`(?i)^0x[0-9a-f.]+(p[+-]?\d+)?$`), Look{"hexadecimal", "looks like a hexadecimal number", correct}},
	{regexp.MustCompile(`^[+-]?\d+(_\d+)+$`), Look{"underscores", "looks like a number with underscores between its digits", correct}},
	{regexp.MustCompile(`^[+-]?\d+(\.\d+)?[eE][+-]?\d+$`), Look{"out-of-range", "is a number that is too large, or not whole", correct}},
	{regexp.MustCompile(`^[+-]?\d{19,}$`), Look{"out-of-range", "is a number that is too large", correct}},
	{regexp.MustCompile("^[+-]?\\d{1,3}([ '\u00a0\u202f\u2009\u2019\u066c]\\d{3})+([.,]\\d+)?$"), Look{"thousands", "looks like a number with signs between its thousands", "Write it without them, with a dot for decimals."}},
	{regexp.MustCompile(`^[+-]?\d{1,3}(,\d{3})+\.\d+$|^[+-]?\d{1,3}(,\d{3}){2,}$|^[+-]?\d{1,3}(\.\d{3}){2,}$|^[+-]?\d{1,3}(\.\d{3})+,\d+$`), Look{"thousands", "looks like a number with signs between its thousands", "Write it without them, with a dot for decimals."}},
	{regexp.MustCompile(`^[+-]?\d{1,3},\d{3}$`), Look{"comma-number", "has a comma that may stand for decimals or for thousands", "Write it without the comma, or with a dot for decimals: which of the two is meant cannot be known here."}},
	{regexp.MustCompile(`^[+-]?\d*,\d+$`), Look{"comma-decimal", "looks like a number with a comma for its decimals", "Write decimals with a dot."}},
	{regexp.MustCompile(`^[+-]?\d+([.,]\d+)?\s*%$`), Look{"percent", "looks like a number with a percent sign", correct}},
	{regexp.MustCompile(`^\p{Sc}\s*[+-]?\d[\d.,\s]*$|^[+-]?\d[\d.,\s]*\p{Sc}$`), Look{"currency", "looks like an amount with the sign of a currency", correct}},
	{regexp.MustCompile(`^\d+\s*[-–—]\s*\d+$`), Look{"range", "looks like a range of two numbers", correct}},
	{regexp.MustCompile(`^[+]\d+(\.\d+)?$`), Look{"plus-sign", "is a number with a plus sign before it", correct}},
	{regexp.MustCompile(`^[−–—]\s*\d+(\.\d+)?$`), Look{"other-minus", "is a number with a dash for its minus", correct}},
}

func hasOtherDigits(s string) bool {
	for _, r := range s {
		if unicode.IsDigit(r) && r > '9' {
			return true
		}
	}
	return false
}

const iso = "Write it as year-month-day, such as 2004-03-15."

var momentLooks = []lookOf{
	{regexp.MustCompile(`^\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}(\d{2})?([T ].*)?$`), Look{"ambiguous-date", "looks like a date with day and month in an order that the file does not tell", iso}},
	{regexp.MustCompile(`^\d{4}[/.]\d{1,2}[/.]\d{1,2}`), Look{"other-date", "looks like a date that is not written as ISO 8601", iso}},
	{regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`), Look{"impossible-date", "looks like a date or time that does not exist, or has more behind it than the item takes", correct}},
	{regexp.MustCompile(`^\d{4}$`), Look{"year-only", "looks like a year alone", correct}},
	{regexp.MustCompile(`^\d{4}-\d{1,2}(-\d{1,2})?$`), Look{"other-date", "looks like a date that is not written as ISO 8601", iso}},
	{regexp.MustCompile(`^\d{5}([.,]\d+)?$`), Look{"day-number", "looks like the number by which spreadsheets count days", "Give the cells of the column the format yyyy-mm-dd in the spreadsheet before saving as CSV."}},
	{regexp.MustCompile(`^\d{8}$`), Look{"other-date", "looks like a date without signs between its parts", iso}},
	{regexp.MustCompile(`(?i)^\d{1,2}:\d{2}(:\d{2})?\s*[ap]\.?m\.?$`), Look{"twelve-hours", "looks like a time on a clock of twelve hours", "Write it with 24 hours, such as 15:30."}},
}

func momentLook(s string) Look {
	for _, l := range momentLooks {
		if l.is.MatchString(s) {
			return l.Look
		}
	}
	if hasOtherDigits(s) {
		return Look{"other-digits", "looks like a date or time in digits of another script", "The cleaning rules turn such digits into 0 to 9 and log it; check the result there."}
	}
	return Look{"not-a-date", "is no date or time that can be read", iso}
}
