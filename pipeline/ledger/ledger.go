// Package ledger is the format of the disclosure ledger: a line for every
// number, or mark in place of one, that stands in any artifact of a release,
// with its coordinates among the answers. Protection writes it; whoever audits
// or attacks a release reads it, and needs nothing else.
package ledger

import (
	"encoding/json"
	"errors"
	"strings"
)

// Version is that of the format.
const Version = 2

// Head is what stands before the lines.
type Head struct {
	Version   int        `json:"version"`
	Audience  string     `json:"audience"`
	Threshold int        `json:"threshold"`
	Run       int        `json:"run"`
	Runs      []Run      `json:"runs"` // every run that a line speaks of
	Variables []Variable `json:"variables"`
	Links
}

// Run is one run and how many respondents it analysed.
type Run struct {
	Run         int   `json:"run"`
	Respondents int64 `json:"respondents"`
}

// Links is what is known of variables beside their figures.
type Links struct {
	Unions []Union `json:"unions"`
	Zeros  []Zero  `json:"zeros"`
}

// Variable is what puts each unit of its level into one of its categories, or
// among those whose answer is missing for a reason. A number has no categories.
type Variable struct {
	Name       string             `json:"name"`
	Item       string             `json:"item,omitempty"`   // of the survey
	Option     string             `json:"option,omitempty"` // of an item of several choices: whether it was chosen
	Net        []string           `json:"net,omitempty"`    // of an item of several choices: whether any of these was
	Sets       string             `json:"sets,omitempty"`   // of an item of several choices: the variable of its combinations, of which this one says more
	Level      string             `json:"level,omitempty"`  // what is counted, where it is not respondents
	Categories []string           `json:"categories,omitempty"`
	Missing    []string           `json:"missing,omitempty"`
	Number     bool               `json:"number,omitempty"`
	Sensitive  bool               `json:"sensitive"`
	Country    bool               `json:"country"`
	Identity   bool               `json:"identity"`
	Scores     map[string]float64 `json:"scores,omitempty"` // of categories
}

// Union says that those in a category are exactly those in some categories of
// another variable.
type Union struct {
	Variable string `json:"variable"`
	Category string `json:"category"`
	Is       Is     `json:"is"`
}

// Is names categories of a variable.
type Is struct {
	Variable   string   `json:"variable"`
	Categories []string `json:"categories"`
}

// Zero says that nobody in all of the categories was asked the variable.
type Zero struct {
	Variable string `json:"variable"`
	When     At     `json:"when"`
}

// Words that stand for several categories.
const (
	Answered = "*"        // any category
	Missing  = "_missing" // any reason for a missing answer
)

// At are coordinates: the values of variables. Variables that are not named are
// not restricted; those at no coordinates are all respondents.
type At map[string]Values

// Values is one category or several, of which any counts. A reason for a missing
// answer, Answered and Missing may stand among them.
type Values []string

// MarshalJSON writes one value as a text, others as a list.
func (v Values) MarshalJSON() ([]byte, error) {
	if len(v) == 1 {
		return json.Marshal(v[0])
	}
	return json.Marshal([]string(v))
}

// UnmarshalJSON reads a text or a list of texts that is not empty.
func (v *Values) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*v = Values{one}
		return nil
	}
	var many []string
	if err := json.Unmarshal(data, &many); err != nil || len(many) == 0 {
		return errors.New("a coordinate is neither a text nor a list of texts")
	}
	*v = many
	return nil
}

// Category returns a choice as the ledger names it: as it is, with "=" before it
// where it could be taken for a reason, for a word of the format, or for such a
// name.
func Category(choice string) string {
	if choice == Answered || choice == Missing || len(choice) > 0 && choice[0] == '=' {
		return "=" + choice
	}
	for _, r := range Reasons() {
		if choice == r {
			return "=" + choice
		}
	}
	return choice
}

// Line is one number, or the mark in its place, as it stands in one artifact.
type Line struct {
	Artifact string      `json:"artifact"`
	Key      string      `json:"key"`
	As       string      `json:"as"` // "text", "length" for bars and colours, or "letter" of a comparison
	Run      int         `json:"run"`
	At       At          `json:"at,omitzero"` // none where the figure speaks of no coordinates
	Of       At          `json:"of,omitzero"` // of a share or mean: what it is of
	Stat     string      `json:"stat"`
	Value    json.Number `json:"value,omitempty"` // as published; a share as a proportion
	Decimals int         `json:"decimals"`        // as shown: of a share, those of its percentage
	Status   Status      `json:"status"`
	Marker   string      `json:"marker,omitempty"` // what stands in place of a withheld figure
}

// Status says whether a figure is shown.
type Status string

// The statuses. One word stands for all reasons for which a figure is withheld.
const (
	Published Status = "published"
	Withheld  Status = "withheld"
)

// The statistics that follow from counts. Others have names of their own, and
// their coordinates say among whom they were made. An end of an interval is
// followed by " low" or " high".
const (
	Count   = "count" // at the coordinates
	Pct     = "pct"   // share of those at the coordinates among those in Of
	WPct    = "wpct"  // the same, weighted
	Mean    = "mean"  // of the variable that is Answered, among those in Of
	WMean   = "wmean" // the same, weighted
	Silent  = "share not answered"
	OfAsked = "share of asked: "
)

// Option returns the name of the variable of an option of an item of several
// choices, or of a net of several options.
func Option(item string, options ...string) string {
	return item + "/" + strings.Join(options, "|")
}

// Combinations returns the name of the variable of which choices of an item were
// made together; with an option, of one that tells of all others whether they
// hold it.
func Combinations(item, option string) string { return item + "/*" + option }

// NotAsked is the reason for a missing answer of whoever was not asked.
const NotAsked = "not asked"

// Reasons are the reasons for a missing answer.
func Reasons() []string {
	return []string{NotAsked, "not answered", "refused", "don't know", "not applicable", "invalid"}
}

// Share reports whether the value is a proportion, which is shown as a
// percentage.
func (l Line) Share() bool {
	stat := l.Figure()
	return stat == Pct || stat == WPct || strings.HasPrefix(stat, "share")
}

// Mean reports whether the value is a mean.
func (l Line) Mean() bool { return l.Figure() == Mean || l.Figure() == WMean }

// Figure returns the statistic without the end of its interval that the line is
// of.
func (l Line) Figure() string {
	return strings.TrimSuffix(strings.TrimSuffix(l.Stat, " low"), " high")
}
