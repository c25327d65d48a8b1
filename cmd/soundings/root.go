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
		Args:          knownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(out)
	root.SetErr(errs)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	c.settings.addFlags(root.PersistentFlags())
	root.AddCommand(c.run(), c.check(), c.init(), c.ingest(), c.compare(), c.show(), c.trace(), c.plan(), c.commentary(), c.catalogue(), c.agreement(), c.codebook(), c.recommend(), c.log(), c.verify(), c.forget(), c.redact(), c.assign(), c.adjudicate(), c.suggest(), c.pack(), c.version())
	root.InitDefaultCompletionCmd("completion")
	root.InitDefaultHelpCmd()
	for _, sub := range root.Commands() {
		switch sub.Name() {
		case "completion":
			sub.Args, sub.RunE = cobra.NoArgs, root.RunE
		case "help":
			sub.Args = func(_ *cobra.Command, topic []string) error {
				if found, rest, err := root.Find(topic); err != nil || found == root && len(rest) > 0 {
					return knownCommand(root, topic)
				}
				return nil
			}
		}
		sub.Args = asUsage(sub.Args)
	}
	return root
}

// knownCommand refuses a word that is no command, and says which was meant.
func knownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	root.SuggestionsMinimumDistance = 2
	if near := root.SuggestionsFor(args[0]); len(near) > 0 {
		return usage("there is no command %q; did you mean %q?", args[0], near[0])
	}
	return usage("there is no command %q; see \"soundings help\"", args[0])
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
