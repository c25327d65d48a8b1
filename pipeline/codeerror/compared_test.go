package codeerror

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/coding"
)

// TestWhatIsResampledHangsOnWhatWasSaidAlone, not on the names of responses, which
// come from a key, nor on the order of answers.
func TestWhatIsResampledHangsOnWhatWasSaidAlone(t *testing.T) {
	var answers []coding.Answer
	for i := range 20 {
		a := coding.Answer{Unit: coding.Unit{Response: fmt.Sprint("r", i), Item: "why"}, Language: []string{"ar", "fr"}[i%2],
			Coders: []coding.ByCoder{{Coder: "ana", Codes: []string{"A"}}}}
		if i%5 > 0 {
			a.Coders = append(a.Coders, coding.ByCoder{Coder: "bo", Codes: [][]string{nil, {"A"}, {"A", "B"}}[i%3]})
		}
		answers = append(answers, a)
	}
	list, language := Compared(answers)
	if len(language) != 16 {
		t.Fatalf("%d answers are compared, want those 16 that two coded", len(language))
	}
	slices.Reverse(answers)
	for i := range answers {
		answers[i].Response = fmt.Sprint("another key ", (i*7)%20)
	}
	again, spoken := Compared(answers)
	if !reflect.DeepEqual(list, again) || !reflect.DeepEqual(language, spoken) {
		t.Error("other names of responses give other units")
	}
}
