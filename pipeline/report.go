package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

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

// report writes the protected results, and in each language the page with its
// figures as pictures too.
func (r *run) report(s at, asked *survey.Survey, safe *protect.Safe) error {
	if err := r.writePublic(safe); err != nil {
		return err
	}
	if err := r.writeCodebook(asked); err != nil {
		return err
	}
	in, findings, err := r.reportInput(asked, safe)
	s.found(findings)
	if err != nil {
		return err
	}
	writer, err := html.New(in.Typesetter)
	if err != nil {
		return err
	}
	var pictures []picture
	for _, l := range in.Languages {
		in.Language = l
		made, findings, err := report.Compose(in)
		s.found(findings)
		if err != nil {
			return err
		}
		if made.Tabled, err = r.writeTables(in, writer); err != nil {
			return err
		}
		page, err := writer.Write(made)
		if err != nil {
			return err
		}
		name := html.FileName(l.Tag)
		if err := os.WriteFile(filepath.Join(r.public, name), page, 0o600); err != nil {
			return fmt.Errorf("write the page: %w", cause(err))
		}
		r.pages[l.Tag] = name
		pictures = append(pictures, picturesOf(made)...)
	}
	s.counted(int64(len(safe.Views())), int64(len(in.Languages)), "tables to pages")
	if err := r.writeLedger(asked, safe); err != nil {
		return err
	}
	if r.env.check {
		return nil // what follows refuses nothing
	}
	if err := r.draw(pictures, in.Typesetter); err != nil {
		return err
	}
	return writeJSON(filepath.Join(r.private, releaseFile), safe.Release(r.staging.Number))
}

// reportInput gathers what the report is made of, but for its language.
func (r *run) reportInput(asked *survey.Survey, safe *protect.Safe) (report.Input, []finding.Finding, error) {
	ts, err := typeset.New()
	if err != nil {
		return report.Input{}, nil, err
	}
	languages, findings, err := r.reportLanguages(asked)
	if err != nil {
		return report.Input{}, nil, err
	}
	domains, _ := r.config.domains(asked)
	reserved := append(slices.Clone(r.config.Disclosure.Country), r.config.Disclosure.Identity...)
	account := safe.Account(*r.account, report.ChecksAlone[:]...)
	return report.Input{
		Survey: asked, Safe: safe, Components: r.components, Languages: languages, Typesetter: ts,
		Words:   report.ProjectWords{Title: r.config.title(asked), Notice: r.config.Report.Notice, Source: r.config.Report.Source},
		Domains: domains, Tables: r.tables, Hidden: r.config.hidden(), Weighted: r.config.Weight.Weighs(), Weights: safe.Weights(asked, r.weights(), reserved), Frame: r.population(),
		Quality: account, Reserved: reserved,
	}, findings, nil
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
	return out
}

// reportLanguages returns the languages that the form and the catalogue share,
// or those of them that the config asks for. The form's default comes first.
func (r *run) reportLanguages(asked *survey.Survey) ([]*lang.Language, []finding.Finding, error) {
	all, err := lang.Languages()
	if err != nil {
		return nil, nil, err
	}
	tags := []string{asked.Default}
	for _, l := range asked.Languages {
		tags = append(tags, l.Tag)
	}
	chosen := lang.Choose(all, tags)
	var findings []finding.Finding
	if len(r.config.Languages) > 0 {
		wanted := lang.Choose(all, r.config.Languages)
		for _, tag := range r.config.Languages {
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
	if len(chosen) == 0 {
		chosen = lang.Choose(all, []string{"en"})
		findings = append(findings, finding.Finding{
			Stage: "report", Kind: "language", Severity: finding.Warning,
			Problem: "The form has no language of the program's catalogue; the report is made in English, with the form's labels as they are.",
			Remedy:  "Name the language in the form's headers, as in label::English (en).",
		})
	}
	r.standard = chosen[0].Tag
	return chosen, findings, nil
}

// picture is a figure to be drawn as PNG.
type picture struct {
	name   string
	figure *canvas.Figure
}

func picturesOf(r *report.Report) []picture {
	var out []picture
	for _, ch := range r.Chapters {
		for _, b := range ch.Blocks {
			if f, ok := b.(report.Figure); ok {
				out = append(out, picture{f.ID + "." + r.Lang + ".png", f.Canvas})
			}
		}
	}
	return out
}

// draw writes the figures as pictures, on all cores.
func (r *run) draw(pictures []picture, ts *typeset.Typesetter) error {
	dir := filepath.Join(r.public, "figures")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the folder for figures: %w", cause(err))
	}
	type drawn struct {
		name    string
		content []byte
	}
	source := func(yield func(picture, error) bool) {
		for _, p := range pictures {
			if !yield(p, nil) {
				return
			}
		}
	}
	return engine.Ordered(r.ctx, r.engine, source, func(p picture) (drawn, error) {
		content, err := canvas.PNG(p.figure, pictureDPI, ts)
		return drawn{p.name, content}, err
	}, func(d drawn) error {
		if err := os.WriteFile(filepath.Join(dir, d.name), d.content, 0o600); err != nil {
			return fmt.Errorf("write a figure: %w", cause(err))
		}
		return nil
	})
}
