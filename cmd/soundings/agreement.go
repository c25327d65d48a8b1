package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/agreement"
)

func (c *command) agreement() *cobra.Command {
	var q pipeline.AgreementRequest
	var scale, paths string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "agreement FILE...",
		Short: "Say how far those who coded the same units agree",
		Long: `Agreement reads a table with a row for each code that a coder gave a unit, such
as an open answer, in the columns unit, coder and code. It prints the share of
agreement, Krippendorff's alpha, Fleiss' kappa and Gwet's AC1 of all coders, and
Cohen's kappa and others of each pair. What cannot be computed is undefined, and
the table says why. With --multiple, units may have several codes, and each code
is judged by itself; a row with an empty code says that a coder found none.
Of several files each is that of one coder. With --code "Code *" codes stand side
by side in all columns that begin so, and a row without any was not coded. --by
adds the figures of parts of the units, such as each language. Codes may be paths,
as "harm->fear": --paths parents counts the codes above too, --paths top them alone.
The table names coders and codes: it is for you, not for a report.

` + exitHelp,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			q.Files, q.Scale = args, agreement.Scale(scale)
			q.Paths = pipeline.Paths(paths)
			if err := checkAgreement(q); err != nil {
				return err
			}
			env, err := c.settings.env(".", silent{})
			if err != nil {
				return err
			}
			q.Bootstrap.Seed = env.Seed
			report, err := pipeline.Agreement(cmd.Context(), q)
			if err != nil {
				return err
			}
			if asJSON {
				out := json.NewEncoder(forPrograms(c.out))
				out.SetIndent("", "  ")
				return out.Encode(report)
			}
			return printAgreement(c.out, report)
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.Columns.Unit, "unit", "unit", "the column that says which unit was coded")
	f.StringVar(&q.Columns.Coder, "coder", "coder", "the column that says who coded it")
	f.StringVar(&q.Columns.Code, "code", "code", "the column of codes")
	f.StringVar(&q.Columns.By, "by", "", "a column that divides the units, such as by language")
	f.StringVar(&paths, "paths", "", "of codes under others: parents or top (default as they are)")
	f.StringVar(&q.Encoding, "encoding", "", "encoding of the file, where it is not UTF-8")
	f.StringVar(&scale, "scale", string(agreement.Nominal), "nominal, ordinal, interval or ratio: how far two codes are apart")
	f.StringSliceVar(&q.Order, "order", nil, "the codes in their order (default that of their numbers, or of the alphabet)")
	f.BoolVar(&q.Multiple, "multiple", false, "units may have several codes of a coder")
	f.Float64Var(&q.Bootstrap.Level, "level", 0.95, "confidence level of intervals")
	f.IntVar(&q.Bootstrap.Resamples, "resamples", 1000, "resamples for the interval of alpha; 0 for none")
	f.BoolVar(&asJSON, "json", false, "print JSON, with all digits")
	return cmd
}

// maxResamples keeps a slip of the hand from running for hours.
const maxResamples = 100_000

func checkAgreement(q pipeline.AgreementRequest) error {
	columns := []string{q.Columns.Unit, q.Columns.Coder, q.Columns.Code}
	order := slices.Clone(q.Order)
	slices.Sort(order)
	switch {
	case !slices.Contains(agreement.Scales(), q.Scale):
		return usage("--scale is %q; it is nominal, ordinal, interval or ratio", string(q.Scale))
	case q.Multiple && q.Scale != agreement.Nominal:
		return usage("--multiple goes with the nominal scale: a code is given or not")
	case q.Paths != pipeline.AsTheyAre && q.Paths != pipeline.WithParents && q.Paths != pipeline.TopAlone:
		return usage("--paths is %q; it is parents or top", string(q.Paths))
	case q.Paths == pipeline.WithParents && !q.Multiple:
		return usage("--paths parents goes with --multiple: a unit has a code and those above it")
	case strings.HasSuffix(q.Columns.Code, "*") && !q.Multiple:
		return usage("codes side by side go with --multiple")
	case !(q.Bootstrap.Level > 0 && q.Bootstrap.Level < 1):
		return usage("--level must lie between 0 and 1, such as 0.95")
	case q.Bootstrap.Resamples < 0 || q.Bootstrap.Resamples > maxResamples:
		return usage("--resamples must be a whole number from 0 to %d", maxResamples)
	case columns[0] == columns[1] || columns[0] == columns[2] || columns[1] == columns[2] || slices.Contains(columns, q.Columns.By):
		return usage("--unit, --coder and --code must name three columns, and --by another")
	case len(slices.Compact(order)) < len(q.Order):
		return usage("--order names a code twice")
	}
	for i, file := range q.Files {
		if slices.Contains(q.Files[:i], file) {
			return usage("a file is named twice")
		}
		if err := readable(file); err != nil {
			return err
		}
	}
	return nil
}

// printAgreement prints figures as a table, undefined ones with the reason.
func printAgreement(out io.Writer, r pipeline.AgreementReport) error {
	fmt.Fprintf(out, "%d units, %d coders, %d codes\n\n", r.Units, r.Coders, len(r.Codes))
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "measure\tcode\tcoders\tunits\tvalue\tse\tlow\thigh\t")
	for _, f := range r.Figures {
		name := f.Measure
		if f.Scale != "" {
			name += " (" + string(f.Scale) + ")"
		}
		if f.Group != "" {
			name = f.Group + ": " + name
		}
		cells := []string{name, f.Code, strings.Join(f.Coders, ", "), strconv.FormatFloat(f.Units, 'f', -1, 64)}
		for _, x := range []*float64{f.Value, f.SE, f.Lo, f.Hi} {
			cells = append(cells, rounded(x))
		}
		if f.Undefined != agreement.Defined {
			cells = append(cells, "undefined: "+string(f.Undefined))
		}
		for i := range cells {
			cells[i] = oneLine(cells[i])
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for line := range strings.Lines(table.String()) {
		if _, err := fmt.Fprintln(out, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}

func rounded(x *float64) string {
	if x == nil {
		return ""
	}
	s := strconv.FormatFloat(*x, 'f', 3, 64)
	if s == "-0.000" {
		return "0.000"
	}
	return s
}
