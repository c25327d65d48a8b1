package table

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestPlanSheet(t *testing.T) {
	good := "\ufeffanalysis_type,analysis_var,group_var,level\nprop_select_one,hard,NA,0.95\n\nmean,hard,region,0.9\nprop_select_multiple,tools,\"region, hard\",NA\n"
	plan, findings := ReadSheet("plan.csv", []byte(good), sample(t), Never)
	if len(findings) > 0 || len(plan.Rows) != 3 || plan.Rows[1].Level != 0.9 || len(plan.Rows[2].By) != 2 {
		t.Errorf("plan %+v, findings %v", plan, findings)
	}
	const head = "analysis_type,analysis_var,group_var,level,with,values,against,prob,base,method,adjust,classes,numerator_NA_to_0,filter_denominator_0\n"
	for name, c := range map[string]struct {
		row  string
		want Row
	}{
		"a ratio":             {"ratio,staff,NA,,money", Row{Analysis: Ratio, Item: "staff", With: []string{"money"}, NAToZero: true, DropZero: true}},
		"a ratio's switches":  {"ratio,staff,NA,,money,,,,,,,,FALSE,0", Row{Analysis: Ratio, Item: "staff", With: []string{"money"}}},
		"choices in order":    {"prop_net,hard,,,,3|1|3", Row{Analysis: PropNet, Item: "hard", Values: []string{"1", "3"}}},
		"both sides":          {"net_score,hard,,,,4,1 | 2", Row{Analysis: NetScore, Item: "hard", Values: []string{"4"}, Against: []string{"1", "2"}}},
		"a quantile":          {"quantile,staff,region -/- hard,,,,,\"0,25\",,hf7", Row{Analysis: Quantile, Item: "staff", By: []string{"region", "hard"}, Prob: 0.25, Method: "hf7"}},
		"a base":              {"prop_select_multiple,tools,,,,,,,responses", Row{Analysis: PropSelectMultiple, Item: "tools", Base: BaseResponses}},
		"a total of choices":  {"total,tools", Row{Analysis: Total, Item: "tools"}},
		"a ranking":           {"rank_first,order", Row{Analysis: RankFirst, Item: "order"}},
		"predictors":          {"regression_logistic,hard,,,\"staff, factor(again)\",4", Row{Analysis: RegressionLogistic, Item: "hard", With: []string{"staff", "factor(again)"}, Values: []string{"4"}}},
		"classes":             {"lca,hard,,,\"tools,again\",,,,,,,3", Row{Analysis: LatentClasses, Item: "hard", With: []string{"tools", "again"}, Classes: 3}},
		"a comparison":        {"compare,hard,region,,,,,,,design,holm", Row{Analysis: Compare, Item: "hard", By: []string{"region"}, Method: "design", Adjust: "holm"}},
		"before and after":    {"test_paired,hard,,,again", Row{Analysis: TestPaired, Item: "hard", With: []string{"again"}}},
		"choices that count":  {"test_paired,hard,,,again,4|3", Row{Analysis: TestPaired, Item: "hard", With: []string{"again"}, Values: []string{"3", "4"}}},
		"switches of a mean":  {"mean,staff,,,,,,,,,,,TRUE,TRUE", Row{Analysis: Mean, Item: "staff"}},
		"what Excel makes NA": {"mean,staff,#N/A", Row{Analysis: Mean, Item: "staff"}},
	} {
		plan, findings := ReadSheet("plan.csv", []byte(head+c.row), sample(t), Told)
		if len(findings) > 0 || len(plan.Rows) != 1 || !reflect.DeepEqual(plan.Rows[0], c.want) {
			t.Errorf("%s: %+v %v, want %+v", name, plan, findings, c.want)
		}
	}
}

