package sampling

import (
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/table"
)

func TestWhatContradictsItselfInADesignIsSaid(t *testing.T) {
	two := []string{"r1", "r2"}
	of := func(r Replicates) Design { r.Columns = two; return Design{Kind: table.Replicate, Replicates: r} }
	for want, d := range map[string]Design{
		"neither strata nor sampling units":     {Kind: table.Simple, Strata: "h"},
		"no known population":                   {FPC: "100"},
		"needs design.strata":                   {Kind: table.Stratified},
		"samples respondents, but design.psu":   {Kind: table.Stratified, Strata: "h", PSU: "u"},
		"needs design.psu":                      {Kind: table.Cluster},
		"known by its weights alone":            {Kind: table.Replicate, Strata: "h", Replicates: Replicates{Columns: two, Type: JK1}},
		"The design kind \"random\"":            {Kind: "random"},
		"The rule \"ignore\"":                   {Lonely: "ignore"},
		"The number in design.fpc":              {Kind: table.Simple, FPC: "-3"},
		"design kind is not cluster":            {Kind: table.Stratified, Strata: "h", FPC: "n", Stages: []Stage{{FPC: "m"}}},
		"that has no fpc":                       {Kind: table.Cluster, PSU: "u", Stages: []Stage{{FPC: "m"}}},
		"Stage 1 of design.stages has no fpc":   {Kind: table.Cluster, PSU: "u", FPC: "n", Stages: []Stage{{Unit: "v"}}},
		"but another stage follows":             {Kind: table.Cluster, PSU: "u", FPC: "n", Stages: []Stage{{FPC: "m"}, {FPC: "o"}}},
		"The fpc of stage 1":                    {Kind: table.Cluster, PSU: "u", FPC: "n", Stages: []Stage{{FPC: "0"}}},
		"but the design kind is not replicate.": {Kind: table.Simple, Replicates: Replicates{Columns: two}},
		"at least two columns":                  {Kind: table.Replicate, Replicates: Replicates{Columns: two[:1], Type: JK1}},
		"need design.replicates.rscales":        of(Replicates{Type: JKn}),
		"rho of Fay":                            of(Replicates{Type: Fay, Rho: 1}),
		"need design.replicates.scale":          of(Replicates{Type: Other}),
		"The type \"knife\"":                    of(Replicates{Type: "knife"}),
		"There are 3 numbers":                   of(Replicates{Type: JK1, RScales: []float64{1, 1, 1}}),
		"scale of the replicates is negative":   of(Replicates{Type: JK1, Scale: -1}),
	} {
		found := d.Validate()
		if len(found) != 1 || !strings.Contains(found[0].Problem, want) || found[0].Remedy == "" {
			t.Errorf("%q: %+v", want, found)
		}
	}
}

func TestDesignsThatHoldTogetherAreAccepted(t *testing.T) {
	for name, d := range map[string]Design{
		"nothing known": {}, "simple with a population": {Kind: table.Simple, FPC: "4000"}, "stratified": {Kind: table.Stratified, Strata: "h", FPC: "n", Lonely: LonelyAdjust},
		"three stages": {Kind: table.Cluster, Strata: "h", PSU: "u", FPC: "n", Stages: []Stage{{Unit: "v", FPC: "m"}, {FPC: "0.5"}}},
		"replicates":   {Kind: table.Replicate, Replicates: Replicates{Columns: []string{"a", "b"}, Type: Fay, Rho: 0.3}},
	} {
		if found := d.Validate(); len(found) > 0 {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

func TestPopulationsThatCannotBeAreSaid(t *testing.T) {
	for name, c := range map[string]struct {
		of   [2]int64 // of the two respondents of the stratum
		want string
	}{"they differ": {[2]int64{9, 8}, "fpc-varies"}, "fewer than were sampled": {[2]int64{1, 1}, "fpc-beyond"}, "they hold": {[2]int64{9, 9}, ""}} {
		people := []person{{stratum: 1, w: 1, of: [3]int64{c.of[0]}, in: true}, {stratum: 1, w: 1, of: [3]int64{c.of[1]}, in: true}, {stratum: 2, w: 1, of: [3]int64{9}, in: true}, {stratum: 2, w: 1, of: [3]int64{9}, in: true}}
		d := drawn{stages: 1, people: people, design: Design{Kind: table.Stratified, Strata: "h", FPC: "n0"}}
		f := d.frame()
		f.Add(batchOf(t, people), nil)
		kinds := ""
		for _, found := range f.Settle() {
			kinds += found.Kind
		}
		if kinds != c.want {
			t.Errorf("%s: %q, want %q", name, kinds, c.want)
		}
	}
}
