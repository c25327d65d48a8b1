// Command generate writes the bundled example survey: a form in six languages and the answers of organisations that never existed.
// The same seed and number give the same bytes.
//
//	go run ./internal/generate -seed 2022 -n 420 -out data
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	seed := flag.Uint64("seed", 2022, "start of every random draw")
	n := flag.Int("n", 420, "number of respondents, duplicates not counted")
	out := flag.String("out", "data", "folder to write form.xlsx and answers.csv to")
	mess := flag.Bool("mess", true, "plant the faults that real exports have")
	flag.Parse()
	if *n < 1 || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "generate: -n must be at least 1, and there are no arguments but flags")
		os.Exit(2)
	}
	if err := write(*out, *seed, *n, *mess); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}
