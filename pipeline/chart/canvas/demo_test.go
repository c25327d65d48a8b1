package canvas

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
)

// demoText is the wording of the demonstration figure in one language; the
// data are invented.
type demoText struct {
	lang, title, subtitle, source, description, withheld string
	dir                                                  Direction
	choices, rows                                        []string
}

func demoTexts() []demoText {
	return []demoText{
		{
			lang: "en", dir: LTR,
			title:       "Most organisations found the review useful, but follow-up is where it breaks down",
			subtitle:    "Share of organisations by level of agreement, %. Third UPR cycle.",
			source:      "Source: invented data, n = 312 organisations in 74 States; 95% intervals 52–63.",
			description: "Bar chart with five rows: 68% agree that guidelines were clear, 27% that follow-up was safe.",
			withheld:    "withheld",
			choices:     []string{"Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"},
			rows:        []string{"The submission guidelines were clear", "We could submit in our own language", "Recommendations (UPR) were specific", "The State consulted us", "We could follow up without fear of reprisal"},
		},
		{
			lang: "ar", dir: RTL,
			title:       "رأت معظم المنظمات أن الاستعراض مفيد، لكن المتابعة هي نقطة الضعف",
			subtitle:    "نسبة المنظمات حسب درجة الموافقة، %. الدورة الثالثة للاستعراض الدوري الشامل (UPR).",
			source:      "المصدر: بيانات مختلقة، ن = 312 منظمة في 74 دولة؛ فاصل الثقة 95%: 52–63.",
			description: "رسم أعمدة من خمسة صفوف: يوافق 68% على وضوح المبادئ و27% على أمان المتابعة.",
			withheld:    "محجوب",
			choices:     []string{"لا أوافق بشدة", "لا أوافق", "محايد", "أوافق", "أوافق بشدة"},
			rows:        []string{"كانت المبادئ التوجيهية للتقارير واضحة", "استطعنا تقديم التقرير بلغتنا", "كانت التوصيات (UPR) محددة", "استشارتنا الدولة أثناء التنفيذ", "استطعنا المتابعة دون خوف من الانتقام"},
		},
		{
			lang: "zh", dir: LTR,
			title:       "多数组织认为审议有用，但后续落实是薄弱环节",
			subtitle:    "按同意程度划分的组织占比，%。普遍定期审议第三轮（UPR）。",
			source:      "来源：虚构数据，n = 312 个组织，74 个国家；95% 置信区间为 52–63。",
			description: "五行条形图：68% 同意指南清晰，27% 同意后续工作安全。",
			withheld:    "不予公布",
			choices:     []string{"非常不同意", "不同意", "中立", "同意", "非常同意"},
			rows:        []string{"提交材料的指南清晰明确", "我们可以用“本国语言”提交材料", "建议（UPR）具体且可衡量", "国家在落实期间征求了我们的意见", "我们可以不惧报复地开展后续工作"},
		},
	}
}

// demo draws every verb once: stacked bars, a dot with its interval, a withheld
// row, a hatched cell, a polygon, a dashed line.
func demo(t testing.TB, ts *typeset.Typesetter, w demoText) *Figure {
	t.Helper()
	f := &Figure{ID: "demo", Width: FullWidth, Height: 310, Dir: w.dir, Lang: w.lang, Title: w.title, Description: w.description}
	all := f.Frame()
	inner := FullWidth - 2*Margin
	y := Margin
	for _, block := range []struct {
		content string
		text    Text
		lines   int
	}{
		{w.title, Text{X: Margin, Size: TitleSize, Bold: true}, 2},
		{w.subtitle, Text{X: Margin, Size: SubtitleSize, Colour: Muted}, 2},
	} {
		lines := ts.Wrap(block.content, f.Style(block.text.Size, block.text.Bold), inner, block.lines)
		block.text.Y = y
		f.Draw(all, Paragraph(lines, block.text)...)
		y += float64(len(lines)) * LineHeight(block.text.Size)
	}
	y += 12
	colours := Diverging(5)
	x := Margin
	for i, choice := range w.choices {
		f.Draw(all, Rect{X: x, Y: y, W: 9, H: 9, Fill: colours[i]}, Text{X: x + 13, Y: Baseline(y+4.5, AxisSize), Content: choice, Size: AxisSize})
		x += 13 + ts.Width(choice, f.Style(AxisSize, false)) + 12
	}
	y += 20
	plot := all.Inset(180, y, 180, 5*RowHeight)
	shares := [][]float64{{6, 14, 12, 41, 27}, {18, 25, 9, 30, 18}, {14, 27, 21, 28, 10}, nil, {35, 27, 11, 18, 9}}
	values := []string{"66 [56–75]", "48 [42–54]", "38 [32–44]", "", "27 [22–33]"}
	for i, row := range w.rows {
		middle := (float64(i) + 0.5) * RowHeight
		lines := ts.Wrap(row, f.Style(LabelSize, false), 150, 2)
		f.Draw(all, Paragraph(lines, Text{X: Margin, Y: y + middle - float64(len(lines))*LineHeight(LabelSize)/2, Size: LabelSize})...)
		bar := Group{Title: row}
		if shares[i] == nil {
			bar.Marks = []Mark{Rect{Y: middle - 8, W: 180, H: 16, Fill: Suppressed}, Text{X: 90, Y: Baseline(middle, ValueSize), Content: w.withheld, Size: ValueSize, Anchor: Middle, Colour: Muted},
				Rect{X: 190, Y: middle - 8, W: 60, H: 16, Edge: Rule, Hatch: Missing}}
			f.Draw(plot, bar)
			continue
		}
		at := 0.0
		for k, share := range shares[i] {
			w := share * 1.8
			bar.Marks = append(bar.Marks, Rect{X: at, Y: middle - 8, W: w, H: 16, Fill: colours[k]})
			if share >= 8 {
				bar.Marks = append(bar.Marks, Text{X: at + w/2, Y: Baseline(middle, SmallValue), Content: num(share), Size: SmallValue, Anchor: Middle, Colour: LabelInk(colours[k])})
			}
			at += w
		}
		centre := 200 + shares[i][3]
		bar.Marks = append(bar.Marks, Line{X1: centre - 8, Y1: middle, X2: centre + 8, Y2: middle, Colour: Accent, Width: CIWidth}, Dot{X: centre, Y: middle, R: 3.5, Fill: Accent},
			Text{X: 304, Y: Baseline(middle, ValueSize), Content: values[i], Size: ValueSize, Anchor: End})
		f.Draw(plot, bar)
	}
	f.Draw(plot, Line{X1: 0, Y1: -4, X2: 0, Y2: 5*RowHeight + 4, Colour: Ink, Width: 1}, Line{X1: 230, Y1: -4, X2: 230, Y2: 5*RowHeight + 4, Colour: Highlight, Width: 1, Dash: 3},
		Path{Points: []Point{{230, -4}, {226, -10}, {234, -10}}, Fill: Highlight})
	f.Draw(all, Text{X: Margin, Y: f.Height - Margin, Content: w.source, Size: SourceSize, Colour: Muted})
	return f
}
