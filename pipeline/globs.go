package pipeline

import (
	"cmp"
	"io/fs"
	"os"
	"path"
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
		matches, err := r.matches(in.File)
		if err != nil || len(matches) == 0 {
			found = append(found, finding.Finding{
				Stage: "config", Kind: "no-match", Severity: finding.Refusal, Place: finding.Place{File: r.config.file, Row: r.config.line("input")},
				Problem: "The pattern " + in.File + " of input.file matches no file.", Remedy: "Put the answers there, or correct the pattern, which is relative to the folder of the config.",
			})
			continue
		}
		for _, m := range matches {
			one := in
			one.File = m
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

// matches returns the files that a pattern of the config matches, in order, and
// named as the config would. Hidden files and those that are open in a program
// are left out.
func (r *run) matches(pattern string) ([]string, error) {
	var out []string
	var err error
	if filepath.IsAbs(pattern) {
		out, err = filepath.Glob(pattern)
	} else {
		out, err = within(cmp.Or(r.env.Dir, "."), pattern)
	}
	if err != nil {
		return nil, err
	}
	out = slices.DeleteFunc(out, func(m string) bool {
		info, err := os.Stat(r.path(m))
		base := filepath.Base(m)
		return err != nil || info.IsDir() || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$")
	})
	slices.Sort(out)
	return out, nil
}

// within returns what a pattern matches in a folder, whose own name is none, by
// names that hold from there.
func within(dir, pattern string) ([]string, error) {
	pattern, up := path.Clean(filepath.ToSlash(pattern)), ""
	for strings.HasPrefix(pattern, "../") {
		pattern, up = pattern[len("../"):], up+"../"
	}
	out, err := fs.Glob(os.DirFS(filepath.Join(dir, up)), pattern)
	for i := range out {
		out[i] = up + out[i]
	}
	return out, err
}

// inFolder returns the paths of what a pattern matches in a folder.
func inFolder(dir, pattern string) ([]string, error) {
	out, err := within(dir, pattern)
	for i := range out {
		out[i] = filepath.Join(dir, out[i])
	}
	return out, err
}

// isPattern reports whether the name of a file stands for several.
func isPattern(name string) bool { return strings.ContainsAny(name, "*?[") }

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
