package trace

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// ErrGone says that what analysts may see of a run is not there.
var ErrGone = errors.New("the restricted part of the run is gone")

// Record is what a run has left, in memory: it grows with the plan and not with
// the respondents.
type Record struct {
	run       int
	exact     map[string]exactResult
	order     []string // the keys of the exact results
	books     []book   // of the audiences, the public one first
	releases  []protect.Release
	told      map[string]place
	withheld  map[string]string // why a table is withheld whole, by its key
	variables map[string]variable
	byID      map[string]string
	language  string

	inputs  []Input
	ingest  ingestAccount
	clean   cleanAccount
	coding  codingAccount
	quality qualityAccount
	weights Weights
}

// book is the ledger of an audience by key.
type book struct {
	head  ledger.Head
	lines map[string][]ledger.Line
	keys  []string // in the order of the ledger
}

type exactResult struct {
	Analysis   string   `json:"analysis_type"`
	Item       string   `json:"analysis_var"`
	Value      string   `json:"analysis_var_value"`
	Group      string   `json:"group_var"`
	GroupValue string   `json:"group_var_value"`
	Stat       *float64 `json:"stat"`
	Lo         *float64 `json:"stat_low"`
	Hi         *float64 `json:"stat_upp"`
	N          *int64   `json:"n"`
	NTotal     *int64   `json:"n_total"`
	NW         *float64 `json:"n_w"`
	NWTotal    *float64 `json:"n_w_total"`
	Key        string   `json:"analysis_key"`
	Level      string   `json:"level"`
	SE         *float64 `json:"se"`
	DF         *float64 `json:"df"`
	DEff       *float64 `json:"deff"`
	Interval   string   `json:"ci_method"`
	Base       string   `json:"base_kind"`
	P          *float64 `json:"p"`
	Adjusted   *float64 `json:"p_adjusted"`
}

type (
	ingestAccount struct {
		Files []struct {
			Name       string           `json:"name"`
			Rows       int64            `json:"rows"`
			Kept       int64            `json:"kept"`
			Duplicates int64            `json:"duplicates"`
			Excluded   map[string]int64 `json:"excluded"`
			Withdrawn  int64            `json:"withdrawn"`
			Blank      int64            `json:"blank"`
			Unlisted   map[string]int64 `json:"unlisted_choices"`
		} `json:"files"`
	}
	cleanAccount struct {
		Changes []struct {
			Item  string `json:"item"`
			Issue string `json:"issue"`
			Count int64  `json:"count"`
		} `json:"changes"`
	}
	codingAccount struct {
		Version string `json:"version"`
		Items   []struct {
			Item    string `json:"item"`
			Answers int64  `json:"answers"`
			Coded   int64  `json:"coded"`
			Denied  int64  `json:"denied"`
			Codes   []struct {
				Code  string `json:"code"`
				Count int64  `json:"count"`
			} `json:"codes"`
		} `json:"items"`
	}
	qualityAccount struct {
		Received int64 `json:"received"`
		Analysed int64 `json:"analysed"`
		Aside    []struct {
			Reason string `json:"reason"`
			Count  int64  `json:"count"`
		} `json:"aside"`
	}
)

// variable is an item as the codebook describes it.
type variable struct {
	ID         string `xml:"ID,attr"`
	Name       string `xml:"name,attr"`
	Labels     []text `xml:"labl"`
	Question   []text `xml:"qstn>qstnLit"`
	Universe   []text `xml:"universe"`
	Categories []struct {
		Value  string `xml:"catValu"`
		Labels []text `xml:"labl"`
	} `xml:"catgry"`
	Derivation struct {
		From        string `xml:"var,attr"`
		Description string `xml:"drvdesc"`
		Command     string `xml:"drvcmd"`
	} `xml:"derivation"`
}

type text struct {
	Lang  string `xml:"lang,attr"`
	Value string `xml:",chardata"`
}

// Read reads what a run has left in its restricted and its public folder. It is
// an ErrGone that the restricted one lacks what a figure is traced by; without
// the public one items are known by name alone.
func Read(run int, restricted, public fs.FS) (*Record, error) {
	r := &Record{run: run, exact: map[string]exactResult{}, told: map[string]place{}, withheld: map[string]string{}, variables: map[string]variable{}, byID: map[string]string{}}
	var manifest struct {
		Inputs []Input `json:"inputs"`
	}
	for _, f := range []struct {
		name string
		into any
		must bool
	}{
		{"manifest.json", &manifest, true}, {"ingest.json", &r.ingest, true}, {"cleaning.json", &r.clean, true}, {"quality.json", &r.quality, true},
		{"coding.json", &r.coding, false}, {"weights.json", &r.weights, false},
	} {
		if err := decode(restricted, f.name, f.into); err != nil && (f.must || !errors.Is(err, ErrGone)) {
			return nil, err
		}
	}
	r.inputs = manifest.Inputs
	for _, read := range []func(fs.FS) error{r.readExact, r.readReleases, r.readLedgers, r.readFindings} {
		if err := read(restricted); err != nil {
			return nil, err
		}
	}
	return r, r.readCodebook(public)
}

