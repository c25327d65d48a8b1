package expr

// Env gives the answers of one response.
type Env interface {
	// Answer returns the answer to the item that Bind gave this slot.
	Answer(slot int) Value
	// Self returns the answer that "." stands for.
	Self() Value
	// Today returns what today() and now() read, as a Date or an ISO 8601 text;
	// today() leaves out its time of day. The clock is the caller's.
	Today() Value
}

// Nested is an Env that knows repeats. Where an Env is none, sum() and the like
// see the one answer that Answer returns, unless it is missing, and position()
// is 1.
type Nested interface {
	Env
	// Group returns the answers to an item, one for each response of its repeat,
	// in their order, missing ones included; the one answer where the item
	// stands in no repeat. For the slot of a repeat it returns one value for
	// each of its responses. The expression does not keep or change the slice.
	Group(slot int) []Value
	// Position returns the place of the response in its repeat, from 1.
	Position() int
}

// group returns the answers of a repeat.
func group(e Env, slot int) []Value {
	if n, ok := e.(Nested); ok {
		return n.Group(slot)
	}
	if v := e.Answer(slot); !v.IsMissing() {
		return []Value{v}
	}
	return nil
}
