//go:build ignore

// Command answers makes the synthetic answers of the small survey. It draws
// nothing at random: what respondent i answers follows from i.
package main

import (
	"encoding/csv"
	"fmt"
	"log"
	"os"
	"strings"
)

func main() {
	out := csv.NewWriter(os.Stdout)
	rows := [][]string{{"consent", "region", "org_type", "ease", "barriers", "staff", "wish", "design_weight", "stratum", "unit", "_uuid"}}
	for i := range 120 {
		rows = append(rows, response(i))
	}
	if err := out.WriteAll(rows); err != nil {
		log.Fatal(err)
	}
}

func response(i int) []string {
	of := func(n int, choices ...string) string { return choices[n%len(choices)] }
	var barriers []string
	for j, b := range []string{"time", "money", "language"} {
		if (i*7+j*5)%11 < 5 {
			barriers = append(barriers, b)
		}
	}
	return []string{
		of(i, "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "no"),
		of(i*3/2, "north", "south"),
		of(i*i/3, "local", "national"),
		of(i*5+i/3, "hard", "fair", "easy", "hard", "easy", "fair", "dk"),
		strings.Join(barriers, " "),
		fmt.Sprint(1 + i*13%9),
		of(i, "more time", "", "a guide"),
		fmt.Sprintf("%.1f", 0.5+float64(i%4)/2),
		of(i/60, "s1", "s2"),
		of(i/20, "u1", "u2", "u3", "u4", "u5", "u6"),
		fmt.Sprintf("00000000-0000-4000-8000-%012d", i+1),
	}
}
