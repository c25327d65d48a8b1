package protect

import (
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Internal is the audience of the analysts' own organisation. What is made for
// it never lies among the reports.
const Internal Audience = "internal"

// Audiences are those for whom a release is made beside the public, and the
// threshold of each. The public always has one.
type Audiences struct {
	Public   *Terms  `yaml:"public"`
	Partners *Circle `yaml:"partners"`
	Internal *Circle `yaml:"internal"`
}

// Terms are those of the public.
type Terms struct {
	Threshold *int `yaml:"threshold"` // nil: disclosure.threshold
}

// Circle is a closed audience.
type Circle struct {
	Threshold *int     `yaml:"threshold"` // nil: disclosure.threshold
	Languages []string `yaml:"languages"` // of its pages; none: the first of the public report
}

// Circle returns what the settings say of a closed audience, or nil.
func (a Audiences) Circle(of Audience) *Circle {
	switch of {
	case Partners:
		return a.Partners
	case Internal:
		return a.Internal
	}
	return nil
}

func (a Audiences) threshold(of Audience) *int {
	if of == Public {
		if a.Public != nil {
			return a.Public.Threshold
		}
		return nil
	}
	if c := a.Circle(of); c != nil {
		return c.Threshold
	}
	return nil
}

// Made returns the audiences for whom a release is made. Each also sees what is
// made for those before it.
func (c Config) Made() []Audience {
	out := []Audience{Public}
	for _, a := range []Audience{Partners, Internal} {
		if c.Audiences.Circle(a) != nil {
			out = append(out, a)
		}
	}
	return out
}

// For returns the settings for one audience.
func (c Config) For(a Audience) Config {
	if k := c.Audiences.threshold(a); k != nil {
		c.Threshold = *k
	}
	c.Audiences = Audiences{}
	return c
}

// validateAudiences returns what is wrong with the thresholds of the audiences, of which
// an earlier one must not be below a later one: whoever sees more has seen what
// the earlier one was shown, so that a higher threshold would protect nothing.
func (c Config) validateAudiences() []finding.Finding {
	var out []finding.Finding
	refuse := func(a Audience, problem, remedy string) {
		out = append(out, finding.Finding{
			Stage: stage, Kind: "bad-config", Severity: finding.Refusal,
			Place: finding.Place{Column: "disclosure.audiences." + string(a) + ".threshold"}, Problem: problem, Remedy: remedy,
		})
	}
	made := c.Made()
	for i, a := range made {
		k := c.For(a).Threshold
		if k < Least && c.Audiences.threshold(a) != nil {
			refuse(a, fmt.Sprintf("The threshold disclosure.audiences.%s.threshold is %d, which is less than %d.", a, k, Least),
				"Give 10, or at the very least 5. Protection cannot be switched off.")
			continue
		}
		for _, before := range slices.Backward(made[:i]) {
			if stricter := c.For(before).Threshold; stricter >= Least && k > stricter {
				refuse(a, fmt.Sprintf("The threshold for the audience %s is %d, which is more than the %d for the audience %s.", a, k, stricter, before),
					"Lower it, or raise the other: this audience also reads what is made for that one.")
				break
			}
		}
	}
	return out
}
