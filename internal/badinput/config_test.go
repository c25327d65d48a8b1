package badinput

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// goodConfig is a config in which nothing is wrong.
const goodConfig = `version: 1
survey: form.xlsx
input:
  - file: answers.csv
disclosure:
  threshold: 10
languages: [en]
`

// settings gives each config to "soundings check" in a whole project.
func settings(t *testing.T, trials []trial) {
	t.Helper()
	for _, x := range trials {
		t.Run(x.file, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			put(t, filepath.Join(dir, x.file), x.body)
			put(t, filepath.Join(dir, "form.xlsx"), goodForm())
			put(t, filepath.Join(dir, "answers.csv"), goodAnswers().csv())
			before := entries(t, dir)
			r := command(dir, append([]string{"check", "--config", x.file}, x.args...)...)
			x.judge(t, r, 2)
			if after := entries(t, dir); len(after) != len(before) {
				t.Errorf("the folder was changed: %q", after)
			}
		})
	}
}

func TestConfigsAreReadStrictly(t *testing.T) {
	change := func(old, by string) []byte {
		if !strings.Contains(goodConfig, old) {
			panic(old)
		}
		return []byte(strings.Replace(goodConfig, old, by, 1))
	}
	var trials []trial
	for file, value := range map[string]string{
		"zero": "0", "one": "1", "four": "4", "negative": "-5", "quoted": `"10"`, "single_quoted": "'10'", "exponent": "1e1", "float": "10.0", "half": "5.5", "null": "null", "tilde": "~", "nothing": "",
		"true": "true", "yes": "yes", "word": "ten", "list": "[10]", "map": "{k: 10}", "beyond": "99999999999999999999", "hexadecimal": "0x1", "octal": "0o12", "old_octal": "010", "binary": "0b1010",
		"underscore": "1_0", "sexagesimal": "1:0", "tagged": "!!int 10", "anchored": "&k 10", "block": "|\n    10", "infinity": ".inf", "nan": ".nan", "plus": "+10", "variable": "${K}", "arabic": "١٠",
	} {
		trials = append(trials, trial{file: "threshold_" + file + ".yaml", body: change("threshold: 10", "threshold: "+value), do: reject, says: []string{"row 6", "threshold"}})
	}
	trials = append(trials,
		trial{file: "threshold_thousand.yaml", body: change("threshold: 10", "threshold: 1000"), do: accept},
		trial{file: "good.yaml", body: []byte(goodConfig), do: accept},
		trial{file: "good_mark.yaml", body: []byte(mark + goodConfig), do: accept},
		trial{file: "good_crlf.yaml", body: bytes.ReplaceAll([]byte(goodConfig), []byte("\n"), []byte("\r\n")), do: accept},
		trial{file: "good_cr.yaml", body: bytes.ReplaceAll([]byte(goodConfig), []byte("\n"), []byte("\r")), do: accept},
		trial{file: "good_no_end.yaml", body: []byte(strings.TrimSpace(goodConfig)), do: accept},
		trial{file: "good_ended.yaml", body: []byte("---\n" + goodConfig + "...\n"), do: accept},
		trial{file: "misspelt.yaml", body: change("threshold:", "treshold:"), do: reject, says: []string{"row 6", "treshold", "threshold"}},
		trial{file: "upper.yaml", body: change("threshold:", "Threshold:"), do: reject, says: []string{"row 6", "Threshold"}},
		trial{file: "upper_top.yaml", body: change("disclosure:", "DISCLOSURE:"), do: reject, says: []string{"row 5", "DISCLOSURE"}},
		trial{file: "blank_key.yaml", body: change("threshold:", `"threshold ":`), do: reject, says: []string{"row 6", "threshold"}},
		trial{file: "zero_width_key.yaml", body: change("threshold:", "thresh\u200bold:"), do: reject, says: []string{"row 6"}},
		trial{file: "homoglyph_key.yaml", body: change("threshold:", "thre\u0455hold:"), do: reject, says: []string{"row 6"}},
		trial{file: "wrong_place.yaml", body: change("disclosure:\n  threshold: 10", "threshold: 10"), do: reject, says: []string{"row 5", "threshold"}},
		trial{file: "flat_key.yaml", body: change("disclosure:\n  threshold: 10", "disclosure.threshold: 10"), do: reject, says: []string{"row 5", "disclosure.threshold"}},
		trial{file: "twice_top.yaml", body: []byte(goodConfig + "disclosure:\n  threshold: 5\n"), do: reject, says: []string{"row 8", "disclosure"}},
		trial{file: "twice_quoted.yaml", body: change("threshold: 10", "threshold: 10\n  \"threshold\": 5"), do: reject, says: []string{"row 7", "threshold"}},
		trial{file: "twice_deep.yaml", body: change("- file: answers.csv", "- file: answers.csv\n    columns: {a: region, a: budget}"), do: reject, says: []string{"row 5"}},
		trial{file: "twice_flow.yaml", body: change("disclosure:\n  threshold: 10", "disclosure: {threshold: 10, threshold: 5}"), do: reject, says: []string{"row 5", "threshold"}},
		trial{file: "twice_items.yaml", body: []byte(goodConfig + "items:\n  region: {role: key}\n  region: {role: none}\n"), do: reject, says: []string{"row 10", "region"}},
		trial{file: "merge_key.yaml", body: change("disclosure:\n  threshold: 10", "x: &x\n  threshold: 5\ndisclosure:\n  <<: *x"), do: reject, says: []string{"row"}},
		trial{file: "alias.yaml", body: change("threshold: 10", "threshold: *k"), do: reject, says: []string{"row 6"}},
		trial{file: "alias_itself.yaml", body: change("disclosure:", "disclosure: &d\n  x: *d\n#"), do: reject},
		trial{file: "tag_code.yaml", body: change("survey: form.xlsx", "survey: !!python/object/apply:os.system [id]"), do: reject, says: []string{"row 2"}},
		trial{file: "documents.yaml", body: []byte(goodConfig + "---\ndisclosure:\n  threshold: 5\n"), do: reject, says: []string{"row", "document"}},
		trial{file: "tabs.yaml", body: change("  threshold", "\tthreshold"), do: reject, says: []string{"row 6"}},
		trial{file: "tabs_mixed.yaml", body: change("  threshold", "  \tthreshold"), do: reject, says: []string{"row 6"}},
		trial{file: "indent.yaml", body: change("  threshold", " threshold: 10\n   country"), do: reject, says: []string{"row"}},
		trial{file: "no_blank.yaml", body: change("threshold: 10", "threshold:10"), do: reject, says: []string{"row"}},
		trial{file: "open_quote.yaml", body: change("form.xlsx", `"form.xlsx`), do: reject, says: []string{"row"}},
		trial{file: "open_bracket.yaml", body: change("[en]", "[en"), do: reject, says: []string{"row 7"}},
		trial{file: "latin1.yaml", body: change("survey: form.xlsx", "# \xE9t\xE9\nsurvey: form.xlsx"), do: reject, says: []string{"row 2", "UTF-8"}},
		trial{file: "utf16.yaml", body: utf16Of([]byte(goodConfig), false, true), do: reject, says: []string{"UTF-8"}},
		trial{file: "nul.yaml", body: change("threshold: 10", "threshold: 1\x000"), do: reject, says: []string{"row 6", "NUL"}},
		trial{file: "escape.yaml", body: change("threshold: 10", "threshold: 10\n  \"\\e[31mx\": 1"), do: reject, says: []string{"row 7"}},
		trial{file: "raw_escape.yaml", body: change("threshold: 10", "threshold: 10\n  \x1b[31mx: 1"), do: reject, says: []string{"row 7"}},
		trial{file: "turned.yaml", body: change("threshold: 10", "threshold: 10 # \u202e5 :dlohserht"), do: reject, says: []string{"row 6"}},
		trial{file: "empty.yaml", body: nil, do: reject, says: []string{"empty"}},
		trial{file: "comments.yaml", body: []byte("# nothing\n\n"), do: reject, says: []string{"empty"}},
		trial{file: "scalar.yaml", body: []byte("hello\n"), do: reject, says: []string{"row 1"}},
		trial{file: "list.yaml", body: []byte("- version: 1\n"), do: reject, says: []string{"row 1"}},
		trial{file: "null.yaml", body: []byte("null\n"), do: reject},
		trial{file: "json.yaml", body: []byte(`{"version": 1, "survey": "form.xlsx", "input": [{"file": "answers.csv"}], "disclosure": {"threshold": 10}, "languages": ["en"]}`), do: accept},
		trial{file: "deep_flow.yaml", body: []byte("version: " + strings.Repeat("[", 100_000)), do: reject},
		trial{file: "deep_maps.yaml", body: []byte("version: " + strings.Repeat("{a: ", 50_000)), do: reject},
		trial{file: "deep_block.yaml", body: deepBlock(3000), do: reject},
		trial{file: "many_keys.yaml", body: []byte(goodConfig + strings.Repeat("x: 1\n", 200_000)), do: reject},
		trial{file: "huge.yaml", body: []byte(goodConfig + "# " + strings.Repeat("x", 5<<20)), do: reject, says: []string{"4 MB"}},
		trial{file: "workbook.yaml", body: goodForm(), do: reject},
		trial{file: "random.yaml", body: random(20_000), do: reject},
		trial{file: "version_missing.yaml", body: change("version: 1\n", ""), do: reject, says: []string{"version"}},
		trial{file: "version_2.yaml", body: change("version: 1", "version: 2"), do: reject, says: []string{"version", "row 1"}},
		trial{file: "version_word.yaml", body: change("version: 1", `version: "1"`), do: reject, says: []string{"version", "row 1"}},
		trial{file: "norway.yaml", body: change("[en]", "[en, no]"), do: accept},
		trial{file: "date_key.yaml", body: []byte(goodConfig + "2022-05-01: x\n"), do: reject, says: []string{"row 8"}},
		trial{file: "number_key.yaml", body: []byte(goodConfig + "items:\n  1: {role: key}\n"), do: reject, says: []string{"row 9"}},
		trial{file: "list_key.yaml", body: []byte(goodConfig + "? [a, b]\n: 1\n"), do: reject, says: []string{"row"}},
		trial{file: "truth_for_text.yaml", body: []byte(goodConfig + "retention: yes\n"), do: reject, says: []string{"row 8", "retention"}},
		trial{file: "date_impossible.yaml", body: []byte(goodConfig + "retention: 2027-02-30\n"), do: reject, says: []string{"row 8", "retention"}},
		trial{file: "date_american.yaml", body: []byte(goodConfig + "retention: 12/31/2027\n"), do: reject, says: []string{"row 8", "retention"}},
		trial{file: "truth_word.yaml", body: []byte(goodConfig + "items:\n  region: {hide: \"yes\"}\n"), do: reject, says: []string{"row 9", "hide"}},
		trial{file: "role_unknown.yaml", body: []byte(goodConfig + "items:\n  region: {role: secret}\n"), do: reject, says: []string{"row 9", "role"}},
		trial{file: "item_unknown.yaml", body: []byte(goodConfig + "items:\n  regoin: {role: key}\n"), do: reject, says: []string{"row 9", "regoin"}},
		trial{file: "item_in_case.yaml", body: []byte(goodConfig + "items:\n  Region: {role: sensitive}\n"), do: reject, says: []string{"row 9", "Region"}},
		trial{file: "form_missing.yaml", body: change("form.xlsx", "nothere.xlsx"), do: reject, says: []string{"nothere.xlsx"}},
		trial{file: "form_folder.yaml", body: change("form.xlsx", "."), do: reject, says: []string{"folder"}},
		trial{file: "answers_missing.yaml", body: change("answers.csv", "nothere.csv"), do: reject, says: []string{"nothere.csv"}},
		trial{file: "answers_twice.yaml", body: change("- file: answers.csv", "- file: answers.csv\n  - file: answers.csv"), do: reject, says: []string{"answers.csv", "twice"}},
		trial{file: "answers_twice_hidden.yaml", body: change("- file: answers.csv", "- file: answers.csv\n  - file: ./answers.csv"), do: reject, says: []string{"answers.csv", "twice"}},
		trial{file: "answers_scalar.yaml", body: change("\n  - file: answers.csv", " answers.csv"), do: reject, says: []string{"row 3", "input"}},
		trial{file: "answers_map.yaml", body: change("  - file:", "    file:"), do: reject, says: []string{"row", "input"}},
		trial{file: "answers_none.yaml", body: change("\n  - file: answers.csv", " []"), do: reject, says: []string{"row 3", "input"}},
		trial{file: "answers_null.yaml", body: change("answers.csv", "null"), do: reject, says: []string{"row 4", "file"}},
		trial{file: "answers_web.yaml", body: change("answers.csv", "http://127.0.0.1:1/answers.csv"), do: reject, says: []string{"answers.csv"}},
		trial{file: "answers_escape.yaml", body: change("answers.csv", `"a\e[31m.csv"`), do: reject},
		trial{file: "encoding_unknown.yaml", body: change("- file: answers.csv", "- file: answers.csv\n    encoding: klingon-8"), do: reject, says: []string{"encoding"}},
		trial{file: "folders_nested.yaml", body: []byte(goodConfig + "folders:\n  reports: out\n  restricted: out/inner\n"), do: reject, says: []string{"row 8", "folder"}},
		trial{file: "folders_same.yaml", body: []byte(goodConfig + "folders:\n  reports: out\n  restricted: ./out/\n"), do: reject, says: []string{"row 8", "folder"}},
		trial{file: "folders_climb.yaml", body: []byte(goodConfig + "folders:\n  reports: out\n  restricted: x/../out/y\n"), do: reject, says: []string{"row 8", "folder"}},
		trial{file: "folders_empty.yaml", body: []byte(goodConfig + "folders:\n  reports: \"\"\n"), do: reject, says: []string{"row 8", "folder"}},
	)
	if _, err := os.Stat("/dev/zero"); err == nil {
		trials = append(trials,
			trial{file: "form_device.yaml", body: change("form.xlsx", "/dev/zero"), do: reject, says: []string{"/dev/zero"}},
			trial{file: "answers_device.yaml", body: change("answers.csv", "/dev/zero"), do: reject, says: []string{"/dev/zero"}},
			trial{file: "plan_device.yaml", body: []byte(goodConfig + "plan: /dev/zero\n"), do: reject, says: []string{"/dev/zero"}},
			trial{file: "codebook_device.yaml", body: []byte(goodConfig + "code: {codebook: /dev/zero}\n"), do: reject, says: []string{"/dev/zero"}},
		)
	}
	settings(t, trials)
}

// deepBlock nests keys by indentation.
func deepBlock(depth int) []byte {
	var b bytes.Buffer
	b.WriteString("version: 1\n")
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.Bytes()
}

func TestVariablesDecideNothing(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "config.yaml"), []byte(goodConfig))
	t.Setenv("SOUNDINGS_DISCLOSURE_THRESHOLD", "1")
	r := command(dir, "check")
	trial{file: "SOUNDINGS_DISCLOSURE_THRESHOLD", do: reject}.judge(t, r, 2)
}
