//go:build unix

package main

import "syscall"

// restrictUmask keeps what is written from everybody but the owner.
func restrictUmask() { syscall.Umask(0o077) }
