package pipeline

import (
	"io"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

func TestRowsThatSayTheSameAreOneAnswer(t *testing.T) {
	const row = "00.0123abcd"
	said := coding.Answer{Unit: coding.Unit{Response: row, Item: "story"}, Language: "en",
		Coders: []coding.ByCoder{{Coder: "ana", Codes: []string{"X"}}, {Coder: "bo", Codes: []string{"X", "Y"}}}}
	back, _ := coding.Gather(nil, nil, nil, nil)
	p := &peopleCodes{back: back, out: sheet.NewWriter(io.Discard), seen: map[string]bool{}, kept: map[coding.Unit]bool{}, disputes: &disputes{}}
	for range 2 {
		if err := p.keep(reviewed{name: "u1", answer: &said, text: "The visa came too late."}); err != nil {
			t.Fatal(err)
		}
	}
	if len(p.answers) != 1 || len(p.disputes.open) != 1 {
		t.Errorf("%d answers, %d to decide on", len(p.answers), len(p.disputes.open))
	}
	r := &run{codedByPeople: p.answers, private: t.TempDir()}
	if err := r.writeAgreement(&code.Codebook{Codes: []code.Theme{{ID: "X"}, {ID: "Y"}}}); err != nil {
		t.Error(err)
	}
}
