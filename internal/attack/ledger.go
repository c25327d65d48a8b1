package attack

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Ledger is a ledger of a run as its file says it.
type Ledger struct {
	Version   int        `json:"version"`
	Audience  string     `json:"audience"`
	Threshold int        `json:"threshold"`
	Run       int        `json:"run"`
	Runs      []Run      `json:"runs"`
	Variables []Variable `json:"variables"`
	Unions    []Union    `json:"unions"`
	Zeros     []Zero     `json:"zeros"`
	Lines     []Line     `json:"lines"`
}

// Run says how many respondents were analysed in a run.
type Run struct {
	Run         int `json:"run"`
	Respondents int `json:"respondents"`
}

// Variable is a set of categories of which each respondent is in one, or lacks
// an answer for one reason.
type Variable struct {
	Name       string                 `json:"name"`
	Item       string                 `json:"item"`
	Option     string                 `json:"option"`
	Net        []string               `json:"net"`
	Sets       string                 `json:"sets"` // the variable of which it says more: which choices were made together
	Categories []string               `json:"categories"`
	Missing    []string               `json:"missing"`
	Number     bool                   `json:"number"`
	Level      string                 `json:"level"`
	Scores     map[string]json.Number `json:"scores"`
}

// Union says that those in a category are exactly those in some of another
// variable.
type Union struct {
	Variable string `json:"variable"`
	Category string `json:"category"`
	Is       struct {
		Variable   string   `json:"variable"`
		Categories []string `json:"categories"`
	} `json:"is"`
}

// Zero says that nobody who is in all of these categories was asked a variable.
type Zero struct {
	Variable string            `json:"variable"`
	When     map[string]Values `json:"when"`
}

// Line is a number, or a mark in its place, in one artifact.
type Line struct {
	Artifact string            `json:"artifact"`
	Key      string            `json:"key"`
	As       string            `json:"as"`
	Run      int               `json:"run"`
	At       map[string]Values `json:"at"`
	Of       map[string]Values `json:"of"`
	Stat     string            `json:"stat"`
	Value    Number            `json:"value"`
	Decimals int               `json:"decimals"`
	Status   string            `json:"status"`
	Marker   string            `json:"marker"`
}

// Published is the status of a line that holds a number, Withheld that of a mark.
const (
	Published = "published"
	Withheld  = "withheld"
)

// Values are categories or reasons; alone, "*" is any category and "_missing"
// any reason. In JSON one of them may stand without brackets.
type Values []string

// UnmarshalJSON reads a text or a list of texts.
func (v *Values) UnmarshalJSON(b []byte) error {
	var one string
	if err := json.Unmarshal(b, &one); err == nil {
		*v = Values{one}
		return nil
	}
	var many []string
	if err := json.Unmarshal(b, &many); err != nil {
		return errors.New("neither a category nor a list of categories")
	}
	*v = many
	return nil
}

// Number is a number as it is written; in JSON it may stand in quotes.
type Number string

// UnmarshalJSON reads a number, with or without quotes, or null.
func (n *Number) UnmarshalJSON(b []byte) error {
	s := string(b)
	if s == "null" {
		*n = ""
		return nil
	}
	if len(s) >= 2 && s[0] == '"' {
		s = s[1 : len(s)-1]
	}
	if s != "" {
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return errors.New("not a number")
		}
	}
	*n = Number(s)
	return nil
}

// ErrVersion says that a file is no ledger of this format.
var ErrVersion = errors.New("not a ledger of version 2")

// Read reads a ledger. It refuses another version and a threshold under 2, with
// which nothing would count as narrow.
func Read(from io.Reader) (Ledger, error) {
	content, err := io.ReadAll(from)
	if err != nil {
		return Ledger{}, fmt.Errorf("reading a ledger: %w", err)
	}
	var version struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(content, &version); err != nil || version.Version != 2 {
		return Ledger{}, fmt.Errorf("reading a ledger: %w", ErrVersion)
	}
	var l Ledger
	if err := json.Unmarshal(content, &l); err != nil {
		return Ledger{}, fmt.Errorf("reading a ledger: %w", err)
	}
	if l.Threshold < 2 {
		return Ledger{}, fmt.Errorf("reading a ledger: the threshold is %d", l.Threshold)
	}
	return l, nil
}
