package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Limits of interviews, whose texts are held in memory.
const (
	maxInterviews    = 10_000
	maxInterviewText = 128 << 20
)

// interviews are texts of an input, joined to respondents by a table of ids. The
// names of their files may be names of persons: findings name the row of the
// table instead.
type interviews struct {
	texts map[string]map[int]*text // identifier of the respondent -> item -> text
	order []string                 // identifiers, as the table has them
	items []int                    // items that have a text, in form order
	met   map[string]bool          // identifiers that a file of answers has
}

// text is what a respondent said to an item, and the row of the table of ids.
type text struct {
	content string
	row     int64
}

func isInterviews(s Source) bool { return strings.EqualFold(s.Format, "interviews") }

// Files returns the files that a source names one by one: the interviews in a
// folder are not among them.
func (s Source) Files() []string {
	if !isInterviews(s) {
		return []string{s.File}
	}
	return []string{s.IDs}
}

// single reports whether a source names one file in place of a folder.
func single(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".docx", ".txt":
		return true
	}
	return false
}

// aboutIDs notes a finding about a row of the table of ids.
func (u *input) aboutIDs(kind string, severity finding.Severity, row int64, problem, remedy string) {
	u.findings = append(u.findings, finding.Finding{
		Stage: stage, Kind: kind, Severity: severity, Place: finding.Place{File: u.source.IDs, Row: int(row)}, Problem: problem, Remedy: remedy,
	})
}

// openInterviews reads the table of ids and the files that it names.
func (in *ingestion) openInterviews(u *input) error {
	u.report.Format = "interviews"
	u.interviews = &interviews{texts: map[string]map[int]*text{}, met: map[string]bool{}}
	rows, err := in.readIDs(u)
	if err != nil || finding.Refused(u.findings) {
		return err
	}
	digest := sha256.New()
	held, named := 0, map[string]bool{}
	folder, only := u.source.File, ""
	if single(folder) {
		folder, only = path.Dir(folder), path.Base(folder)
	}
	for _, r := range rows {
		if only != "" && r.file != only {
			continue
		}
		named[r.file] = true
		paragraphs, n, err := in.interview(u, path.Join(folder, r.file), r)
		if err != nil {
			return err
		}
		u.report.Bytes += n
		for _, p := range paragraphs {
			held += len(p)
			fmt.Fprintf(digest, "%d:%s", len(p), p)
		}
		if held > maxInterviewText {
			u.aboutIDs("too-large", finding.Refusal, r.row, fmt.Sprintf("The interviews hold more than %d MB of text together.", maxInterviewText>>20), "Give fewer of them.")
			return nil
		}
		u.share(r, paragraphs)
	}
	u.report.SHA256 = hex.EncodeToString(digest.Sum(nil))
	if only == "" && in.request.List != nil {
		if err := in.tellUnnamed(u, named); err != nil {
			return err
		}
	} else if only != "" && len(named) == 0 {
		u.aboutIDs("interview-file", finding.Refusal, 0, "No row of the table of ids names the file of the interview.", "Add one, with the identifier of the respondent.")
	}
	u.interviewTable()
	return nil
}

// tellUnnamed warns of files in the folder that the table does not name.
func (in *ingestion) tellUnnamed(u *input, named map[string]bool) error {
	names, err := in.request.List(u.source.File)
	if err != nil {
		return err
	}
	left := 0
	for _, name := range names {
		if !named[name] && !strings.HasPrefix(name, ".") {
			left++
		}
	}
	if left > 0 {
		u.aboutIDs("interview-unnamed", finding.Warning, 0, fmt.Sprintf("The folder of interviews holds %d file(s) that the table of ids does not name; they were not read.", left), "Add a row for each, with the identifier of the respondent.")
	}
	return nil
}

// interview reads the paragraphs of one file, and how many bytes it has.
func (in *ingestion) interview(u *input, name string, r idRow) ([]string, int64, error) {
	refuse := func(kind, problem, remedy string) ([]string, int64, error) {
		u.aboutIDs(kind, finding.Refusal, r.row, problem, remedy)
		return nil, 0, nil
	}
	f, err := in.request.Open(name)
	if err != nil {
		return refuse("interview-file", "The file that the row names cannot be opened.", "Put it into the folder, or correct its name in the table.")
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, 0, fmt.Errorf("read an interview: %w", pathless(err))
	}
	head := make([]byte, min(size, 4096))
	if _, err := f.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return refuse("interview-file", "The file that the row names cannot be read.", "Look whether it is a file.")
	}
	if records.ContentOf(head) == records.Zip {
		d, err := records.ReadDocument(f, size)
		var fault *records.Fault
		if errors.As(err, &fault) {
			return refuse(fault.Kind, fault.Problem, fault.Remedy)
		}
		if d.Notes > 0 {
			u.aboutIDs("interview-notes", finding.Note, r.row, fmt.Sprintf("The document has %d footnote(s), which were left out.", d.Notes), "Nothing to do; put them into the text if they belong to what was said.")
		}
		return d.Paragraphs, size, err
	}
	if size > records.MaxDocument {
		return refuse("too-large", fmt.Sprintf("The file is longer than %d MB.", records.MaxDocument>>20), "Split it.")
	}
	encoded, err := records.EncodingOf(head, u.source.Encoding)
	if err != nil {
		return refuse("unknown-encoding", "The encoding that input.encoding names is not known.", "Name it as the web does, for example windows-1256.")
	}
	content, err := io.ReadAll(encoded.Reader(io.NewSectionReader(f, 0, size)))
	switch {
	case err != nil:
		return nil, 0, fmt.Errorf("read an interview: %w", pathless(err))
	case !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0:
		return refuse("not-utf-8", "The file is neither a .docx nor text in UTF-8.", "Save it as UTF-8 or .docx; or set input.encoding to how all texts of the folder were written.")
	}
	plain := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(content))
	return strings.Split(strings.TrimSpace(plain), "\n"), size, nil
}

