package acceptance

import (
	"bytes"
	"maps"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAHouseholdSurvey runs a survey collected with KoboToolbox that went
// through R before it was made public: its form is sheets in English and
// Arabic, its columns have other names, and 64 items were taken out.
func TestAHouseholdSurvey(t *testing.T) {
	data := shared(t, "data", "kobo-cleaning-log")
	dir := t.TempDir()
	configFrom(t, dir, "kobo.yaml", data)
	path := filepath.Join(dir, "config.yaml") // counted by the groups as they are
	write(t, path, append(read(t, path), "\ndisclosure: {fold: false}\n"...))
	f := run(t, dir)
	f.responses(t, 632)

	items, choices, answers := filepath.Join(data, "cleaningtools_survey.csv"), filepath.Join(data, "cleaningtools_choices.csv"), filepath.Join(data, "cleaningtools_raw_data.csv")
	p := newPoll(t, items, choices, answers, words{missing: []string{"dont_know", "prefer_not_answer"}, separator: "."})
	p.compare(t, f.restricted("results-exact.csv"))
	outside(t, items, choices, answers, f.restricted("results-exact.csv"), "dont_know,prefer_not_answer")

	// What cleaning did to items with choices, and nothing else: the names of
	// the neighbourhoods were replaced before the data were made public, and one
	// answer on water charges was never in the form.
	unlisted := map[string]int{"neighbourhood": 632, "pay_water_charges_when": 35}
	if !maps.Equal(p.unlisted, unlisted) {
		t.Errorf("cells that hold no choice: %v, want %v", p.unlisted, unlisted)
	}
	if got, want := f.changes(t), map[string]int{
		"neighbourhood: unknown choice": 632, "pay_water_charges_when: unknown choice": 35,
		"pay_water_charges_why_not_other: white space": 1, "water_supply_other_neighbourhoods_why: white space": 60, "trust_water_office_why_not: white space": 12,
	}; !maps.Equal(got, want) {
		t.Errorf("cleaning changed %v, want %v", got, want)
	}

	if found := f.says("plan-absent"); len(found) > 0 {
		t.Errorf("nobody asked for these, and the config names them absent: %v", found)
	}
	for _, x := range f.says("unknown-choice") {
		if strings.Count(x.Problem, "in all") > 1 || x.Count > 0 && x.Count != int64(unlisted[x.Place.Column]) {
			t.Errorf("the summary of many findings is wrong: %v", x)
		}
	}
	if len(f.outcome.Reports) != 2 {
		t.Errorf("reports: %v, want en and ar", f.outcome.Reports)
	}
	f.page(t, "en", `lang="en"`, "Water in a city", "Overall, what are the main sources of water used by your household")
	f.page(t, "ar", `lang="ar"`, `dir="rtl"`, "المياه في مدينة", "انابيب")
	f.namesNobody(t, answers)
}

// namesNobody checks that what is public holds no identifier of a response.
func (f finished) namesNobody(t *testing.T, answers string) {
	t.Helper()
	for _, name := range []string{"report.en.html", "report.ar.html", "results.csv", "manifest.json"} {
		content := read(t, filepath.Join(f.public, name))
		for i, r := range records(t, answers)[:100] {
			for _, column := range []string{"X_uuid", "X.U.FEFF.start"} {
				if bytes.Contains(content, []byte(r[column])) {
					t.Errorf("%s holds the %s of row %d", name, column, i+2)
				}
			}
		}
	}
}

// outside has the frequencies counted once more by a program in another language.
func outside(t *testing.T, items, choices, answers, results, missing string) {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Log("python3 is not here: check_counts.py was not run")
		return
	}
	out, err := exec.Command(python, "check_counts.py", "--items", items, "--choices", choices, "--answers", answers, "--results", results, "--missing", missing, "--separator", ".").CombinedOutput()
	t.Logf("check_counts.py: %s", bytes.TrimSpace(out))
	if err != nil {
		t.Errorf("check_counts.py: %v", err)
	}
}
