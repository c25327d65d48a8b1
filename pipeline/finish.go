package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"time"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// publish writes the records of the run and puts it in place.
func (r *run) publish(s at) error {
	if err := r.recordOutputs(); err != nil {
		return err
	}
	outputs, err := publish.Files(r.public)
	if err != nil {
		return err
	}
	s.counted(int64(len(outputs)), int64(len(outputs)), "files")
	r.manifest.Outputs = outputs
	r.manifest.Content = r.contentKey()
	r.manifest.Began = r.env.Now.UTC().Format(time.RFC3339)
	if err := writeJSON(filepath.Join(r.public, "manifest.json"), publicManifest{Outputs: outputs}); err != nil {
		return err
	}
	if err := writeFindings(filepath.Join(r.private, "findings.csv"), r.findings); err != nil {
		return err
	}
	if r.env.check {
		return nil
	}
	r.manifest.Run = r.staging.Number
	if err := writeJSON(filepath.Join(r.private, "manifest.json"), r.manifest); err != nil {
		return err
	}
	dir, err := r.staging.Commit()
	if err != nil {
		return err
	}
	r.done = true
	r.restricted = r.path(filepath.Join(r.config.Folders.Restricted, publish.Name(r.staging.Number)))
	r.places(dir)
	for lang, name := range r.pages {
		r.pages[lang] = filepath.Join(dir, name)
	}
	return nil
}

// contentKey is the same for the same answers (in any order), settings and
// program: equal content, equal report.
func (r *run) contentKey() string {
	h := sha256.New()
	settings, err := json.Marshal(r.config)
	if err != nil {
		settings = nil // a config is made of plain values; it always encodes
	}
	fmt.Fprintf(h, "%s\n%s\n", r.env.Version, settings)
	for _, l := range r.ingested.Levels {
		fmt.Fprintf(h, "%s %s\n", l.Name, l.Hash)
	}
	for _, fold := range r.config.folds { // they may come from an earlier release
		fmt.Fprintf(h, "%s %q\n", fold.Name, fold.Recode)
	}
	answers := map[string]bool{}
	for _, in := range r.config.Input {
		answers[filepath.ToSlash(in.File)] = true
	}
	for _, in := range r.manifest.Inputs {
		if !answers[in.Name] {
			fmt.Fprintf(h, "%s %s\n", in.Name, in.SHA256)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// writeFindings writes the findings as a sheet for the analyst to work through.
func writeFindings(path string, findings []finding.Finding) error {
	return writeFile(path, func(w io.Writer) error {
		if _, err := io.WriteString(w, byteOrderMark); err != nil {
			return err
		}
		out := sheet.NewWriter(w)
		if err := out.Write([]string{"severity", "stage", "kind", "file", "sheet", "row", "column", "item", "problem", "remedy", "count"}); err != nil {
			return err
		}
		for _, f := range findings {
			row, n := "", ""
			if f.Place.Row > 0 {
				row = strconv.Itoa(f.Place.Row)
			}
			if f.Count > 0 {
				n = strconv.FormatInt(f.Count, 10)
			}
			if err := out.Write([]string{string(f.Severity), f.Stage, f.Kind, f.Place.File, f.Place.Sheet, row, f.Place.Column, f.Place.Item, f.Problem, f.Remedy, n}); err != nil {
				return err
			}
		}
		out.Flush()
		return out.Error()
	})
}
