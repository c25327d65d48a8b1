package expr

import (
	"fmt"
	"strings"
)

// SyntaxError says where an expression cannot be read, and what to do.
type SyntaxError struct {
	Offset  int // in characters, from 0
	Problem string
	Remedy  string
}

// Error implements error. It counts characters from 1, as people do.
func (e *SyntaxError) Error() string {
	s := fmt.Sprintf("at character %d: %s", e.Offset+1, e.Problem)
	if e.Remedy != "" {
		s += "; " + e.Remedy
	}
	return s
}

// UnknownFunctionError names a function that the language does not have, or
// does not have here.
type UnknownFunctionError struct {
	Name   string
	Offset int    // in characters, from 0
	Why    string // why it is refused, or what to write instead; may be empty
}

// Error implements error.
func (e *UnknownFunctionError) Error() string {
	if e.Why != "" {
		return fmt.Sprintf("at character %d: the function %s() is refused: %s", e.Offset+1, e.Name, e.Why)
	}
	return fmt.Sprintf("at character %d: there is no function %s()", e.Offset+1, e.Name)
}

// UnknownItemError names the items that an expression refers to and the survey
// does not have.
type UnknownItemError struct {
	Names []string // sorted
}

// Error implements error.
func (e *UnknownItemError) Error() string {
	return "it refers to what the survey does not have: " + strings.Join(e.Names, ", ")
}
