package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
)

func (c *command) commentary() *cobra.Command {
	out, force := "commentary.csv", false
	cmd := &cobra.Command{
		Use:   "commentary [--out FILE] [--force]",
		Short: "Write a sheet of all places of the report, for your own titles and commentary",
		Long: `Commentary writes a line for each chapter and figure of the report, with what
stands there now, and the texts that there are already. Write your own under
"text", and name the file under "report.commentary" in the config. Figures are
written as references such as {item:choice}, which follow the answers.

It makes the report as a check does, and publishes nothing.

` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if ending := strings.ToLower(filepath.Ext(out)); ending != ".csv" && ending != ".xlsx" {
				return usage("a sheet of commentary is written as .csv or .xlsx, and %s is neither", filepath.Base(out))
			}
			config, env, err := c.project()
			if err != nil {
				return err
			}
			rows, err := pipeline.CommentarySheet(cmd.Context(), config, env)
			if err != nil {
				return err
			}
			name, err := pipeline.SaveCommentary(out, rows, force)
			if err != nil {
				return err
			}
			fmt.Fprintf(c.out, "Commentary: %s, %d places\n", name, len(rows)-1)
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", out, "file to write, .csv or .xlsx")
	cmd.Flags().BoolVar(&force, "force", false, "write over a file of that name")
	return cmd
}
