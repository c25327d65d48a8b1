package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/language"
)

func (c *command) codebook() *cobra.Command {
	var q pipeline.CodebookRequest
	cmd := &cobra.Command{
		Use:   "codebook FILE --to FILE [--language LANG] [--force]",
		Short: "Write a codebook in another form, for or from another program",
		Long: `Codebook reads a codebook and writes it in another form. What each file is, its
ending says: .yaml is a codebook of Soundings, .qdc one that QualCoder, NVivo,
MAXQDA and ATLAS.ti exchange (REFI-QDA), .csv and .xlsx a table with a row for
each code. A name that ends in .taguette.csv or .maxqda.xlsx is written as these
programs read it; which table a file holds when it is read, its header says.

A .qdc file that Soundings writes holds all of the codebook, also the terms; it
comes back whole, with what was changed in the other program.

` + exitHelp,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			q.File = args[0]
			if q.To == "" {
				return usage("--to names the file to write, such as codebook.qdc")
			}
			for _, name := range []string{q.File, q.To} {
				if !slices.Contains(pipeline.CodebookEndings(), strings.ToLower(filepath.Ext(name))) {
					return usage("%s is no codebook: their names end in %s", filepath.Base(name), strings.Join(pipeline.CodebookEndings(), ", "))
				}
			}
			if err := oneOfSix(q.Language); err != nil {
				return err
			}
			if err := readable(q.File); err != nil {
				return err
			}
			name, codes, findings, err := pipeline.ConvertCodebook(cmd.Context(), q)
			if err != nil {
				return err
			}
			printFindings(c.errs, findings, finding.Note)
			fmt.Fprintf(c.out, "Codebook: %s, %d codes\n", name, codes)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.To, "to", "", "file to write")
	f.StringVar(&q.Language, "language", "en", "language of the names of codes, where they have one name")
	f.BoolVar(&q.Force, "force", false, "write over a file of that name")
	return cmd
}

// oneOfSix refuses what is no language that codes are given in.
func oneOfSix(tag string) error {
	if !slices.Contains(language.All(), tag) {
		return usage("--language is %q; it is ar, en, es, fr, ru or zh", tag)
	}
	return nil
}
