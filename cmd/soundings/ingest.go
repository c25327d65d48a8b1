package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

func (c *command) ingest() *cobra.Command {
	var r pipeline.IngestRequest
	cmd := &cobra.Command{
		Use:   "ingest [--form FORM] --answers FILE --out FOLDER",
		Short: "Read answers and write them as Parquet, with an account of the reading",
		Long: `Ingest binds a file of answers to a form and writes answers.parquet (a file
more for each repeat) and ingest.json with counts and hashes. Without
a form one is drafted from the answers, as form.xlsx, for you to correct. Answers
are personal data: keep the folder to yourself.

` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if r.Answers == "" || r.Out == "" {
				return usage("ingest needs --answers and --out")
			}
			for _, fate := range r.Identity {
				if fate != "drop" && fate != "keep" {
					return usage("--identity gives a column the word drop (read and thrown away) or keep (it does not identify): there is no identity store without a config")
				}
			}
			if err := readable(append([]string{r.Form, r.Answers}, r.Earlier...)...); err != nil {
				return err
			}
			env, err := c.settings.env(".", silent{})
			if err != nil {
				return err
			}
			account, findings, err := pipeline.Ingest(cmd.Context(), r, env)
			if errors.Is(err, pipeline.ErrFormThere) {
				return usageError{err}
			}
			if err != nil {
				return err
			}
			printFindings(c.errs, findings, finding.Warning)
			if r.Form == "" {
				fmt.Fprintf(c.out, "Drafted a form: %s. Correct it, and read the answers again with --form.\n", filepath.Join(r.Out, pipeline.DraftedForm))
			}
			for _, l := range account.Levels {
				fmt.Fprintf(c.out, "%s: %d responses, hash %s\n", l.Name, l.Rows, l.Hash)
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&r.Form, "form", "", "XLSForm workbook; drafted from the answers when left out")
	f.StringVar(&r.Answers, "answers", "", "file of answers")
	f.StringVar(&r.Out, "out", "", "folder to write to")
	f.StringVar(&r.Encoding, "encoding", "", "encoding of the answers, where it is not UTF-8 (input.encoding in a config)")
	f.StringSliceVar(&r.Absent, "absent", nil, "items of the form that the file may lack (input.absent in a config)")
	f.StringToStringVar(&r.Columns, "column", nil, "a column of the file under another name: COLUMN=ITEM (input.columns in a config)")
	f.StringToStringVar(&r.Lists, "list", nil, "an item whose cells are lists: ITEM=SIGN (input.lists in a config)")
	f.StringSliceVar(&r.Earlier, "earlier", nil, "earlier versions of the form, the latest first (survey.earlier in a config)")
	f.StringVar(&r.Version, "answered", "", "the earlier version of the form that the answers were given to (input.form in a config)")
	f.StringToStringVar(&r.Identity, "identity", nil, "what becomes of a column that looks identifying: NAME=drop or NAME=keep (identities.columns in a config)")
	addRenames(cmd, &r.Renames)
	return cmd
}

// readable refuses files named on the command line that are not there, or are
// no files. A file without a name was not asked for.
func readable(names ...string) error {
	for _, name := range names {
		if name == "" {
			continue
		}
		info, err := os.Stat(name)
		switch {
		case err != nil:
			return usage("%s cannot be read: %w", name, errors.Unwrap(err))
		case info.IsDir():
			return usage("%s is a folder; name a file", name)
		case !info.Mode().IsRegular():
			return usage("%s is a device or a pipe; save what it gives as a file and name that", name)
		}
		f, err := os.Open(name)
		if err != nil {
			return usage("%s cannot be read: %w", name, errors.Unwrap(err))
		}
		f.Close()
	}
	return nil
}
