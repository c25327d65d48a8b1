package pipeline

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
)

// expandInputs puts the files that a pattern such as "data/*.csv" matches in its
// place, in the order of their names. A pattern that matches nothing is refused:
// a folder that is empty by mistake must not pass for no answers. A file that is
// named by itself as well is read as that entry says, and once.
func (r *run) expandInputs() []finding.Finding {
	named := map[string]bool{}
	for _, in := range r.config.Input {
		named[filepath.Clean(in.File)] = !isPattern(in.File)
	}
	var out []ingest.Source
	var found []finding.Finding
	for _, in := range r.config.Input {
		if !isPattern(in.File) || exists(r.path(in.File)) {
			out = append(out, in)
			continue
		}
		matches, err := filepath.Glob(r.path(in.File))
		matches = slices.DeleteFunc(matches, func(m string) bool {
			info, err := os.Stat(m)
			return err != nil || info.IsDir() || strings.HasPrefix(filepath.Base(m), ".") || strings.HasPrefix(filepath.Base(m), "~$")
		})
		if err != nil || len(matches) == 0 {
			found = append(found, finding.Finding{
				Stage: "config", Kind: "no-match", Severity: finding.Refusal, Place: finding.Place{File: r.config.file, Row: r.config.line("input")},
				Problem: "The pattern " + in.File + " of input.file matches no file.", Remedy: "Put the answers there, or correct the pattern, which is relative to the folder of the config.",
			})
			continue
		}
		slices.Sort(matches)
		for _, m := range matches {
			one := in
			one.File = m
			if !filepath.IsAbs(in.File) {
				if rel, err := filepath.Rel(r.path("."), m); err == nil {
					one.File = filepath.ToSlash(rel)
				}
			}
			if clean := filepath.Clean(one.File); !named[clean] {
				named[clean] = true
				out = append(out, one)
			}
		}
	}
	if len(found) == 0 {
		r.config.Input = out
	}
	return found
}

// isPattern reports whether the name of a file stands for several.
func isPattern(name string) bool { return strings.ContainsAny(name, "*?[") }

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
