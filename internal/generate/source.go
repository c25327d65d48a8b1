package main

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/strictyaml"
)

// source holds what people wrote: the skeleton of the form, its wording and the pieces of open answers.
//
//go:embed source
var source embed.FS

// Tongue is a language of the form.
type Tongue struct {
	Code   string // BCP 47, and the name of its files
	Header string // as in the column label::Header
	Colon  string // between a prefix and what it speaks of
	Gap    string // between two sentences
}

// tongues lists the languages of the form, the default one first.
func tongues() []Tongue {
	return []Tongue{
		{"en", "English (en)", ": ", " "},
		{"fr", "Français (fr)", " : ", " "},
		{"es", "Español (es)", ": ", " "},
		{"ar", "العربية (ar)", ": ", " "},
		{"zh", "中文 (zh)", "：", ""},
		{"ru", "Русский (ru)", ": ", " "},
	}
}

// Wording is the content of labels/CODE.yaml. An item's text has up to four parts parted by bars:
// label, short label, hint, message of the constraint.
type Wording struct {
	Title     string                       `yaml:"title"`
	Diff      string                       `yaml:"diff"`
	Use       string                       `yaml:"use"`
	Sev       string                       `yaml:"sev"`
	Groups    map[string]string            `yaml:"groups"`
	Obstacles map[string]string            `yaml:"obstacles"`
	Items     map[string]string            `yaml:"items"`
	Lists     map[string]map[string]string `yaml:"lists"`
	Countries map[string]string            `yaml:"countries"`
}

// Pieces is the content of open/CODE.yaml: sentences that open answers are put together from.
type Pieces struct {
	Openers    []string                       `yaml:"openers"`
	Closers    []string                       `yaml:"closers"`
	Bar        map[string]map[string][]string `yaml:"bar"`
	Negations  map[string]string              `yaml:"negations"`
	Why        map[string][]string            `yaml:"why"`
	Foe        map[string][]string            `yaml:"foe"`
	Fu         map[string][]string            `yaml:"fu"`
	Tool       map[string][]string            `yaml:"tool"`
	Rec        map[string][]string            `yaml:"rec"`
	Ends       map[string][]string            `yaml:"ends"`
	Final      []string                       `yaml:"final"`
	OtherLangs map[string][]string            `yaml:"other_langs"`
}

// readYAML decodes an embedded file; a key that the target does not know is an error.
func readYAML(name string, into any) error {
	b, err := fs.ReadFile(source, "source/"+name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if findings := strictyaml.Decode(name, b, into); len(findings) > 0 {
		return fmt.Errorf("decode %s", findings[0])
	}
	return nil
}

// readCSV gives the rows of an embedded file as maps from head to cell.
func readCSV(name string) ([]map[string]string, error) {
	b, err := fs.ReadFile(source, "source/"+name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(b))).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", name, err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		m := make(map[string]string, len(r))
		for i, cell := range r {
			m[rows[0][i]] = cell
		}
		out = append(out, m)
	}
	return out, nil
}
