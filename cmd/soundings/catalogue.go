package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
)

func (c *command) catalogue() *cobra.Command {
	out, force := "", false
	cmd := &cobra.Command{
		Use:   "catalogue LANG [--out LANG.po] [--force]",
		Short: "Write the words of the reports in a language, for a translator to edit",
		Long: `Catalogue writes all words of the reports that are not the survey's own, in the
gettext format, with notes for translators. What lacks a translation comes first,
then what was translated from English words that have changed since. Put the
file into the folder that "report.catalogue" names in the config; what it says
takes the place of the program's words, and a new language is added.

Without --out it writes to standard output.

` + exitHelp,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			config, env, err := c.project()
			if err != nil {
				return err
			}
			content, err := pipeline.Catalogue(config, env, args[0])
			if err != nil {
				return usage("%v", err)
			}
			if out == "" {
				_, err := fmt.Fprint(c.out, content)
				return err
			}
			if filepath.Ext(out) != ".po" {
				return usage("a catalogue is written as .po, and %s is not", filepath.Base(out))
			}
			name, err := pipeline.SaveCatalogue(out, content, force)
			if err != nil {
				return err
			}
			fmt.Fprintln(c.out, "Catalogue: "+name)
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "file to write, LANG.po; standard output if left out")
	cmd.Flags().BoolVar(&force, "force", false, "write over a file of that name")
	return cmd
}
