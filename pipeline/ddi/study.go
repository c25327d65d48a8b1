package ddi

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// study describes the survey as a whole.
func (b *builder) study() study {
	s := b.Survey
	titles := b.texts(b.Title)
	if len(titles) == 0 {
		titles = b.texts(s.Title)
	}
	if len(titles) == 0 {
		titles = []text{{Value: orElse(s.ID, "Survey")}}
	}
	out := study{
		Title: titles[0], Parallel: titles[1:], ID: s.ID,
		Summary: summary{Kind: "survey data"},
		Method: collected{
			Sampling:   sampling(b.Design),
			Instrument: "structured questionnaire; conditions under which an item is asked stand under universe, in the language of XLSForm",
		},
		Access: "The answers are not published: they could point to respondents. Published figures are protected.",
	}
	if s.Version != "" {
		out.Version = &version{s.Version}
	}
	for _, l := range s.Levels {
		out.Summary.Units = append(out.Summary.Units, l.Name)
	}
	if b.id[b.Weight] != "" {
		out.Method.Weight = "Figures are weighted by " + b.Weight + "."
	}
	return out
}

// sampling says how respondents came into the sample.
func sampling(kind table.DesignKind) string {
	switch kind {
	case table.Simple:
		return "simple random sample"
	case table.Stratified:
		return "stratified random sample"
	case table.Cluster:
		return "cluster sample"
	case table.Replicate:
		return "random sample, whose design is known by replicate weights"
	}
	return "whoever answered: not drawn by chance"
}

// file describes a file of answers.
func (b *builder) file(at int, f File) file {
	reasons := make([]string, 0, survey.Reasons)
	for r := survey.NotAsked; r < survey.Reasons; r++ {
		reasons = append(reasons, r.String())
	}
	return file{
		ID: fileID(at), Name: f.Name,
		Content: fmt.Sprintf("Clean answers of the level %s, a row each. Not published.", b.Survey.Levels[f.Level].Name),
		Type:    "Apache Parquet",
		Missing: "Beside each variable stands NAME:reason, which says whether there is an answer (answered) or why not: " + strings.Join(reasons, ", ") + ".",
	}
}

func fileID(at int) string { return fmt.Sprintf("F%d", at+1) }

// groups describes the groups of the form that hold variables, or other groups
// that do.
func (b *builder) groups() []group {
	vars, kids := map[string][]string{}, map[string][]string{}
	for i := range b.Survey.Items {
		item := &b.Survey.Items[i]
		if id := b.id[item.Name]; id != "" && item.Folder() != "" {
			vars[item.Folder()] = append(vars[item.Folder()], id)
		}
	}
	var paths []string
	for i := len(b.Survey.Groups) - 1; i >= 0; i-- { // inner groups come after those that hold them
		path := b.Survey.Groups[i].Path
		if len(vars[path]) == 0 && len(kids[path]) == 0 || slices.Contains(paths, path) {
			continue
		}
		paths = append(paths, path)
		if at := strings.LastIndexByte(path, '/'); at >= 0 {
			kids[path[:at]] = append(kids[path[:at]], path)
		}
	}
	slices.Reverse(paths)
	id := map[string]string{}
	for i, path := range paths {
		id[path] = fmt.Sprintf("G%d", i+1)
	}
	var out []group
	for _, g := range b.Survey.Groups {
		if id[g.Path] == "" || slices.ContainsFunc(out, func(have group) bool { return have.ID == id[g.Path] }) {
			continue
		}
		one := group{ID: id[g.Path], Type: "section", Name: g.Name, Labels: b.texts(g.Label), Variables: strings.Join(vars[g.Path], " ")}
		var inner []string
		for _, path := range paths {
			if slices.Contains(kids[g.Path], path) {
				inner = append(inner, id[path])
			}
		}
		one.Groups = strings.Join(inner, " ")
		out = append(out, one)
	}
	return out
}

// texts returns the wordings of a text: in the default language of the form,
// then in its others, then in what other languages there are.
func (b *builder) texts(t survey.Text) []text {
	tags := []string{b.Survey.Default}
	for _, l := range b.Survey.Languages {
		tags = append(tags, l.Tag)
	}
	tags = append(tags, slices.Sorted(maps.Keys(t))...)
	var out []text
	for i, tag := range tags {
		if s := strings.TrimSpace(t[tag]); s != "" && !slices.Contains(tags[:i], tag) {
			out = append(out, text{Lang: language(tag), Value: s})
		}
	}
	return out
}

// tags are what XML takes for a language.
var tags = regexp.MustCompile(`^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$`)

// language returns a tag where it is one, and nothing for what is not.
func language(tag string) string {
	if tags.MatchString(tag) {
		return tag
	}
	return ""
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
