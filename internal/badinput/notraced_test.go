//go:build !race

package badinput

// raced says that the test is under the race detector.
const raced = false
