package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

func (c *command) redact() *cobra.Command {
	q := pipeline.RedactRequest{}
	cmd := &cobra.Command{
		Use:   "redact --out FILE.csv [--run N] [--force]",
		Short: "Write open answers without identities, for coders and translators",
		Long: `Redact writes the open answers that a run left, a row for each: the keyed
identifier, the level, the item, the language of the answer where it is known,
and the text with words such as [e-mail] in the place of identities. Names are
found only beside a title or an introduction: read the file before you give it
to anybody.

The file is for you alone until you give it away, and cannot lie in the folder
for reports. How much was replaced is told on standard error, by class and
language; what was replaced is told nowhere.

` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if q.Out == "" {
				return usage("name the file to write, as --out answers-to-code.csv")
			}
			if q.Run < 0 {
				return usage("there is no run %d", q.Run)
			}
			config, env, err := c.project()
			if err != nil {
				return err
			}
			o, err := pipeline.Redact(cmd.Context(), config, env, q)
			if errors.Is(err, pipeline.ErrInReports) {
				return usageError{err}
			}
			if err != nil {
				return err
			}
			var told []finding.Finding
			for _, f := range o.Findings {
				if f.Stage == "redact" {
					told = append(told, f)
				}
			}
			printFindings(c.errs, told, finding.Note)
			fmt.Fprintf(c.out, "Run %d: %d open answers\n", o.Run, o.Answers)
			fmt.Fprintf(c.out, "To be read before it is given away: %s\n", o.Path)
			return nil
		},
	}
	cmd.Flags().StringVar(&q.Out, "out", "", "the file to write")
	cmd.Flags().IntVar(&q.Run, "run", 0, "number of the run; the newest if left out")
	cmd.Flags().BoolVar(&q.Force, "force", false, "write over a file of that name")
	return cmd
}
