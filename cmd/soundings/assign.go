package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

func (c *command) assign() *cobra.Command {
	q := pipeline.AssignRequest{}
	var double string
	var unredacted bool
	cmd := &cobra.Command{
		Use:   "assign [--coders ana,bo] [--double 20%] [--most N] [--items a,b] [--format xlsx|qdpx] [--out FOLDER]",
		Short: "Make packs of open answers for coders",
		Long: `Assign makes a pack for each coder of the open answers that the last run left
and that nobody was given before: a workbook with drop-downs of codes, or a
project for QualCoder, NVivo, MAXQDA or ATLAS.ti. A share of the answers is given
to two coders, so that it can be known how far they agree. Draws are made of the
seed, by item and language.

Packs tell neither who else codes an answer nor, without --suggest or --learnt,
which codes a machine suggests: those of rules, and those that "soundings suggest"
learnt from coded answers. Identities are taken out, as "soundings redact" does;
names are found only beside a title or an introduction: read packs before you give
them away.
Who was given what is noted in the restricted folder.

Name what comes back under "coding.files" in the config.

` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if q.Format != "xlsx" && q.Format != "qdpx" {
				return usage("there is no format %q of packs; the formats are xlsx and qdpx", q.Format)
			}
			if q.Run < 0 || q.Most < 0 {
				return usage("--run and --most must be 0 or more")
			}
			if unredacted != (q.Unredacted != "") {
				return usage("--unredacted and --reason go together: say why coders must see who is named in answers")
			}
			if q.Learnt && q.Format != "xlsx" {
				return usage("--learnt is for workbooks: leave it or --format %s out", q.Format)
			}
			q.Double = -1
			if double != "" {
				var err error
				if q.Double, err = share(double); err != nil {
					return err
				}
			}
			config, env, err := c.project()
			if err != nil {
				return err
			}
			if cmd.Flags().Changed(flagSeed) {
				q.Seed = &env.Seed
			}
			o, err := pipeline.Assign(cmd.Context(), config, env, q)
			if errors.Is(err, pipeline.ErrInReports) {
				return usageError{err}
			}
			if err != nil {
				return err
			}
			printFindings(c.errs, ofStage(o.Findings, "assign"), finding.Note)
			fmt.Fprintf(c.out, "Run %d, batch %d: %d open answers, %d of them for two coders\n", o.Run, o.Batch, o.Answers, o.Double)
			for _, p := range o.Packs {
				fmt.Fprintf(c.out, "%s: %d answers, %s\n", p.Coder, p.Answers, p.Path)
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&q.Coders, "coders", nil, "names of the coders; those of the config if left out")
	f.StringVar(&double, "double", "", "share of answers that two coders get, as 20% or 0.2; that of the config if left out")
	f.IntVar(&q.Most, "most", 0, "how many answers to draw at most; all if left out")
	f.StringSliceVar(&q.Items, "items", nil, "open items; all that are coded if left out")
	f.StringVar(&q.Format, "format", "xlsx", "xlsx, or qdpx for other programs")
	f.StringVar(&q.Out, "out", "", "the folder for the packs; \"packs\" in the restricted folder if left out")
	f.IntVar(&q.Run, "run", 0, "number of the run; the newest if left out")
	f.BoolVar(&q.Force, "force", false, "write over files of those names")
	f.BoolVar(&q.Suggest, "suggest", false, "show what rules suggest")
	f.BoolVar(&q.Learnt, "learnt", false, "show what \"soundings suggest\" learnt, in workbooks")
	f.BoolVar(&unredacted, "unredacted", false, "leave identities in; needs --reason")
	f.StringVar(&q.Unredacted, "reason", "", "why identities are left in; it is noted")
	return cmd
}

// share reads a share, as 20% or 0.2.
func share(text string) (float64, error) {
	number, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	x, err := strconv.ParseFloat(number, 64)
	if percent {
		x /= 100
	}
	if err != nil || !(x >= 0 && x <= 1) {
		return 0, usage("--double must be a share, as 20%% or 0.2")
	}
	return x, nil
}

// ofStage returns the findings of one stage.
func ofStage(all []finding.Finding, stage string) []finding.Finding {
	var out []finding.Finding
	for _, f := range all {
		if f.Stage == stage {
			out = append(out, f)
		}
	}
	return out
}
