package ingest

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// Config names the files of answers.
type Config struct {
	Input  []Source `yaml:"input"`
	Filter Filter   `yaml:"filter"`

	Identities Fates `yaml:"-"` // what becomes of columns that identify
}

// Source is one file of answers, and what cannot be known from it.
type Source struct {
	File      string            `yaml:"file"`
	Format    string            `yaml:"format"`    // one of formatNames; decided by the content when empty
	Form      string            `yaml:"form"`      // earlier version of the form that these answers were given to; today's when empty
	Encoding  string            `yaml:"encoding"`  // of a text that is not UTF-8, such as windows-1256
	Delimiter string            `yaml:"delimiter"` // of a text: ",", ";", "|" or "tab"; proven by the header when empty
	Columns   map[string]string `yaml:"columns"`   // column of the file -> item of the form, or _uuid, _id ...
	Absent    []string          `yaml:"absent"`    // items the file may lack; the last character may be *
	Ignore    []string          `yaml:"ignore"`    // columns left unread and unmentioned; the last character may be *
	Lists     map[string]string `yaml:"lists"`     // item whose cells are lists -> the sign between their parts: ",", ";", "|", "tab"; other signs as they are
	Sheet     string            `yaml:"sheet"`     // sheet of the respondents, when the workbook has several
	Source    string            `yaml:"source"`    // where the answers come from, for the account of the reading
	Wave      string            `yaml:"wave"`      // the fielding they belong to
	IDs       string            `yaml:"ids"`       // of interviews: the table that says whose they are
	Item      string            `yaml:"item"`      // of interviews: the open item they answer; headings name the items when empty
	Alone     bool              `yaml:"alone"`     // of interviews: take respondents of whom there is nothing else
}

// fielding is what identifiers of respondents are kept apart by: the same one
// in two waves is no duplicate.
func (s Source) fielding() string {
	if s.Wave == "" {
		return ""
	}
	return "wave:" + s.Wave + "\x00"
}

// Validate reports what is wrong with the config by itself.
func (c Config) Validate() []finding.Finding {
	var out []finding.Finding
	refuse := func(kind, problem, remedy string) {
		out = append(out, finding.Finding{Stage: stage, Kind: kind, Severity: finding.Refusal, Problem: problem, Remedy: remedy})
	}
	if len(c.Input) == 0 {
		refuse("no-input", "No file of answers is named.", "Add \"input: [{file: answers.csv}]\" to the config.")
	}
	out = append(out, c.checkFileNames()...)
	seen := map[string]bool{}
	for i, s := range c.Input {
		name := s.File
		switch {
		case name == "":
			refuse("no-file", fmt.Sprintf("Entry %d of input names no file.", i+1), "Add \"file: answers.csv\" to it.")
		case seen[path.Clean(name)]:
			refuse("file-twice", fmt.Sprintf("The file %s is named twice under input.", name), "Remove one of the two.")
		}
		seen[path.Clean(name)] = true
		if _, err := records.EncodingOf(nil, s.Encoding); err != nil {
			refuse("unknown-encoding", fmt.Sprintf("The encoding that input.encoding names for %s is not known.", name), "Name it as the web does, for example windows-1256, windows-1251, macintosh, gb18030 or utf-16le.")
		}
		if isInterviews(s) {
			if s.IDs == "" {
				refuse("no-ids", fmt.Sprintf("The interviews in %s have no table of ids.", name), "Add \"ids: ids.csv\" to them: a table with the columns file and uuid.")
			}
		} else if s.IDs != "" || s.Item != "" || s.Alone {
			refuse("no-interviews", fmt.Sprintf("The input %s has ids, item or alone, which go with interviews only.", name), "Add \"format: interviews\" to it, or remove them.")
		}
		if s.Format != "" && !slices.Contains(formatNames(), strings.ToLower(s.Format)) {
			refuse("unknown-format", fmt.Sprintf("The format of %s is not one that is read.", name), "The formats are: "+strings.Join(formatNames(), ", ")+". Leave input.format out to have it decided by the content.")
		}
		if _, ok := delimiterOf(s.Delimiter); s.Delimiter != "" && !ok {
			refuse("unknown-delimiter", fmt.Sprintf("The delimiter of %s is not one that is read.", name), "input.delimiter is \",\", \";\", \"|\" or \"tab\".")
		}
		for _, item := range slices.Sorted(maps.Keys(s.Lists)) {
			if s.Lists[item] == "" {
				refuse("list-sign", fmt.Sprintf("input.lists for %s gives the item %s no sign.", name, item), "Write the sign between the parts of a list, as in \"lists: {"+item+": \\\",\\\"}\".")
			}
		}
		for _, list := range [][]string{s.Absent, s.Ignore} {
			for _, entry := range list {
				if before, _ := strings.CutSuffix(entry, "*"); before == "" || strings.Contains(before, "*") {
					refuse("pattern", fmt.Sprintf("An entry of absent or ignore for %s stands for everything, or has its * in the middle.", name), "Write a name, or the beginning of names and a * behind it.")
				}
			}
		}
	}
	return out
}

// delimiterOf reads the name of a delimiter.
func delimiterOf(name string) (byte, bool) {
	switch strings.ToLower(name) {
	case ",", "comma":
		return ',', true
	case ";", "semicolon":
		return ';', true
	case "|", "bar", "pipe":
		return '|', true
	case "\t", "tab", "\\t":
		return '\t', true
	}
	return 0, false
}
