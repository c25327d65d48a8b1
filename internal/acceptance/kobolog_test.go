package acceptance

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// TestTheLogOfAHouseholdSurvey applies the log that analysts of the survey kept
// to its raw answers, and holds the result against what they published.
//
// The log is taken as it is. What the config has to say about it: 38 of its
// lines give no old value ("unbound"). All else binds: items are named as R
// writes them, water_sources.borehole for the choice borehole.
func TestTheLogOfAHouseholdSurvey(t *testing.T) {
	data := shared(t, "data", "kobo-cleaning-log")
	dir := t.TempDir()
	configFrom(t, dir, "kobo.yaml", data)
	path := filepath.Join(dir, "config.yaml")
	write(t, path, append(read(t, path), "\nclean: {log: ["+filepath.ToSlash(filepath.Join(data, "cleaningtools_cleaning_log.csv"))+"], unbound: true}\nplan: plan.csv\n"...))
	write(t, filepath.Join(dir, "plan.csv"), []byte("analysis_type,analysis_var,group_var\nprop_select_one,access_water_enough,NA\n"))
	f := run(t, dir)

	verified, _, err := pipeline.VerifyClean(context.Background(), f.config, env(dir), 0)
	if err != nil || !verified.Equal() || verified.Responses != 578 {
		t.Errorf("verified: %v, %v", verified, err)
	}
	t.Logf("verified: %d responses, %d answers, %d changes", verified.Responses, verified.Answers, verified.Changes)

	raw, published, log := byUUID(t, filepath.Join(data, "cleaningtools_raw_data.csv")), byUUID(t, filepath.Join(data, "cleaningtools_clean_data.csv")), records(t, filepath.Join(data, "cleaningtools_cleaning_log.csv"))
	clean := cleanAnswers(t, f.restricted("clean-answers.parquet"))

	// Exactly the 54 responses are removed.
	if len(raw) != 632 || !slices.Equal(slices.Sorted(maps.Keys(clean)), slices.Sorted(maps.Keys(published))) {
		t.Errorf("%d responses of %d are left, want the %d that were published", len(clean), len(raw), len(published))
	}
	if deletions := records(t, f.restricted("deletion-log.csv")); len(deletions) != 54 {
		t.Errorf("the deletion log has %d lines, want 54", len(deletions))
	}

	// 46 of the 48 changes are made as logged; the others are about responses
	// that the log removes as well.
	followed, gone := 0, 0
	for _, l := range log {
		if l["change_type"] != "change_response" {
			continue
		}
		row, ok := clean[l["X_uuid"]]
		if !ok {
			gone++
			continue
		}
		item, choice, child := strings.Cut(l["questions"], ".")
		switch {
		case !child && row[item] == l["new_value"], child && slices.Contains(strings.Fields(row[item]), choice) == (l["new_value"] == "1"):
			followed++
		default:
			t.Errorf("the line on %s was not followed", l["questions"])
		}
	}
	if followed != 46 || gone != 2 {
		t.Errorf("%d changes were made and %d are about removed responses, want 46 and 2", followed, gone)
	}
	if found := f.says("log-unbound"); len(found) != 1 || found[0].Count != 38 {
		t.Errorf("lines without an old value: %v, want 38", found)
	}

	differences, spaces := map[string]int{}, map[string]int{}
	for uuid, row := range clean {
		for item, got := range row {
			switch want, ok := published[uuid][item]; {
			case !ok || got == want || sameNumber(got, want):
			case sorted(got) == sorted(want):
				if strings.Join(strings.Fields(want), " ") == strings.Join(strings.Fields(got), " ") { // else: choices in another order
					spaces[item]++
				}
			default:
				differences[item]++
			}
		}
	}
	if want := map[string]int{
		// The names of the neighbourhoods were replaced before publication, and are
		// no choices of the form: not among clean answers.
		"neighbourhood": 578,
		// Nor is one answer on water charges that was never in the form.
		"pay_water_charges_when": 35,
		// The published parent columns were not rebuilt after changes to their
		// children: they lack borehole twice, and still hold filter and
		// expose_sunlight once each.
		"water_sources": 2, "treat_drink_water_how": 2,
		// The published file has FALSE in place of the number 0.
		"spend_tap": 8,
	}; !maps.Equal(differences, want) {
		t.Errorf("clean answers differ from the published ones in %v, want %v", differences, want)
	}
	for item := range spaces { // white space is tidied in these, and in no other
		if !slices.Contains([]string{"water_supply_other_neighbourhoods_why", "trust_water_office_why_not", "pay_water_charges_why_not_other"}, item) {
			t.Errorf("white space of %s differs", item)
		}
	}

	// Children of the published file agree with our answers where its parents do not.
	for uuid, row := range clean {
		for _, item := range []string{"water_sources", "treat_drink_water_how"} {
			for column, cell := range published[uuid] {
				choice, is := strings.CutPrefix(column, item+".")
				if is && (cell == "TRUE") != slices.Contains(strings.Fields(row[item]), choice) {
					t.Errorf("%s differs from the published column", column)
				}
			}
		}
	}
}

// sameNumber compares numbers: R writes 1e+05.
func sameNumber(ours, theirs string) bool {
	a, errA := strconv.ParseFloat(ours, 64)
	b, errB := strconv.ParseFloat(theirs, 64)
	return errA == nil && errB == nil && a == b
}

// sorted puts the words of a cell in order.
func sorted(cell string) string {
	words := strings.Fields(cell)
	slices.Sort(words)
	return strings.Join(words, " ")
}

func byUUID(t *testing.T, path string) map[string]map[string]string {
	t.Helper()
	out := map[string]map[string]string{}
	for _, r := range records(t, path) {
		out[r["X_uuid"]] = r
	}
	return out
}

// cleanAnswers reads the clean answers that a run leaves.
func cleanAnswers(t *testing.T, path string) map[string]map[string]string {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out := map[string]map[string]string{}
	err = dataset.Reread(in, func(uuid string, items, row []string) error {
		if out[uuid] != nil {
			return fmt.Errorf("a response stands there twice")
		}
		out[uuid] = map[string]string{}
		for i, item := range items {
			out[uuid][item] = row[i]
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
