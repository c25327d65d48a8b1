package pipeline

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/publish"
)

// openPlain opens a file of answers for the reader.
func openPlain(name string) (ingest.File, error) { return os.Open(name) }

// openInput opens a file of answers that the config names.
func (r *run) openInput(name string) (ingest.File, error) { return os.Open(r.path(name)) }

// listInput names the files in a folder of interviews.
func (r *run) listInput(folder string) ([]string, error) {
	entries, err := os.ReadDir(r.path(folder))
	if err != nil {
		return nil, fmt.Errorf("list the interviews in %s: %w", folder, cause(err))
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// noteInterviews writes folders of interviews into the manifest, each as one:
// the names of their files may be names of persons.
func (r *run) noteInterviews(report ingest.Report) {
	for _, f := range report.Files {
		if f.Format == "interviews" {
			r.manifest.Inputs = append(r.manifest.Inputs, publish.File{Name: filepath.ToSlash(f.Name), Bytes: f.Bytes, SHA256: f.SHA256})
		}
	}
}
