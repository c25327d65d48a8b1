package pipeline

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Invited names the list of those who were invited to answer.
type Invited struct {
	File     string   `yaml:"file"`     // CSV or XLSX, a row for each
	Encoding string   `yaml:"encoding"` // of a text that is not UTF-8
	ID       string   `yaml:"id"`       // column that tells them apart, such as a token; a row that stands twice counts once
	By       []string `yaml:"by"`       // single-choice items; the list has a column of that name
}

// ResponseRate is how many of those invited answered: responses that are
// analysed over all who were invited, whether or not they could be reached
// (response rate 1 of AAPOR, Standard Definitions, 10th edition 2023).
type ResponseRate struct {
	Item, Choice string // "" for everybody
	Invited      int64
	Responded    int64
}

// Rate returns the rate, and false where nobody was invited.
func (r ResponseRate) Rate() (float64, bool) {
	if r.Invited == 0 {
		return 0, false
	}
	return float64(r.Responded) / float64(r.Invited), true
}

// responseRates counts those invited and those who answered, in all and by
// group, and writes the account for analysts. Of the list nothing else is kept:
// its identifiers serve to find rows that stand twice, as keyed hashes.
func (r *run) responseRates(s at, d *dataset.Dataset) error {
	q := r.config.Invited
	if q.File == "" {
		return nil
	}
	content, err := r.open(q.File)
	if err != nil {
		return err
	}
	key, err := r.key()
	if err != nil {
		return err
	}
	rates, findings, err := invited(q, content, d.Survey, key)
	s.found(findings)
	if err != nil || finding.Refused(findings) {
		return err
	}
	if err := countResponded(rates, d); err != nil {
		return err
	}
	for _, rate := range rates {
		if rate.Responded > rate.Invited {
			what := "More responses are analysed than were invited."
			if rate.Item != "" {
				what = fmt.Sprintf("For the choice %s of the item %s, more responses are analysed than were invited.", rate.Choice, rate.Item)
			}
			s.found([]finding.Finding{{Stage: "plan", Kind: "response-rate", Severity: finding.Warning, Place: finding.Place{File: q.File, Item: rate.Item}, Problem: what, Remedy: "Check that the list is complete, and that it puts the invited in the groups in which they answered."}})
		}
	}
	r.rates = ratesOf(rates, d.Survey, q)
	return writeFile(filepath.Join(r.private, "response-rates.csv"), func(w io.Writer) error { return ratesCSV(w, rates) })
}

// invited counts the list: everybody first, then each choice of each item.
func invited(q Invited, content []byte, s *survey.Survey, key []byte) ([]ResponseRate, []finding.Finding, error) {
	var found []finding.Finding
	refuse := func(place finding.Place, problem, remedy string) {
		place.File = q.File
		found = append(found, finding.Finding{Stage: "plan", Kind: "invited", Severity: finding.Refusal, Place: place, Problem: problem, Remedy: remedy})
	}
	header, rows, fault, err := listRows(q, content)
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", q.File, err)
	}
	if fault != nil {
		refuse(finding.Place{}, fault.Problem, fault.Remedy)
		return nil, found, nil
	}
	column := func(name, key string) int {
		at := slices.Index(header, name)
		if at < 0 {
			refuse(finding.Place{Row: 1}, "The list has no column "+name+", which "+key+" names.", "Correct the name, or add the column.")
		}
		return at
	}
	id := -1
	if q.ID != "" {
		id = column(q.ID, "invited.id")
	}
	type group struct {
		item   *survey.Item
		column int
		first  int // its first choice among the rates
		codes  map[string]int32
	}
	rates := []ResponseRate{{}}
	var groups []group
	for _, name := range q.By {
		item, ok := s.Item(name)
		if !ok || item.Type != survey.SelectOne || item.Level != 0 {
			refuse(finding.Place{Item: name}, "invited.by names "+name+", which is not a single-choice item of the respondents.", "Name items with one choice, such as the domains.")
			continue
		}
		g := group{item, column(name, "invited.by"), len(rates), map[string]int32{}}
		for code, c := range s.Choices(item) {
			for _, label := range c.Label {
				if other, twice := g.codes[label]; twice && other != int32(code) {
					g.codes[label] = -1
				} else {
					g.codes[label] = int32(code)
				}
			}
			rates = append(rates, ResponseRate{Item: name, Choice: c.Name})
		}
		for code, c := range s.Choices(item) {
			g.codes[c.Name] = int32(code)
		}
		groups = append(groups, g)
	}
	if len(found) > 0 {
		return nil, found, nil
	}
	cell := func(cells []string, at int) string {
		if at < 0 || at >= len(cells) {
			return ""
		}
		return strings.TrimSpace(cells[at])
	}
	seen := map[[16]byte]bool{}
	mac := hmac.New(sha256.New, key)
	number, twice, unplaced := 1, int64(0), make([][]int, len(groups))
	for cells, err := range rows {
		if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", q.File, err)
		}
		if number++; strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		if word := cell(cells, id); word != "" {
			mac.Reset()
			mac.Write([]byte("invited:" + word))
			sum := [16]byte(mac.Sum(nil)[:16])
			if seen[sum] {
				twice++
				continue
			}
			seen[sum] = true
		}
		rates[0].Invited++
		for k, g := range groups {
			if code, ok := g.codes[cell(cells, g.column)]; ok && code >= 0 {
				rates[g.first+int(code)].Invited++
			} else {
				unplaced[k] = append(unplaced[k], number)
			}
		}
	}
	for k, rows := range unplaced {
		if len(rows) > 0 {
			refuse(finding.Place{Row: rows[0], Column: groups[k].item.Name, Item: groups[k].item.Name}, fmt.Sprintf("The cell names no choice of the item; %d row(s) of the list do not. Their group would be counted too small, and its rate too high.", len(rows)), "Write the name or the label of a choice, or take the item out of invited.by.")
		}
	}
	if twice > 0 {
		found = append(found, finding.Finding{Stage: "plan", Kind: "invited-twice", Severity: finding.Warning, Place: finding.Place{File: q.File, Column: q.ID}, Count: twice, Problem: fmt.Sprintf("%d row(s) of the list have an identifier that an earlier row has; each is counted once.", twice), Remedy: "Nothing to do if they are the same."})
	}
	if rates[0].Invited == 0 {
		refuse(finding.Place{}, "The list of the invited is empty.", "Name another file under invited.file, or remove it.")
	}
	return rates, found, nil
}

