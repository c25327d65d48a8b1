package coding

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestCodesAreFoundByIDLabelOrBoth(t *testing.T) {
	book := NewBook([]Code{
		{ID: "VISA", Label: survey.Text{"en": "Visas", "ar": "التأشيرات"}},
		{ID: "REFUSED", Label: survey.Text{"en": "Visa refused"}},
		{ID: "FUND", Label: survey.Text{"en": "Money"}},
		{ID: "COST", Label: survey.Text{"en": "Money", "fr": "Coûts"}},
		{ID: "MONEY_2"},
	})
	for cell, want := range map[string]string{
		"visa": "VISA", " VISA ": "VISA", "Visas": "VISA", "VISA Visas": "VISA", "VISA  التأشيرات": "VISA",
		"Visa refused":    "REFUSED", // the label of another code than the one that its first word is the id of
		"VISA not needed": "", "VISA Money": "", "VISA Visas refused": "",
		"Money": "", "FUND Money": "FUND", "COST Money": "COST", "cost coûts": "COST",
		"MONEY_2": "MONEY_2", "": "", "elsewhere": "",
	} {
		if got, ok := book.find(cell); got != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", cell, got, want)
		}
	}
}
