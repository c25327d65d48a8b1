// Command soundings turns the answers to an experience survey into a protected
// report. It reads flags, finds the config, and hands both to the pipeline.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"
)

// version is set when a release is built.
var version = "0.1.0-dev"

func main() {
	restrictUmask()
	forbidCores()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	status := Main(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// Main runs the command and returns its exit status. A panic is reported by
// place only: what it carries might be an answer.
func Main(ctx context.Context, args []string, out, errs io.Writer) (status int) {
	out, errs = plain{w: out}, plain{w: errs}
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintln(errs, "soundings: a fault in the program (not in your data) stopped it at:")
			printFrames(errs)
			fmt.Fprintln(errs, "Nothing was published. Please report these lines; they hold no answers.")
			status = exitOther
		}
	}()
	root := newRoot(out, errs)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	report(errs, err)
	return exitStatus(err)
}

// printFrames names the functions that were at work, without their arguments.
func printFrames(w io.Writer) {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs)])
	for {
		f, more := frames.Next()
		fmt.Fprintf(w, "  %s:%d\n", f.Function, f.Line)
		if !more {
			return
		}
	}
}
