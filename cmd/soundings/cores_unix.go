//go:build unix

package main

import "syscall"

// forbidCores keeps the system from writing what the program has in memory to
// the disk when it is ended by a signal: that would hold answers.
func forbidCores() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) // lowering a limit is always allowed
	hideMemory()
}
