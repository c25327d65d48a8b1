package pipeline

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/agreement"
	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/codeerror"
)

// agreementFile says how far those who coded the same answers agree, in the
// restricted folder.
const agreementFile = "agreement.json"

// codersAgreement is how far coders agree on all answers that several of them
// coded, and on those in each language.
type codersAgreement struct {
	All       AgreementReport            `json:"all"`
	Languages map[string]AgreementReport `json:"languages"`
}

// writeAgreement says how far coders agree, where there are answers that several
// of them coded. Decisions and rules have no part in it.
func (r *run) writeAgreement(book *code.Codebook) error {
	all, language := codeerror.Compared(r.codedByPeople)
	if len(all) == 0 {
		return nil
	}
	byLanguage := map[string][]agreement.Coding{}
	for _, c := range all {
		byLanguage[language[c.Unit]] = append(byLanguage[language[c.Unit]], c)
	}
	var order []string
	for _, c := range book.Codes {
		order = append(order, c.ID)
	}
	out := codersAgreement{Languages: map[string]AgreementReport{}}
	var err error
	if out.All, err = r.agree(all, order); err != nil {
		return err
	}
	for _, lang := range slices.Sorted(maps.Keys(byLanguage)) {
		if out.Languages[lang], err = r.agree(byLanguage[lang], order); err != nil {
			return err
		}
	}
	return writeJSON(filepath.Join(r.private, agreementFile), out)
}

// agree computes all measures of a list of codings, those of codes that nobody
// gave left out.
func (r *run) agree(list []agreement.Coding, order []string) (AgreementReport, error) {
	used := map[string]bool{}
	for _, c := range list {
		used[c.Code] = true
	}
	order = slices.DeleteFunc(slices.Clone(order), func(c string) bool { return !used[c] })
	b := agreement.Bootstrap{Resamples: codesResamples, Seed: r.config.Coding.Seed, Level: codesLevel}
	out := AgreementReport{Level: b.Level, Resamples: b.Resamples, Seed: b.Seed}
	labels, err := agreement.NewLabels(list, order)
	if err != nil {
		return out, fmt.Errorf("compare coders: %w", err)
	}
	s := labels.Summarise(b)
	out.Units, out.Coders, out.Codes, out.Figures = s.Units, s.Coders, labels.Codes, s.Figures()
	return out, nil
}
