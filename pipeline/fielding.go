package pipeline

import (
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// withFieldings adds the items that the config gives an answer to, file by file:
// the wave, and the source where there are several. Their choices stand in the
// order of the config.
func (c Config) withFieldings(s *survey.Survey) (*survey.Survey, []finding.Finding) {
	var waves, sources []string
	without := false
	for _, in := range c.Input {
		if in.Wave != "" && !slices.Contains(waves, in.Wave) {
			waves = append(waves, in.Wave)
		}
		if in.Source != "" && !slices.Contains(sources, in.Source) {
			sources = append(sources, in.Source)
		}
		without = without || in.Wave == ""
	}
	var findings []finding.Finding
	add := func(severity finding.Severity, kind, key, problem, remedy string) {
		findings = append(findings, finding.Finding{Stage: "survey", Kind: kind, Severity: severity, Place: finding.Place{File: c.file, Row: c.line(key)}, Problem: problem, Remedy: remedy})
	}
	if len(waves) > 0 && without {
		add(finding.Refusal, "wave", "input", "Some files of answers have an input.wave and some have none.", "Give each file the wave that its answers belong to.")
	}
	for _, name := range slices.Sorted(maps.Keys(c.Waves)) {
		if !slices.Contains(waves, name) {
			add(finding.Refusal, "wave", "waves", "The config has a label for a wave that no input has: "+name+".", "Correct the name under \"waves\", or remove it.")
		}
	}
	var items []survey.Item
	var lists []*survey.ChoiceList
	given := func(kind survey.Given, names []string, labels map[string]survey.Text, role survey.Role) {
		list := string(kind)
		for s.List(list) != nil {
			list += "_given"
		}
		var choices []survey.Choice
		for _, name := range names {
			label := survey.Text{}
			for _, l := range s.Languages {
				label[l.Tag] = name
				if text := labels[name][l.Tag]; text != "" {
					label[l.Tag] = text
				}
			}
			choices = append(choices, survey.Choice{Name: name, Label: label})
		}
		lists = append(lists, survey.NewChoiceList(list, choices))
		items = append(items, survey.Item{Name: string(kind), Path: string(kind), Type: survey.SelectOne, List: list, Label: givenLabel(kind, s), Role: role, Given: kind})
	}
	if _, taken := s.Item(string(survey.GivenWave)); len(waves) > 0 && taken {
		add(finding.Refusal, "wave", "input", "The form has an item named wave, and input.wave would make another.", "Rename the item of the form; or leave input.wave out and use the form's own item.")
	} else if len(waves) > 0 {
		given(survey.GivenWave, waves, c.Waves, survey.Key)
	}
	if _, taken := s.Item(string(survey.GivenSource)); len(sources) > 1 && !taken {
		given(survey.GivenSource, sources, nil, survey.Plain)
	}
	if len(items) == 0 || finding.Refused(findings) {
		return s, findings
	}
	out, more := s.With(items, lists)
	return out, append(findings, more...)
}

// givenLabel is what an item that the config gives is called, in the languages
// of the form.
func givenLabel(kind survey.Given, s *survey.Survey) survey.Text {
	words := map[survey.Given]survey.Text{
		survey.GivenWave:   {"ar": "الجولة", "en": "Wave", "es": "Ronda", "fr": "Vague", "ru": "Волна", "zh": "轮次"},
		survey.GivenSource: {"ar": "المصدر", "en": "Source", "es": "Fuente", "fr": "Source", "ru": "Источник", "zh": "来源"},
	}
	out := survey.Text{}
	for _, l := range s.Languages {
		if text := words[kind][l.Tag]; text != "" {
			out[l.Tag] = text
		}
	}
	if len(out) == 0 {
		out[s.Default] = words[kind]["en"]
	}
	return out
}
