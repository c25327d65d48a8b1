package ingest

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/ingest/records/objects"
)

// openObjects opens a file of JSON: pages of an API, a list of objects, or an
// object a line.
func (u *input) openObjects(head []byte) error {
	if err := u.hashAll(); err != nil {
		return err
	}
	encoded, err := records.EncodingOf(head, u.source.Encoding)
	if errors.Is(err, records.ErrEncoding) {
		return u.fault("", unknownEncoding())
	}
	if err != nil {
		return err
	}
	u.report.Encoding, u.report.BOM = encoded.Name, encoded.BOM
	f, err := objects.Scan(func() (io.Reader, error) {
		return encoded.Reader(io.NewSectionReader(u.file, 0, u.size)), nil
	})
	if err != nil {
		return err
	}
	u.checkName("JSON", ".json", ".jsonl", ".ndjson")
	for _, fault := range f.Faults {
		u.add(fault.Kind, finding.Refusal, finding.Place{Row: int(fault.Row), Column: records.Printable(fault.Key)}, fault.Problem, fault.Remedy)
	}
	if f.More > 0 {
		u.add("json", finding.Refusal, finding.Place{}, fmt.Sprintf("%d more places are not as they should be; they are not listed one by one.", f.More), "Mend those that are listed, and run again.")
	}
	if len(f.Faults) > 0 {
		return nil
	}
	if f.Paging.Pages > 0 {
		u.paging = &f.Paging
	}
	u.report.Format = "json"
	if f.Lines {
		u.report.Format = "ndjson"
	}
	if err := u.openSheets(f.Sheets(u.neverAnswered)); err != nil {
		return err
	}
	for _, t := range u.tables {
		t.keys = true
	}
	if main := u.table(0); main != nil && main.header.Find(bind.UUID) >= 0 && main.header.Find(bind.ID) >= 0 {
		u.report.Format = "kobo-json"
	}
	return nil
}

// objectSheets returns the tables of a file of JSON, for a form to be drafted.
func objectSheets(in File, size int64, source Source, _ warn) ([]records.Sheet, error) {
	encoded, err := records.EncodingOf(nil, source.Encoding)
	if errors.Is(err, records.ErrEncoding) {
		return nil, unknownEncoding()
	}
	if err != nil {
		return nil, err
	}
	f, err := objects.Scan(func() (io.Reader, error) { return encoded.Reader(io.NewSectionReader(in, 0, size)), nil })
	if err != nil {
		return nil, err
	}
	if len(f.Faults) > 0 {
		first := f.Faults[0]
		return nil, &records.Fault{Kind: first.Kind, Problem: fmt.Sprintf("Record %d: %s", first.Row, first.Problem), Remedy: first.Remedy}
	}
	return f.Sheets(nil), nil
}

// neverAnswered returns the items for which a table of objects has no key. Such
// files leave out what was not answered, so that an item which nobody answered
// has no key at all; it gets a column with nothing in it. A key that is not of
// the form, and like the item's name, speaks against that.
func (u *input) neverAnswered(sheet string, keys []string) []string {
	level, h := u.levelOf(sheet, keys)
	if h.Bound == 0 {
		return nil
	}
	var unknown []string
	for _, c := range h.Columns {
		if c.Role == bind.Unknown {
			unknown = append(unknown, c.Name)
		}
	}
	var out []string
	for i := range u.survey.Items {
		item := &u.survey.Items[i]
		if item.Level != level || !holdsAnswers(item) || h.Has(i) || bind.Listed(item.Name, u.source.Absent) || len(bind.Near(item.Name, unknown)) > 0 || slices.Contains(keys, item.Name) {
			continue
		}
		out = append(out, item.Name)
	}
	if len(out) > 0 {
		u.add("never-answered", finding.Warning, finding.Place{Sheet: records.Printable(sheet)}, fmt.Sprintf("No object has a key for %d item(s) of the form, which JSON leaves out where nothing was answered; they count as not answered: %s.", len(out), strings.Join(out, ", ")), "Check that the form is the one these answers belong to; name items that were not asked under input.absent.")
	}
	return out
}

// tellPages warns when the pages that were read are not all there are. Pages of
// one source and wave belong together, unless each is whole by itself.
func (in *ingestion) tellPages() {
	type total struct {
		first       *input
		count, held int64
		last        bool
	}
	groups := map[string]*total{}
	for _, u := range in.inputs {
		p := u.paging
		if p == nil || p.Last && p.Held == p.Count {
			continue
		}
		key := u.source.Source + "\x00" + u.source.Wave
		g := groups[key]
		if g == nil {
			g = &total{first: u}
			groups[key] = g
		}
		g.count, g.held, g.last = max(g.count, p.Count), g.held+p.Held, g.last || p.Last
	}
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		g := groups[key]
		switch {
		case g.count > g.held:
			g.first.add("pages-missing", finding.Warning, finding.Place{}, fmt.Sprintf("The tool counts %d responses and the pages that were read hold %d: %d are missing.", g.count, g.held, g.count-g.held), "Fetch the other pages too, and name each under input.")
		case !g.last:
			g.first.add("pages-missing", finding.Warning, finding.Place{}, "The last page that was read says that another follows.", "Fetch it too, and name it under input.")
		}
	}
}
