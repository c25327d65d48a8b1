package multivariate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Correspondence is a multiple correspondence analysis. Eigenvalues and what is
// made of them are in falling order; coordinates are given for the first axes.
type Correspondence struct {
	Categories []Category // choices that somebody made, in the order of items
	Inertia    float64    // in all
	Eigen      []float64  // inertias of the axes
	Percent    []float64  // of the inertia in all

	// Eigenvalues of the axes above the mean, corrected for what the table of an
	// item with itself adds, and their shares: of their sum (Benzécri 1979), of
	// the mean inertia of tables of two items (Greenacre 2017, §19).
	Adjusted         []float64
	AdjustedPercent  []float64
	Greenacre        float64
	GreenacrePercent []float64

	Eta2      [][]float64 // by axis and item: share of the axis' variance that the item explains
	Undefined Reason

	place map[[2]int]int // of a category, by item and choice
	items int
}

// Category is a choice of an item on the axes.
type Category struct {
	Item, Choice int
	Mass         float64
	Coordinates  []float64 // principal
	Contribution []float64 // to the inertia of each axis
	Cos2         []float64 // share of the category's inertia that the axis shows
}

// least is the inertia below which an axis is there by rounding alone.
const least = 1e-12

// Correspondence analyses the table of indicators of all choices (Greenacre
// 2017, §§18-19; Le Roux and Rouanet 2010) by the eigenvalues of the table of
// Burt, which has the same axes. Coordinates are given on so many axes; on each
// the category farthest from the middle is on the positive side.
func (p Patterns) Correspondence(axes int) Correspondence {
	c := Correspondence{Undefined: p.analysable(), items: len(p.Items)}
	if c.Undefined != "" {
		return c
	}
	burt := c.burt(p)
	size := len(c.Categories)
	c.Inertia = float64(size)/float64(c.items) - 1
	if size == c.items {
		c.Undefined = NoVariance
		return c
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(burt, true) {
		c.Undefined = NotComputed
		return c
	}
	values := eigen.Values(nil)
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	for k := size - 1; k >= 0 && values[k] > least; k-- {
		c.Eigen = append(c.Eigen, values[k])
		c.Percent = append(c.Percent, 100*values[k]/c.Inertia)
		if len(c.Eigen) <= axes {
			c.axis(values[k], mat.Col(nil, k, &vectors))
		}
	}
	c.adjust()
	return c
}

func (p Patterns) analysable() Reason {
	switch {
	case len(p.Items) < 2:
		return FewItems
	case len(p.Patterns) == 0:
		return NoAnswers
	}
	return ""
}

// burt lists the categories and returns the table of Burt, centred and
// standardised by their masses.
func (c *Correspondence) burt(p Patterns) *mat.SymDense {
	c.place = map[[2]int]int{}
	for i := range p.Items {
		var used []int
		for _, x := range p.Patterns {
			used = append(used, x.Answers[i])
		}
		slices.Sort(used)
		for _, k := range slices.Compact(used) {
			c.place[[2]int{i, k}] = len(c.Categories)
			c.Categories = append(c.Categories, Category{Item: i, Choice: k})
		}
	}
	table := mat.NewSymDense(len(c.Categories), nil)
	for _, x := range p.Patterns {
		for i, k := range x.Answers {
			a := c.place[[2]int{i, k}]
			for j := i; j < len(x.Answers); j++ {
				b := c.place[[2]int{j, x.Answers[j]}]
				table.SetSym(a, b, table.At(a, b)+x.Weight)
			}
		}
	}
	items := float64(c.items)
	for a := range c.Categories {
		c.Categories[a].Mass = table.At(a, a) / p.Weight / items
	}
	for a := range c.Categories {
		for b := a; b < len(c.Categories); b++ {
			root := math.Sqrt(float64(c.Categories[a].Mass * c.Categories[b].Mass))
			table.SetSym(a, b, table.At(a, b)/p.Weight/float64(items*items)/root-root)
		}
	}
	return table
}

// axis adds an axis with its eigenvalue and unit vector.
func (c *Correspondence) axis(value float64, vector []float64) {
	far, turn := 0.0, 1.0
	coordinates := make([]float64, len(vector))
	for a, v := range vector {
		coordinates[a] = float64(v*math.Sqrt(value)) / math.Sqrt(c.Categories[a].Mass)
		far = max(far, math.Abs(coordinates[a]))
	}
	for _, x := range coordinates {
		if math.Abs(x) >= float64(far*(1-1e-9)) {
			turn = math.Copysign(1, x)
			break
		}
	}
	eta := make([]float64, c.items)
	for a := range c.Categories {
		k := &c.Categories[a]
		x := float64(turn * coordinates[a])
		share := float64(k.Mass * float64(c.items)) // of respondents
		k.Coordinates = append(k.Coordinates, x)
		k.Contribution = append(k.Contribution, float64(vector[a]*vector[a]))
		k.Cos2 = append(k.Cos2, float64(x*x)*share/(1-share)) // NaN where all made the choice
		eta[k.Item] += float64(float64(vector[a]*vector[a]) * float64(value*float64(c.items)))
	}
	c.Eta2 = append(c.Eta2, eta)
}

func (c *Correspondence) adjust() {
	q := float64(c.items)
	sum, squares := 0.0, 0.0
	for _, x := range c.Eigen {
		squares += float64(x * x)
		if over := x - 1/q; over > 0 {
			y := q / (q - 1) * over
			c.Adjusted = append(c.Adjusted, float64(y*y))
			sum += float64(y * y)
		}
	}
	c.Greenacre = q / (q - 1) * (squares - float64(len(c.Categories)-c.items)/float64(q*q))
	for _, x := range c.Adjusted {
		c.AdjustedPercent = append(c.AdjustedPercent, 100*x/sum)
		c.GreenacrePercent = append(c.GreenacrePercent, 100*x/c.Greenacre)
	}
}

// Respondent returns where a respondent who answered so lies on the axes: the
// mean of the categories, stretched (Greenacre 2017, §18). It is nil for answers
// that are missing or that nobody else gave.
func (c Correspondence) Respondent(answers []int) []float64 {
	if len(answers) != c.items || c.Undefined != "" {
		return nil
	}
	out := make([]float64, len(c.Eta2))
	for i, k := range answers {
		at, ok := c.place[[2]int{i, k}]
		if !ok {
			return nil
		}
		for axis, x := range c.Categories[at].Coordinates {
			out[axis] += x / float64(c.items)
		}
	}
	for axis := range out {
		out[axis] /= math.Sqrt(c.Eigen[axis])
	}
	return out
}
