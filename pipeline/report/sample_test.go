package report_test

import (
	"math"
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/brief"
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// reply is the invented answers of one respondent: choices, or a number.
type reply struct {
	choices map[string][]string
	numbers map[string]float64
}

// replies invents respondents by counting: every figure can be worked out by hand.
func replies() []reply {
	var out []reply
	for i := range 180 {
		r := reply{choices: map[string][]string{}, numbers: map[string]float64{}}
		r.choices["region"] = []string{[]string{"north", "south"}[i/90]}
		scale := []string{"1", "2", "3", "4", "5"}
		r.choices["hard_write"] = []string{scale[i%5]}
		r.choices["hard_speak"] = []string{scale[min(i%6, 4)]}
		if i%9 > 0 {
			r.choices["hard_follow"] = []string{scale[2+i%3]}
		}
		tools := []string{}
		for k, name := range []string{"guide", "template", "helpdesk"} {
			if i%(k+2) == 0 {
				tools = append(tools, name)
			}
		}
		if i < 4 {
			tools = append(tools, "rare") // withheld: fewer than ten
		}
		r.choices["tools"] = tools
		if i%3 == 0 {
			r.choices["threat"] = []string{[]string{"yes", "no"}[i%2]}
		}
		r.choices["words_codes"] = []string{[]string{"money", "time"}[i%2]}
		r.numbers["staff"] = float64(1 + i%4)
		r.numbers["need_guide"] = float64(i%2) / 2
		r.numbers["need_help"] = float64(i % 2)
		out = append(out, r)
	}
	return out
}

func text(en, ar string) survey.Text { return survey.Text{"en": en, "ar": ar} }

func sampleSurvey(t testing.TB) *survey.Survey {
	t.Helper()
	score := func(v float64) *float64 { return &v }
	s, findings := survey.New(survey.Survey{
		ID: "sample", Title: text("A sample", "عينة"), Default: "en", Languages: []survey.Language{{Name: "English", Tag: "en"}, {Name: "العربية", Tag: "ar"}},
		Groups: []survey.Group{{Name: "who", Path: "who", Label: text("Your organisation", "منظمتكم")}, {Name: "hard", Path: "hard", Label: text("How hard was each stage?", "ما مدى صعوبة كل مرحلة؟")}, {Name: "rest", Path: "rest", Label: text("The rest <b>&", "البقية")}},
		Items: []survey.Item{
			{Name: "region", Type: survey.SelectOne, List: "region", Path: "who/region", Role: survey.Key, Chapter: "1 Who", Label: text("Where do you work?", "أين تعملون؟"), Short: text("Region", "المنطقة")},
			{Name: "hard_write", Type: survey.SelectOne, List: "scale", Path: "hard/hard_write", Chapter: "2 Stages", Label: text("How hard was it? Writing", "ما مدى الصعوبة؟ الكتابة"), Short: text("Difficulty: writing", "الصعوبة: الكتابة")},
			{Name: "hard_speak", Type: survey.SelectOne, List: "scale", Path: "hard/hard_speak", Chapter: "2 Stages", Label: text("How hard was it? Speaking", "ما مدى الصعوبة؟ الكلام"), Short: text("Difficulty: speaking", "الصعوبة: الكلام")},
			{Name: "hard_follow", Type: survey.SelectOne, List: "scale", Path: "hard/hard_follow", Chapter: "2 Stages", Label: text("How hard was it? Follow-up", "ما مدى الصعوبة؟ المتابعة"), Short: text("Difficulty: follow-up", "الصعوبة: المتابعة")},
			{Name: "tools", Type: survey.SelectMultiple, List: "tools", Path: "rest/tools", Label: text("Which tools do you need?", "ما الأدوات التي تحتاجونها؟"), Short: text("Tools needed", "الأدوات المطلوبة")},
			{Name: "threat", Type: survey.SelectOne, List: "yn", Path: "rest/threat", Role: survey.Sensitive, Label: survey.Text{"en": "Were you threatened?"}},
			{Name: "staff", Type: survey.Integer, Path: "rest/staff", Label: text("How many people?", "كم شخصاً؟")},
			{Name: "words", Type: survey.OpenText, Path: "rest/words", Label: text("In your own words", "بكلماتكم")},
			{Name: "email", Type: survey.SelectOne, List: "yn", Path: "rest/email", Role: survey.Identifying, Label: text("E-mail", "البريد")},
			{Name: "words_codes", Type: survey.SelectMultiple, List: "codes", Path: "rest/words_codes", Derived: "words", Label: text("In your own words", "بكلماتكم")},
			{Name: "need_guide", Type: survey.Decimal, Path: "need_guide", Derived: "share", Label: text("Guide", "دليل")},
			{Name: "need_help", Type: survey.Decimal, Path: "need_help", Derived: "share", Label: text("Helpdesk", "مكتب مساعدة")},
		},
		Lists: []*survey.ChoiceList{
			survey.NewChoiceList("region", []survey.Choice{{Name: "north", Label: text("North", "الشمال")}, {Name: "south", Label: text("South", "الجنوب")}}),
			survey.NewChoiceList("scale", []survey.Choice{
				{Name: "1", Label: text("Very easy", "سهل جداً"), Score: score(1)}, {Name: "2", Label: text("Easy", "سهل"), Score: score(2)}, {Name: "3", Label: text("Neither", "متوسط"), Score: score(3)},
				{Name: "4", Label: text("Hard", "صعب"), Score: score(4)}, {Name: "5", Label: text("Very hard", "صعب جداً"), Score: score(5)}, {Name: "na", Label: text("n/a", "لا ينطبق"), Missing: survey.NotApplicable}}),
			survey.NewChoiceList("tools", []survey.Choice{{Name: "guide", Label: text("Guide (PDF)", "دليل (PDF)")}, {Name: "template", Label: text("Template", "نموذج")}, {Name: "helpdesk", Label: text("Helpdesk", "مكتب مساعدة")}, {Name: "rare", Label: text("Rare", "نادر")}}),
			survey.NewChoiceList("yn", []survey.Choice{{Name: "yes", Label: text("Yes", "نعم")}, {Name: "no", Label: text("No", "لا")}}),
			survey.NewChoiceList("codes", []survey.Choice{{Name: "money", Label: text("Money", "المال")}, {Name: "time", Label: text("Time", "الوقت")}}),
		},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

const components = `version: 1
components:
  - {id: guide, label: {en: Guide, ar: دليل}, purpose: {en: Tells what to do., ar: يبيّن ما ينبغي فعله.}, evidence: [{item: tools, choices: [guide]}, {item: hard_write, at_least: 4}]}
  - {id: help, label: {en: Helpdesk, ar: مكتب مساعدة}, purpose: {en: Answers questions., ar: يجيب عن الأسئلة.}, evidence: [{item: tools, choices: [helpdesk]}, {item: words, codes: [money]}]}
`

// tally computes the table of a row of the plan from the replies.
func tally(s *survey.Survey, row table.Row, all []reply) *table.Table {
	item, _ := s.Item(row.Item)
	out := &table.Table{Row: row, Level: survey.RespondentLevel, Design: table.Convenience}
	switch row.Analysis {
	case table.Mean, table.PropNet:
		out.Choices = []string{""}
	default:
		for _, c := range s.Choices(item) {
			if c.Missing == survey.Answered {
				out.Choices = append(out.Choices, c.Name)
			}
		}
	}
	groups := [][]string{nil}
	if len(row.By) > 0 {
		groups = [][]string{{"north"}, {"south"}}
	}
	for _, g := range groups {
		d := table.Domain{Values: g}
		counts, sum := make([]int64, len(out.Choices)), 0.0
		for _, r := range all {
			if g != nil && r.choices["region"][0] != g[0] {
				continue
			}
			chosen, answered := r.choices[row.Item]
			number, has := r.numbers[row.Item]
			if !answered && !has {
				d.Base.Reasons[survey.NotAnswered]++
				continue
			}
			d.Base.Reasons[survey.Answered]++
			if row.Analysis == table.Mean && answered {
				for _, c := range s.Choices(item) {
					if c.Name == chosen[0] {
						number = *c.Score
					}
				}
			}
			sum += number
			for k, name := range out.Choices {
				if slices.Contains(chosen, name) || row.Analysis == table.PropNet && slices.ContainsFunc(chosen, func(c string) bool { return slices.Contains(row.Values, c) }) {
					counts[k]++
				}
			}
		}
		n := float64(d.Base.Answered())
		d.Base.Weighted, d.Base.Kish = n, n
		var cells []table.Estimate
		for k := range out.Choices {
			v := float64(counts[k]) / n
			if row.Analysis == table.Mean {
				v, counts[k] = sum/n, d.Base.Answered()
			}
			se := math.Sqrt(math.Abs(v*(1-v)) / n)
			cells = append(cells, table.Estimate{Value: v, SE: se, Lo: v - 2*se, Hi: v + 2*se, DF: n - 1, DEff: 1, Count: counts[k], Weighted: float64(counts[k]), Method: "logit"})
		}
		out.Domains = append(out.Domains, d)
		out.Cells = append(out.Cells, cells)
	}
	return out
}

// sample is an Input for a language, and the release it is made of.
func sample(t testing.TB, tag string) report.Input {
	t.Helper()
	s := sampleSurvey(t)
	parts, findings := brief.Read("components.yaml", []byte(components))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	plan := table.Guess(s, []string{"region"})
	for _, r := range slices.Concat(parts.Plan(s), report.Plan(s, nil)) {
		plan.Add(r)
	}
	safe := release(t, s, plan)
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	all, err := lang.Languages()
	if err != nil {
		t.Fatal(err)
	}
	all = lang.Choose(all, []string{"en", "ar"})
	in := report.Input{
		Survey: s, Safe: safe, Components: parts, Languages: all, Domains: []string{"region"}, Typesetter: ts,
		Words: report.ProjectWords{Notice: text("All of this is invented.", "كل هذا مختلق."), Source: text("invented replies", "إجابات مختلقة")},
	}
	for _, l := range all {
		if l.Tag == tag {
			in.Language = l
		}
	}
	in.Quality, in.Reserved = safe.Account(account(), report.ChecksAlone[:]...), []string{"region"}
	return in
}

// release estimates and protects a plan.
func release(t testing.TB, s *survey.Survey, plan table.Plan) *protect.Safe {
	t.Helper()
	var tables []*table.Table
	for _, row := range plan.Rows {
		tables = append(tables, tally(s, row, replies()))
	}
	safe, findings, err := protect.Protect(s, plan, tables, nil, protect.Public, protect.Config{Threshold: 10})
	if err != nil {
		t.Fatal(err, findings)
	}
	return safe
}

func withoutNets(t testing.TB, s *survey.Survey) *protect.Safe {
	t.Helper()
	return release(t, s, table.Guess(s, nil))
}

// texts are the words drawn in a figure.
func texts(marks []canvas.Mark) []string {
	var out []string
	for _, m := range marks {
		switch m := m.(type) {
		case canvas.Text:
			out = append(out, m.Content)
		case canvas.Group:
			out = append(out, texts(m.Marks)...)
		}
	}
	return out
}
