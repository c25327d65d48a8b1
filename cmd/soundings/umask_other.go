//go:build !unix

package main

// restrictUmask does nothing where there is no umask: access lists of the
// project folder decide there.
func restrictUmask() {}
