package attack

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestOtherFilesAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":              "",
		"a list":               "[]",
		"an earlier version":   `{"version": 1, "threshold": 10}`,
		"no threshold":         `{"version": 2}`,
		"a number for a place": `{"version": 2, "threshold": 10, "lines": [{"at": {"a": 1}}]}`,
		"a word for a number":  `{"version": 2, "threshold": 10, "lines": [{"at": {}, "value": "few"}]}`,
	} {
		if _, err := Read(strings.NewReader(text)); err == nil {
			t.Errorf("%s was read", name)
		} else if name == "an earlier version" != errors.Is(err, ErrVersion) && name != "nothing" && name != "a list" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWhatIsNotUnderstoodIsCounted: a line that is left out is not taken for one
// that is safe.
func TestWhatIsNotUnderstoodIsCounted(t *testing.T) {
	for name, d := range map[string]*draft{
		"a variable that is not listed":    drafted(20, item("a", "x")).says("count", "b=x", "", 3),
		"a category that is not listed":    drafted(20, item("a", "x")).says("count", "a=y", "", 3),
		"a count that is no whole number":  drafted(20, item("a", "x")).says("count", "a=x", "", 2.5),
		"an option together with a reason": drafted(20, option("m", "p")).says("count", "m/p=yes|not~answered", "", 3),
	} {
		if f := Attack(d.Ledger); f.Ignored[name] != 1 {
			t.Errorf("%s: ignored %v", name, f.Ignored)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range leaks() {
		content, err := json.Marshal(c.ledger.Ledger)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		l, err := Read(bytes.NewReader(content))
		if err == nil && len(l.Lines) < 40 && len(l.Variables) < 12 {
			Attack(l)
		}
	})
}
