package ingest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// Filter says which responses are read. What it leaves out is counted and stands
// in the log of responses set aside.
type Filter struct {
	Validation []string `yaml:"validation"` // validation status in KoboToolbox: approved, not_approved, on_hold, none
	Review     []string `yaml:"review"`     // review state in ODK Central: approved, edited, hasIssues, rejected, none
	Complete   bool     `yaml:"complete"`   // only responses that were submitted, in LimeSurvey
	Exclude    string   `yaml:"exclude"`    // an expression over items; where it holds the response is left out
}

var (
	validations = []string{"approved", "not_approved", "on_hold", "none"}
	reviews     = []string{"approved", "edited", "hasissues", "rejected", "none"}
	onTheDay    = regexp.MustCompile(`\b(today|now)\s*\(`)
)

// Validate reports what is wrong with the filter by itself.
func (f Filter) Validate() []finding.Finding {
	var out []finding.Finding
	refuse := func(kind, problem, remedy string) {
		out = append(out, finding.Finding{Stage: stage, Kind: kind, Severity: finding.Refusal, Problem: problem, Remedy: remedy})
	}
	for _, list := range []struct {
		key         string
		words, have []string
	}{{"validation", validations, f.Validation}, {"review", reviews, f.Review}} {
		for _, word := range list.have {
			if !slices.Contains(list.words, statusOf(word)) {
				refuse("filter-word", fmt.Sprintf("filter.%s names a status that is not known: %s.", list.key, records.Printable(word)), "The words are: "+strings.Join(list.words, ", ")+"; none stands for responses without a status.")
			}
		}
	}
	if onTheDay.MatchString(f.Exclude) {
		refuse("filter-exclude", "filter.exclude asks for today's date, and what is read must not hang on the day.", "Compare with a date, such as date('2024-05-01').")
	}
	return out
}

// statusOf writes the status of a response in one way: KoboToolbox writes
// "validation_status_on_hold" or, beside labels of any language, "On Hold".
func statusOf(cell string) string {
	s := strings.ToLower(strings.TrimSpace(cell))
	s = strings.TrimPrefix(s, "validation_status_")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == '_' }), "_")
	if s == "" {
		return "none"
	}
	return s
}

// gate is a filter, ready to be used on the rows of a table.
type gate struct {
	checks  []gateCheck
	exclude *bind.Exclude
}

// gateCheck is a column that says something about the state of a response.
type gateCheck struct {
	role   bind.Role
	name   string   // of the column, as tools have it
	kind   string   // in the account and the log
	known  []string // states it can have
	accept []string // nil where every state is read
	column int
}

// sane are the states that need no remark where there is no filter.
var sane = []string{"approved", "edited", "none", "complete"}

func (f Filter) gate() gate {
	norm := func(words []string) (out []string) {
		for _, w := range words {
			out = append(out, statusOf(w))
		}
		return out
	}
	var complete []string
	if f.Complete {
		complete = []string{"complete"}
	}
	return gate{checks: []gateCheck{
		{bind.Validation, "_validation_status", "validation", validations, norm(f.Validation), -1},
		{bind.Review, "ReviewState", "review", reviews, norm(f.Review), -1},
		{bind.Submitted, "submitdate", "submission", []string{"complete", "incomplete"}, complete, -1},
	}}
}

// state is what a cell says of a response; what is not known is "other".
func (c gateCheck) state(cell []byte) string {
	if c.role == bind.Submitted {
		if records.Blank(cell) {
			return "incomplete"
		}
		return "complete"
	}
	if s := statusOf(string(cell)); slices.Contains(c.known, s) {
		return s
	}
	return "other"
}

// newGate makes the gate of a table, and refuses a file without the columns
// that the filter speaks of.
func (j *job) newGate() gate {
	g := j.request.Config.Filter.gate()
	g.exclude = j.exclude
	for i := range g.checks {
		c := &g.checks[i]
		c.column = j.table.header.Find(c.role)
		if c.column >= 0 || c.accept == nil || j.input.interviews != nil || bind.Listed(c.name, j.input.source.Absent) {
			continue
		}
		j.input.add("filter-column", finding.Refusal, j.table.place(c.name), fmt.Sprintf("The config filters by the %s of responses, and the file has no column %s.", c.kind, c.name), "Export with it; give the column that holds it this name under input.columns; or name it under input.absent to read all responses of this file.")
	}
	return g
}

