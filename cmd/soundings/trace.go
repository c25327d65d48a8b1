package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
)

func (c *command) trace() *cobra.Command {
	var r pipeline.TraceRequest
	cmd := &cobra.Command{
		Use:   "trace RUN KEY... | trace RUN --of ARTIFACT",
		Short: "Say where a published figure comes from, for analysts",
		Long: `Trace follows figures back to where they come from: the question, the counts,
the design and the weights, what protection did, in which files the figure
stands, which answers were read and what cleaning changed. It goes down to
counts, and never to a respondent.

RUN is the number of a run, or "latest". KEY is the key of a figure, as in the
results file and in the pages, or the beginning of one.

It reads the restricted folder. What it prints is for analysts, and is not to be
published: exact counts stand in it, also small ones.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if r.Of != "" {
				return cobra.ExactArgs(1)(cmd, args)
			}
			return cobra.MinimumNArgs(2)(cmd, args)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			config, dir, err := c.settings.config()
			if err != nil {
				return err
			}
			r.Run, r.Keys = args[0], args[1:]
			text, err := pipeline.Trace(config, dir, r)
			out := c.out
			if r.JSON && err == nil {
				out = forPrograms(out)
			}
			fmt.Fprint(out, text)
			if err != nil {
				return usageError{err}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&r.Of, "of", "", "list the figures that stand in an artifact, such as report.en or results")
	cmd.Flags().BoolVar(&r.JSON, "json", false, "as JSON, for other programs")
	return cmd
}
