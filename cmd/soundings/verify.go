package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
)

func (c *command) verify() *cobra.Command {
	root := &cobra.Command{
		Use:   "verify",
		Short: "Prove what a run has left",
		Args:  knownSubcommand("verify"),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.AddCommand(c.verifyClean())
	return root
}

// knownSubcommand refuses a word that is no subcommand.
func knownSubcommand(name string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return usage("there is no command %q; see \"soundings help %s\"", name+" "+args[0], name)
	}
}

func (c *command) verifyClean() *cobra.Command {
	number := 0
	cmd := &cobra.Command{
		Use:   "clean [--run N]",
		Short: "Prove that the clean answers of a run are the raw ones plus its log",
		Long: `Clean derives the clean answers of a run anew: from the files of answers and the
cleaning log in its restricted folder, with code of its own. It says "equal", or
where they differ, without showing an answer. Exit status 1 if they differ.

` + exitHelp,
		Args: asUsage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if number < 0 {
				return usage("there is no run %d", number)
			}
			config, env, err := c.project()
			if err != nil {
				return err
			}
			result, number, err := pipeline.VerifyClean(cmd.Context(), config, env, number)
			if err != nil {
				return err
			}
			if result.Equal() {
				fmt.Fprintf(c.out, "Run %d, equal: %d responses, %d answers, %d changes, %d responses left out\n", number, result.Responses, result.Answers, result.Changes, result.Removed)
				return nil
			}
			for _, d := range result.Differences {
				fmt.Fprintln(c.out, oneLine(d.String()))
			}
			return fmt.Errorf("the clean answers of run %d are not its raw answers and its log: %d differences", number, int64(len(result.Differences))+result.More)
		},
	}
	cmd.Flags().IntVar(&number, "run", 0, "number of the run; the newest if left out")
	return cmd
}
