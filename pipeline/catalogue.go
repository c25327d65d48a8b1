package pipeline

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
)

// languages returns the languages that reports can be made in: those of the
// program, with the catalogues of the project laid over them.
func (r *run) languages() ([]*lang.Language, error) {
	all, err := lang.Languages()
	if err != nil || r.config.Report.Catalogue == "" {
		return all, err
	}
	files, err := r.catalogues()
	if err != nil {
		return nil, err
	}
	laid, troubles := lang.With(all, files)
	r.catalogueTroubles = nil
	for _, t := range troubles {
		r.catalogueTroubles = append(r.catalogueTroubles, finding.Finding{
			Stage: "report", Kind: "catalogue", Severity: finding.Warning, Place: finding.Place{File: t.File, Row: t.Line},
			Problem: t.What,
			Remedy:  "Correct the translation: \"soundings catalogue LANG\" writes what there is to edit.",
		})
	}
	return laid, nil
}

// catalogues reads the translations of the project, by the name of their file.
func (r *run) catalogues() (map[string]string, error) {
	folder := r.config.Report.Catalogue
	entries, err := os.ReadDir(r.path(folder))
	if err != nil {
		return nil, fmt.Errorf("read the folder of translations %s: %w", folder, cause(err))
	}
	out := map[string]string{}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".po") {
			continue
		}
		name := filepath.ToSlash(filepath.Join(folder, e.Name()))
		content, err := r.openOnce(name)
		if err != nil {
			return nil, err
		}
		out[name] = string(content)
	}
	return out, nil
}

// openOnce reads a file of the project, and notes it in the manifest when it is
// read for the first time.
func (r *run) openOnce(name string) ([]byte, error) {
	for _, f := range r.manifest.Inputs {
		if f.Name == name {
			content, err := ReadWhole(r.path(name))
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", name, cause(err))
			}
			return content, nil
		}
	}
	return r.open(name)
}

// mostNamed is how many missing strings a finding names; the catalogue that the
// program writes has all.
const mostNamed = 12

// translated leaves out the languages that lack words, and names these. Without
// any language left there is nothing to report in.
func translated(english *lang.Language, chosen []*lang.Language) ([]*lang.Language, []finding.Finding) {
	var out []*lang.Language
	var findings []finding.Finding
	for _, l := range chosen {
		missing := l.Missing(english)
		if len(missing) == 0 {
			out = append(out, l)
			continue
		}
		named := missing[:min(len(missing), mostNamed)]
		more := ""
		if n := len(missing) - len(named); n > 0 {
			more = fmt.Sprintf(" and %d more", n)
		}
		findings = append(findings, finding.Finding{
			Stage: "report", Kind: "untranslated", Severity: finding.Warning,
			Problem: fmt.Sprintf("No report is made in the language %s: its catalogue lacks %d text(s): %s%s.", l.Tag, len(missing), strings.Join(named, ", "), more),
			Remedy:  "Translate them: \"soundings catalogue " + l.Tag + "\" writes a file with those first.",
		})
	}
	if len(out) == 0 {
		for i := range findings {
			findings[i].Severity = finding.Refusal
		}
	}
	return out, findings
}

// Catalogue returns the catalogue of a language for translators: see
// lang.Template. Words that the project has take the place of the program's.
func Catalogue(c Config, env Env, tag string) (string, error) {
	own := ""
	if c.Report.Catalogue != "" {
		content, err := ReadWhole(filepath.Join(env.Dir, c.Report.Catalogue, tag+".po"))
		if err != nil && !os.IsNotExist(err) {
			return "", fmt.Errorf("read the catalogue of %s: %w", tag, cause(err))
		}
		own = string(content)
	}
	return lang.Template(tag, own)
}

// SaveCatalogue writes a catalogue beside its place first, and puts it there
// whole. A file that is there is kept unless force is given; the name of the
// file that was written is returned.
func SaveCatalogue(name, content string, force bool) (string, error) {
	return save(name, force, func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	})
}
