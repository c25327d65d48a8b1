package browser

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The checks are worth something only if they see what they are for: the bad
// page has each of these faults once.
func TestTheChecksSeeFaults(t *testing.T) {
	browser := start(t)
	p := open(t, browser, address(t, filepath.Join("testdata", "bad.html")), 1200)

	requests, complaints := p.heard()
	if len(requests) != 2 {
		t.Errorf("a page that asks for a picture was heard to ask for %q", requests)
	}
	if !slices.ContainsFunc(complaints, func(c string) bool { return strings.Contains(c, "Content Security Policy") }) {
		t.Errorf("a script that the policy forbids was not complained about: %q", complaints)
	}

	openAll(t, p)
	for name, want := range map[string][]string{
		"figures": {"figure empty: no caption", "figure empty: no picture", "figure empty: no table of its data", "figure bare: no marks", "figure bare: no title",
			"figure bare: no description", "not an image", "name and description are not found", "no summary", "no caption", "column of the table has no scoped header", "row of the table has no scoped header"},
		"texts": {`"leaves" leaves the picture by`, `"pale" has a contrast of`, `"pale" lies on "over"`, "is in disorder"},
		"wide":  {"in a window of 1200 (parts closed)", `id="twice"`},
		"links": {"the id twice is used twice", "the link #nowhere leads nowhere"},
	} {
		found := strings.Join(check(t, p, name), "\n")
		for _, w := range want {
			if !strings.Contains(found, w) {
				t.Errorf("the check of %s does not see %q; it sees:\n%s", name, w, found)
			}
		}
	}

	seen := axe(t, p)
	for _, rule := range []string{"html-has-lang", "image-alt", "landmark-one-main"} {
		if !slices.ContainsFunc(seen.Violations, func(v violation) bool { return v.Rule == rule }) {
			t.Errorf("the audit does not see that %s is broken", rule)
		}
	}
}