// open returns the content of a file; it is an ErrGone that it is not there.
func open(in fs.FS, name string) ([]byte, error) {
	content, err := fs.ReadFile(in, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: it has no %s", ErrGone, name)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s of the run: %w", name, cause(err))
	}
	return content, nil
}

// cause leaves out the path, which may say more than the name of the file.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// decode reads a file of JSON. What is wrong in it is not quoted.
func decode(in fs.FS, name string, into any) error {
	content, err := open(in, name)
	if err != nil {
		return err
	}
	if json.Unmarshal(content, into) != nil {
		return fmt.Errorf("read %s of the run: it is damaged", name)
	}
	return nil
}

func (r *Record) readExact(in fs.FS) error {
	var all []exactResult
	if err := decode(in, "results-exact.json", &all); err != nil {
		return err
	}
	for _, x := range all {
		if _, there := r.exact[x.Key]; !there {
			r.order = append(r.order, x.Key)
		}
		r.exact[x.Key] = x
	}
	return nil
}

func (r *Record) readReleases(in fs.FS) error {
	content, err := open(in, "release.json")
	if err != nil {
		return err
	}
	if r.releases, err = protect.ReadReleases(content, r.run); err != nil {
		return fmt.Errorf("read release.json of the run: %w", err)
	}
	r.placeTables()
	return nil
}

func (r *Record) readLedgers(in fs.FS) error {
	for _, release := range r.releases {
		name := "ledger.json"
		if release.Audience != protect.Public {
			name = "ledger-" + string(release.Audience) + ".json"
		}
		f, err := in.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%w: it has no %s", ErrGone, name)
		}
		if err != nil {
			return fmt.Errorf("read %s of the run: %w", name, cause(err))
		}
		b := book{lines: map[string][]ledger.Line{}}
		b.head, err = ledger.Read(f, func(l ledger.Line) error {
			if _, there := b.lines[l.Key]; !there {
				b.keys = append(b.keys, l.Key)
			}
			l.At, l.Of = nil, nil // not told here
			b.lines[l.Key] = append(b.lines[l.Key], l)
			return nil
		})
		f.Close()
		if err != nil {
			return fmt.Errorf("read %s of the run: %w", name, err)
		}
		r.books = append(r.books, b)
	}
	return nil
}

// readFindings keeps why tables are withheld whole.
func (r *Record) readFindings(in fs.FS) error {
	content, err := open(in, "findings.csv")
	if err != nil {
		return err
	}
	rows := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff"))))
	kind, problem := -1, -1
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errors.New("read findings.csv of the run: it is damaged")
		}
		if kind < 0 {
			for i, name := range row {
				switch name {
				case "kind":
					kind = i
				case "problem":
					problem = i
				}
			}
			if kind < 0 || problem < 0 {
				return errors.New("read findings.csv of the run: it is damaged")
			}
			continue
		}
		said := sheet.Bare(row[problem])
		key, why, is := strings.Cut(strings.TrimPrefix(said, "The table "), " is withheld whole. ")
		if row[kind] == "table-withheld" && is && strings.HasPrefix(said, "The table ") {
			r.withheld[key] = why
		}
	}
}

// readCodebook reads what the items are, as of the run.
func (r *Record) readCodebook(in fs.FS) error {
	content, err := open(in, "codebook.xml")
	if errors.Is(err, ErrGone) {
		return nil
	}
	if err != nil {
		return err
	}
	var book struct {
		Lang      string     `xml:"lang,attr"`
		Variables []variable `xml:"dataDscr>var"`
	}
	if xml.Unmarshal(content, &book) != nil {
		return errors.New("read codebook.xml of the run: it is damaged")
	}
	r.language = book.Lang
	for _, v := range book.Variables {
		r.variables[v.Name], r.byID[v.ID] = v, v.Name
	}
	return nil
}

// in returns a text in the form's default language, or in the first it has.
func (r *Record) in(texts []text) string {
	for _, t := range texts {
		if t.Lang == r.language {
			return t.Value
		}
	}
	if len(texts) > 0 {
		return texts[0].Value
	}
	return ""
}