// share gives the paragraphs of an interview to the items that they answer: to
// the one that is named, or to those whose headings stand before them.
func (u *input) share(r idRow, paragraphs []string) {
	item := r.item
	headings := map[string]int{}
	if item < 0 {
		headings = openHeadings(u.survey)
	}
	parts := map[int][]string{}
	lost := false
	for _, p := range paragraphs {
		if i, ok := headings[heading(p)]; ok {
			item = i
			continue
		}
		if item < 0 {
			lost = lost || strings.TrimSpace(p) != ""
			continue
		}
		parts[item] = append(parts[item], p)
	}
	if lost {
		u.aboutIDs("interview-heading", finding.Warning, r.row, "The interview has text before the first heading that names an open item of the form; it was not read.", "Begin each answer with a line that has the name or the label of its item; or name the item in the table of ids, or as input.item.")
	}
	for i := range u.survey.Items {
		content := strings.TrimSpace(strings.Join(parts[i], "\n"))
		if content == "" {
			continue
		}
		if len(content) > records.MaxCell {
			u.aboutIDs("cell-too-long", finding.Refusal, r.row, fmt.Sprintf("An answer of the interview is longer than %d MB.", records.MaxCell>>20), "Split it, or shorten it.")
			continue
		}
		u.interviews.add(r, i, content)
	}
}

func (v *interviews) add(r idRow, item int, content string) {
	if v.texts[r.uuid] == nil {
		v.texts[r.uuid] = map[int]*text{}
		v.order = append(v.order, r.uuid)
	}
	if before := v.texts[r.uuid][item]; before != nil {
		before.content += "\n\n" + content
	} else {
		v.texts[r.uuid][item] = &text{content, r.row}
	}
	if !slices.Contains(v.items, item) {
		v.items = append(v.items, item)
		slices.Sort(v.items)
	}
}

// heading writes a paragraph as a heading is compared: "## Name" is "name".
func heading(p string) string {
	return strings.ToLower(strings.TrimSuffix(strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(p), "#")), ":"))
}

// openHeadings are the names and labels of open items of the respondent; what
// means several means none.
func openHeadings(s *survey.Survey) map[string]int {
	out := map[string]int{}
	twice := map[string]bool{}
	for i := range s.Items {
		item := &s.Items[i]
		if !takesInterview(item) {
			continue
		}
		names := []string{item.Name}
		if item.Derived == "" { // a derived item has the label of another
			for _, label := range item.Label {
				names = append(names, label)
			}
		}
		for _, name := range names {
			name = heading(name)
			if other, taken := out[name]; taken && other != i {
				twice[name] = true
			}
			out[name] = i
		}
	}
	for name := range twice {
		delete(out, name)
	}
	delete(out, "")
	return out
}

func takesInterview(item *survey.Item) bool {
	return item.Type == survey.OpenText && item.Level == 0 && item.Role != survey.Identifying
}

// interviewTable makes the table of those respondents that no file of answers
// has: it is read last, when that is known.
func (u *input) interviewTable() {
	h := bind.Header{Columns: []bind.Column{{Name: "uuid", As: "_uuid", Role: bind.UUID}}}
	for _, i := range u.interviews.items {
		name := u.survey.Items[i].Name
		h.Columns = append(h.Columns, bind.Column{Name: name, As: name, Role: bind.Answer, Item: i})
		h.Bound++
	}
	u.tables = []*table{{header: h, keys: true, open: func() (records.Reader, error) { return u.aloneReader(), nil }}}
}

// aloneReader gives a row for each respondent of whom there is nothing but an
// interview, where the config takes those, and tells of them otherwise.
func (u *input) aloneReader() records.Reader {
	v := u.interviews
	var b records.Builder
	for _, uuid := range v.order {
		texts := v.texts[uuid]
		row := int64(0)
		for _, t := range texts {
			if row == 0 || t.row < row {
				row = t.row
			}
		}
		switch {
		case v.met[uuid]:
		case !u.source.Alone:
			u.aboutIDs("interview-alone", finding.Warning, row, "No file of answers has the respondent of this interview; it was not used.", "Correct the identifier; or set \"alone: true\" beside the interviews to take respondents of whom there is nothing else.")
		default:
			b.Begin(row)
			b.Cell(uuid)
			for _, i := range v.items {
				if t := texts[i]; t != nil {
					b.Cell(t.content)
				} else {
					b.Cell("")
				}
			}
			b.End()
		}
	}
	return &oneChunk{b.Chunk()}
}

// oneChunk gives one chunk.
type oneChunk struct{ c *records.Chunk }

// Next implements records.Reader.
func (o *oneChunk) Next() (*records.Chunk, error) {
	c := o.c
	if o.c = nil; c == nil {
		return nil, io.EOF
	}
	return c, nil
}
