package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
)

func (c *command) show() *cobra.Command {
	var r pipeline.ShowRequest
	cmd := &cobra.Command{
		Use:   "show ITEM [--by ITEM] [--sort share] [--json]",
		Short: "Show the published figures of an item",
		Long:  "Show prints an item's figures from the latest published run, as they were published.",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			config, dir, err := c.settings.config()
			if err != nil {
				return err
			}
			r.Item = args[0]
			text, err := pipeline.Show(config, dir, r)
			if err != nil {
				return usageError{err}
			}
			out := c.out
			if r.JSON {
				out = forPrograms(out)
			}
			fmt.Fprint(out, text)
			return nil
		},
	}
	cmd.Flags().StringVar(&r.By, "by", "", "the item by whose choices the figures are broken down")
	cmd.Flags().StringVar(&r.Sort, "sort", "", "share: the greatest first; else in the order of the form")
	cmd.Flags().BoolVar(&r.JSON, "json", false, "as JSON, with all columns of the results, for other programs")
	return cmd
}

func (c *command) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program",
		Args:  cobra.NoArgs,
		Run:   func(*cobra.Command, []string) { fmt.Fprintln(c.out, "soundings", version) },
	}
}
