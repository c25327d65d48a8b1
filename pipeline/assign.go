package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// AssignRequest asks for packs of open answers for coders.
type AssignRequest struct {
	Run        int      // whose clean answers are given; 0: the newest
	Coders     []string // names; none: those of the config
	Double     float64  // share of answers that two coders get; below 0: that of the config
	Seed       *uint64  // nil: that of the config
	Items      []string // open items; none: all that are coded
	Most       int      // answers to be drawn at most; 0: all
	Format     string   // xlsx or qdpx
	Out        string   // the folder; "": one in the restricted folder
	Force      bool     // over files of those names
	Suggest    bool     // show what rules suggest
	Learnt     bool     // show what Suggest learnt; in workbooks
	Unredacted string   // why identities are to be left in; "": they are taken out
}

// AssignOutcome is what making packs came to.
type AssignOutcome struct {
	Run      int
	Batch    int
	Packs    []PackFile
	Answers  int // each once
	Double   int // of them, for two coders
	Before   int // given to coders earlier
	Findings []finding.Finding
}

// PackFile is the pack of one coder.
type PackFile struct {
	Coder   string
	Path    string
	Answers int
}

// mostAssigned is how many answers are drawn at once at most.
const mostAssigned = 50_000

// packsFolder is where packs are written in the restricted folder.
const packsFolder = "packs"

// Assign makes a pack of open answers for each coder: of those that the last run
// left, and that nobody was given before. Packs are blind: they tell neither who
// else codes an answer nor, unless it is asked for, what rules say or was learnt
// from coded answers.
func Assign(ctx context.Context, c Config, env Env, q AssignRequest) (*AssignOutcome, error) {
	if c.Retention.over(env.Now) {
		return nil, &RetentionError{Date: c.Retention.Until, What: c.retained()}
	}
	r := &run{ctx: ctx, config: c, env: env}
	restricted := r.path(c.Folders.Restricted)
	if q.Out == "" {
		q.Out = filepath.Join(restricted, packsFolder)
	}
	dir, number, err := runToRedact(restricted, q.Run)
	if err != nil {
		return nil, err
	}
	release, err := publish.Lock(restricted) // what forget takes out meanwhile must not be written
	if err != nil {
		return nil, err
	}
	defer release()
	if _, err := os.Stat(filepath.Join(dir, forgetMark)); err == nil {
		return nil, errors.New("respondents are being forgotten, and that was interrupted: finish it with \"soundings forget\" first")
	}
	q.Out = filepath.Clean(q.Out)
	above, err := standing(q.Out)
	if err != nil {
		return nil, err
	}
	if err := outside(r.path(c.Folders.Reports), filepath.Join(above, "pack")); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(q.Out, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of packs: %w", cause(err))
	}
	if err := outside(r.path(c.Folders.Reports), filepath.Join(q.Out, "pack")); err != nil {
		return nil, err
	}
	out := &AssignOutcome{Run: number}
	step(r, "assign", func(s at) (struct{}, error) { return struct{}{}, r.assign(s, dir, q, out) })
	out.Findings = r.findings
	return out, r.err
}

// assign draws answers, notes who is given what, and writes the packs.
func (r *run) assign(s at, dir string, q AssignRequest, out *AssignOutcome) error {
	asked, err := r.readItems(s)
	if err != nil || asked == nil {
		return err
	}
	if r.config.Code.Codebook == "" {
		s.found([]finding.Finding{{Stage: "assign", Kind: "no-codebook", Severity: finding.Refusal, Place: r.config.at("code"),
			Problem: "The config names no codebook, so there is nothing that coders could give.", Remedy: "Add \"code.codebook\"."}})
		return nil
	}
	book, err := r.codesOf()
	if err != nil {
		return err
	}
	w, findings, err := r.newAssigning(s, dir, asked, book, q)
	s.found(findings)
	if err != nil || finding.Refused(s.findings.All()) {
		return err
	}
	if err := w.fill(); err != nil {
		return err
	}
	dealt, left := w.pool.Deal(w.coders, w.double)
	s.found(w.told(left))
	if len(dealt) == 0 {
		switch {
		case left.Apart > 0:
			return errors.New("the answers that are left are of respondents of whom each coder has one: fewer than the threshold wrote in their language")
		case len(w.had) > 0:
			return errors.New("all answers that coders can be given have been given")
		}
		return errors.New("there are no open answers that coders can be given")
	}
	if err := w.gather(dealt); err != nil {
		return err
	}
	s.found(w.texts())
	learnt, err := w.readLearnt()
	if err != nil {
		return err
	}
	s.found(learnt)
	if out.Packs, err = w.handOut(); err != nil {
		return err
	}
	out.Batch, out.Before, out.Answers = w.batch, w.before, len(w.given)
	for _, g := range w.given {
		if len(g.coders) > 1 {
			out.Double++
		}
	}
	s.counted(int64(out.Answers), int64(out.Answers), "open answers")
	return nil
}

