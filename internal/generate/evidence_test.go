package main

import (
	"os"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/strictyaml"
)

type book struct {
	Version  int               `yaml:"version"`
	Title    map[string]string `yaml:"title"`
	Families []struct {
		ID    string            `yaml:"id"`
		Label map[string]string `yaml:"label"`
	} `yaml:"families"`
	Codes []struct {
		ID          string              `yaml:"id"`
		Family      string              `yaml:"family"`
		Parent      string              `yaml:"parent"`
		Label       map[string]string   `yaml:"label"`
		Definition  string              `yaml:"definition"`
		Definitions map[string]string   `yaml:"definitions"`
		Include     string              `yaml:"include"`
		Exclude     string              `yaml:"exclude"`
		Negation    string              `yaml:"negation"`
		Sensitive   bool                `yaml:"sensitive"`
		Terms       map[string][]string `yaml:"terms"`
		Not         map[string][]string `yaml:"not"`
	} `yaml:"codes"`
}

func decode(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(bundled + name)
	if err != nil {
		t.Fatal(err)
	}
	if findings := strictyaml.Decode(name, b, into); len(findings) > 0 {
		t.Fatal(findings)
	}
}

func TestTheCodebookIsWhole(t *testing.T) {
	var b book
	decode(t, "codebook.yaml", &b)
	families := map[string]bool{}
	for _, f := range b.Families {
		families[f.ID] = true
		six(t, f.ID, f.Label)
	}
	seen, owner := map[string]bool{}, map[string]string{}
	for _, c := range b.Codes {
		if !families[c.Family] || !strings.HasPrefix(c.ID, c.Family+"_") {
			t.Errorf("%s does not belong to family %s", c.ID, c.Family)
		}
		if seen[c.ID] {
			t.Errorf("%s stands twice", c.ID)
		}
		seen[c.ID] = true
		six(t, c.ID, c.Label)
		if c.Definition == "" || c.Include == "" || c.Exclude == "" {
			t.Errorf("%s lacks its definition, include or exclude", c.ID)
		}
		for _, tongue := range tongues() {
			if tongue.Code != "en" && c.Definitions[tongue.Code] == "" {
				t.Errorf("%s is not defined in %s", c.ID, tongue.Code)
			}
		}
		if c.Sensitive != (c.Family == "REP") {
			t.Errorf("%s: exactly the codes of REP are sensitive", c.ID)
		}
		for _, tongue := range tongues() {
			if len(c.Terms[tongue.Code]) < 5 {
				t.Errorf("%s has %d terms in %s", c.ID, len(c.Terms[tongue.Code]), tongue.Code)
			}
			for _, term := range c.Terms[tongue.Code] {
				key := tongue.Code + " " + strings.ToLower(term)
				if other := owner[key]; other != "" {
					t.Errorf("the term %q (%s) belongs to %s and %s", term, tongue.Code, other, c.ID)
				}
				owner[key] = c.ID
			}
		}
	}
	if len(b.Families) != 8 || len(b.Codes) < 40 {
		t.Errorf("%d families and %d codes", len(b.Families), len(b.Codes))
	}
}

func six(t *testing.T, what string, text map[string]string) {
	t.Helper()
	for _, tongue := range tongues() {
		if text[tongue.Code] == "" {
			t.Errorf("%s has no text in %s", what, tongue.Code)
		}
	}
}

func TestTheEvidenceOfComponentsExists(t *testing.T) {
	f, err := readForm()
	if err != nil {
		t.Fatal(err)
	}
	var b book
	decode(t, "codebook.yaml", &b)
	codes := map[string]bool{}
	for _, c := range b.Codes {
		codes[c.ID] = true
	}
	var file struct {
		Version    int `yaml:"version"`
		Components []struct {
			ID       string            `yaml:"id"`
			Label    map[string]string `yaml:"label"`
			Purpose  map[string]string `yaml:"purpose"`
			Evidence []struct {
				Item    string   `yaml:"item"`
				Choices []string `yaml:"choices"`
				AtLeast *float64 `yaml:"at_least"`
				Codes   []string `yaml:"codes"`
			} `yaml:"evidence"`
		} `yaml:"components"`
	}
	decode(t, "components.yaml", &file)
	have := map[string]bool{}
	for _, c := range file.Components {
		if have[c.ID] || len(c.Evidence) == 0 {
			t.Errorf("%s stands twice or has no evidence", c.ID)
		}
		have[c.ID] = true
		six(t, c.ID, c.Label)
		six(t, c.ID+" (purpose)", c.Purpose)
		for _, e := range c.Evidence {
			item := f.byName[e.Item]
			if item == nil {
				t.Errorf("%s: no item %s", c.ID, e.Item)
				continue
			}
			kinds := 0
			if len(e.Choices) > 0 {
				kinds++
				for _, choice := range e.Choices {
					if item.List == "" || !f.byList[item.List].Has(choice) {
						t.Errorf("%s: %s has no choice %s", c.ID, e.Item, choice)
					}
				}
			}
			if e.AtLeast != nil {
				kinds++
				if item.List == "" || f.byList[item.List].Choices[0].Score == "" {
					t.Errorf("%s: %s has no scores", c.ID, e.Item)
				}
			}
			if len(e.Codes) > 0 {
				kinds++
				if item.Type != "text" {
					t.Errorf("%s: %s is no open item", c.ID, e.Item)
				}
				for _, code := range e.Codes {
					if !codes[code] {
						t.Errorf("%s: no code %s", c.ID, code)
					}
				}
			}
			if kinds != 1 {
				t.Errorf("%s: %s gives %d kinds of evidence, want 1", c.ID, e.Item, kinds)
			}
		}
	}
	for _, choice := range f.byList["tool"].Choices {
		if !have[choice.Name] {
			t.Errorf("the tool %s can be wanted but is no component", choice.Name)
		}
	}
}
