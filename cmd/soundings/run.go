package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

func (c *command) run() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "Run the whole pipeline and publish the report",
		Long: `Run reads the form and the answers that the config names, passes them through
every stage, and puts the report in place when it is complete. A run that fails
leaves what was there untouched.

` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := c.pipeline(cmd.Context(), pipeline.Run)
			if err != nil {
				return err
			}
			c.printSummary(o)
			langs := make([]string, 0, len(o.Reports))
			for lang := range o.Reports {
				langs = append(langs, lang)
			}
			slices.Sort(langs)
			for _, lang := range langs {
				if o.Reports[lang] != o.Default {
					fmt.Fprintf(c.out, "%s: %s\n", lang, o.Reports[lang])
				}
			}
			for _, page := range o.Audiences {
				fmt.Fprintf(c.out, "For the audience %s: %s\n", page.Audience, page.Path)
			}
			fmt.Fprintf(c.out, "For analysts only: %s\n", o.Restricted)
			fmt.Fprintf(c.out, "Report: %s\n", o.Default)
			return nil
		},
	}
}

func (c *command) check() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Say everything a run would refuse, and write nothing",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := c.pipeline(cmd.Context(), pipeline.Check)
			if err != nil {
				return err
			}
			printFindings(c.out, o.Findings, finding.Note)
			fmt.Fprintln(c.out, "A run would publish. Nothing was written.")
			return nil
		},
	}
}

// project finds the config and what a run is given besides it.
func (c *command) project() (pipeline.Config, pipeline.Env, error) {
	config, dir, err := c.settings.config()
	if err != nil {
		return config, pipeline.Env{}, err
	}
	progress, err := c.progress()
	if err != nil {
		return config, pipeline.Env{}, err
	}
	env, err := c.settings.env(dir, progress)
	return config, env, err
}

// pipeline runs the pipeline, or a check of it, on the config that is found.
func (c *command) pipeline(ctx context.Context, do func(context.Context, pipeline.Config, pipeline.Env) (*pipeline.Outcome, error)) (*pipeline.Outcome, error) {
	config, env, err := c.project()
	if err != nil {
		return nil, err
	}
	return do(ctx, config, env)
}

// printSummary says how many findings wait for the analyst, and where.
func (c *command) printSummary(o *pipeline.Outcome) {
	warnings := 0
	for _, f := range o.Findings {
		if f.Severity == finding.Warning {
			warnings++
		}
	}
	if warnings > 0 {
		what := fmt.Sprintf("%d warnings", warnings)
		if warnings == 1 {
			what = "1 warning"
		}
		fmt.Fprintf(c.errs, "%s for you to look at: %s\n", what, filepath.Join(o.Restricted, "findings.csv"))
	}
}
