package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// asked evaluates the few forms of relevant that the form uses: selected(${x}, 'y') and ${x} = 'y', joined by "or".
// It is written apart from the generator, so that each checks the other.
func asked(relevant string, answer func(string) string) (bool, error) {
	if relevant == "" {
		return true, nil
	}
	selected := regexp.MustCompile(`^selected\(\$\{(\w+)\}, '(\w+)'\)$`)
	equals := regexp.MustCompile(`^\$\{(\w+)\} = '(\w+)'$`)
	for _, part := range strings.Split(relevant, " or ") {
		if m := selected.FindStringSubmatch(part); m != nil {
			for _, c := range strings.Fields(answer(m[1])) {
				if c == m[2] {
					return true, nil
				}
			}
			continue
		}
		m := equals.FindStringSubmatch(part)
		if m == nil {
			return false, fmt.Errorf("cannot read %q", part)
		}
		if answer(m[1]) == m[2] {
			return true, nil
		}
	}
	return false, nil
}

// clean takes away the stray signs that the generator plants in codes.
func clean(s string) string {
	return strings.TrimSpace(strings.NewReplacer("\u200b", "", "\u00a0", " ", "\ufeff", "").Replace(s))
}

func TestWhatIsNotAskedIsEmpty(t *testing.T) {
	w, rows := fielded(t, 420, true)
	groups := map[string]string{}
	for _, r := range w.Form.Rows {
		if r.Type == "begin_group" {
			groups[r.Name] = r.Relevant
		}
	}
	blanks, filled := 0, 0
	for n, row := range rows {
		answer := func(item string) string { return clean(row[w.Form.byName[item].Header()]) }
		for _, r := range w.Form.Rows {
			if !r.IsItem() {
				continue
			}
			ok := true
			for _, rule := range []string{groups[r.Group], r.Relevant} {
				is, err := asked(rule, answer)
				if err != nil {
					t.Fatalf("%s: %v", r.Name, err)
				}
				ok = ok && is
			}
			given := row[r.Header()] != ""
			if given && !ok {
				t.Errorf("row %d: %s is answered although it was not asked", n+1, r.Name)
			}
			if ok && given {
				filled++
			}
			if !ok {
				blanks++
			}
		}
	}
	if blanks < 1000 || filled < 10000 {
		t.Errorf("%d cells not asked and %d answered: the check has seen too little", blanks, filled)
	}
}

func TestAskedReadsTheRulesOfTheForm(t *testing.T) {
	answers := map[string]string{"stages": "submit plenary", "engaged_prev": "tried"}
	for rule, want := range map[string]bool{
		"": true, "selected(${stages}, 'plenary')": true, "selected(${stages}, 'plen')": false,
		"${engaged_prev} = 'yes'": false, "${engaged_prev} = 'yes' or ${engaged_prev} = 'tried'": true,
	} {
		got, err := asked(rule, func(item string) string { return answers[item] })
		if err != nil || got != want {
			t.Errorf("asked(%q) = %v, %v; want %v", rule, got, err, want)
		}
	}
	if _, err := asked("count-selected(.) > 1", func(string) string { return "" }); err == nil {
		t.Error("a rule that the check cannot read passed")
	}
}