// listRows opens the list as any file of answers is opened.
func listRows(q Invited, content []byte) ([]string, iter.Seq2[[]string, error], *records.Fault, error) {
	in := listFile{bytes.NewReader(content)}
	source := ingest.Source{File: q.File, Encoding: q.Encoding}
	err := declared(in, q.File, source)
	var sheets []records.Sheet
	if err == nil {
		sheets, err = ingest.Tables(in, source)
	}
	var header []string
	var rows iter.Seq2[[]string, error]
	if at := slices.IndexFunc(sheets, func(s records.Sheet) bool { return !s.Hidden }); err == nil && at >= 0 {
		header, rows, err = recordsOf(sheets[at])
	}
	var fault *records.Fault
	if errors.As(err, &fault) {
		return nil, nil, fault, nil
	}
	if err == nil && header == nil {
		return nil, nil, &records.Fault{Problem: "The list of the invited is empty.", Remedy: "Name another file under invited.file, or remove it."}, nil
	}
	return header, rows, nil, err
}

// listFile is a file in memory.
type listFile struct{ *bytes.Reader }

// Close implements ingest.File.
func (listFile) Close() error { return nil }

// ratesOf hands on the rates that a report may show once they are protected:
// those by the first item, or that of everybody where there is none. Groups must
// not overlap, so that small ones can be shown together.
func ratesOf(rates []ResponseRate, s *survey.Survey, q Invited) []quality.Rate {
	var out []quality.Rate
	for _, r := range rates {
		group := ""
		if len(q.By) > 0 && r.Item != q.By[0] {
			continue
		}
		if r.Item != "" {
			item, _ := s.Item(r.Item)
			code, _ := s.List(item.List).Code(r.Choice)
			if group = label(s, item, code); r.Invited == 0 && r.Responded == 0 {
				continue
			}
		}
		out = append(out, quality.Rate{Group: group, Invited: r.Invited, Responded: r.Responded})
	}
	return out
}

func label(s *survey.Survey, item *survey.Item, code int32) string {
	c := s.Choices(item)[code]
	return survey.Shorter(c.Short, c.Label, c.Name, s.Default, s.Default)
}

// countResponded counts the responses that are analysed.
func countResponded(rates []ResponseRate, d *dataset.Dataset) error {
	at := map[string]map[string]int{}
	for i, rate := range rates {
		if at[rate.Item] == nil {
			at[rate.Item] = map[string]int{}
		}
		at[rate.Item][rate.Choice] = i
	}
	for b, err := range d.Batches(0) {
		if err != nil {
			return err
		}
		rates[0].Responded += int64(b.Len())
		for item, choices := range at {
			if item == "" || !b.Layout.Has(item) {
				continue
			}
			c := b.Column(item)
			names := d.Survey.Choices(c.Item)
			for i := range b.Len() {
				if code := c.Codes[i]; code != dataset.NoCode {
					rates[choices[names[code].Name]].Responded++
				}
			}
		}
	}
	return nil
}

// ratesCSV writes the rates for analysts. They are exact: a small group shows
// who answered.
func ratesCSV(w io.Writer, rates []ResponseRate) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	out := sheet.NewWriter(w)
	lines := [][]string{{"group_var", "group_var_value", "invited", "responded", "rate"}}
	for _, r := range rates {
		line := []string{r.Item, r.Choice, strconv.FormatInt(r.Invited, 10), strconv.FormatInt(r.Responded, 10), ""}
		if r.Item == "" {
			line[0], line[1] = "NA", "NA"
		}
		if rate, ok := r.Rate(); ok {
			line[4] = strconv.FormatFloat(rate, 'g', -1, 64)
		}
		lines = append(lines, line)
	}
	return errors.Join(out.WriteAll(lines), out.Error())
}
