// Package ddi describes a survey as a DDI codebook: what each variable is, how
// it was asked, of whom, in every language of the form, and what stands for a
// missing answer. It knows the form and nothing of the answers, so that it can
// be published: no frequency, no minimum, no number of respondents.
//
// The format is DDI-Codebook 2.5 (DDI Alliance 2012), as archives exchange it.
package ddi

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Input is what a codebook is made of.
type Input struct {
	Survey *survey.Survey
	Title  survey.Text // in place of the form's; may be empty
	Design table.DesignKind
	Weight string   // the item that holds weights, or ""
	Files  []File   // the files of answers that the variables stand in
	Public []string // names of published files that hold figures
}

// File is a file of answers of one level.
type File struct {
	Name  string
	Level int
	Holds func(item string) bool
}

// Write writes the codebook as XML. The same survey gives the same bytes.
func Write(w io.Writer, in Input) error {
	b := builder{Input: in, id: map[string]string{}}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	out := xml.NewEncoder(w)
	out.Indent("", " ")
	if err := out.Encode(b.codebook()); err != nil {
		return fmt.Errorf("encode the codebook: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// builder makes the parts of a codebook.
type builder struct {
	Input
	id map[string]string // of variables, by item
}

// described reports whether an item is a variable: what holds no answers is
// none, and what identifies is in no file.
func described(item *survey.Item) bool {
	return item.Type.HasAnswer() && item.Role != survey.Identifying
}

func (b *builder) codebook() codebook {
	n := 0
	for i := range b.Survey.Items {
		if item := &b.Survey.Items[i]; described(item) {
			n++
			b.id[item.Name] = fmt.Sprintf("V%d", n)
		}
	}
	out := codebook{Namespace: namespace, Version: "2.5", Lang: language(b.Survey.Default), Study: b.study()}
	for i, f := range b.Files {
		out.Files = append(out.Files, b.file(i, f))
	}
	out.Data.Groups = b.groups()
	for i := range b.Survey.Items {
		if item := &b.Survey.Items[i]; described(item) {
			out.Data.Variables = append(out.Data.Variables, b.variable(item))
		}
	}
	for _, name := range b.Public {
		out.Other = append(out.Other, other{Level: "study", URI: name, Label: []text{{Value: "Published figures"}},
			Text: "Protected and rounded: what could point to a respondent is withheld."})
	}
	return out
}
