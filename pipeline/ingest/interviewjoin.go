package ingest

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// idRow is a row of the table of ids: a file, whose it is, and what it answers.
type idRow struct {
	row  int64
	file string
	uuid string
	item int // -1 where headings name the items
}

// readIDs reads the table that says whose interviews the files are.
func (in *ingestion) readIDs(u *input) ([]idRow, error) {
	f, err := in.request.Open(u.source.IDs)
	if err != nil {
		u.aboutIDs("no-ids", finding.Refusal, 0, "The table of ids cannot be opened.", "Name it as input.ids: a CSV file with the columns file and uuid.")
		return nil, nil
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	head := make([]byte, min(size, 4096))
	if _, err := f.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	encoded, err := records.EncodingOf(head, "")
	if err != nil {
		return nil, err
	}
	columns := map[string]int{}
	delim := byte(',')
	for _, d := range []byte{',', ';', '\t'} {
		if names, ok := firstRecord([]byte(strings.TrimPrefix(string(head), "\uFEFF")), d); ok {
			at := map[string]int{}
			for k, name := range names {
				at[strings.ToLower(strings.TrimSpace(name))] = k
			}
			if len(at) > len(columns) {
				columns, delim = at, d
			}
		}
	}
	fileColumn, hasFile := columns["file"]
	uuidColumn, hasUUID := columns["uuid"]
	itemColumn, hasItem := columns["item"]
	if !hasFile || !hasUUID {
		u.aboutIDs("ids-columns", finding.Refusal, 1, "The table of ids lacks a column file or uuid.", "Give it a column file with the names of the files, and a column uuid with the identifiers of the respondents.")
		return nil, nil
	}
	whole := u.itemNamed(u.source.Item)
	if u.source.Item != "" && whole < 0 {
		u.add("interview-item", finding.Refusal, finding.Place{}, "input.item is no open item of the respondent."+suggest(u.source.Item, u.itemNames(0)), "Add it to the form as a text, or correct its name.")
	}
	var out []idRow
	scanner := records.NewScanner(encoded.Reader(io.NewSectionReader(f, 0, size)), delim, 1)
	for first := true; ; {
		c, err := scanner.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		for _, p := range append(c.Problems, c.Check()...) {
			u.aboutIDs(string(p.Kind), finding.Refusal, p.Row, "The table of ids cannot be read here: a quote is out of place, or the text is not UTF-8.", "Mend it, or save the table anew as CSV UTF-8.")
		}
		for i := range c.Len() {
			if first || c.Blank(i) {
				first = false
				continue
			}
			r := idRow{row: c.Row(i), file: cell(c, i, fileColumn), uuid: strings.TrimPrefix(cell(c, i, uuidColumn), "uuid:"), item: whole}
			if name := cell(c, i, itemColumn); hasItem && name != "" {
				if r.item = u.itemNamed(name); r.item < 0 {
					u.aboutIDs("interview-item", finding.Refusal, r.row, "The row names no open item of the respondent.", "Correct the name of the item.")
				}
			}
			switch {
			case r.file == "" || r.uuid == "":
				u.aboutIDs("ids-empty", finding.Refusal, r.row, "The row lacks the name of a file or an identifier.", "Fill it in, or delete the row.")
			case !filepath.IsLocal(r.file) || strings.Contains(r.file, "\\"):
				u.aboutIDs("ids-outside", finding.Refusal, r.row, "The row names a file outside the folder of the interviews.", "Put the file into the folder, and give its name alone.")
			case len(out) >= maxInterviews:
				u.aboutIDs("too-large", finding.Refusal, r.row, "The table of ids has more rows than can be read.", "Split the interviews into several inputs.")
				return nil, nil
			default:
				out = append(out, r)
			}
		}
	}
}

func cell(c *records.Chunk, i, k int) string { return strings.TrimSpace(string(c.Cell(i, k))) }

// itemNamed returns the open item of that name, or -1.
func (u *input) itemNamed(name string) int {
	for i := range u.survey.Items {
		if item := &u.survey.Items[i]; item.Name == name && takesInterview(item) {
			return i
		}
	}
	return -1
}

// joinInterviews gives the tables of respondents a column for each item that
// interviews answer.
func (in *ingestion) joinInterviews() {
	for _, v := range in.inputs {
		if v.interviews == nil {
			continue
		}
		for _, u := range in.inputs {
			t := u.table(0)
			if u.interviews != nil || t == nil {
				continue
			}
			for _, i := range v.interviews.items {
				if !t.header.Has(i) {
					name := in.survey.Items[i].Name
					t.header.Columns = append(t.header.Columns, bind.Column{Name: name, As: name, Role: bind.Answer, Item: i})
					t.joined++
				}
			}
		}
	}
}

// withInterviews returns a record with what its respondent said in interviews:
// behind what the record holds itself, where it holds something.
func (j *job) withInterviews(row record, uuid string) record {
	if j.level > 0 || uuid == "" || j.input.interviews != nil {
		return row
	}
	for _, v := range j.inputs {
		if v.interviews == nil {
			continue
		}
		for item, t := range v.interviews.texts[uuid] {
			for k, c := range j.table.header.Columns {
				if c.Role != bind.Answer || c.Item != item {
					continue
				}
				content := []byte(t.content)
				if own := row.Cell(k); !records.Blank(own) {
					content = append(append(append([]byte(nil), own...), "\n\n"...), content...)
				}
				if row.added == nil {
					row.added = map[int][]byte{}
				}
				row.added[k] = content
			}
		}
	}
	return row
}

// meet notes that a file of answers has a respondent.
func (j *job) meet(uuid string) {
	if j.level > 0 || uuid == "" || j.input.interviews != nil {
		return
	}
	for _, v := range j.inputs {
		if v.interviews != nil && v.interviews.texts[uuid] != nil {
			v.interviews.met[uuid] = true
		}
	}
}
