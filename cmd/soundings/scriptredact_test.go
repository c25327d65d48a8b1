package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/soundings-survey/soundings/pipeline/identity"
	made "github.com/soundings-survey/soundings/pipeline/identity/planted"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// redactCommands are the words that scripts have for redacted answers.
var redactCommands = map[string]func(*testscript.TestScript, bool, []string){
	"plant":    plant,
	"redacted": redacted,
}

// plantedStory is what one respondent of a planted survey writes.
type plantedStory struct {
	made.Text
	decoy bool
}

func plantedStories() []plantedStory {
	var out []plantedStory
	for _, lang := range made.Languages() {
		for _, t := range made.Texts(11, 90, lang) {
			out = append(out, plantedStory{t, false})
		}
		for _, t := range made.Decoys(11, 30, lang) {
			out = append(out, plantedStory{t, true})
		}
	}
	return out
}

// plant ANSWERS REPEAT makes answers up, with identities in some and in others
// what only looks so, and rows of a repeat with an address in each.
func plant(ts *testscript.TestScript, _ bool, args []string) {
	tongues := map[string]string{"en": "en", "fr": "fr", "ar": "ar"}
	main := [][]string{{"tongue", "region", "story", "_uuid", "_index"}}
	inner := [][]string{{"what", "_parent_index", "_index"}}
	for i, s := range plantedStories() {
		tongue := tongues[s.Lang]
		if tongue == "" {
			tongue = "other"
		}
		main = append(main, []string{tongue, []string{"north", "south"}[i%2], s.Text.Text, fmt.Sprintf("00000000-0000-4000-8000-%012d", i), fmt.Sprint(i + 1)})
		if i%7 == 0 {
			inner = append(inner, []string{fmt.Sprintf("case %d was told to inner@example.org", i), fmt.Sprint(i + 1), fmt.Sprint(len(inner))})
		}
	}
	for i, rows := range [][][]string{main, inner} {
		var out strings.Builder
		ts.Check(csv.NewWriter(&out).WriteAll(rows))
		ts.Check(os.WriteFile(ts.MkAbs(args[i]), []byte(out.String()), 0o600))
	}
}

// redacted FILE wants the planted stories in a file, in their order, without any
// structured identity, and what only looked like one untouched.
func redacted(ts *testscript.TestScript, _ bool, args []string) {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(ts.ReadFile(args[0]), "\ufeff"))).ReadAll()
	ts.Check(err)
	var stories []string
	for _, row := range rows[1:] {
		text := sheet.Bare(row[4])
		for _, m := range identity.Find(text) {
			ts.Fatalf("an identity of the class %s is left in item %s", m.Class, row[2])
		}
		if row[2] == "story" {
			stories = append(stories, text)
		}
	}
	all := plantedStories()
	if len(stories) != len(all) {
		ts.Fatalf("%d stories, want %d", len(stories), len(all))
	}
	replaced := 0
	for i, s := range all {
		if strings.TrimSpace(s.Text.Text) == stories[i] {
			if !s.decoy && len(identity.Find(s.Text.Text)) > 0 {
				ts.Fatalf("story %d was left as it is", i+1)
			}
			continue
		}
		if s.decoy {
			ts.Fatalf("story %d holds no identity and was changed", i+1)
		}
		replaced++
		for _, p := range s.Plants {
			value := s.Text.Text[p.Start:p.End]
			if p.Class != identity.Name && strings.Contains(stories[i], value) {
				ts.Fatalf("what was planted in story %d (%s) is still there", i+1, p.Class)
			}
		}
	}
	if replaced < len(all)/2 {
		ts.Fatalf("only %d of %d stories were changed", replaced, len(all))
	}
}
