package suggest

import (
	"context"
	"slices"
	"testing"
)

// kindsOf counts the grams of each kind of a text.
func kindsOf(text string, few bool) (count [kinds]int) {
	for _, g := range gramsOf(source{text: text}, few) {
		count[g.kind]++
	}
	return count
}

func TestStemsRadicalsAndThemesCountWithFewTextsAlone(t *testing.T) {
	const text = "two words 两个字 x"
	got, without := kindsOf(text, true), kindsOf(text, false)
	if got[stems] != 6 { // of three words and three signs
		t.Errorf("%d stems, want 6", got[stems])
	}
	if got[radicals] != 3+2*3 { // three alone, and three for each of two neighbours
		t.Errorf("%d radicals, want 9", got[radicals])
	}
	if got[themes] == 0 { // of numbers and words
		t.Error("no semantic fields")
	}
	if n := slices.Max([]int{without[stems], without[radicals], without[themes], got[groups]}); n > 0 {
		t.Errorf("%d n-grams that must not be", n)
	}
}

// What is learnt from English answers is found again in others that share no
// word with them.
func TestWhatIsLearntInOneLanguageCountsInOthers(t *testing.T) {
	var examples []Example
	for code, texts := range map[string][]string{
		"health": {"the nurse gave medicine", "a doctor at the hospital", "patients in the clinic", "the surgeon operated", "vaccines for children", "the pharmacy had no pills"},
		"courts": {"the judge heard the case", "a verdict of the court", "the lawyer appealed", "witnesses at the trial", "the prosecutor sued him", "the jury convicted them"},
	} {
		for _, text := range texts {
			examples = append(examples, Example{Text: text, Language: "en", Codes: []string{code}})
		}
	}
	m, _, err := Train(context.Background(), examples, Settings{Single: true})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Врачи лечат больных": "health", "Адвокат в суде": "courts",
		"الأطباء في المستشفيات": "health", "المحامي أمام القاضي": "courts",
		"护士和病人": "health", "法官和律师": "courts",
		"las enfermeras del hospital": "health", "los abogados ante el tribunal": "courts",
		"des infirmières et des malades": "health", "un avocat devant le juge": "courts",
	} {
		if got := m.Best(text); len(got) != 1 || got[0].Code != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
}