// passes decides by its states whether a response is read, and counts them. It
// returns why one is left out.
func (g gate) passes(out *bound, row record) (why string) {
	for _, c := range g.checks {
		if c.column < 0 {
			continue
		}
		state := c.state(row.Cell(c.column))
		reason := c.kind + ": " + state
		out.states[reason]++
		if why == "" && c.accept != nil && !slices.Contains(c.accept, state) {
			why = reason
		}
	}
	return why
}

// gone is a response that the filter left out.
type gone struct {
	uuid, why string
	index     int64
}

// leaveOut logs and counts what the filter left out of a chunk, and remembers
// that the rows of repeats below it go with it.
func (j *job) leaveOut(left []gone) error {
	for _, g := range left {
		if j.forgotten(g.uuid) {
			j.input.report.Withdrawn++
			if j.own != nil && j.own[g.index] == nil {
				j.own[g.index] = &parent{position: -1}
			}
			continue
		}
		if j.input.report.Excluded == nil {
			j.input.report.Excluded = map[string]int64{}
		}
		j.input.report.Excluded[g.why]++
		j.meet(g.uuid)
		if j.own != nil && j.own[g.index] == nil {
			j.own[g.index] = &parent{position: -1}
		}
		if err := j.setAside(g.uuid, g.why); err != nil {
			return err
		}
	}
	return nil
}

// tellFilter says what the filter left out, or what a filter could leave out.
func (j *job) tellFilter() {
	r := &j.input.report
	list := func(counts map[string]int64, named func(string) bool) (text string, all int64) {
		var parts []string
		for _, why := range slices.Sorted(maps.Keys(counts)) {
			if named(why) {
				parts = append(parts, fmt.Sprintf("%s %d", why, counts[why]))
				all += counts[why]
			}
		}
		return strings.Join(parts, ", "), all
	}
	if text, n := list(r.Excluded, func(string) bool { return true }); n > 0 {
		j.input.add("filtered", finding.Note, finding.Place{}, fmt.Sprintf("The filter left out %d response(s): %s.", n, text), "Nothing to do: they are in the log of responses set aside.")
	}
	kept := map[string]int64{}
	for _, c := range j.gate.checks {
		if c.accept == nil {
			for _, state := range append([]string{"incomplete", "other"}, c.known...) {
				if reason := c.kind + ": " + state; !slices.Contains(sane, state) && j.states[reason] > 0 {
					kept[reason] = j.states[reason]
				}
			}
		}
	}
	if text, n := list(kept, func(string) bool { return true }); n > 0 {
		j.input.add("unfiltered", finding.Note, finding.Place{}, fmt.Sprintf("Responses were read whose state in the tool speaks against them: %s.", text), "Set \"filter\" in the config if they should be left out.")
	}
}

// exclusion reads the condition of the filter.
func (in *ingestion) exclusion() *bind.Exclude {
	source := in.request.Config.Filter.Exclude
	if strings.TrimSpace(source) == "" {
		return nil
	}
	e, err := bind.NewExclude(in.survey, source)
	if err != nil {
		in.found = append(in.found, finding.Finding{
			Stage: stage, Kind: "filter-exclude", Severity: finding.Refusal,
			Problem: "filter.exclude cannot be used: " + err.Error() + ".",
			Remedy:  "Write it as a condition of the form, such as ${name} = 'test'.",
		})
		return nil
	}
	return e
}

// nothingLeft refuses answers of which the filter left none.
func (in *ingestion) nothingLeft(d *dataset.Dataset) {
	var left int64
	for _, u := range in.inputs {
		for _, n := range u.report.Excluded {
			left += n
		}
	}
	if left > 0 && d.Respondents() == 0 {
		in.found = append(in.found, finding.Finding{
			Stage: stage, Kind: "nothing-left", Severity: finding.Refusal,
			Problem: "The filter leaves no response.", Remedy: "Correct \"filter\" in the config.",
		})
	}
}
