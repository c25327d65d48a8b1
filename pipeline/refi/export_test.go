package refi

import "testing"

// Valid fails the test where a schema does not allow a document.
func Valid(t *testing.T, file string, document []byte) { valid(t, file, document) }

// Document returns the document of a project.
func Document(t *testing.T, project []byte) []byte { return member(t, project, "project.qde") }
