// Package draft proposes a survey from an export when its form is lost: types,
// choices, scales and roles as the answers and the titles of the columns show
// them. A draft is to be read and corrected by a person before it is used: it
// knows what was answered, not what was asked.
//
// The rules, in the order in which they are tried:
//   - columns that collecting tools add (_id, _uuid, KEY ...) are left out;
//   - columns of 0/1, TRUE/FALSE or Y/blank that share the beginning of their
//     title make one select_multiple, and their summary column is part of it;
//   - a column whose values the file itself gives labels is a select_one of those
//     values; values that it declares to be no answer do not count for its type;
//   - a column named as metadata, or unique in every row and named as an id, is metadata;
//   - a column of numbers is integer or decimal, but 0/1 alone is a select_one,
//     and so are three or more columns beside each other with one set of small numbers;
//   - a column of dates or times is date, dateTime or time;
//   - a column of lists, of which the parts stand alone in other cells, is select_multiple;
//   - few distinct values make a select_one: up to 12 with two answers each on
//     average, up to 40 with five, up to Options.MaxChoices with twenty;
//   - everything else is text.
package draft

import (
	"fmt"
	"iter"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Options say what the file does not.
type Options struct {
	File       string            // name of the export, for findings
	ID         string            // form_id of the draft
	Title      string            // title of the draft
	Language   string            // BCP 47 tag of the titles and answers, "en" when empty
	MaxChoices int               // most choices of a list, 250 when 0
	Columns    []Said            // what the file says of its columns, beside the header; nil when it says nothing
	Lists      map[string]string // columns whose cells are lists, by title: the sign between the parts
}

// maxDistinct is how many values of a column are remembered; longer columns
// are numbers, dates or text.
const (
	maxDistinct   = 500
	maxValueBytes = 400
	maxColumns    = 16_384
)

// Draft reads an export once and proposes its survey. The order of the rows
// does not matter. The error is that of reading the rows.
func Draft(header []string, rows iter.Seq2[[]string, error], opts Options) (*survey.Survey, []finding.Finding, error) {
	if opts.Language == "" {
		opts.Language = "en"
	}
	if opts.MaxChoices <= 0 {
		opts.MaxChoices = 250
	}
	d := &drafter{opts: opts, names: newNames()}
	if len(header) > maxColumns {
		return nil, nil, fmt.Errorf("drafting a survey: the file has more than %d columns", maxColumns)
	}
	for i, title := range header {
		p := newProfile(i, title)
		if i < len(opts.Columns) {
			p.said = &opts.Columns[i]
		}
		p.sign = opts.Lists[title]
		d.columns = append(d.columns, p)
	}
	if err := d.profile(rows); err != nil {
		return nil, nil, err
	}
	d.leaveOut()
	d.findGroups()
	d.findMultiples()
	d.decideTypes()
	d.shareLists()
	s, findings := survey.New(d.survey())
	d.findings.AddAll(findings)
	return s, d.findings.All(), nil
}

// drafter holds the columns while their meaning is decided.
type drafter struct {
	opts     Options
	columns  []*profile
	groups   map[string]bool // paths that several columns share
	names    *names
	findings finding.List
}

// profile reads all rows into the profiles of their columns.
func (d *drafter) profile(rows iter.Seq2[[]string, error]) error {
	number := 1
	for cells, err := range rows {
		number++
		if err != nil {
			return fmt.Errorf("reading row %d to draft a survey: %w", number, err)
		}
		for i, cell := range cells {
			if i < len(d.columns) {
				d.columns[i].add(cell, number)
			}
		}
	}
	return nil
}

func (d *drafter) note(kind string, severity finding.Severity, p *profile, row int, problem, remedy string) {
	place := finding.Place{File: d.opts.File, Row: row}
	if p != nil {
		place.Column = p.title
	}
	d.findings.Add(finding.Finding{Stage: "draft", Kind: kind, Severity: severity, Place: place, Problem: problem, Remedy: remedy})
}
