package main

import (
	"io"

	"github.com/spf13/cobra"
)

// command is what every subcommand needs.
type command struct {
	out, errs io.Writer
	settings  *settings
}

func newRoot(out, errs io.Writer) *cobra.Command {
	c := &command{out: out, errs: errs, settings: newSettings()}
	root := &cobra.Command{
		Use:   "soundings",
		Short: "From the answers of a survey to a protected report",
		Long: `Soundings turns the answers to a survey of experiences into tools that help:
it reads them, cleans and codes them, weights and estimates, withholds what
could point to a respondent, and writes charts, reports and a brief for the
design of a toolkit.

` + exitHelp,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetOut(out)
	root.SetErr(errs)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	c.settings.addFlags(root.PersistentFlags())
	root.AddCommand(c.run(), c.check(), c.init(), c.ingest(), c.show(), c.version())
	for _, sub := range root.Commands() {
		sub.Args = asUsage(sub.Args)
	}
	return root
}

// asUsage makes a wrong number of arguments a wrong use.
func asUsage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if check == nil {
			return nil
		}
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}
