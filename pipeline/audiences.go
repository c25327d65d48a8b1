package pipeline

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// edition is what a run makes for one audience. The public's comes first.
type edition struct {
	audience protect.Audience
	safe     *protect.Safe
	dir      string            // folder it is written to
	pages    map[string]string // language -> file name
	standard string            // language of the page that is named
}

// editions makes the folders of the audiences. That of partners lies beside the
// public one; that of the internal audience is restricted.
func (r *run) editions(releases []*protect.Safe) ([]*edition, error) {
	r.made = nil
	for _, safe := range releases {
		e := &edition{audience: safe.Audience(), safe: safe, pages: map[string]string{}}
		switch e.audience {
		case protect.Public:
			e.dir, e.pages = r.public, r.pages
		case protect.Internal:
			e.dir = filepath.Join(r.private, string(e.audience))
		default:
			e.dir = filepath.Join(filepath.Dir(r.public), string(e.audience))
		}
		if err := os.MkdirAll(e.dir, 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of an audience: %w", cause(err))
		}
		r.made = append(r.made, e)
	}
	return r.made, nil
}

// fileFor is the name of a record of an edition: ledger.json, and for partners
// ledger-partners.json.
func (e *edition) fileFor(name string) string {
	if e.audience == protect.Public {
		return name
	}
	ext := filepath.Ext(name)
	return name[:len(name)-len(ext)] + "-" + string(e.audience) + ext
}

// editionLanguages returns the languages of an edition's pages. Closed audiences
// get the first of the public report where the config names none: pages in six
// languages for each would take as long again.
func (r *run) editionLanguages(e *edition, asked *survey.Survey) ([]*lang.Language, []finding.Finding, error) {
	circle := r.config.Disclosure.Audiences.Circle(e.audience)
	if circle == nil || len(circle.Languages) == 0 {
		chosen, findings, err := r.reportLanguages(asked, r.config.Languages)
		if err != nil || circle == nil {
			return chosen, findings, err
		}
		return chosen[:1], nil, nil // the public edition has told of the others
	}
	return r.reportLanguages(asked, circle.Languages)
}

// writeLosses tells analysts what each audience loses.
func (r *run) writeLosses(editions []*edition) error {
	releases := make([]*protect.Safe, len(editions))
	for i, e := range editions {
		releases[i] = e.safe
	}
	return writeFile(filepath.Join(r.private, "audiences.csv"), func(w io.Writer) error {
		if _, err := io.WriteString(w, byteOrderMark); err != nil {
			return err
		}
		out := sheet.NewWriter(w)
		if err := out.Write([]string{"audience", "threshold", "figures", "shown", "withheld", "withheld_as_cover", "tables", "tables_withheld", "tables_as_wider"}); err != nil {
			return err
		}
		for _, l := range protect.Losses(releases) {
			line := []string{string(l.Audience)}
			for _, n := range []int{l.Threshold, l.Figures, l.Shown, l.Primary, l.Secondary, l.Tables, l.Whole, l.Stricter} {
				line = append(line, strconv.Itoa(n))
			}
			if err := out.Write(line); err != nil {
				return err
			}
		}
		out.Flush()
		return out.Error()
	})
}

// recordOutputs puts the files of the closed audiences into the manifest, and in
// the folder of each the hashes of its files.
func (r *run) recordOutputs() error {
	for _, e := range r.made {
		if e.audience == protect.Public {
			continue
		}
		files, err := publish.Files(e.dir)
		if err != nil {
			return err
		}
		if err := writeJSON(filepath.Join(e.dir, "manifest.json"), publicManifest{Outputs: files}); err != nil {
			return err
		}
		if r.manifest.Audiences == nil {
			r.manifest.Audiences = map[protect.Audience][]publish.File{}
		}
		r.manifest.Audiences[e.audience] = files
	}
	return nil
}

// places names the pages of the closed audiences where they end up, now that
// the public folder and the restricted one are in place.
func (r *run) places(public string) {
	for _, e := range r.made {
		dir := filepath.Join(filepath.Dir(public), string(e.audience))
		switch e.audience {
		case protect.Public:
			continue
		case protect.Internal:
			dir = filepath.Join(r.restricted, string(e.audience))
		}
		r.closed = append(r.closed, Page{Audience: string(e.audience), Path: filepath.Join(dir, e.pages[e.standard])})
	}
}

// Page is the page of a closed audience in its first language.
type Page struct{ Audience, Path string }