func TestEachMistakeInAPlanIsNamed(t *testing.T) {
	const all = "analysis_type,analysis_var,group_var,level,with,values,against,prob,base,method,adjust,classes,numerator_NA_to_0,filter_denominator_0,analysis_var_numerator,analysis_var_denominator\n"
	for name, c := range map[string]struct{ sheet, want string }{
		"an unknown analysis":      {"analysis_type,analysis_var\nmedain,staff\n", `row 2, column analysis_type: The analysis "medain" is not one that can be computed. Did you mean "median"?`},
		"an unknown item":          {"analysis_type,analysis_var\nmean,stuff\n", `row 2, column analysis_var: The survey has no item "stuff"`},
		"no item":                  {"analysis_type,analysis_var\nmean,NA\n", "column analysis_var: The row names no item"},
		"an analysis of the wrong": {"analysis_type,analysis_var\nmean,words\n", "does not suit the item words"},
		"an unknown group":         {"analysis_type,analysis_var,group_var\nmean,staff,words\n", "column group_var"},
		"a group twice":            {"analysis_type,analysis_var,group_var\nmean,staff,\"region,region\"\n", "the group region twice"},
		"a level out of bounds":    {"analysis_type,analysis_var,level\nmean,staff,95\n", "column level"},
		"a level that is no level": {"analysis_type,analysis_var,level\nmean,staff,nan\n", "column level"},
		"a missing column":         {"analysis_var\nstaff\n", "column analysis_type"},
		"a column twice":           {"analysis_type,analysis_var,Level,level\nmean,staff,,\n", "the column level twice"},
		"nothing":                  {"", "no header"},
		"another encoding":         {"analysis_type\n\xe9", "not text in UTF-8"},
		"no groups to compare":     {all + "test_mean,staff", "column group_var: The analysis test_mean compares groups"},
		"no denominator":           {all + "ratio,staff", "column with: The analysis ratio needs further items"},
		"denominators":             {all + "ratio,staff,,,\"money,hard\"", "column with: The row names 2 further items"},
		"a ratio of itself":        {all + "ratio,staff,,,staff", "column with: The row names the item staff twice"},
		"a ratio named twice":      {all + "ratio,staff,,,money,,,,,,,,,,staff,money", "names the items of a ratio twice"},
		"a numerator of a mean":    {all + "mean,staff,,,,,,,,,,,,,staff", "column analysis_var_numerator: The column"},
		"a switch":                 {all + "ratio,staff,,,money,,,,,,,,maybe", "column numerator_NA_to_0: The switch"},
		"others with one":          {all + "mean,staff,,,money", "column with: The analysis mean is of one item"},
		"others of another kind":   {all + "alpha,hard,,,words", "column with: The item words, of type text"},
		"factor without a need":    {all + "alpha,hard,,,factor(again)", `column with: The survey has no item "factor(again)"`},
		"no choices":               {all + "prop_net,hard", "column values: The row does not say which choices count"},
		"an unknown choice":        {all + "prop_net,hard,,,,5", `column values: The item hard has no choice "5"`},
		"a missing answer":         {all + "prop_net,hard,,,,na", "stands for a missing answer"},
		"for and against":          {all + "net_score,hard,,,,4,4|1", "counts for and against"},
		"choices of a mean":        {all + "mean,hard,,,,4", "column values: The column values says nothing about mean"},
		"no quantile":              {all + "quantile,staff", "column prob: The row does not say which quantile"},
		"a quantile of 1":          {all + "quantile,staff,,,,,,1", "column prob: The quantile"},
		"a base":                   {all + "prop_select_multiple,tools,,,,,,,everybody", "column base: The base"},
		"an adjustment":            {all + "compare,hard,region,,,,,,,,fdr", "column adjust"},
		"classes":                  {all + "lca,hard,,,again,,,,,,,many", "column classes"},
		"a method":                 {all + "mean,staff,,,,,,,,=1+1", "column method"},
		"a row twice":              {all + "mean,staff\nmean,staff,NA,0.95", "row 3: This row asks for the same as row 2"},
		"a misspelt column":        {"analysis_type,analysis_var,grup_var\nmean,staff,\n", `The column grup_var of the plan is not read. Did you mean "group_var"?`},
	} {
		_, findings := ReadSheet("plan.csv", []byte(c.sheet), sample(t), Never)
		if len(findings) != 1 || !strings.Contains(findings[0].String(), c.want) {
			t.Errorf("%s: %v, want one with %q", name, findings, c.want)
		}
	}
	_, findings := ReadSheet("plan.csv", []byte(all+"mean,stuff,words,2,money,4,1\nmode,staff\n"), sample(t), Never)
	if len(findings) != 7 {
		t.Errorf("%d findings, want all seven at once: %v", len(findings), findings)
	}
}

func TestAPlanForAnalysistoolsHasItsIntervals(t *testing.T) {
	const loa = "analysis_type,analysis_var,group_var,level\nprop_select_one,hard,NA,0.95\nmean,staff,region,0.95\n"
	const wide = "analysis_type,analysis_var,method\nprop_select_one,hard,\nmean,staff,t\n"
	for name, c := range map[string]struct {
		sheet string
		mode  Compatibility
		want  int // rows
		notes int
	}{
		"its columns alone":            {loa, Told, 2, 1},
		"its columns, asked not to":    {loa, Never, 0, 0},
		"its columns, asked to":        {loa, Always, 2, 0},
		"a column of ours":             {wide, Told, 0, 0},
		"a column of ours, asked to":   {wide, Always, 1, 0}, // but where a method is named
		"an analysis that it does not": {strings.Replace(loa, "mean", "variance", 1), Told, 0, 0},
		"a remark":                     {"analysis_type,analysis_var,sector\nmean,staff,food\n", Told, 1, 2},
	} {
		plan, findings := ReadSheet("plan.csv", []byte(c.sheet), sample(t), c.mode)
		n := 0
		for _, r := range plan.Rows {
			if r.Compatible {
				n++
			}
			free := r
			free.Compatible = false
			if r.Key() != free.Key() {
				t.Errorf("%s: the key tells", name)
			}
		}
		if n != c.want || len(findings) != c.notes || finding.Refused(findings) {
			t.Errorf("%s: %d rows are compatible, want %d: %v", name, n, c.want, findings)
		}
	}
}

