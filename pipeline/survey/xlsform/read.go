// Package xlsform reads a survey from a form in XLSForm, as a workbook or as
// CSV files, and writes one. It accepts what collecting tools accept, and says
// everything that is wrong at once, each with its sheet, row and column.
package xlsform

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// File is one file of a form: its name, for findings, and what it holds.
type File struct {
	Name    string
	Content []byte
}

// Files are the parts of one form: either a workbook, or the survey and choices
// sheets as CSV, with or without the settings. A part that is not there has no
// name. A workbook whose name ends in .csv is a survey sheet.
type Files struct {
	Workbook File   // XLSX with the sheets survey, choices and settings
	Survey   File   // CSV
	Choices  File   // CSV
	Settings File   // CSV
	Language string // BCP 47 tag of labels that name no language; "en" when empty
}

// errNoForm says that there is nothing to read.
var errNoForm = errors.New("reading the form: neither a workbook nor a survey sheet was given")

// The limits of a form: larger ones are refused unread.
const (
	maxBytes   = 64 << 20 // of a file, and of a workbook when unpacked
	maxRows    = 100_000  // of a sheet
	maxColumns = 2_000    // of a sheet
	maxDepth   = 50       // of groups within groups
)

// Read reads a form. What is wrong with it is told in findings; the survey
// holds what could be understood, and must not be used for a run when one of
// them is a refusal. It is nil when the form has no survey sheet that can be
// read. The error says that no form was given.
func Read(files Files) (*survey.Survey, []finding.Finding, error) {
	if files.Workbook.Name == "" && files.Survey.Name == "" {
		return nil, nil, errNoForm
	}
	r := &reader{fallback: files.Language}
	book := r.sheets(files)
	if book.survey == nil {
		return nil, r.findings.All(), nil
	}
	return r.read(book), r.findings.All(), nil
}

// read goes through the sheets in the order in which they depend on each other.
func (r *reader) read(book sheets) *survey.Survey {
	r.readLanguages(book)
	out := survey.Survey{}
	r.readSettings(book.settings, &out)
	out.Lists = r.readChoices(book.choices)
	r.lists = out.Lists
	r.readItems(book.survey, &out)
	out.Indicators = r.readIndicators(book.indicators, &out)
	out.Lists = r.lists
	out.Languages, out.Default = r.languages.list, r.languages.base
	r.checkLabels(&out)
	r.checkExpressions(&out)
	r.checkCircles(&out)
	made, findings := survey.New(out)
	for _, f := range findings {
		if f.Kind != "unknown-list" { // told already, with its column
			r.findings.Add(f)
		}
	}
	return made
}

// reader holds what the parts of reading share.
type reader struct {
	findings  finding.List
	fallback  string // tag of labels without a language, from Files
	languages languages
	lists     []*survey.ChoiceList
	filtered  map[string]bool   // lists of which every use has a choice_filter
	doubles   []double          // choices that stand twice in a list
	labels    []labelled        // what has a label, for the check of languages
	checks    []expression      // conditions to be parsed once all names are known
	names     map[string]bool   // names of items, groups and repeats, which expressions may refer to
	near      map[string]string // bare form of a name to the name, for suggestions
}

// sheets are the parts of a form; survey is nil when there is none.
type sheets struct{ survey, choices, settings, indicators *sheet }

// sheets finds the sheets in the files.
func (r *reader) sheets(files Files) (book sheets) {
	if f := files.Workbook; f.Name != "" && !strings.EqualFold(path.Ext(f.Name), ".csv") {
		if r.fits(f) {
			book = r.workbook(f.Name, f.Content)
		}
		return book
	}
	if files.Survey.Name == "" {
		files.Survey = files.Workbook
	}
	for _, part := range []struct {
		file File
		name string
		into **sheet
	}{{files.Survey, "survey", &book.survey}, {files.Choices, "choices", &book.choices}, {files.Settings, "settings", &book.settings}} {
		if part.file.Name != "" && r.fits(part.file) {
			*part.into = r.csv(part.file.Name, part.name, part.file.Content)
		}
	}
	return book
}

// fits reports whether a file is not too large to be a form.
func (r *reader) fits(f File) bool {
	if len(f.Content) <= maxBytes {
		return true
	}
	r.add("form-too-large", finding.Refusal, finding.Place{File: f.Name}, fmt.Sprintf("The file is larger than %d MB.", maxBytes>>20), "A form is far smaller: check that this is the form and not the answers.")
	return false
}

func (r *reader) add(kind string, severity finding.Severity, place finding.Place, problem, remedy string) {
	r.findings.Add(finding.Finding{Stage: "form", Kind: kind, Severity: severity, Place: place, Problem: problem, Remedy: remedy})
}
