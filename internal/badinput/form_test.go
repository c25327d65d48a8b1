package badinput

import (
	"fmt"
	"strings"
	"testing"
)

func TestFormsMeanOneThing(t *testing.T) {
	items := func(change func(sheet) sheet) []byte { return formOf(change(surveySheet()), choicesSheet()).zip() }
	choices := func(change func(sheet) sheet) []byte { return formOf(surveySheet(), change(choicesSheet())).zip() }
	cell := func(row, column int, value string) []byte {
		return items(func(s sheet) sheet {
			for len(s[row-1]) <= column {
				s[row-1] = append(s[row-1], "")
			}
			s[row-1][column] = value
			return s
		})
	}
	add := func(rows ...[]string) []byte { return items(func(s sheet) sheet { return append(s, rows...) }) }
	choice := func(rows ...[]string) []byte { return choices(func(s sheet) sheet { return append(s, rows...) }) }
	names := func(survey, choices string) []byte {
		return workbook(named{name: survey, cells: surveySheet()}, named{name: choices, cells: choicesSheet()}).zip()
	}
	const relevant, calculation, constraint = 4, 5, 6
	circle := items(func(s sheet) sheet {
		s[3] = append(s[3], "${org_type} = 'local'")
		s[4] = append(s[4], "${region} = 'africa'")
		return s
	})
	deep := surveySheet()
	for i := range 60 {
		deep = append(deep, []string{"begin_group", fmt.Sprintf("g%d", i), "G"})
	}
	good := formOf(surveySheet(), choicesSheet())
	forms(t, []trial{
		{file: "good.xlsx", body: goodForm(), do: accept, rows: 20},
		{file: "name_twice.xlsx", body: add([]string{"text", "region", "Again"}), do: reject, says: []string{"region", "row 12", "row 4"}},
		{file: "name_twice_in_case.xlsx", body: add([]string{"text", "Region", "Again"}), do: warn, says: []string{"Region", "row 12"}, rows: 20, args: []string{"--absent", "Region"}},
		{file: "name_with_blank.xlsx", body: cell(10, 1, "my budget"), do: reject, says: []string{"my budget", "row 10"}},
		{file: "name_begins_with_digit.xlsx", body: cell(10, 1, "2budget"), do: reject, says: []string{"2budget", "row 10"}},
		{file: "name_missing.xlsx", body: cell(10, 1, ""), do: reject, says: []string{"row 10", "name"}},
		{file: "name_escape.xlsx", body: cell(10, 1, "bud\u202eget\u009b"), do: reject, says: []string{"row 10"}},
		{file: "name_of_tool.xlsx", body: add([]string{"text", "_uuid", "Id"}), do: reject, says: []string{"_uuid", "row 12"}},
		{file: "type_missing.xlsx", body: cell(10, 0, ""), do: reject, says: []string{"row 10", "type"}},
		{file: "type_unknown.xlsx", body: cell(10, 0, "decimall"), do: reject, says: []string{"decimall", "row 10"}},
		{file: "type_joined.xlsx", body: cell(4, 0, "select_oneregion"), do: reject, says: []string{"select_oneregion", "row 4"}},
		{file: "list_missing.xlsx", body: cell(4, 0, "select_one"), do: reject, says: []string{"row 4", "list"}},
		{file: "list_unknown.xlsx", body: cell(4, 0, "select_one regions"), do: reject, says: []string{"regions", "row 4"}},
		{file: "list_in_case.xlsx", body: cell(4, 0, "select_one Region"), do: reject, says: []string{"Region", "row 4"}},
		{file: "list_from_file.xlsx", body: cell(4, 0, "select_one_from_file regions.csv"), do: reject, says: []string{"row 4"}},
		{file: "choice_without_list.xlsx", body: choice([]string{"", "orphan", "Orphan"}), do: reject, says: []string{"row 19"}},
		{file: "choice_without_name.xlsx", body: choice([]string{"region", "", "Nameless"}), do: reject, says: []string{"row 19", "region"}},
		{file: "choice_twice_other_label.xlsx", body: choice([]string{"region", "africa", "Elsewhere"}), do: reject, says: []string{"region", "africa", "row 19"}},
		{file: "choice_twice_same_label.xlsx", body: choice([]string{"region", "africa", "The africa", "Le africa"}), do: either, says: []string{"region", "africa"}},
		{file: "choice_twice_in_case.xlsx", body: choice([]string{"region", "Africa", "Elsewhere", "Ailleurs"}), do: either, says: []string{"Africa"}, rows: 20},
		{file: "choice_twice_homoglyph.xlsx", body: choice([]string{"region", "afric\u0430", "Elsewhere", "Ailleurs"}), do: warn, says: []string{"row 19", "scripts"}, rows: 20},
		{file: "label_twice.xlsx", body: choice([]string{"region", "elsewhere", "The africa", "Ailleurs"}), do: either, says: []string{"region"}, rows: 20},
		{file: "choice_with_blank.xlsx", body: choice([]string{"barrier", "no money", "No money", "Pas"}), do: reject, says: []string{"barrier"}},
		{file: "label_missing_in_one.xlsx", body: choice([]string{"region", "elsewhere", "Elsewhere"}), do: either, says: []string{"elsewhere"}, rows: 20},
		{file: "languages_differ.xlsx", body: choices(func(s sheet) sheet { s[0][3] = "label::French"; return s }), do: either, says: []string{"French"}, rows: 20},
		{file: "columns_twice.xlsx", body: items(func(s sheet) sheet { s[0] = append(s[0], "name"); return s }), do: reject, says: []string{"name", "row 1"}},
		{file: "relevant_unknown.xlsx", body: cell(10, relevant, "${nothing} = '1'"), do: reject, says: []string{"nothing", "row 10"}},
		{file: "relevant_itself.xlsx", body: cell(10, relevant, "${budget} > 5"), do: reject, says: []string{"budget", "row 10"}},
		{file: "relevant_circle.xlsx", body: circle, do: reject, says: []string{"region", "org_type"}},
		{file: "relevant_broken.xlsx", body: cell(10, relevant, "${region} = 'africa"), do: reject, says: []string{"row 10", "relevant"}},
		{file: "relevant_no_function.xlsx", body: cell(10, relevant, "frobnicate(${region})"), do: reject, says: []string{"row 10", "relevant"}},
		{file: "relevant_unclosed.xlsx", body: cell(10, relevant, "((((${region} = 'x'"), do: reject, says: []string{"row 10", "relevant"}},
		{file: "relevant_deep.xlsx", body: cell(10, relevant, strings.Repeat("(", 20_000)+"1"+strings.Repeat(")", 20_000)), do: reject, says: []string{"row 10"}},
		{file: "relevant_script.xlsx", body: cell(10, relevant, "<script>alert(1)</script>"), do: reject, says: []string{"row 10"}},
		{file: "constraint_broken.xlsx", body: cell(8, constraint, ". >= 1 and and . <= 5"), do: reject, says: []string{"row 8", "constraint"}},
		{file: "constraint_pattern.xlsx", body: cell(3, constraint, "regex(., '(a+)+$')"), do: accept, rows: 20},
		{file: "calculate_itself.xlsx", body: add([]string{"calculate", "total", "", "", "", "${total} + 1"}), do: reject, says: []string{"total"}},
		{file: "calculate_circle.xlsx", body: add([]string{"calculate", "one", "", "", "", "${two} + 1"}, []string{"calculate", "two", "", "", "", "${one} + 1"}), do: reject, says: []string{"one", "two"}},
		{file: "group_open.xlsx", body: add([]string{"begin_group", "g", "G"}), do: reject, says: []string{"row 12", "closed"}},
		{file: "group_never_opened.xlsx", body: add([]string{"end_group", "", ""}), do: reject, says: []string{"row 12", "opened"}},
		{file: "group_for_repeat.xlsx", body: add([]string{"begin_repeat", "g", "G"}, []string{"end_group", "", ""}), do: reject, says: []string{"row 13"}},
		{file: "groups_crossed.xlsx", body: add([]string{"begin_group", "g", "G"}, []string{"begin_repeat", "r", "R"}, []string{"end_group"}, []string{"end_repeat"}), do: reject, says: []string{"row 14"}},
		{file: "groups_deep.xlsx", body: formOf(deep, choicesSheet()).zip(), do: reject, says: []string{"deep"}},
		{file: "repeat_of_level.xlsx", body: add([]string{"begin_repeat", "respondent", "R"}, []string{"text", "x", "X"}, []string{"end_repeat"}), do: reject, says: []string{"respondent", "row 12"}},
		{file: "survey_empty.xlsx", body: items(func(s sheet) sheet { return s[:1] }), do: reject, says: []string{"no questions"}},
		{file: "survey_blank.xlsx", body: items(func(s sheet) sheet { return nil }), do: reject, says: []string{"survey"}},
		{file: "no_type_column.xlsx", body: cell(1, 0, "kind"), do: reject, says: []string{"type", "row 1"}},
		{file: "no_name_column.xlsx", body: cell(1, 1, "title"), do: reject, says: []string{"name", "row 1"}},
		{file: "sheets_in_case.xlsx", body: names("Survey", "CHOICES"), do: accept, rows: 20},
		{file: "sheet_misspelt.xlsx", body: names("surveys", "choices"), do: reject, says: []string{"survey"}},
		{file: "choices_misspelt.xlsx", body: names("survey", "choice"), do: reject, says: []string{"region", "choices"}},
		{file: "choices_missing.xlsx", body: workbook(named{name: "survey", cells: surveySheet()}).zip(), do: reject, says: []string{"region", "row 4"}},
		{file: "survey_twice.xlsx", body: workbook(named{name: "survey", cells: surveySheet()}, named{name: "Survey ", cells: surveySheet()}, named{name: "choices", cells: choicesSheet()}).zip(), do: either, says: []string{"survey"}},
		{file: "survey_hidden.xlsx", body: workbook(named{name: "survey", state: "hidden", cells: surveySheet()}, named{name: "choices", cells: choicesSheet()}).zip(), do: either, says: []string{"hidden"}},
		{file: "default_language_unknown.xlsx", body: workbook(named{name: "survey", cells: surveySheet()}, named{name: "choices", cells: choicesSheet()}, named{name: "settings", cells: sheet{{"default_language"}, {"Klingon (tlh)"}}}).zip(), do: either, says: []string{"Klingon"}},
		{file: "settings_two_rows.xlsx", body: workbook(named{name: "survey", cells: surveySheet()}, named{name: "choices", cells: choicesSheet()}, named{name: "settings", cells: append(settingsSheet(), []string{"Other", "o", "2", ""})}).zip(), do: either, says: []string{"settings"}, rows: 20},
		{file: "text_for_workbook.xlsx", body: surveySheet().csv(), do: reject, says: []string{"XLSX"}},
		{file: "empty.xlsx", body: nil, do: reject, says: []string{"empty"}},
		{file: "old.xls", body: []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xxxxxxxxxxxx"), do: reject, says: []string{"XLSX"}},
		{file: "page.xlsx", body: []byte("<html>log in</html>"), do: reject, says: []string{"XLSX"}},
		{file: "cut.xlsx", body: goodForm()[:len(goodForm())*2/3], do: reject, says: []string{"XLSX"}},
		{file: "answers_for_form.xlsx", body: book(nil).zip(), do: reject, says: []string{"survey"}},
		{file: "laughs.xlsx", body: formWith(good, `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>`), do: reject},
		{file: "outside.xlsx", body: formOf(surveySheet(), choicesSheet()).and("../../pwned", "x").zip(), do: reject, says: []string{".."}},
		{file: "bomb.xlsx", body: formOf(surveySheet(), choicesSheet()).bloated(300 << 20), do: reject, says: []string{"64 MB"}},
		{file: "formula.xlsx", body: formOf(surveySheet(), choicesSheet()).replace("xl/worksheets/sheet2.xml", `<c r="B2" t="inlineStr"><is><t xml:space="preserve">africa</t></is></c>`, `<c r="B2"><f>A1</f></c>`).zip(), do: reject, says: []string{"region"}},
		{file: "number_names.xlsx", body: formOf(surveySheet(), choicesSheet()).replace("xl/worksheets/sheet2.xml", `<c r="B9" t="inlineStr"><is><t xml:space="preserve">regional</t></is></c>`, `<c r="B9"><v>3</v></c>`).zip(), do: accept, rows: 20},
		{file: "far_row.xlsx", body: formOf(surveySheet(), choicesSheet()).replace(sheetPart, "</sheetData>", `<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>`).zip(), do: either},
		{file: "long_label.xlsx", body: cell(4, 2, strings.Repeat("label ", 200_000)), do: accept, rows: 20},
		{file: "script_label.xlsx", body: cell(4, 2, "<img src=x onerror=alert(1)>"), do: accept, rows: 20},
		{file: "esc\x1b[31m.xlsx", body: cell(10, 0, "decimall"), do: reject, says: []string{"row 10"}},
	})
}

// formWith returns a form with a declaration before its survey sheet.
func formWith(p parts, declaration string) []byte {
	return p.and(sheetPart, declaration+strings.Replace(p[sheetPart], "Region", "&b;", 1)).zip()
}
