package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestProgramsGetEverySign(t *testing.T) {
	const name = "a\x1b\u202e\u2067\u009b\u2028é\x7f"
	var b strings.Builder
	if err := json.NewEncoder(forPrograms(plain{w: &b})).Encode(name); err != nil {
		t.Fatal(err)
	}
	var got string
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil || got != name || strings.IndexFunc(b.String(), steers) >= 0 {
		t.Errorf("%q became %q: %v", name, b.String(), err)
	}
}

func TestAWriterCountsWhatItWasGiven(t *testing.T) {
	var b strings.Builder
	const text = "a\x1b\xff\u202eb"
	if n, err := (plain{w: &b}).Write([]byte(text)); n != len(text) || err != nil || b.String() != "a\ufffd\ufffd\ufffdb" {
		t.Errorf("%d of %d bytes, %q: %v", n, len(text), b.String(), err)
	}
}
