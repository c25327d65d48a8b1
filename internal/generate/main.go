// Command generate writes the bundled example survey: a form in six languages and the answers of organisations that never existed.
// The same seed and number give the same bytes.
//
//	go run ./internal/generate -seed 2022 -n 420 -out data
//
// With -items it writes a project to measure with instead: a survey of so many
// items that mean nothing.
//
//	go run ./internal/generate -items 150 -n 1000000 -out /tmp/large
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/soundings-survey/soundings/internal/large"
)

func main() {
	seed := flag.Uint64("seed", 2022, "start of every random draw")
	n := flag.Int("n", 420, "number of respondents, duplicates not counted")
	out := flag.String("out", "data", "folder to write form.xlsx and answers.csv to")
	mess := flag.Bool("mess", true, "plant the faults that real exports have")
	items := flag.Int("items", 0, "write a survey of so many items to measure with, and no example")
	flag.Parse()
	if *n < 1 || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "generate: -n must be at least 1, and there are no arguments but flags")
		os.Exit(2)
	}
	make := func() error { return write(*out, *seed, *n, *mess) }
	if *items > 0 {
		make = func() error { return large.Project(*out, *items, *n, *seed, *mess) }
	}
	if err := make(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}
