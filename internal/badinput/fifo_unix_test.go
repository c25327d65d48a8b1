//go:build unix

package badinput

import "syscall"

func fifo(name string) error { return syscall.Mkfifo(name, 0o600) }
