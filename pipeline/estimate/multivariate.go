package estimate

import (
	"fmt"
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/estimate/multivariate"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The names of the figures of axes and classes: "axis1:item=choice" is where a
// choice lies, "class1" the share of respondents in a class and
// "class1:item=choice" how many of them make the choice.
const (
	axisName  = "axis"
	className = "class"
)

// How well axes and classes fit, as methods of the tests of their tables.
const (
	MethodInertia    = "inertia"    // of an axis; its effect is the adjusted share of all (Greenacre 2017, §19)
	MethodG2         = "g2"         // likelihood ratio against any table; its effect is the relative entropy
	MethodLikelihood = "likelihood" // the logarithm
	MethodAIC        = "aic"
	MethodBIC        = "bic"
)

// Reasons why figures have no value where others of the same table have.
const (
	NoAxis    = "no further axis" // choices spread over fewer
	Undefined = "not defined"
)

// correspondences are the axes of several items together.
type correspondences struct{ of *patternItem }

// axes is how many of them are shown.
const axes = 2

func axesOf(of *patternItem) correspondences { return correspondences{of} }

// each calls f for each choice of each item, in order.
func (of *patternItem) each(f func(item, choice int, name string)) {
	for i, item := range of.items {
		for j, choice := range item.Choices {
			f(i, j, item.Name+"="+choice)
		}
	}
}

func (m correspondences) names() []string {
	var out []string
	for k := range axes {
		m.of.each(func(_, _ int, name string) { out = append(out, fmt.Sprintf("%s%d:%s", axisName, k+1, name)) })
	}
	return out
}

func (m correspondences) figures(p multivariate.Patterns, made []int64) ([]table.Estimate, []table.Test, string) {
	c := p.Correspondence(axes)
	if c.Undefined != "" {
		return nil, nil, string(c.Undefined)
	}
	at := map[[2]int]multivariate.Category{}
	for _, category := range c.Categories {
		at[[2]int{category.Item, category.Choice}] = category
	}
	var out []table.Estimate
	var fit []table.Test
	for k := range axes {
		m.of.each(func(i, j int, _ string) {
			category, ok := at[[2]int{i, j}]
			e := without(NoBase)
			switch {
			case ok && k < len(category.Coordinates):
				e = plainly(category.Coordinates[k])
			case ok:
				e.Method = NoAxis
			}
			e.Count, e.Weighted = made[m.of.first[i]+j], float64(category.Mass*float64(p.Weight*float64(len(p.Items))))
			out = append(out, e)
		})
		if k < len(c.Eigen) {
			test := untested(MethodInertia, "")
			test.Choice, test.Statistic = fmt.Sprintf("%s%d", axisName, k+1), c.Eigen[k]
			if k < len(c.GreenacrePercent) {
				test.Effect, test.EffectName = c.GreenacrePercent[k]/100, "share"
			}
			fit = append(fit, test)
		}
	}
	return out, fit, ""
}

// latentClasses are classes of respondents who answer alike.
type latentClasses struct {
	of      *patternItem
	classes int
}

// defaultClasses, and how latent classes are looked for: from so many starts,
// which the seed alone decides.
const (
	defaultClasses = 2
	classStarts    = 10
	classSeed      = 1
	classSteps     = 5000
)

func classesOf(of *patternItem, classes int) latentClasses {
	if classes == 0 {
		classes = defaultClasses
	}
	return latentClasses{of, classes}
}

func (m latentClasses) names() []string {
	var out []string
	for c := range m.classes {
		class := fmt.Sprintf("%s%d", className, c+1)
		out = append(out, class)
		m.of.each(func(_, _ int, name string) { out = append(out, class+":"+name) })
	}
	return out
}

func (m latentClasses) figures(p multivariate.Patterns, _ []int64) ([]table.Estimate, []table.Test, string) {
	found := p.LatentClasses(m.classes, classStarts, classSeed, multivariate.Search{Iterations: classSteps})
	if found.Undefined != "" {
		return nil, nil, string(found.Undefined)
	}
	var out []table.Estimate
	for c, share := range found.Shares {
		add := func(x float64) {
			e := plainly(x)
			e.Count, e.Weighted = int64(math.Round(float64(share*float64(p.Rows)))), float64(share*p.Weight) // in the class, by its share
			out = append(out, e)
		}
		add(share)
		m.of.each(func(i, j int, _ string) { add(found.Conditional[i][c][j]) })
	}
	g2 := untested(MethodG2, "")
	g2.Statistic, g2.NDF, g2.DDF = found.G2, found.DF, math.Inf(1)
	if found.DF > 0 {
		g2.P = dist.ChiSquareUpper(found.G2, found.DF)
		g2.Adjusted = g2.P
	}
	if !math.IsNaN(found.Entropy) {
		g2.Effect, g2.EffectName = found.Entropy, "entropy"
	}
	fit := []table.Test{g2}
	for _, more := range []struct {
		method string
		value  float64
	}{{MethodLikelihood, found.LogLikelihood}, {MethodAIC, found.AIC}, {MethodBIC, found.BIC}} {
		test := untested(more.method, "")
		test.Statistic = more.value
		fit = append(fit, test)
	}
	return out, fit, ""
}

// plainly returns a figure without precision.
func plainly(x float64) table.Estimate {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return without(Undefined)
	}
	e := without(NoInterval)
	e.Value = x
	return e
}

// without returns no figure, for a reason.
func without(why string) table.Estimate {
	nan := math.NaN()
	return table.Estimate{Value: nan, SE: nan, Lo: nan, Hi: nan, DF: nan, DEff: nan, Method: why}
}
