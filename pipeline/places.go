package pipeline

import (
	"errors"
	"path/filepath"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/publish"
)

// checkPlaces refuses folders that would let restricted files out, and warns of
// those that somebody else may see into.
func (r *run) checkPlaces() error {
	p := publish.Places{Reports: r.path(r.config.Folders.Reports), Restricted: r.path(r.config.Folders.Restricted)}
	find := func(severity finding.Severity, problem, remedy string) finding.Finding {
		return finding.Finding{Stage: "config", Kind: "folders", Severity: severity, Place: finding.Place{File: r.config.file, Row: r.config.line("folders")}, Problem: problem, Remedy: remedy}
	}
	err := p.Check()
	var bad *publish.PlaceError
	if errors.As(err, &bad) {
		return &RefusedError{Stage: "config", Findings: []finding.Finding{find(finding.Refusal, bad.Problem, bad.Remedy)}}
	}
	if err != nil {
		return err
	}
	for _, dir := range []string{p.Reports, p.Restricted} {
		if publish.Elsewhere(dir) {
			r.findings = append(r.findings, find(finding.Warning, "The folder "+filepath.Base(dir)+" is a link: what runs write lies elsewhere.", "See that only you can read what lies there."))
		}
	}
	real := p.Restricted
	if behind, err := filepath.EvalSymlinks(real); err == nil {
		real = behind
	}
	if synchronised(real) {
		r.findings = append(r.findings, find(finding.Warning, "The restricted folder seems to lie in a folder that a program copies to other machines.", "Move the project out of it: answers and keys must stay on this machine."))
	}
	return nil
}

// synchronised reports whether a path leads through a folder named as programs
// that synchronise folders name theirs.
func synchronised(path string) bool {
	for part := range strings.SplitSeq(strings.ToLower(filepath.ToSlash(path)), "/") {
		for _, name := range []string{"dropbox", "onedrive", "google drive", "googledrive", "my drive", "icloud drive", "mobile documents", "nextcloud", "owncloud", "seafile", "box sync", "pcloud", "megasync", "yandex.disk"} {
			if part == name || strings.HasPrefix(part, name+" ") || strings.HasPrefix(part, name+"-") || strings.HasPrefix(part, name+"(") {
				return true
			}
		}
	}
	return false
}
