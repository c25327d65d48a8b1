package pipeline

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/publish"
)

// Manifest is the record of a run, for analysts: what went in, what each stage
// did, what came out. It lies in the restricted folder.
type Manifest struct {
	Program string         `json:"program"` // version of the program
	Run     int            `json:"run"`
	Began   string         `json:"began"`   // UTC
	Content string         `json:"content"` // order-free hash of answers, settings and program: equal content, equal report
	Inputs  []publish.File `json:"inputs"`

	Decisions []Decision     `json:"decisions"` // of analysts, for which they answer
	Steps     []StepRecord   `json:"steps"`
	Outputs   []publish.File `json:"outputs"` // of the public folder

	Audiences map[protect.Audience][]publish.File `json:"audiences,omitempty"` // of the folders of the closed ones
}

// publicManifest is what anybody may see of it: the files and their hashes.
type publicManifest struct {
	Outputs []publish.File `json:"outputs"`
}

func writeJSON(path string, v any) error {
	content, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	if err := os.WriteFile(path, append(content, '\n'), 0o600); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}
