package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/report/html"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// pictureDPI is the resolution of pictures: two pixels a point.
const pictureDPI = 144

// report writes what each audience is given, and the records of it.
func (r *run) report(s at, asked *survey.Survey, editions []*edition) error {
	in, err := r.reportInput(asked, editions[0].safe)
	if err != nil {
		return err
	}
	pages := 0
	for _, e := range editions {
		in.Safe = e.safe
		told, err := r.reportTo(s, e, in)
		if err != nil {
			return err
		}
		if e.audience == protect.Public {
			in.Own.Seen, in.Own.Changed = nil, told.changed // as for the others
			if err := r.writeOwn(told); err != nil {
				return err
			}
		}
		if err := r.writeLedger(asked, e); err != nil {
			return err
		}
		pages += len(e.pages)
	}
	r.standard = editions[0].standard
	s.counted(int64(len(editions[0].safe.Views())), int64(pages), "tables to pages")
	if r.env.check {
		return nil // what follows refuses nothing
	}
	if err := r.writeRecords(editions); err != nil {
		return err
	}
	if len(editions) == 1 {
		return nil
	}
	return r.writeLosses(editions)
}

// writeRecords keeps what each audience was shown.
func (r *run) writeRecords(editions []*edition) error {
	var releases []protect.Release
	for _, e := range editions {
		releases = append(releases, e.safe.Release(r.staging.Number))
	}
	return r.writeReleases(releases...)
}

