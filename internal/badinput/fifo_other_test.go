//go:build !unix

package badinput

import "errors"

func fifo(string) error { return errors.New("no pipes here") }
