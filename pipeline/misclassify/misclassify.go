// Package misclassify carries the error of codes by rules through to the shares
// that are made of them. People coded a random part of the answers that rules
// coded too; from the two together follow how much rules find and how often they
// are right, and what share of all answers people would have given a code.
//
// Figures are of the answers at hand: rules have read all of them, so that only
// the part that people read is a sample.
package misclassify

import "math"

// Reason says why a figure is not defined.
type Reason string

// The reasons.
const (
	Defined    Reason = ""
	NoAnswers  Reason = "there are no answers"
	Few        Reason = "people have coded too few of the answers"
	OneSide    Reason = "people have coded too few of the answers with the code by rules, or of those without"
	Nobody     Reason = "people gave none of the answers the code"
	Everybody  Reason = "people gave all of the answers the code"
	NoneByRule Reason = "rules gave none of these answers the code"
	NoBetter   Reason = "rules do no better than chance: sensitivity and specificity do not come to more than one"
)

// The least that figures are made of.
const (
	Least     = 20 // answers that people coded
	leastSide = 2  // of them with the code by rules, and without, where there are such answers
)

// Cross counts the answers that people coded by whether rules and people gave
// them a code. An answer on which people are split evenly counts half as one
// that they gave it, and half as one that they did not.
type Cross struct {
	Both       float64 // rules and people gave it
	RuleOnly   float64
	PeopleOnly float64
	Neither    float64
}

// Add counts one answer: whether rules gave it the code, and the share of
// people, 0, 1 or between, who say that it has it.
func (c *Cross) Add(rule bool, people float64) {
	if rule {
		c.Both += people
		c.RuleOnly += 1 - people
		return
	}
	c.PeopleOnly += people
	c.Neither += 1 - people
}

// Plus returns the sum of two crosses.
func (c Cross) Plus(o Cross) Cross {
	return Cross{c.Both + o.Both, c.RuleOnly + o.RuleOnly, c.PeopleOnly + o.PeopleOnly, c.Neither + o.Neither}
}

// Times returns a cross whose answers weigh so much each.
func (c Cross) Times(w float64) Cross {
	return Cross{float64(c.Both * w), float64(c.RuleOnly * w), float64(c.PeopleOnly * w), float64(c.Neither * w)}
}

// Answers returns how many answers the cross counts.
func (c Cross) Answers() float64 { return c.Both + c.RuleOnly + c.PeopleOnly + c.Neither }

// ByPeople returns to how many people gave the code.
func (c Cross) ByPeople() float64 { return c.Both + c.PeopleOnly }

// Figure is a share with its interval. Where it is undefined they are NaN.
type Figure struct {
	Value, Lo, Hi float64
	Base          float64 // answers that it rests on
	Undefined     Reason
}

func undefined(base float64, why Reason) Figure {
	return Figure{math.NaN(), math.NaN(), math.NaN(), base, why}
}

// Sensitivity returns the share of the answers that have a code by people to
// which rules gave it too: recall. Its interval is Wilson's (1927).
func (c Cross) Sensitivity(level float64) Figure {
	return share(c.Both, c.ByPeople(), level, Nobody)
}

// Specificity returns the share of the answers without the code by people to
// which rules did not give it either.
func (c Cross) Specificity(level float64) Figure {
	return share(c.Neither, c.RuleOnly+c.Neither, level, Everybody)
}

// Precision returns the share of the answers with the code by rules that have it
// by people.
func (c Cross) Precision(level float64) Figure {
	return share(c.Both, c.Both+c.RuleOnly, level, NoneByRule)
}

func share(part, whole, level float64, none Reason) Figure {
	if whole <= 0 {
		return undefined(0, none)
	}
	p := part / whole
	lo, hi := wilson(p, whole, level)
	return Figure{Value: p, Lo: lo, Hi: hi, Base: whole}
}
