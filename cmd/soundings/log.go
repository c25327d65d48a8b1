package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

func (c *command) log() *cobra.Command {
	out, force := "", false
	cmd := &cobra.Command{
		Use:   "log [--out FILE.xlsx] [--force]",
		Short: "Write a workbook in which to decide what to correct",
		Long: `Log reads and cleans the answers as a run would, publishes nothing, and writes a
workbook: answers as they stand, a cleaning log to fill in, and how to do that.
Name the file under "clean.log" in the config, and the next run does what its
lines say. Lines of logs that the config names already are kept.

Without --out the workbook lies in the restricted folder. It holds answers: keep
it to yourself.

` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, env, err := c.project()
			if err != nil {
				return err
			}
			o, err := pipeline.WriteLog(cmd.Context(), config, env, out, force)
			if err != nil {
				return err
			}
			for _, f := range o.Findings {
				if f.Stage == "log" {
					printFindings(c.errs, []finding.Finding{f}, finding.Warning)
				}
			}
			fmt.Fprintf(c.out, "%d lines to decide on, %d decided already\n", o.Open, o.Decided)
			fmt.Fprintf(c.out, "For analysts only: %s\n", o.Path)
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the workbook; in the restricted folder if left out")
	cmd.Flags().BoolVar(&force, "force", false, "write over a file of that name")
	return cmd
}
