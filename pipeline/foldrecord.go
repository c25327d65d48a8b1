package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// foldingFile keeps in the restricted folder of a run which groups it folded
// together. Later runs fold them alike: two foldings of the same respondents
// could be subtracted from each other.
const foldingFile = "folding.json"

// folding is the record of a run.
type folding struct {
	Version int            `json:"version"` // foldingVersion
	Domains []foldedDomain `json:"domains"`
}

const foldingVersion = 1

// foldedDomain says which choices of an item were one group.
type foldedDomain struct {
	Item    string   `json:"item"`
	Choices []string `json:"choices"`
}

// keepFolding writes the record.
func (r *run) keepFolding() error {
	record := folding{Version: foldingVersion, Domains: []foldedDomain{}}
	for _, fold := range r.config.folds {
		record.Domains = append(record.Domains, foldedDomain{fold.From, foldedChoices(fold)})
	}
	return writeJSON(filepath.Join(r.private, foldingFile), record)
}

// foldingHistory is what earlier runs have told by groups.
type foldingHistory struct {
	folded map[string][]string // item -> choices that were one group, as last told
	whole  map[string]bool     // items by which figures were told as they are
}

// foldingHistory reads what the runs before have told.
func (r *run) foldingHistory() (foldingHistory, error) {
	out := foldingHistory{map[string][]string{}, map[string]bool{}}
	releases, err := r.releases()
	if err != nil {
		return out, err
	}
	for _, release := range releases {
		for _, t := range release.Tables {
			for _, name := range t.Row.By {
				out.whole[name] = out.whole[name] || t.AsOf != 0 || t.Withdrawn
			}
		}
		record, err := readFolding(filepath.Join(r.path(r.config.Folders.Restricted), publish.Name(release.Run), foldingFile))
		if err != nil {
			return out, &protect.NotSafe{Why: "the record of the groups that run " + publish.Name(release.Run) + " folded together, " + foldingFile + " in its restricted folder, cannot be read: " + err.Error() + ". Put it back from a copy"}
		}
		for _, f := range record.Domains {
			out.folded[f.Item] = f.Choices
		}
	}
	return out, nil
}

// readFolding reads the record of a run; runs of earlier versions have none, and
// folded nothing.
func readFolding(path string) (folding, error) {
	var out folding
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return out, cause(err)
	}
	return decodeFolding(content)
}

func decodeFolding(content []byte) (folding, error) {
	var out folding
	in := json.NewDecoder(bytes.NewReader(content))
	in.DisallowUnknownFields()
	if in.Decode(&out) != nil || in.More() {
		return out, errors.New("it is damaged")
	}
	if out.Version != foldingVersion {
		return out, fmt.Errorf("it is of version %d, which this program does not know", out.Version)
	}
	return out, nil
}

// of returns which choices of an item the runs before have folded, and whether
// that is settled. It is none where figures were told by its groups as they are.
func (h foldingHistory) of(item *survey.Item, s *survey.Survey) ([]string, bool) {
	if h.whole[item.Name] {
		return nil, true
	}
	before, ok := h.folded[item.Name]
	if !ok {
		return nil, false
	}
	var out []string
	for _, c := range s.Choices(item) {
		if c.Missing == survey.Answered && slices.Contains(before, c.Name) {
			out = append(out, c.Name)
		}
	}
	return out, len(out) > 0 // else the form has other choices now
}
