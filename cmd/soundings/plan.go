package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

func (c *command) plan() *cobra.Command {
	out, form, force := "", "", false
	cmd := &cobra.Command{
		Use:   "plan [--form FORM.xlsx] [--out FILE] [--force]",
		Short: "Write the plan that is made from the form, as a sheet to work on",
		Long: `Plan writes what a run computes when the config names no plan, a line for each
table: which analysis, of which item, by which groups. It reads the form and the
config, and no answers; with --form it needs no config. Take lines out, add
others, and name the file under "plan" in the config.

Without --out it writes CSV to standard output; a name that ends in .xlsx gives a
workbook.

` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, env, err := c.planned(form)
			if err != nil {
				return err
			}
			if ending := strings.ToLower(filepath.Ext(out)); out != "" && ending != ".csv" && ending != ".xlsx" {
				return usage("a plan is written as .csv or .xlsx, and %s is neither", filepath.Base(out))
			}
			plan, findings, err := pipeline.GuessPlan(cmd.Context(), config, env)
			if err != nil {
				return err
			}
			printFindings(c.errs, findings, finding.Note)
			if out == "" {
				return pipeline.WritePlan(c.out, "", plan)
			}
			name, err := pipeline.SavePlan(out, plan, force)
			if err != nil {
				return err
			}
			fmt.Fprintf(c.out, "Plan: %s, %d tables\n", name, len(plan.Rows))
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "file to write, .csv or .xlsx; standard output if left out")
	f.StringVar(&form, "form", "", "XLSForm workbook, where there is no project yet")
	f.BoolVar(&force, "force", false, "write over a file of that name")
	return cmd
}

// planned returns the project whose plan is asked for: that of the config, or
// one that is a form and nothing else.
func (c *command) planned(form string) (pipeline.Config, pipeline.Env, error) {
	if form == "" {
		return c.project()
	}
	if err := readable(form); err != nil {
		return pipeline.Config{}, pipeline.Env{}, err
	}
	config := pipeline.Defaults()
	config.Survey.Form = form
	env, err := c.settings.env(".", silent{})
	return config, env, err
}
