package ingest

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// identify names both rows of what was there twice, and the responses that are
// alike but for their identifiers.
func (in *ingestion) identify(d *dataset.Dataset) error {
	alike := in.ids.alike()
	wanted := map[uint64]bool{}
	for _, r := range in.ids.twice {
		wanted[r.id] = true
	}
	if len(alike) == 0 && len(wanted) == 0 {
		return nil
	}
	first := map[uint64]dataset.Origin{}
	var rows []dataset.Origin
	var many int64
	for b, err := range d.Batches(0) {
		if err != nil {
			return err
		}
		for i := range b.Len() {
			id := b.ID(i)
			key := short(id[:])
			if wanted[key] {
				first[key] = b.Origin(i)
			}
			if alike[in.ids.content[key]] && answered(b, i) >= fewAnswers {
				if many++; len(rows) < 20 {
					rows = append(rows, b.Origin(i))
				}
			}
		}
	}
	for _, r := range in.ids.twice {
		in.tellTwice(r, first[r.id])
	}
	if more := in.ids.sets - int64(len(in.ids.twice)); more > 0 {
		in.inputs[0].add("duplicate", finding.Warning, finding.Place{}, fmt.Sprintf("%d more responses have an identifier that was there before; they are not listed one by one.", more), "See the log of responses set aside.")
	}
	if many > 0 {
		in.tellAlike(many, rows)
	}
	return nil
}

// fewAnswers is how many answers a response must have for it to be worth saying
// that another has the same: those who did not consent are all alike.
const fewAnswers = 5

func answered(b *dataset.Batch, i int) int {
	n := 0
	for _, item := range b.Layout.Items {
		if b.Column(item).Answered(i) {
			n++
		}
	}
	return n
}

func (in *ingestion) tellTwice(r repeated, first dataset.Origin) {
	u := in.inputs[r.file]
	where := fmt.Sprintf("row %d", first.Row)
	if first.File != r.file {
		where += " of " + in.inputs[first.File].source.File
	}
	place := finding.Place{Sheet: u.report.Sheet, Row: int(r.row), Column: u.identifierColumn()}
	if r.other {
		u.add("duplicate-id", finding.Refusal, place, fmt.Sprintf("The response has the identifier of %s and other answers.", where), "Find out which of the two counts, and delete the other from the file.")
		return
	}
	u.add("duplicate", finding.Warning, place, fmt.Sprintf("The response is the same as that of %s, identifier and answers; one of them was kept.", where), "Nothing to do: the one set aside is in the log.")
}

func (in *ingestion) tellAlike(many int64, rows []dataset.Origin) {
	listed := ""
	for i, o := range rows {
		if i > 0 {
			listed += ", "
		}
		listed += fmt.Sprint(o.Row)
		if len(in.inputs) > 1 {
			listed += " of " + in.inputs[o.File].source.File
		}
	}
	if many > int64(len(rows)) {
		listed += " and others"
	}
	u := in.inputs[rows[0].File]
	u.findings = append(u.findings, finding.Finding{
		Stage: stage, Kind: "alike", Severity: finding.Warning, Place: finding.Place{File: u.source.File}, Count: many,
		Problem: fmt.Sprintf("Responses have the same answers as another one and another identifier: rows %s. All were kept.", listed),
		Remedy:  "Look at them: the same answers may have been sent twice. Remove from the file those that were.",
	})
}

// identifierColumn names the column that identifies responses.
func (u *input) identifierColumn() string {
	if t := u.table(0); t != nil {
		for _, role := range []bind.Role{bind.UUID, bind.ID} {
			if k := t.header.Find(role); k >= 0 {
				return records.Printable(t.header.Columns[k].Name)
			}
		}
	}
	return ""
}
