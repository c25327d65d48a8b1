package pipeline

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/identity/planted"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// formWith returns a small form with a text in one of the places of published
// texts, by number, and how many there are.
func formWith(place int, text string) (*survey.Survey, int) {
	s := survey.Survey{
		ID: "f", Default: "en", Title: survey.Text{"en": "Title"}, Languages: []survey.Language{{Name: "English (en)", Tag: "en"}},
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "case", Label: survey.Text{"en": "Case"}}},
		Groups: []survey.Group{{Name: "about", Path: "about", Label: survey.Text{"en": "About"}}},
		Items:  []survey.Item{{Name: "side", Type: survey.SelectOne, List: "sides", Path: "side", Label: survey.Text{"en": "Side"}, Former: []survey.Former{{Name: "s", Label: survey.Text{"en": "S"}}}}},
	}
	list := []survey.Choice{{Name: "a", Label: survey.Text{"en": "A"}}, {Name: "b", Label: survey.Text{"en": "B"}, Former: []survey.Former{{Name: "c", Label: survey.Text{"en": "C"}}}}}
	item := &s.Items[0]
	puts := []func(){
		func() { s.Title["fr"] = text },
		func() { s.Levels[1].Label["en"] = text },
		func() { s.Groups[0].Label["ar"] = text },
		func() { item.Label["ru"] = text },
		func() { item.Short = survey.Text{"en": text} },
		func() { item.Constraint = text },
		func() { item.Filter = text },
		func() { item.Relevant = []string{"true()", text} },
		func() { item.Former[0].Label["en"] = text },
		func() { list[1].Label["zh"] = text },
		func() { list[1].Short = survey.Text{"en": text} },
		func() { list[1].Name = text },
		func() { list[1].Former[0].Label["en"] = text },
	}
	puts[place%len(puts)]()
	s.Lists = []*survey.ChoiceList{survey.NewChoiceList("sides", list)}
	out, _ := survey.New(s)
	return out, len(puts)
}

// TestAnIdentityInAnyPublishedTextIsRefusedWithoutTellingIt plants what a
// machine can find in each place, and what only looks like it.
func TestAnIdentityInAnyPublishedTextIsRefusedWithoutTellingIt(t *testing.T) {
	var texts, decoys []planted.Text
	for _, lang := range planted.Languages() {
		for _, text := range planted.Texts(5, 60, lang) {
			if len(identitiesIn(text.Text)) > 0 {
				texts = append(texts, text)
			}
		}
		decoys = append(decoys, planted.Decoys(5, 60, lang)...)
	}
	_, places := formWith(0, "")
	rapid.Check(t, func(rt *rapid.T) {
		place := rapid.IntRange(0, places-1).Draw(rt, "place")
		text := rapid.SampledFrom(texts).Draw(rt, "text")
		s, _ := formWith(place, text.Text)
		_, found := Config{}.publishable(s)
		if !finding.Refused(found) || len(found) != 1 {
			rt.Fatalf("%d findings, want one refusal", len(found))
		}
		for _, p := range text.Plants {
			if value := text.Text[p.Start:p.End]; strings.Contains(found[0].String(), value) {
				rt.Fatal("the finding tells what it found")
			}
		}
		if _, found = (Config{}).publishable(must(formWith(place, rapid.SampledFrom(decoys).Draw(rt, "decoy").Text))); len(found) > 0 {
			rt.Fatalf("what only looks like an identity is refused: %v", found)
		}
	})
}

func must(s *survey.Survey, _ int) *survey.Survey { return s }

// TestWhatIsPublishedNowhereIsNotRefused: notes, what identifies, and lists that
// only such items use.
func TestWhatIsPublishedNowhereIsNotRefused(t *testing.T) {
	for _, change := range []func(*survey.Item){
		func(i *survey.Item) { i.Type, i.List = survey.Note, "" },
		func(i *survey.Item) { i.Role = survey.Identifying },
	} {
		for _, place := range []int{3, 9} {
			s, _ := formWith(place, "write to planted@example.org")
			items := slices.Clone(s.Items)
			change(&items[0])
			changed := *s
			changed.Items = items
			if _, found := (Config{}).publishable(&changed); len(found) > 0 {
				t.Errorf("%v", found)
			}
		}
	}
}

// TestHintsAreRedactedAndNothingElseChanges compares the form before and after.
func TestHintsAreRedactedAndNothingElseChanges(t *testing.T) {
	s, _ := formWith(3, "Côté")
	s.Items[0].Hint = survey.Text{"en": "as planted@example.org", "fr": "comme planted@example.org"}
	s.Items[0].Message = survey.Text{"en": "No."}
	out, found := Config{}.publishable(s)
	item := out.Items[0]
	if item.Hint["en"] != "as [e-mail]" || item.Hint["fr"] != "comme [courriel]" || item.Message["en"] != "No." || item.Label["ru"] != "Côté" {
		t.Errorf("the item is now %+v", item)
	}
	if len(found) != 1 || found[0].Severity != finding.Warning {
		t.Errorf("findings: %v", found)
	}
	if s.Items[0].Hint["en"] != "as planted@example.org" {
		t.Error("the form that came in was changed")
	}
	vouched := Config{Identities: Identities{Vouched: []string{"side"}}}
	if out, found := vouched.publishable(s); len(found) > 0 || out.Items[0].Hint["en"] != "as planted@example.org" {
		t.Errorf("what is vouched for was changed, or told: %v", found)
	}
}
