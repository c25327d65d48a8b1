package protect

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// EncodeReleases writes the releases of one run, one to each audience.
func EncodeReleases(all []Release) ([]byte, error) {
	out, err := json.MarshalIndent(releasesFile{ReleaseVersion, all}, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write the record of the release: %w", err)
	}
	return append(out, '\n'), nil
}

type releasesFile struct {
	Version  int       `json:"version"`
	Releases []Release `json:"releases"`
}

// ReadReleases reads what EncodeReleases wrote for a run. Whatever it does not
// know or understand is an error: a record of which a part is lost protects
// nobody.
func ReadReleases(content []byte, run int) ([]Release, error) {
	var version struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(content, &version); err != nil {
		return nil, errors.New("it is damaged")
	}
	if version.Version != ReleaseVersion {
		return nil, fmt.Errorf("its version is %d, and this program reads version %d", version.Version, ReleaseVersion)
	}
	in := json.NewDecoder(bytes.NewReader(content))
	in.DisallowUnknownFields()
	var file releasesFile
	if err := in.Decode(&file); err != nil {
		return nil, errors.New("it is damaged")
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows after its end")
	}
	if len(file.Releases) == 0 {
		return nil, errors.New("it holds no release")
	}
	seen := map[Audience]bool{}
	for i := range file.Releases {
		r := &file.Releases[i]
		if seen[r.Audience] || r.Audience == "" || r.Version != ReleaseVersion || r.Run != run || r.Threshold < Least || r.Respondents < -1 {
			return nil, errors.New("it is damaged")
		}
		seen[r.Audience] = true
		if !r.sound() {
			return nil, errors.New("it is damaged")
		}
	}
	return file.Releases, nil
}

// sound reports whether the tables of a release are whole.
func (r *Release) sound() bool {
	seen := map[string]bool{}
	for i := range r.Tables {
		t := &r.Tables[i]
		key := t.Level + "\x00" + string(t.Row.Key())
		if seen[key] || t.Row.Item == "" || t.AsOf < 0 || t.AsOf > r.Run || !t.Exact.sound(len(t.Row.By)) {
			return false
		}
		seen[key] = true
		if t.AsOf == 0 {
			if len(t.Domains)+len(t.Tests)+len(t.Choices) > 0 {
				return false
			}
			continue
		}
		for d := range t.Domains {
			if !t.Domains[d].sound(len(t.Row.By), len(t.Choices), t.Row.Analysis.Test()) {
				return false
			}
		}
		for _, x := range t.Tests {
			if len(x.Numbers) != len((&Tested{}).all()) {
				return false
			}
			for _, n := range x.Numbers {
				if !n.sound() {
					return false
				}
			}
			if x.Pair && (min(x.Between[0], x.Between[1]) < 0 || max(x.Between[0], x.Between[1]) >= len(t.Domains)) {
				return false
			}
		}
	}
	if a := r.Account; a != nil && (a.AsOf < 0 || a.AsOf > r.Run) {
		return false
	}
	return true
}

func (e Exact) sound(by int) bool {
	for _, d := range e.Domains {
		if len(d.Values) != by || len(d.Counts) != 0 && len(d.Counts) != len(e.Choices) || len(d.Figures) != len(d.Counts) ||
			len(d.Reasons) != int(survey.Reasons) || slices.Min(d.Reasons) < 0 || len(d.Counts) > 0 && slices.Min(d.Counts) < -1 {
			return false
		}
	}
	return true
}

func (d *ToldDomain) sound(by, choices int, test bool) bool {
	if len(d.Values) != by {
		return false
	}
	if test {
		return len(d.Figures) == 0
	}
	if len(d.Figures) != choices || len(d.Counts) != choices || len(d.Methods) != choices || len(d.Missing) != int(survey.Reasons) {
		return false
	}
	for _, list := range [][]ToldNumber{{d.Base, d.Asked, d.Silent}, d.Figures, d.Counts, d.Missing} {
		for _, n := range list {
			if !n.sound() {
				return false
			}
		}
	}
	return true
}

func (t ToldNumber) sound() bool {
	if t.Value == "" {
		return t.Low == "" && t.High == ""
	}
	if t.Stat == "" || t.Decimals < 0 || t.Decimals > 6 || (t.Low == "") != (t.High == "") {
		return false
	}
	for _, text := range []string{t.Value, t.Low, t.High} {
		if text == "" {
			continue
		}
		if v, err := strconv.ParseFloat(text, 64); err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
