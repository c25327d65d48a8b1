// Package reference holds no code: its test says where each kind of the
// reference figures of R's survey package is checked, and that all are.
package reference
