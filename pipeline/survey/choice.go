package survey

// ChoiceList is a list of admissible answers. The order of the form is the
// order of the codes: a code is an index into Choices.
type ChoiceList struct {
	Name    string
	Choices []Choice

	codes map[string]int32
}

// Names returns the names of the choices, in their order.
func (l *ChoiceList) Names() []string {
	names := make([]string, len(l.Choices))
	for i, c := range l.Choices {
		names[i] = c.Name
	}
	return names
}

// Choice is one admissible answer of a select item.
type Choice struct {
	Name    string
	Label   Text
	Short   Text
	Score   *float64 // its place on a scale, nil when it has none
	Former  []Former // what it was called in earlier versions of the form
	Earlier string   // the version of the form that has it, where today's has not
	Missing Reason   // the reason for a missing answer that the choice stands for; Answered for a real answer
}

// Former is what an item or a choice was called in an earlier version of the
// form.
type Former struct {
	Name  string
	Label Text
}

// NewChoiceList returns a list with its index built. Of two choices with the
// same name the first counts; readers report the second.
func NewChoiceList(name string, choices []Choice) *ChoiceList {
	l := &ChoiceList{Name: name, Choices: choices, codes: make(map[string]int32, len(choices))}
	for i, c := range choices {
		if _, twice := l.codes[c.Name]; !twice {
			l.codes[c.Name] = int32(i)
		}
	}
	for i, c := range choices {
		for _, f := range c.Former {
			if _, taken := l.codes[f.Name]; !taken {
				l.codes[f.Name] = int32(i)
			}
		}
	}
	return l
}

// Code returns the code of a choice by its exact name, or by one that it had in
// an earlier version of the form and that no other choice has.
func (l *ChoiceList) Code(name string) (int32, bool) {
	c, ok := l.codes[name]
	return c, ok
}