// newAssigning settles who codes what.
func (r *run) newAssigning(s at, dir string, asked *survey.Survey, book *code.Codebook, q AssignRequest) (*assigning, []finding.Finding, error) {
	var findings []finding.Finding
	w := &assigning{run: r, request: q, dir: dir, asked: asked, book: book, double: r.config.Coding.Double, seed: r.config.Coding.Seed, items: map[string]bool{}, had: map[string]bool{}, crowds: newCrowds(r.config.Disclosure.Threshold), replaced: map[string]int{}}
	if q.Suggest {
		w.rules = code.NewMatcher(book).Scanner()
	}
	if q.Double >= 0 {
		w.double = q.Double
	}
	if q.Seed != nil {
		w.seed = *q.Seed
	}
	var found []finding.Finding
	w.coders, found = r.config.coders(q.Coders)
	findings = append(findings, found...)
	items, found := r.config.codedItems(asked, q.Items)
	findings = append(findings, found...)
	for _, it := range items {
		w.items[it] = true
	}
	w.context, found = r.config.contextItems(asked)
	findings = append(findings, found...)
	w.spoken, found = r.config.languageItem(asked)
	findings = append(findings, found...)
	if finding.Refused(findings) {
		return nil, findings, nil
	}
	restricted := r.path(r.config.Folders.Restricted)
	secret, err := readKey(filepath.Join(restricted, keyFile))
	if err != nil {
		return nil, nil, err
	}
	w.key = coding.Key(secret)
	if w.assigned, err = readAssigned(restricted); err != nil {
		return nil, nil, err
	}
	if err := w.skipCoded(s, book, secret); err != nil {
		return nil, nil, err
	}
	w.batch = 1
	assigned := map[string]bool{}
	for _, a := range w.assigned {
		if !assigned[a.Name] {
			w.before++
		}
		assigned[a.Name] = true
		w.had[a.Name] = true
		w.batch = max(w.batch, a.Batch+1)
	}
	most := q.Most
	if most == 0 || most > mostAssigned {
		most = mostAssigned
	}
	w.pool = coding.NewPool(w.key, w.seed, most)
	return w, findings, nil
}

// coders returns those who are to code: those named, as far as the config knows
// them with the languages that they read, or all of the config.
func (c Config) coders(names []string) ([]coding.Coder, []finding.Finding) {
	if len(names) == 0 {
		if len(c.Coding.Coders) == 0 {
			return nil, []finding.Finding{{Stage: "assign", Kind: "no-coders", Severity: finding.Refusal, Place: c.at("coding"),
				Problem: "Nobody is named who codes.", Remedy: "Name them under \"coding.coders\", or with --coders ana,bo."}}
		}
		return c.Coding.Coders, nil
	}
	var out []coding.Coder
	for _, name := range names {
		name = strings.TrimSpace(name)
		i := slices.IndexFunc(c.Coding.Coders, func(k coding.Coder) bool { return strings.EqualFold(k.Name, name) })
		if i >= 0 {
			out = append(out, c.Coding.Coders[i])
		} else {
			out = append(out, coding.Coder{Name: name})
		}
	}
	findings := coding.Config{Coders: out}.Validate(true)
	for i := range findings {
		findings[i].Stage, findings[i].Place = "assign", finding.Place{Column: "--coders"}
	}
	return out, findings
}

// codedItems returns the open items that are coded, or those wished.
func (c Config) codedItems(asked *survey.Survey, wished []string) ([]string, []finding.Finding) {
	if len(wished) == 0 {
		wished = c.Code.Items
	}
	var out, open []string
	for i := range asked.Items {
		it := &asked.Items[i]
		if it.Type != survey.OpenText || it.Role == survey.Identifying {
			continue
		}
		open = append(open, it.Name)
		if len(wished) == 0 && it.Level == 0 {
			out = append(out, it.Name)
		}
	}
	var findings []finding.Finding
	for _, name := range wished {
		if !slices.Contains(open, name) {
			findings = append(findings, finding.Finding{Stage: "assign", Kind: "unknown-item", Severity: finding.Refusal, Place: finding.Place{Item: name},
				Problem: "The item " + name + " is no open item whose answers could be coded.", Remedy: spelling.DidYouMean(name, open, "Name an item of type text that identifies nobody.")})
			continue
		}
		out = append(out, name)
	}
	return out, findings
}

// codesOf reads the codebook, which the last run read without a refusal.
func (r *run) codesOf() (*code.Codebook, error) {
	content, err := ReadWhole(r.path(r.config.Code.Codebook))
	if err != nil {
		return nil, err
	}
	book, findings := code.Read(r.config.Code.Codebook, content)
	if finding.Refused(findings) {
		return nil, &RefusedError{Stage: "code", Findings: findings}
	}
	return book, nil
}
