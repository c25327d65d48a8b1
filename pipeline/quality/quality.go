// Package quality holds the account of how good the answers are, before it is
// protected: what came in, what was set aside and why, what the checks found,
// what changed between versions of the form, and where answers differ by the
// language of the form. Its counts are exact and of respondents: they reach a
// report through protect alone.
package quality

// Account is what is known of the quality of the answers.
type Account struct {
	Received int64           `json:"received"` // responses that came in
	Analysed int64           `json:"analysed"` // responses that the figures rest on
	Aside    []Aside         `json:"aside"`
	Groups   []Group         `json:"groups"` // parts of the responses, which add up; empty where there is one
	Rates    []Rate          `json:"rates"`
	Changes  []VersionChange `json:"changes"`
	Checks   []Check         `json:"checks"`
	Shifts   []Shift         `json:"shifts"`
	Language string          `json:"language"` // item that says in which language a respondent answered, "" where none does
	Adjusted string          `json:"adjusted"` // item within whose groups languages were compared, "" where none was
}

// Reason says why a response was set aside.
type Reason string

// The reasons, in the order in which responses meet them.
const (
	Duplicate Reason = "duplicate" // the same response, sent twice
	Filtered  Reason = "filtered"  // of another validation status, or a test
	NoConsent Reason = "noconsent" // no consent was given
	Blank     Reason = "blank"     // nothing was answered
	Removed   Reason = "removed"   // taken out by the cleaning log
	Other     Reason = "other"     // taken out on the way for another reason
)

// Reasons are all reasons in order.
var Reasons = [...]Reason{Duplicate, Filtered, NoConsent, Blank, Removed, Other}

// Aside is how many responses were set aside for a reason.
type Aside struct {
	Reason Reason `json:"reason"`
	Count  int64  `json:"count"`
}

// Part names a part of the responses by its wave, its source and its version of
// the form. Those are empty of which there is one.
type Part struct {
	Wave    string `json:"wave,omitempty"`
	Source  string `json:"source,omitempty"`
	Version string `json:"version,omitempty"`
}

// Group is how many responses of a part came in and were analysed.
type Group struct {
	Part
	Received int64 `json:"received"`
	Analysed int64 `json:"analysed"`
}

// Rate is how many of a group of those invited have responded.
type Rate struct {
	Group     string `json:"group"` // as the invitation list has it
	Invited   int64  `json:"invited"`
	Responded int64  `json:"responded"`
}

// VersionChange is what a version of the form changed over the one before.
type VersionChange struct {
	Version string `json:"version"` // the later of the two, may be empty
	Kind    string `json:"kind"`    // "added", "removed", "renamed" or "changed"
	Item    string `json:"item"`
	Choice  string `json:"choice"` // "" where the whole item changed
}

// The kinds of checks for which a report does more than count them.
const (
	StraightLining = "straight-lining" // told by battery
	Rule           = "rule"            // rules of the analyst's own, whatever they are called
)

// Kinds are the kinds of checks that reports have words for.
var Kinds = [...]string{"constraint", "required", "relevant", "unknown-choice", "unreadable", "outlier", "duration", "speeder", StraightLining,
	"exclusive", "other", "date-future", "date-early", "identifier", "same-organisation", "duplicate", Rule}

// KindOf returns the kind of a check: Rule for all whose names are the
// analyst's own.
func KindOf(check string) string {
	for _, k := range Kinds {
		if k == check {
			return k
		}
	}
	return Rule
}

// Check is how many answers a check has looked at and flagged.
type Check struct {
	Check   string `json:"check"`
	Item    string `json:"item"` // the item or battery, "" where the check is of whole responses
	Looked  int64  `json:"looked"`
	Flagged int64  `json:"flagged"`
}

// Band is how far answers differ.
type Band string

// The bands of a standardised difference, from 0.5 and from 0.8 on (Cohen 1988, §2.2).
const (
	Moderate Band = "moderate"
	Strong   Band = "strong"
)

// Shift is an item that is answered otherwise in one language than in the
// others: its wording may say something else there.
type Shift struct {
	Item     string `json:"item"`
	Language string `json:"language"` // choice of the language item
	Band     Band   `json:"band"`
	Answered int64  `json:"answered"` // respondents in the language who answered and could be compared
	Others   int64  `json:"others"`   // respondents in other languages who could
}
