package ingest

import "github.com/soundings-survey/soundings/pipeline/survey/versions"

// Report is the account of a reading: what came in, what was kept, and why the
// rest was not. It holds counts and names of columns, and no answers.
type Report struct {
	Files   []FileReport      `json:"files"`
	Levels  []LevelReport     `json:"levels"`
	Changes []versions.Change `json:"form_changes,omitempty"` // between versions of the form
}

// FileReport is the account of one file.
type FileReport struct {
	Name            string           `json:"name"`
	Source          string           `json:"source,omitempty"`
	Wave            string           `json:"wave,omitempty"`
	SHA256          string           `json:"sha256"`
	Bytes           int64            `json:"bytes"`
	Format          string           `json:"format"`
	Encoding        string           `json:"encoding,omitempty"`
	BOM             bool             `json:"bom"`
	Delimiter       string           `json:"delimiter,omitempty"`
	GroupSeparator  string           `json:"group_separator"`    // "" when columns carry no groups
	ChoiceSeparator string           `json:"choice_separator"`   // "" when no select_multiple is split
	SelectMultiple  string           `json:"select_multiple"`    // summary, details or both
	Form            string           `json:"form,omitempty"`     // earlier version of the form that the answers were given to
	Versions        map[string]int64 `json:"versions,omitempty"` // responses by the version of the form that the tool noted
	Labels          string           `json:"labels,omitempty"`   // language of the labels that stand in place of names
	HXL             bool             `json:"hxl"`                // a row of HXL tags was passed over
	Rows            int64            `json:"rows"`               // responses read at the respondent level
	Kept            int64            `json:"kept"`
	Duplicates      int64            `json:"duplicates"`                  // exact duplicates set aside
	Excluded        map[string]int64 `json:"excluded,omitempty"`          // state -> responses that the filter left out
	Withdrawn       int64            `json:"withdrawn,omitempty"`         // of respondents who were forgotten
	Blank           int64            `json:"blank"`                       // rows with nothing in them
	Repeats         []RepeatReport   `json:"repeats,omitempty"`           // sheets of repeats
	Bound           []string         `json:"columns_bound"`               // read as answers or identifiers
	SetAside        []string         `json:"columns_set_aside"`           // known and not read: metadata, places, identifying items
	Unknown         []string         `json:"columns_unknown"`             // not of the form: dropped
	Ignored         []string         `json:"columns_ignored"`             // left unread as the config says
	Apart           []ApartReport    `json:"identities,omitempty"`        // columns that identify
	Absent          []string         `json:"items_absent"`                // items of the form that the file lacks
	Unlisted        map[string]int64 `json:"unlisted_choices,omitempty"`  // item -> cells that name no choice of the form
	ByLabel         map[string]int64 `json:"choices_by_label,omitempty"`  // item -> cells that name a choice by its label
	Undecided       []string         `json:"conditions_unread,omitempty"` // items whose conditions could not be decided
	HiddenSheets    []string         `json:"hidden_sheets,omitempty"`     // never read
	SheetsNotRead   []string         `json:"sheets_not_read,omitempty"`   // visible, and not of the form
	Sheet           string           `json:"sheet,omitempty"`             // of the respondents
	Media           int64            `json:"media_not_read,omitempty"`    // files of an archive beside its CSV files
	OrphansDropped  int64            `json:"orphans_of_duplicates"`       // rows of repeats that belonged to duplicates
}

// ApartReport is the account of a column that identifies.
type ApartReport struct {
	Column string `json:"column"`
	Fate   Fate   `json:"fate"`
	Cells  int64  `json:"cells"` // that were not blank, of responses that were read
}

// RepeatReport is the account of the sheet of a repeat.
type RepeatReport struct {
	Level string `json:"level"`
	Sheet string `json:"sheet"`
	Rows  int64  `json:"rows"`
	Kept  int64  `json:"kept"`
}

// LevelReport is the account of one level of the dataset.
type LevelReport struct {
	Name string `json:"name"`
	Rows int64  `json:"rows"`
	Hash string `json:"hash"` // of the content, whatever the order of its rows
	Note string `json:"note,omitempty"`
}

// Rows returns how many responses were read at the respondent level, in all
// files, before any was set aside.
func (r Report) Rows() int64 {
	var n int64
	for _, f := range r.Files {
		n += f.Rows
	}
	return n
}
