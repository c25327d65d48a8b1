package agreement

import "math"

// Figure is one measure, as it is told to people and programs.
type Figure struct {
	Measure   string   `json:"measure"`
	Group     string   `json:"group,omitempty"`     // the part of the units it is about, such as those in a language; none for all
	Scale     Scale    `json:"scale,omitempty"`     // of Krippendorff's alpha; of whole sets, the distance
	Code      string   `json:"code,omitempty"`      // the code it is about; none for all
	Coders    []string `json:"coders,omitempty"`    // the pair it is about; none for all
	Units     float64  `json:"units"`               // that it rests on
	Value     *float64 `json:"value"`               // null where it is undefined
	SE        *float64 `json:"se"`                  // null where there is none
	Lo        *float64 `json:"low"`                 // likewise
	Hi        *float64 `json:"high"`                // likewise
	Undefined Reason   `json:"undefined,omitempty"` // why
}

func figure(measure, code string, units float64, c Coefficient) Figure {
	return Figure{Measure: measure, Code: code, Units: units, Undefined: c.Undefined,
		Value: known(c.Value), SE: known(c.SE), Lo: known(c.Lo), Hi: known(c.Hi)}
}

func known(x float64) *float64 {
	if math.IsNaN(x) {
		return nil
	}
	return &x
}

// Figures lists all measures: those of all coders, then those of each pair.
// Weighted kappas are left out on a nominal scale.
func (s Summary) Figures() []Figure { return s.figures("") }

func (s Summary) figures(code string) []Figure {
	alpha := figure("krippendorff_alpha", code, s.Pairable, s.Alpha.Coefficient)
	alpha.Scale = s.Scale
	out := []Figure{
		figure("percent_agreement", code, s.Pairable, s.Agreement),
		alpha,
		figure("fleiss_kappa", code, s.Pairable, s.Fleiss.Coefficient),
		figure("gwet_ac1", code, s.Pairable, s.AC1),
	}
	for _, p := range s.Pairs {
		add := func(measure string, c Coefficient) {
			f := figure(measure, code, p.Units, c)
			f.Coders = []string{p.First, p.Second}
			out = append(out, f)
		}
		add("percent_agreement", p.Agreement)
		add("cohen_kappa", p.Kappa.Coefficient)
		if s.Scale != Nominal {
			add("linear_kappa", p.Linear.Coefficient)
			add("quadratic_kappa", p.Quadratic.Coefficient)
		}
		add("scott_pi", p.ScottPi)
		add("brennan_prediger", p.BrennanPrediger)
		add("gwet_ac1", p.AC1)
	}
	return out
}

// Figures lists all measures of each code, then those of all decisions pooled
// ("pooled_..."), then those of sets of codes.
func (s LabelSummary) Figures() []Figure {
	var out []Figure
	for _, c := range s.Codes {
		out = append(out, c.figures()...)
	}
	for _, f := range s.Pooled.figures() {
		f.Measure = "pooled_" + f.Measure
		out = append(out, f)
	}
	out = append(out,
		figure("mean_jaccard", "", s.Sets.Compared, s.Sets.Jaccard),
		figure("equal_sets", "", s.Sets.Compared, s.Sets.Exact))
	for _, x := range []struct {
		distance Distance
		alpha    Alpha
	}{{MASI, s.MASI}, {Jaccard, s.Jaccard}} {
		f := figure("krippendorff_alpha_sets", "", x.alpha.Pairable, x.alpha.Coefficient)
		f.Scale = Scale(x.distance)
		out = append(out, f)
	}
	for _, u := range s.Usage {
		for _, f := range []Figure{figure("code_usage_overlap", "", u.Units, u.Overlap), figure("code_usage_kappa", "", u.Units, u.Kappa)} {
			f.Coders = []string{u.First, u.Second}
			out = append(out, f)
		}
	}
	return out
}

func (c CodeSummary) figures() []Figure {
	out := c.Summary.figures(c.Code)
	if c.Summary.Coders == 2 {
		out = append(out, figure("positive_agreement", c.Code, c.Summary.Pairable, c.Positive))
	}
	return out
}
