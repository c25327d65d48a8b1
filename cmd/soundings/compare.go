package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey/versions"
)

func (c *command) compare() *cobra.Command {
	var r versions.Renames
	cmd := &cobra.Command{
		Use:   "compare OLD NEW",
		Short: "Say how two versions of a form differ, and whether answers to both may be counted together",
		Long: `Compare lists items and choices that were added, removed, renamed or worded
otherwise. It ends with status 2 when answers to the two forms must not be
counted together, such as when two choices have swapped their meaning.

` + exitHelp,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := readable(args...); err != nil {
				return err
			}
			changes, findings, err := pipeline.Compare(cmd.Context(), pipeline.CompareRequest{Old: args[0], New: args[1], Renames: r})
			for _, x := range changes {
				what := x.Item
				if x.Choice != "" {
					what += "/" + x.Choice
				}
				fmt.Fprintf(c.out, "%s: %s", x.Kind, oneLine(what))
				if x.From != "" && x.To != "" {
					fmt.Fprintf(c.out, " (%q, now %q)", x.From, x.To)
				}
				fmt.Fprintln(c.out)
			}
			if err != nil {
				return err
			}
			printFindings(c.errs, findings, finding.Warning)
			fmt.Fprintln(c.out, "Answers to the two may be counted together.")
			return nil
		},
	}
	addRenames(cmd, &r)
	return cmd
}

// addRenames adds the flags that say what an earlier form called otherwise.
func addRenames(cmd *cobra.Command, r *versions.Renames) {
	cmd.Flags().StringToStringVar(&r.Items, "renamed-item", nil, "an item that an earlier form called otherwise: OLD=NEW (survey.renamed.items in a config)")
	cmd.Flags().StringToStringVar(&r.Choices, "renamed-choice", nil, "a choice that an earlier form called otherwise: LIST.OLD=NEW (survey.renamed.choices in a config)")
}
