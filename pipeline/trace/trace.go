// Package trace follows a figure back to where it comes from: the question, the
// counts behind it, the design and the weights, what protection did, where it
// stands, and which files were read. It reads what a run has left in its
// restricted folder, and the codebook beside the reports. It goes down to
// counts, and never to a respondent.
package trace

// Trace is where one figure comes from.
type Trace struct {
	Run int    `json:"run"`
	Key string `json:"key"`
	// Restricted reports whether counts stand here that are below the threshold,
	// or would be when taken from the base.
	Restricted bool      `json:"below_threshold"`
	Threshold  int       `json:"threshold"`
	Figure     *Figure   `json:"figure"`  // nil for figures of the account of responses
	Counted    *Counted  `json:"counted"` // nil where the exact results do not have it
	Outcomes   []Outcome `json:"audiences"`
	Source     Source    `json:"source"`
}

// Figure says what the figure is of.
type Figure struct {
	Analysis string   `json:"analysis"`
	Items    []Item   `json:"items"` // the one analysed first
	Choice   *Choice  `json:"choice,omitempty"`
	Net      []Choice `json:"net,omitempty"`
	Among    []Among  `json:"among"` // none: everybody
	Level    string   `json:"level"`
	Base     string   `json:"base,omitempty"` // what shares are of
}

// Item is an item with what is known of its answers.
type Item struct {
	Name     string   `json:"name"`
	Wording  string   `json:"wording,omitempty"`
	Asked    []string `json:"asked_if,omitempty"` // conditions, of which each must hold
	Made     string   `json:"made,omitempty"`     // how it is derived
	Of       *Item    `json:"of,omitempty"`       // the item it is made of
	Changes  []Count  `json:"changes"`            // answers changed in cleaning, by issue
	Coding   *Coding  `json:"coding,omitempty"`
	Unlisted int64    `json:"cells_that_name_no_choice,omitempty"`
}

// Choice is a choice with its label.
type Choice struct {
	Name  string `json:"name"`
	Label string `json:"label,omitempty"`
}

// Among is a group by which respondents are divided.
type Among struct {
	Item   Item   `json:"item"`
	Choice Choice `json:"choice"`
}

// Count is how many of a kind.
type Count struct {
	Of    string `json:"of"`
	Count int64  `json:"count"`
}

// Coding is how open answers were coded.
type Coding struct {
	Codebook string `json:"codebook_version"`
	Answers  int64  `json:"answers"` // open answers read
	Coded    int64  `json:"coded"`   // with at least one code
	Denied   int64  `json:"denied"`  // terms that a negating word kept from counting
	Code     int64  `json:"this_code"`
}

// Counted is the figure before protection. Numbers that it does not have are nil.
type Counted struct {
	N             *int64   `json:"n"`       // respondents who made the choice
	Base          *int64   `json:"n_total"` // respondents who answered
	Missing       []Count  `json:"missing"` // respondents without an answer, by reason
	Weighted      *float64 `json:"n_w"`
	WeightedBase  *float64 `json:"n_w_total"`
	Estimate      *float64 `json:"stat"`
	Low           *float64 `json:"stat_low"`
	High          *float64 `json:"stat_upp"`
	StandardError *float64 `json:"se"`
	Freedom       *float64 `json:"df"`
	DesignEffect  *float64 `json:"deff"`
	P             *float64 `json:"p,omitempty"`
	Adjusted      *float64 `json:"p_adjusted,omitempty"`
	Interval      string   `json:"ci_method"`
	Design        string   `json:"design"`
	Weights       Weights  `json:"weights"`
}

// Weights is how respondents were weighted.
type Weights struct {
	Method    string   `json:"method"` // "" where they were not fitted to known totals
	Asked     []string `json:"asked,omitempty"`
	Least     float64  `json:"min"`
	Most      float64  `json:"max"`
	Effective float64  `json:"effective_base"`
	Effect    float64  `json:"deff"`
}

// Outcome is what became of the figure for one audience.
type Outcome struct {
	Audience string     `json:"audience"`
	Status   string     `json:"status"`          // published, withheld, or "not written" where no file has it
	Shown    string     `json:"shown,omitempty"` // as published, with a decimal point; a share as a proportion
	Low      string     `json:"low,omitempty"`
	High     string     `json:"high,omitempty"`
	Held     int        `json:"held_from,omitempty"` // the earlier run whose figure it is
	Why      string     `json:"why,omitempty"`       // it is withheld
	Stands   []Standing `json:"stands"`
}

// Standing is an artifact in which the figure, or its mark, stands.
type Standing struct {
	Artifact string   `json:"artifact"`
	As       []string `json:"as"`      // text, length, letter
	Figures  []string `json:"figures"` // the statistics of the key that stand there
}

// Source is where the answers come from.
type Source struct {
	Files    []File  `json:"files"`  // of answers
	Inputs   []Input `json:"inputs"` // all files that were read
	Received int64   `json:"received"`
	Aside    []Count `json:"set_aside"` // responses left out, by reason
	Analysed int64   `json:"analysed"`
}

// File is what became of the rows of a file of answers.
type File struct {
	Name       string  `json:"name"`
	Rows       int64   `json:"rows"`
	Kept       int64   `json:"kept"`
	Duplicates int64   `json:"duplicates"`
	Excluded   []Count `json:"excluded,omitempty"` // by the filter
	Withdrawn  int64   `json:"withdrawn,omitempty"`
	Blank      int64   `json:"blank,omitempty"`
}

// Input is a file that was read.
type Input struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}
