package chart

import (
	"bytes"
	"flag"
	"fmt"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// western writes figures with Western digits and a percent sign.
type western struct{}

func (western) Count(n int64) string            { return fmt.Sprint(n) }
func (western) Percent(v float64, d int) string { return fmt.Sprintf("%.*f%%", d, 100*v) }
func (western) Decimal(v float64, d int) string { return fmt.Sprintf("%.*f", d, v) }
func (western) Range(lo, hi string) string      { return lo + "–" + hi }
func (western) Mark() string                    { return "c" }
func (western) Below(limit string) string       { return "<" + limit }

// respondents is how many the demo has in all.
const respondents = 333

// counted makes a table of shares from counts: counts[d][c].
func counted(item string, by []string, domains, choices []string, counts [][]int64) *table.Table {
	t := &table.Table{Row: table.Row{Analysis: table.PropSelectOne, Item: item, By: by}, Level: survey.RespondentLevel, Design: table.Convenience, Choices: choices}
	for d, name := range domains {
		dom := table.Domain{}
		if len(by) > 0 {
			dom.Values = []string{name}
		}
		var base int64
		for _, n := range counts[d] {
			base += n
		}
		dom.Base.Reasons[survey.Answered] = base
		if len(by) == 0 {
			dom.Base.Reasons[survey.NotAsked] = respondents - base
		}
		dom.Base.Weighted, dom.Base.Kish = float64(base), float64(base)
		var cells []table.Estimate
		for _, n := range counts[d] {
			p := float64(n) / float64(base)
			se := math.Sqrt(p * (1 - p) / float64(base))
			cells = append(cells, table.Estimate{Value: p, SE: se, Lo: max(p-1.96*se, 0), Hi: min(p+1.96*se, 1), Count: n, Weighted: float64(n), Method: "logit"})
		}
		t.Domains = append(t.Domains, dom)
		t.Cells = append(t.Cells, cells)
	}
	return t
}

func scaleItem(name string) survey.Item {
	return survey.Item{Name: name, Type: survey.SelectOne, List: "scale"}
}

// release protects three scaled items, one of which has too few answers, and
// the first by region.
func release(t *testing.T) (*protect.Safe, []*table.Table) {
	t.Helper()
	var choices []survey.Choice
	names := []string{"1", "2", "3", "4", "5"}
	for i, n := range names {
		score := float64(i + 1)
		choices = append(choices, survey.Choice{Name: n, Score: &score})
	}
	regions := []string{"africa", "asia", "americas", "europe", "small"}
	var regionChoices []survey.Choice
	for _, r := range regions {
		regionChoices = append(regionChoices, survey.Choice{Name: r})
	}
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{scaleItem("a"), scaleItem("b"), scaleItem("c"), {Name: "region", Type: survey.SelectOne, List: "region"}},
		Lists: []*survey.ChoiceList{survey.NewChoiceList("scale", choices), survey.NewChoiceList("region", regionChoices)},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	all := []string{""}
	tables := []*table.Table{
		counted("a", nil, all, names, [][]int64{{31, 48, 70, 120, 64}}),
		counted("b", nil, all, names, [][]int64{{90, 70, 40, 60, 40}}),
		counted("c", nil, all, names, [][]int64{{3, 4, 2, 5, 6}}),
		counted("a", []string{"region"}, regions, names, [][]int64{
			{12, 15, 20, 40, 20}, {10, 14, 25, 40, 20}, {5, 10, 15, 25, 15}, {3, 7, 8, 13, 6}, {1, 2, 2, 2, 3},
		}),
	}
	nets := func(item string, lo, hi int64, n int64) {
		for _, side := range []struct {
			values []string
			count  int64
		}{{[]string{"1", "2"}, lo}, {[]string{"4", "5"}, hi}} {
			net := counted(item, nil, all, []string{""}, [][]int64{{side.count}})
			net.Row = table.Row{Analysis: table.PropNet, Item: item, Values: side.values}
			net.Domains[0].Base.Reasons[survey.Answered] = n
			net.Domains[0].Base.Reasons[survey.NotAsked] = respondents - n
			net.Cells[0][0].Value = float64(side.count) / float64(n)
			tables = append(tables, net)
		}
	}
	nets("a", 79, 184, 333)
	nets("b", 160, 100, 300)
	nets("c", 7, 11, 20)
	var plan table.Plan
	for _, t := range tables {
		plan.Rows = append(plan.Rows, t.Row)
	}
	safe, _, err := protect.Protect(s, plan, tables, nil, protect.Public, protect.Default())
	if err != nil {
		t.Fatal(err)
	}
	return safe, tables
}

func view(t *testing.T, safe *protect.Safe, row table.Row) *protect.View {
	t.Helper()
	v, ok := safe.View(row)
	if !ok {
		t.Fatalf("no view of %s", row.Key())
	}
	return v
}

// words are the labels of the demo in a language.
type words struct {
	lang               string
	rtl                bool
	title, sub, source string
	items, steps       []string
	regions            []string
	n, neutral         string
}

var demo = []words{
	{"en", false, "Difficult above all: meetings with missions in Geneva (55%)", "Share of respondents at each step of the scale, %. How difficult was this stage for your organisation?", "Source: synthetic example. n beside each row. Lighter lines are indicative intervals. c = withheld to protect respondents.",
		[]string{"Meetings with missions in Geneva", "Written submission", "Oral statement at adoption (item 6)"}, []string{"Very easy", "Easy", "Neither", "Difficult", "Very difficult"},
		[]string{"Africa", "Asia and the Pacific", "Latin America and the Caribbean", "Eastern Europe", "Works globally"}, "n", "Neither"},
	{"ar", true, "الأصعب: لقاءات البعثات في جنيف (55%)", "نسبة المجيبين عند كل درجة من المقياس، %. ما مدى صعوبة هذه المرحلة على منظمتكم؟", "المصدر: مثال مصطنع. العدد ن بجانب كل صف. الخطوط الفاتحة فترات استرشادية. c = محجوب لحماية المجيبين.",
		[]string{"لقاءات البعثات في جنيف", "التقرير المكتوب", "البيان الشفوي عند الاعتماد (البند 6)"}, []string{"سهل جداً", "سهل", "بين بين", "صعب", "صعب جداً"},
		[]string{"أفريقيا", "آسيا والمحيط الهادئ", "أمريكا اللاتينية والكاريبي", "أوروبا الشرقية", "تعمل عالمياً"}, "ن", "بين بين"},
	{"zh", false, "最困难的是与日内瓦代表团会面（55%）", "各量级答复者占比（%）。这一阶段对贵组织有多困难？", "资料来源：虚构示例。各行均注明 n。浅色线为参考区间。c = 为保护答复者而不予公布。",
		[]string{"与日内瓦代表团会面", "书面提交材料", "通过时的口头发言（项目6）"}, []string{"很容易", "容易", "一般", "困难", "很困难"},
		[]string{"非洲", "亚洲及太平洋", "拉丁美洲和加勒比", "东欧", "全球性"}, "n", "一般"},
}

func (w words) head(kind string) Head {
	return Head{ID: kind + "-" + w.lang, Lang: w.lang, RTL: w.rtl, Title: w.title, Subtitle: w.sub, Source: w.source, Description: w.title, N: w.n}
}

func figures(t *testing.T, w words, safe *protect.Safe, pen *protect.Pen, ts *typeset.Typesetter) map[string]*canvas.Figure {
	t.Helper()
	one := view(t, safe, table.Row{Analysis: table.PropSelectOne, Item: "b"})
	var bars []Row
	for c := range one.Choices() {
		bars = append(bars, Row{Label: w.steps[c], Value: one.Share(0, c), Base: one.Base(0)})
	}
	var rows []ScaleRow
	for i, item := range []string{"a", "b", "c"} {
		v := view(t, safe, table.Row{Analysis: table.PropSelectOne, Item: item})
		r := ScaleRow{Label: w.items[i], Base: v.Base(0)}
		for c := range v.Choices() {
			r.Steps = append(r.Steps, v.Share(0, c))
		}
		r.Low = view(t, safe, table.Row{Analysis: table.PropNet, Item: item, Values: []string{"1", "2"}}).Share(0, 0)
		r.High = view(t, safe, table.Row{Analysis: table.PropNet, Item: item, Values: []string{"4", "5"}}).Share(0, 0)
		rows = append(rows, r)
	}
	by := view(t, safe, table.Row{Analysis: table.PropSelectOne, Item: "a", By: []string{"region"}})
	var columns []Column
	for d := range by.Domains() {
		columns = append(columns, Column{Label: w.regions[d], Base: by.Base(d)})
	}
	var heat []HeatRow
	for c := range by.Choices() {
		r := HeatRow{Label: w.steps[c]}
		for d := range by.Domains() {
			r.Cells = append(r.Cells, by.Share(d, c))
		}
		heat = append(heat, r)
	}
	many := append(append(append([]Column(nil), columns...), columns...), columns...)
	wide := make([]HeatRow, len(heat))
	for i, r := range heat {
		wide[i] = HeatRow{r.Label, append(append(append([]protect.Number(nil), r.Cells...), r.Cells...), r.Cells...)}
	}
	out := map[string]*canvas.Figure{}
	var err error
	for name, draw := range map[string]func() (*canvas.Figure, error){
		"bars": func() (*canvas.Figure, error) {
			return Bars(w.head("bars"), bars, BarOptions{Max: 1, Indicative: true}, pen, ts)
		},
		"steps": func() (*canvas.Figure, error) {
			return Steps(w.head("steps"), steps(one, w.steps), pen, ts)
		},
		"likert": func() (*canvas.Figure, error) { return Likert(w.head("likert"), w.steps, rows, w.neutral, pen, ts) },
		"heat": func() (*canvas.Figure, error) {
			return Heat(w.head("heat"), columns, heat, HeatOptions{0, 0.6}, pen, ts)
		},
		"wide": func() (*canvas.Figure, error) { return Heat(w.head("wide"), many, wide, HeatOptions{0, 0.6}, pen, ts) },
	} {
		if out[name], err = draw(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// steps is a flow made of the counts of a view.
func steps(v *protect.View, labels []string) []Step {
	out := []Step{{Label: labels[0], Value: v.Base(0)}}
	for c := 1; c < 4; c++ {
		out = append(out, Step{Label: labels[c], Value: v.Count(0, c), Less: true})
	}
	return append(out, Step{Label: labels[4], Value: v.Count(0, 0)})
}

func TestAFlowHangsEachPartWhereTheOneBeforeEnded(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	pen := safe.Pen("test", western{})
	one := view(t, safe, table.Row{Analysis: table.PropSelectOne, Item: "b"}) // 300: 90, 70, 40, 60, 40
	flow := []Step{{Label: "all", Value: one.Base(0)}, {Label: "first", Value: one.Count(0, 1), Less: true}, {Label: "withheld", Less: true}, {Label: "second", Value: one.Count(0, 2), Less: true}, {Label: "left", Value: one.Count(0, 0)}}
	fig, err := Steps(demo[0].head("x"), flow, pen, ts)
	if err != nil {
		t.Fatal(err)
	}
	var bars []canvas.Rect
	for _, m := range fig.Marks {
		if r, ok := m.(canvas.Rect); ok {
			bars = append(bars, r)
		}
	}
	if len(bars) != 4 {
		t.Fatalf("%d bars for four known numbers and one withheld", len(bars))
	}
	unit := bars[0].W / 300
	for i, want := range []struct{ from, n float64 }{{0, 300}, {230, 70}, {190, 40}, {0, 90}} {
		if math.Abs(bars[i].X-bars[0].X-want.from*unit) > 1e-6 || math.Abs(bars[i].W-want.n*unit) > 1e-6 {
			t.Errorf("bar %d from %v, %v wide; want from %v, %v", i, (bars[i].X-bars[0].X)/unit, bars[i].W/unit, want.from, want.n)
		}
	}
}

func TestChartsReadWellInThreeScripts(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	for _, w := range demo {
		pen := safe.Pen("demo."+w.lang, western{})
		for name, fig := range figures(t, w, safe, pen, ts) {
			inspected, err := canvas.Inspect(fig, ts)
			if err != nil {
				t.Fatalf("%s %s: %v", name, w.lang, err)
			}
			if !inspected.OK() {
				t.Errorf("%s %s: %+v", name, w.lang, inspected)
			}
			picture, err := canvas.PNG(fig, 144, ts)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+"-"+w.lang+".png", picture)
		}
	}
	if len(safe.Ledger()) == 0 {
		t.Error("the pen recorded nothing")
	}
}

// golden compares a picture with the one that was looked at: pixels may differ
// by rounding on another processor, not more.
func golden(t *testing.T, name string, picture []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, picture, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(want, picture) {
		return
	}
	a, errA := png.Decode(bytes.NewReader(want))
	b, errB := png.Decode(bytes.NewReader(picture))
	if errA != nil || errB != nil || a.Bounds() != b.Bounds() {
		t.Errorf("%s: another size than the golden picture", name)
		return
	}
	differ := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			if far(r1, r2) || far(g1, g2) || far(b1, b2) {
				differ++
			}
		}
	}
	if differ > a.Bounds().Dx()*a.Bounds().Dy()/2000 {
		t.Errorf("%s: %d pixels differ from the golden picture", name, differ)
	}
}

func far(a, b uint32) bool { return max(a, b)-min(a, b) > 0x1800 }

func TestWithheldFiguresHaveNoLengthAndOneMark(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	pen := safe.Pen("test", western{})
	v := view(t, safe, table.Row{Analysis: table.PropSelectOne, Item: "c"})
	var rows []Row
	for c := range v.Choices() {
		rows = append(rows, Row{Label: "row", Value: v.Share(0, c), Base: v.Base(0)})
	}
	fig, err := Bars(demo[0].head("x"), rows, BarOptions{Max: 1}, pen, ts)
	if err != nil {
		t.Fatal(err)
	}
	svg, err := canvas.SVG(fig, canvas.SVGOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(svg), string(canvas.Accent)); n != 0 {
		t.Errorf("%d bars for withheld figures:\n%s", n, svg)
	}
	if n := strings.Count(string(svg), ">c<"); n != len(rows) {
		t.Errorf("%d marks for %d withheld figures", n, len(rows))
	}
}

func TestLikertRefusesTooManySteps(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	if _, err := Likert(demo[0].head("x"), make([]string, 11), nil, "", safe.Pen("x", western{}), ts); err == nil {
		t.Error("eleven steps were drawn")
	}
}
