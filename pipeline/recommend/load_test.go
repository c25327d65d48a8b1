package recommend

import "testing"

func TestEveryLanguageSaysTheSame(t *testing.T) {
	c, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range Languages() {
		for key := range c.words["en"].say {
			if c.words[language].say[key] == "" {
				t.Errorf("%s: nothing is said for %q", language, key)
			}
		}
		if n := len(c.words[language].say); n != len(c.words["en"].say) {
			t.Errorf("%s: %d messages; want %d", language, n, len(c.words["en"].say))
		}
	}
}