// reportTo writes the protected results for one audience, and the report in each
// language, several at a time, with its figures as pictures too.
func (r *run) reportTo(s at, e *edition, in report.Input) (*ownTold, error) {
	if err := writePublic(e.dir, e.safe); err != nil {
		return nil, err
	}
	if err := r.writeCodebook(e.dir, in.Survey); err != nil {
		return nil, err
	}
	var findings []finding.Finding
	var err error
	in.Languages, findings, err = r.editionLanguages(e, in.Survey)
	s.found(findings)
	if err != nil {
		return nil, err
	}
	e.standard = in.Languages[0].Tag
	pages, err := html.New(in.Typesetter)
	if err != nil {
		return nil, err
	}
	told := newOwnTold()
	var pictures []picture
	var reports []*report.Report
	type written struct {
		composed
		findings []finding.Finding
	}
	err = engine.Ordered(r.ctx, r.engine, engine.Each(in.Languages), func(l *lang.Language) (out written, err error) {
		in := in
		in.Language = l
		if out.report, out.findings, err = report.Compose(in); err != nil {
			return out, err
		}
		if out.tables, err = report.ComposeTables(in); err != nil {
			return out, err
		}
		out.report.Tabled = out.tables != nil
		return out, r.write(e, out.composed, pages)
	}, func(w written) error {
		if e.audience == protect.Public { // those of the others are the same
			s.found(w.findings)
		}
		told.add(w.report)
		if r.first == nil {
			r.first = w.report
		}
		e.pages[w.report.Lang] = html.FileName(w.report.Lang)
		pictures = append(pictures, picturesOf(w.report)...)
		reports = append(reports, w.report)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if r.env.check {
		return told, nil // pictures refuse nothing
	}
	if err := r.draw(e.dir, pictures, in.Typesetter); err != nil {
		return nil, err
	}
	if err := r.documents(e, reports); err != nil {
		return nil, err
	}
	findings, err = r.printed(e, reports)
	s.found(findings)
	return told, err
}

// reportInput gathers what the report is made of, but for its language, from the
// public release. Its account of the answers' quality and of the weights stand in
// the reports for all audiences: numbers that are told together for one threshold
// and apart for another would give one another away.
func (r *run) reportInput(asked *survey.Survey, safe *protect.Safe) (report.Input, error) {
	ts, err := typeset.New()
	if err != nil {
		return report.Input{}, err
	}
	domains, _ := r.config.domains(asked)
	reserved := append(slices.Clone(r.config.Disclosure.Country), r.config.Disclosure.Identity...)
	account := safe.Account(*r.account, report.ChecksAlone[:]...)
	own, err := r.ownInput()
	if err != nil {
		return report.Input{}, err
	}
	var coded *protect.Coding
	if r.coding != nil {
		told := safe.Coding(*r.coding)
		coded = &told
	}
	return report.Input{
		Survey: asked, Safe: safe, Components: r.components, Typesetter: ts,
		Words:   report.ProjectWords{Title: r.config.title(asked), Notice: r.config.Report.Notice, Source: r.config.Report.Source},
		Domains: domains, Folded: r.config.foldsOf(), Tables: r.tables, Funnel: r.config.Report.Funnel, Priority: r.config.Report.Priority, Tiles: r.config.Report.Tiles, TimeAxis: r.config.Report.TimeAxis, Acceptance: r.config.acceptance(), Judged: r.config.Recommendations.Made(), Multiples: r.config.Report.Multiples, Themes: r.themes(), Hidden: r.config.hidden(), Weighted: r.config.Weight.Weighs(), Weights: safe.Weights(asked, r.weights(), reserved), Frame: r.population(),
		Quotes:  r.quoted,
		Quality: account, Reserved: reserved, Own: own, Brand: r.branding(), Coding: coded,
	}, nil
}

// title returns the config's title of the report. Where neither it nor the form
// has one, a word serves: a page needs a name, and a file's may say too much.
func (c Config) title(asked *survey.Survey) survey.Text {
	if len(c.Report.Title) > 0 || len(asked.Title) > 0 || asked.ID != "" {
		return c.Report.Title
	}
	return survey.Text{asked.Default: "Survey"}
}

// hidden returns the items that the config keeps out of the report, and the one
// that asks for consent: of those analysed, everybody gave it.
func (c Config) hidden() map[string]bool {
	out := map[string]bool{c.Consent.Item: true}
	for name, say := range c.Items {
		if say.Hide {
			out[name] = true
		}
	}
	for _, name := range c.ownHidden() {
		out[name] = true
	}
	return out
}

// reportLanguages returns the languages that the form and the catalogue share,
// or those of them that the config asks for. The form's default comes first.
func (r *run) reportLanguages(asked *survey.Survey, asks []string) ([]*lang.Language, []finding.Finding, error) {
	all, err := r.languages()
	if err != nil {
		return nil, nil, err
	}
	tags := []string{asked.Default}
	for _, l := range asked.Languages {
		tags = append(tags, l.Tag)
	}
	chosen := lang.Choose(all, tags)
	findings := slices.Clone(r.catalogueTroubles)
	if len(asks) > 0 {
		wanted := lang.Choose(all, asks)
		for _, tag := range asks {
			if len(lang.Choose(chosen, []string{tag})) == 0 {
				findings = append(findings, finding.Finding{
					Stage: "report", Kind: "language", Severity: finding.Warning,
					Problem: "No report can be made in the language " + tag + ": the form or the program's catalogue lacks it.",
					Remedy:  "Add labels in this language to the form, or take it out of \"languages\".",
				})
			}
		}
		chosen = slices.DeleteFunc(chosen, func(l *lang.Language) bool { return !slices.Contains(wanted, l) })
	}
	chosen, incomplete := translated(all[0], chosen)
	findings = append(findings, incomplete...)
	if finding.Refused(incomplete) {
		return nil, nil, &RefusedError{Stage: "report", Findings: findings}
	}
	if len(chosen) == 0 {
		chosen = lang.Choose(all, []string{"en"})
		findings = append(findings, finding.Finding{
			Stage: "report", Kind: "language", Severity: finding.Warning,
			Problem: "The form has no language of the program's catalogue; the report is made in English, with the form's labels as they are.",
			Remedy:  "Name the language in the form's headers, as in label::English (en).",
		})
	}
	return chosen, findings, nil
}

// picture is a figure to be drawn as PNG.
type picture struct {
	name   string
	figure *canvas.Figure
}

// figuresFolder is where pictures lie, beside the reports.
const figuresFolder = "figures"

// pictureName returns the name of the picture of a figure in a language.
func pictureName(f report.Figure, tag string) string { return f.ID + "." + tag + ".png" }

func picturesOf(r *report.Report) []picture {
	var out []picture
	for _, ch := range r.Chapters {
		for _, b := range ch.Blocks {
			if f, ok := b.(report.Figure); ok {
				out = append(out, picture{pictureName(f, r.Lang), f.Canvas})
			}
		}
	}
	return out
}

// draw writes the figures as pictures and as drawings with real text, on all
// cores.
func (r *run) draw(to string, pictures []picture, ts *typeset.Typesetter) error {
	dir := filepath.Join(to, figuresFolder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the folder for figures: %w", cause(err))
	}
	type drawn struct {
		name            string
		picture, vector []byte
	}
	return engine.Ordered(r.ctx, r.engine, engine.Each(pictures), func(p picture) (drawn, error) {
		picture, err := canvas.PNG(p.figure, pictureDPI, ts)
		if err != nil {
			return drawn{}, err
		}
		vector, err := canvas.SVG(p.figure, canvas.SVGOptions{Fit: ts})
		return drawn{p.name, picture, vector}, err
	}, func(d drawn) error {
		for name, content := range map[string][]byte{d.name: d.picture, strings.TrimSuffix(d.name, ".png") + ".svg": d.vector} {
			if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
				return fmt.Errorf("write a figure: %w", cause(err))
			}
		}
		return nil
	})
}
