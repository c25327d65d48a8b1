package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

func (c *command) adjudicate() *cobra.Command {
	q := pipeline.AdjudicateRequest{}
	var unredacted bool
	cmd := &cobra.Command{
		Use:   "adjudicate [--out FILE.xlsx] [--language L] [--force]",
		Short: "Write the answers on which coders disagree as a workbook to decide in",
		Long: `Adjudicate reads what coders gave back, as the config names it under
"coding.files", and writes a workbook of the answers on which they disagree, or
of which one of them could not tell what is meant: the codes of each coder side
by side under letters that change from row to row, what rules say, and columns
for the decision. What was decided already is left out.

Name the workbook under "coding.adjudicated" when it is filled in: what it says
goes before what coders say.

` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if unredacted != (q.Unredacted != "") {
				return usage("--unredacted and --reason go together: say why who decides must see who is named in answers")
			}
			if err := oneOfSix(q.Language); q.Language != "" && err != nil {
				return err
			}
			config, env, err := c.project()
			if err != nil {
				return err
			}
			o, err := pipeline.Adjudicate(cmd.Context(), config, env, q)
			if errors.Is(err, pipeline.ErrInReports) {
				return usageError{err}
			}
			if err != nil {
				return err
			}
			printFindings(c.errs, append(ofStage(o.Findings, "code"), ofStage(o.Findings, "adjudicate")...), finding.Warning)
			fmt.Fprintf(c.out, "%d answers to decide on, %d decided already\n", o.Answers, o.Decided)
			if o.Path != "" {
				fmt.Fprintf(c.out, "To be filled in: %s\n", o.Path)
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.Out, "out", "", "the workbook to write; one in the restricted folder if left out")
	f.StringVar(&q.Language, "language", "", "language of the workbook, such as fr; that of the form if left out")
	f.BoolVar(&q.Force, "force", false, "write over a file of that name")
	f.BoolVar(&unredacted, "unredacted", false, "leave identities in; needs --reason")
	f.StringVar(&q.Unredacted, "reason", "", "why identities are left in; it is noted")
	return cmd
}
