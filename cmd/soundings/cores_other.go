//go:build !unix

package main

// forbidCores does nothing where there are no core files.
func forbidCores() {}
