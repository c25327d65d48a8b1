package engine

import (
	"fmt"
	"runtime"
	"strings"
)

// guarded calls f and turns a panic into an error that says where it was, and
// nothing of what it carried: that might be an answer.
func guarded(f func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("a fault in the program (not in your data) at %s", place())
		}
	}()
	return f()
}

// place names the function of ours in which a panic began.
func place() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs)])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s, line %d", f.Function, f.Line)
		}
		if !more {
			return "an unknown place"
		}
	}
}
