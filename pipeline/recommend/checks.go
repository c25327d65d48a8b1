package recommend

// Check is something that a good recommendation has.
type Check string

// The checks.
const (
	Who     Check = "who"
	Action  Check = "action"
	Object  Check = "object"
	Measure Check = "measure"
	When    Check = "when"
	Single  Check = "single"
)
