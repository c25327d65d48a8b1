package pipeline

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/soundings-survey/soundings/pipeline/banner"
	"github.com/soundings-survey/soundings/pipeline/brand"
	"github.com/soundings-survey/soundings/pipeline/brief"
	"github.com/soundings-survey/soundings/pipeline/clean"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/ddi"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/quotes"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/survey/versions"
	"github.com/soundings-survey/soundings/pipeline/weight"
)

// Env is what a run takes from outside the config: nothing in it changes what
// is published.
type Env struct {
	Dir      string    // folder of the config file
	Now      time.Time // the clock, read once
	Seed     uint64    // of every random draw
	Workers  int       // 0 means one for each core
	Version  string    // of the program
	Progress Progress

	check bool // do everything but publish
}

// run is one run under way.
type run struct {
	ctx               context.Context
	config            Config
	logo              brand.Logo
	colours           brand.Colours
	catalogueTroubles []finding.Finding // with the translations of the project
	env               Env
	engine            engine.Engine
	staging           *publish.Staging
	scratch           *publish.Scratch // of a check
	public            string           // folder the report is written to
	private           string           // folder for what only analysts may see

	findings    []finding.Finding
	manifest    Manifest
	err         error
	earlier     []protect.Release
	ingested    ingest.Report
	aside       *identityStore
	weighted    weight.Outcome
	lines       []cleaninglog.Line    // of analysts' logs
	lost        *[]cleaninglog.Change // answers that cleaning could not read
	cleaned     clean.Summary
	checked     []quality.Check         // what checks looked at and flagged
	changes     []quality.VersionChange // of the form
	rates       []quality.Rate          // of those invited
	account     *quality.Account
	answerFiles []ddi.File      // the files of clean answers
	versions    versions.Merged // of the form
	secret      []byte          // the key of respondents' identifiers, once it is known

	coding        *quality.Coding   // how open answers were coded; nil: by rules alone
	codedByPeople []coding.Answer   // open answers that people coded
	quoted        []quotes.Approved // that nothing in the answers speaks against
	disputes      *disputes         // what is gathered for who decides; nil where nobody asks
	lessons       *lessons          // what is learnt from them; nil where nobody asks
	components    *brief.Components
	codebook      *code.Codebook    // of open answers; nil where none are coded
	matcher       *code.Matcher     // of its terms
	tables        banner.Config     // what banner tables show
	pages         map[string]string // language -> file name
	standard      string            // default language of the report
	restricted    string
	made          []*edition // one for each audience
	closed        []Page     // of the closed audiences, where they end up
	done          bool
	first         *report.Report // the public one in its first language
}

func begin(ctx context.Context, c Config, env Env) (*run, error) {
	r := &run{ctx: ctx, config: c, env: env, pages: map[string]string{}, lost: &[]cleaninglog.Change{}}
	r.manifest.Program, r.manifest.Decisions = env.Version, []Decision{}
	if c.Retention.over(env.Now) {
		return nil, &RetentionError{Date: c.Retention.Until, What: c.retained()}
	}
	if err := r.checkPlaces(); err != nil {
		return nil, err
	}
	var err error
	if env.check {
		if r.scratch, err = publish.NewScratch(r.path(c.Folders.Restricted)); err != nil {
			return nil, err
		}
		dir := r.scratch.Dir
		r.public, r.private = filepath.Join(dir, "public"), filepath.Join(dir, "restricted")
		r.engine = engine.Engine{Workers: env.Workers, Dir: filepath.Join(dir, "work")}
		for _, d := range []string{r.public, r.private, r.engine.Dir} {
			if err := os.MkdirAll(d, 0o700); err != nil {
				r.scratch.Close()
				return nil, fmt.Errorf("make a folder for the check: %w", err)
			}
		}
		return r, nil
	}
	staging, err := publish.Begin(publish.Places{Reports: r.path(c.Folders.Reports), Restricted: r.path(c.Folders.Restricted)})
	if err != nil {
		return nil, err
	}
	r.staging = staging
	r.public, r.private = staging.PublicDir(), staging.RestrictedDir()
	r.engine = engine.Engine{Workers: env.Workers, Dir: staging.WorkDir()}
	return r, nil
}

// path returns where a file named in the config is.
func (r *run) path(name string) string { return under(r.env.Dir, name) }

// under returns a path as it is, or under a folder.
func under(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// end takes back what an unfinished run has written.
func (r *run) end() {
	r.aside.close()
	switch {
	case r.env.check:
		r.scratch.Close()
	case !r.done:
		r.staging.Abort()
	}
}

func (r *run) outcome() (*Outcome, error) {
	o := &Outcome{Reports: r.pages, Restricted: r.restricted, Findings: r.findings, Manifest: r.manifest}
	o.Default, o.Audiences = r.pages[r.standard], r.closed
	return o, r.err
}

// key returns the key of respondents' identifiers, made on the first run and
// kept in the restricted folder.
func (r *run) key() ([]byte, error) {
	var err error
	if r.secret == nil {
		r.secret, err = r.findKey()
	}
	return r.secret, err
}

// findKey reads the key or makes one. A check uses a key of its own, unless
// something is known by the project's alone.
func (r *run) findKey() ([]byte, error) {
	path := filepath.Join(r.path(r.config.Folders.Restricted), keyFile)
	if r.env.check {
		if _, err := os.Stat(filepath.Join(filepath.Dir(path), forgottenFile)); err == nil {
			return readKey(path) // those who were forgotten are known by the project's key alone
		}
		if len(r.config.Coding.Files) > 0 || r.config.Coding.Adjudicated != "" {
			if _, err := os.Stat(path); err == nil {
				return readKey(path) // so are the answers that coders were given
			}
		}
		return newKey()
	}
	key, err := os.ReadFile(path)
	switch {
	case err == nil && len(key) == keyBytes:
		return key, nil
	case err == nil:
		return nil, fmt.Errorf("the key of respondents' identifiers, %s, is damaged: put back a copy of it, or delete it to begin with new identifiers", path)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("read the key of respondents' identifiers: %w", err)
	}
	if key, err = newKey(); err != nil {
		return nil, err
	}
	if err := placed(path, func(w io.Writer) error { _, err := w.Write(key); return err }); err != nil { // one half written would stop all later runs
		return nil, fmt.Errorf("keep the key of respondents' identifiers: %w", err)
	}
	return key, nil
}

const keyBytes = 32

// keyFile is the key of respondents' identifiers, in the restricted folder.
const keyFile = "respondents.key"

// readKey reads a key that must be there.
func readKey(path string) ([]byte, error) {
	key, err := os.ReadFile(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the key of respondents' identifiers: %w", cause(err))
	case len(key) != keyBytes:
		return nil, fmt.Errorf("the key of respondents' identifiers, %s, is damaged: put back a copy of it", path)
	}
	return key, nil
}

func newKey() ([]byte, error) {
	key := make([]byte, keyBytes)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("make a key for respondents' identifiers: %w", err)
	}
	return key, nil
}
