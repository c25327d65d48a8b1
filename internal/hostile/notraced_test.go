//go:build !race

package hostile

// raced says that the test is under the race detector.
const raced = false
