package canvas

import "github.com/soundings-survey/soundings/pipeline/chart/typeset"

// Type sizes, in points of a figure 500 points wide. A page shows a point as
// 1.5 CSS pixels, so that the smallest text is 12 pixels high.
const (
	TitleSize    = 14.0 // bold, at most two lines, states the finding
	SubtitleSize = 10.0 // measure, unit, question wording, period
	LabelSize    = 9.5  // names of rows and categories
	ValueSize    = 9.0  // numbers beside marks
	SmallValue   = 8.5  // numbers inside narrow marks
	AxisSize     = 8.5
	SourceSize   = 8.0
)

// Measures, in points.
const (
	FullWidth = 500.0
	HalfWidth = 240.0
	Margin    = 16.0
	RowHeight = 26.0 // at least
	BarShare  = 0.6  // of a row
	RuleWidth = 0.6
	EdgeRule  = 0.75 // edge of a light mark without its number
	CIWidth   = 2.0  // line of a confidence interval
)

// leading is the distance between baselines, in ems; it clears Arabic marks and descenders.
const leading = 1.4

// LineHeight returns the distance between the baselines of two lines, in points.
func LineHeight(size float64) float64 { return leading * size }

// Baseline returns the baseline at which text of a size looks centred on y:
// the middle of capitals and figures stands at y.
func Baseline(y, size float64) float64 { return y + typeset.CapHeight(size)/2 }

// Paragraph sets wrapped lines below one another. at says how and where: its Y
// is the top of the block, which is len(lines) times LineHeight(at.Size) high,
// and its Content is ignored.
func Paragraph(lines []typeset.Line, at Text) []Mark {
	var marks []Mark
	top := at.Y
	for i, line := range lines {
		at.Content = line.Text
		at.Y = Baseline(top+(float64(i)+0.5)*LineHeight(at.Size), at.Size)
		marks = append(marks, at)
	}
	return marks
}
