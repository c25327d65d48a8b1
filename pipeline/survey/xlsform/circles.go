package xlsform

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// checkCircles refuses items that hang on themselves: through their condition
// or their calculation, and through those of the items that these name.
func (r *reader) checkCircles(s *survey.Survey) {
	needs := map[string][]string{}
	places := map[string]finding.Place{}
	for _, item := range s.Items {
		for _, source := range append(slices.Clone(item.Relevant), item.Calculate) {
			needs[item.Name] = append(needs[item.Name], mentioned(source)...)
			if strings.Contains(source, "once(") {
				needs[item.Name] = slices.DeleteFunc(needs[item.Name], func(n string) bool { return n == item.Name })
			}
		}
		places[item.Name] = item.Place
	}
	const (
		fresh = iota
		under
		done
	)
	state := map[string]int{}
	var path []string
	var visit func(string)
	visit = func(name string) {
		state[name] = under
		path = append(path, name)
		for _, other := range needs[name] {
			switch state[other] {
			case under:
				circle := path[slices.Index(path, other):]
				place := places[other]
				r.add("circle", finding.Refusal, place, "Conditions or calculations go round in a circle: "+strings.Join(circle[:min(len(circle), 20)], ", ")+".", "Let none of them hang on its own answer.")
			case fresh:
				visit(other)
			}
		}
		path = path[:len(path)-1]
		state[name] = done
	}
	for _, item := range s.Items {
		if state[item.Name] == fresh {
			visit(item.Name)
		}
	}
}
