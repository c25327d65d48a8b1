package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"text/template"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// InitRequest asks for a project in a folder of its own.
type InitRequest struct {
	Dir      string
	Form     string            // "" with answers: a form is drafted from the data
	Encoding string            // of answers that are not UTF-8
	Lists    map[string]string // columns whose cells are lists -> the sign between their parts
	Answers  string            // "" without a form: a copy of the example
	Example  fs.FS             // config.yaml and data
}

// ErrNotEmpty says that a project cannot be made where there are files already.
var ErrNotEmpty = errors.New("the folder is not empty: name a new one")

// Init makes a project. It refuses a folder that holds anything already.
func Init(ctx context.Context, q InitRequest) ([]finding.Finding, error) {
	entries, err := os.ReadDir(q.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look into %s: %w", q.Dir, cause(err))
	}
	if len(entries) > 0 {
		return nil, fmt.Errorf("make a project in %s: %w", q.Dir, ErrNotEmpty)
	}
	if q.Answers == "" {
		return nil, copyExample(q)
	}
	return initOwn(ctx, q)
}

func copyExample(q InitRequest) error {
	return fs.WalkDir(q.Example, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(q.Dir, filepath.FromSlash(path))
		if e.IsDir() {
			return os.MkdirAll(to, 0o700)
		}
		content, err := fs.ReadFile(q.Example, path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, content, 0o600)
	})
}

// initOwn makes a project of the analyst's own files. What it can see in the
// form it writes into the config; what it cannot, the comments there ask for.
func initOwn(ctx context.Context, q InitRequest) ([]finding.Finding, error) {
	answers, err := os.ReadFile(q.Answers)
	if err != nil {
		return nil, fmt.Errorf("read the answers: %w", cause(err))
	}
	asked, workbook, findings, err := formFor(q)
	if err != nil || finding.Refused(findings) {
		stage := "survey"
		if q.Form == "" {
			stage = "ingest" // it is the answers that no form could be drafted from
		}
		return findings, refusedOr(err, stage, findings)
	}
	p := guessProject(asked)
	p.Form, p.Answers = "data/form.xlsx", "data/"+plainName(q.Answers)
	p.Encoding, p.Lists = q.Encoding, q.lists(asked)
	p.Absent, err = absentItems(ctx, asked, q)
	if err != nil {
		return findings, err
	}
	var config bytes.Buffer
	if err := configTemplate.Execute(&config, p); err != nil {
		return findings, fmt.Errorf("write the config: %w", err)
	}
	for name, content := range map[string][]byte{"config.yaml": config.Bytes(), p.Form: workbook, p.Answers: answers} {
		path := filepath.Join(q.Dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return findings, fmt.Errorf("make the project: %w", cause(err))
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return findings, fmt.Errorf("make the project: %w", cause(err))
		}
	}
	return findings, os.MkdirAll(filepath.Join(q.Dir, "reports"), 0o700)
}

func refusedOr(err error, stage string, findings []finding.Finding) error {
	if err != nil {
		return err
	}
	return &RefusedError{Stage: stage, Findings: findings}
}

// project is what a new config is written from.
type project struct {
	Form, Answers                    string
	Absent                           []string
	Encoding                         string
	Lists                            []listOf
	Consent, Accept                  string
	Refused, DontKnow, NotApplicable []string
	Domains                          []string
	Sensitive, Country               []string
}

// missingWords are names of choices that usually stand for a missing answer.
var missingWords = map[survey.Reason][]string{
	survey.Refused:       {"pns", "pnta", "refused", "prefer_not_to_say", "prefer_not_answer", "prefer_not_to_answer", "no_answer"},
	survey.DontKnow:      {"dk", "dnk", "dont_know", "do_not_know", "don_t_know", "unsure", "not_sure"},
	survey.NotApplicable: {"na", "n_a", "not_applicable", "does_not_apply"},
}

func guessProject(s *survey.Survey) project {
	var p project
	has := func(words []string) []string {
		var out []string
		for _, w := range words {
			for _, l := range s.Lists {
				if _, ok := l.Code(w); ok {
					out = append(out, w)
					break
				}
			}
		}
		return out
	}
	p.Refused, p.DontKnow, p.NotApplicable = has(missingWords[survey.Refused]), has(missingWords[survey.DontKnow]), has(missingWords[survey.NotApplicable])
	for _, item := range s.Tabulated(0) {
		if p.Consent == "" && len(item.Name) >= 7 && item.Name[:7] == "consent" && item.Type == survey.SelectOne {
			if _, ok := s.List(item.List).Code("yes"); ok {
				p.Consent, p.Accept = item.Name, "yes"
			}
		}
		if item.Name == "country" {
			p.Country = append(p.Country, item.Name)
		}
	}
	p.Domains, _ = Config{}.domains(s)
	return p
}

var configTemplate = template.Must(template.New("config").Funcs(template.FuncMap{"yaml": yamlText}).Parse(`# What this project is about. Lines that begin with # are notes for you.
version: 1

# The form, and the file of answers. A column that has another name in the file
# goes under "columns: {NAME IN FILE: item}", an item that the file lacks under "absent".
survey: {{.Form}}
input:
  - file: {{yaml .Answers}}
{{- if .Encoding}}
    encoding: {{yaml .Encoding}}
{{- end}}
{{- if .Lists}}
    lists: { {{- range $i, $x := .Lists}}{{if $i}}, {{end}}{{yaml $x.Item}}: {{yaml $x.Sign}}{{end -}} }
{{- end}}
{{- if .Absent}}
    absent: [{{range $i, $x := .Absent}}{{if $i}}, {{end}}{{yaml $x}}{{end}}]
{{- end}}

# Who agreed to take part. Everybody else is counted and left out.
{{- if .Consent}}
consent: {item: {{yaml .Consent}}, accept: "{{.Accept}}"}
{{- else}}
# consent: {item: consent, accept: "yes"}
{{- end}}

# Choices that are no answer. They are counted apart and leave the base.
missing:
  refused: [{{range $i, $x := .Refused}}{{if $i}}, {{end}}{{yaml $x}}{{end}}]
  dont_know: [{{range $i, $x := .DontKnow}}{{if $i}}, {{end}}{{yaml $x}}{{end}}]
  not_applicable: [{{range $i, $x := .NotApplicable}}{{if $i}}, {{end}}{{yaml $x}}{{end}}]

# Items that need care: key (may identify in combination), sensitive (never by
# country), identifying (never kept).
items: {}
  # org_name: {role: identifying}

# The items by whose choices figures are broken down.
domains: [{{range $i, $x := .Domains}}{{if $i}}, {{end}}{{yaml $x}}{{end}}]

# How the respondents came into the sample: convenience, simple, stratified or
# cluster (with "strata: ITEM" and "psu: ITEM"). When in doubt: convenience.
design: {kind: convenience}

# A figure that rests on fewer respondents than this is withheld (5 at least).
disclosure:
  threshold: 10
  country: [{{range $i, $x := .Country}}{{if $i}}, {{end}}{{yaml $x}}{{end}}]
`))
