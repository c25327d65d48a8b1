package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

func (c *command) suggest() *cobra.Command {
	q := pipeline.SuggestRequest{}
	cmd := &cobra.Command{
		Use:   "suggest [--force]",
		Short: "Learn from the codes that people gave, and suggest codes for other answers",
		Long: `Suggest learns from the codes that coders gave, as the config names them under
"coding.files" and "coding.adjudicated", and writes into the restricted folder
which codes other answers may have, each with its probability, and how good such
suggestions are for each code in each language. It keeps silent on a code in a
language where it is right too seldom, or has too little to learn from.

A suggestion is no code: it enters no table until somebody gives it.

` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, env, err := c.project()
			if err != nil {
				return err
			}
			o, err := pipeline.Suggest(cmd.Context(), config, env, q)
			if err != nil {
				return err
			}
			printFindings(c.errs, ofStage(o.Findings, "code"), finding.Warning)
			fmt.Fprintf(c.out, "Learnt from %d answers; %d more on which coders are split evenly were left out.\n%s", o.Learnt, o.Split, o.Text())
			fmt.Fprintf(c.out, "%d answers that nobody coded have suggestions: %s\nHow good they are: %s\n", o.Answers, o.Path, o.Account)
			return nil
		},
	}
	cmd.Flags().BoolVar(&q.Force, "force", false, "write over files of an earlier call")
	return cmd
}