// plans draws plans that hold for the sample survey.
func plans(s *survey.Survey) *rapid.Generator[Plan] {
	return rapid.Custom(func(t *rapid.T) Plan {
		var p Plan
		for range rapid.IntRange(0, 8).Draw(t, "rows") {
			a := rapid.SampledFrom(analysisNames[:]).Draw(t, "analysis")
			need, _ := demands(a)
			var items, others []string
			for _, item := range s.Items {
				if fits(s, &item, need.item) {
					items = append(items, item.Name)
				}
			}
			r := Row{Analysis: a, Item: rapid.SampledFrom(items).Draw(t, "item")}
			for _, item := range s.Items {
				if item.Name != r.Item && need.most > 0 && fits(s, &item, need.with) {
					others = append(others, item.Name)
				}
			}
			if need.most > 0 {
				r.With = rapid.Permutation(others).Draw(t, "with")[:rapid.IntRange(need.fewest, min(need.most, len(others))).Draw(t, "others")]
				r.With = slices.Clone(r.With)
			}
			if need.groups || rapid.Bool().Draw(t, "grouped") {
				r.By = rapid.SampledFrom([][]string{{"region"}, {"region", "hard"}, {"tools"}}).Draw(t, "by")
			}
			r.Level = rapid.SampledFrom([]float64{0, 0.9, 0.95, 0.99}).Draw(t, "level")
			item, _ := s.Item(r.Item)
			if choices := s.Choices(item); need.values || need.may && len(choices) > 0 && rapid.Bool().Draw(t, "counts") {
				r.Values = []string{choices[0].Name}
				if need.against {
					r.Against = []string{choices[1].Name}
				}
			}
			if need.prob {
				r.Prob = rapid.Float64Range(0.01, 0.99).Draw(t, "prob")
			}
			if need.base {
				r.Base = rapid.SampledFrom([]BaseKind{"", BaseAnswered, BaseRespondents, BaseResponses}).Draw(t, "base")
			}
			if need.adjust {
				r.Adjust = rapid.SampledFrom([]string{"", "holm", "bh"}).Draw(t, "adjust")
			}
			if need.classes {
				r.Classes = rapid.IntRange(0, 5).Draw(t, "classes")
			}
			r.Method = rapid.SampledFrom([]string{"", "wilson", "hf7"}).Draw(t, "method")
			if a == Ratio {
				r.NAToZero, r.DropZero = rapid.Bool().Draw(t, "na"), rapid.Bool().Draw(t, "zero")
			}
			p.Add(r)
		}
		return p
	})
}

func TestASheetReadsBackToItsPlan(t *testing.T) {
	s := sample(t)
	rapid.Check(t, func(t *rapid.T) {
		p := plans(s).Draw(t, "plan")
		for name, write := range map[string]func(*bytes.Buffer) error{
			"plan.csv":  func(b *bytes.Buffer) error { return sheet.WriteCSV(b, p.Sheet()) },
			"plan.xlsx": func(b *bytes.Buffer) error { return sheet.WriteBook(b, "plan", p.Sheet()) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			got, findings := ReadSheet(name, b.Bytes(), s, Told)
			if len(findings) > 0 || !reflect.DeepEqual(got, p) {
				t.Fatalf("%s: %v\n got %+v\nwant %+v", name, findings, got, p)
			}
		}
	})
}

func TestEveryAnalysisCanBeAskedFor(t *testing.T) {
	for _, a := range analysisNames {
		if _, ok := demands(a); !ok {
			t.Errorf("%s cannot", a)
		}
		if i := slices.Index(analysisNames[:], a); slices.Contains(analysisNames[i+1:], a) {
			t.Errorf("%s is named twice", a)
		}
	}
}

func FuzzReadSheet(f *testing.F) {
	f.Add("analysis_type,analysis_var\nmean,staff\n")
	f.Add("analysis_type,analysis_var,with,values\nratio,staff,staff,\nprop_net,g,,a|b\n")
	s, _ := survey.New(survey.Survey{
		Items: []survey.Item{{Name: "staff", Type: survey.Integer}, {Name: "g", Type: survey.SelectOne, List: "l"}},
		Lists: []*survey.ChoiceList{survey.NewChoiceList("l", []survey.Choice{{Name: "a"}, {Name: "b"}})},
	})
	f.Fuzz(func(_ *testing.T, sheet string) { ReadSheet("f", []byte(sheet), s, Told) })
}
