package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings"
	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

func (c *command) init() *cobra.Command {
	r := pipeline.InitRequest{Example: soundings.Example()}
	cmd := &cobra.Command{
		Use:   "init FOLDER [--form FORM] [--answers FILE]",
		Short: "Make a project in an empty folder",
		Long: `Init makes config.yaml, data and reports in a folder of its own. With --form and
--answers it is a project for your survey; with --answers alone it drafts a form
from the data, for you to correct; with neither it is a copy of the example.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r.Dir = args[0]
			if r.Form != "" && r.Answers == "" {
				return usage("init needs --answers beside --form")
			}
			if err := readable(r.Form, r.Answers); err != nil {
				return err
			}
			for column, sign := range r.Lists {
				named, ok := map[string]string{"comma": ",", "semicolon": ";", ";": ";", "bar": "|", "|": "|", "tab": "\t"}[sign]
				if !ok {
					return usage("--list %s=%s: the sign is semicolon, comma, bar or tab", column, sign)
				}
				r.Lists[column] = named
			}
			findings, err := pipeline.Init(cmd.Context(), r)
			if errors.Is(err, pipeline.ErrNotEmpty) {
				return usageError{err}
			}
			if err != nil {
				return err
			}
			printFindings(c.errs, findings, finding.Note)
			fmt.Fprintf(c.out, "Made a project in %s. Look at its config.yaml, then:\n  cd %s\n  soundings check\n  soundings run\n", r.Dir, r.Dir)
			return nil
		},
	}
	cmd.Flags().StringVar(&r.Form, "form", "", "XLSForm workbook")
	cmd.Flags().StringVar(&r.Answers, "answers", "", "file of answers")
	cmd.Flags().StringVar(&r.Encoding, "encoding", "", "encoding of the answers, where it is not UTF-8")
	cmd.Flags().StringToStringVar(&r.Lists, "list", nil, "a column whose cells are lists, for a form that is drafted: COLUMN=SIGN, where the sign is semicolon, comma, bar or tab")
	return cmd
}
