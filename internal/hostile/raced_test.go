//go:build race

package hostile

// raced says that the test is under the race detector: a process that a large one
// starts counts the memory of that one as its own, so none is measured then.
const raced = true
