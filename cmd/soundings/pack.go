package main

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/publish"
)

func (c *command) pack() *cobra.Command {
	q := pipeline.PackRequest{}
	audience, check := "", ""
	cmd := &cobra.Command{
		Use:   "pack [RUN] [--audience partners] [--out FILE.zip]",
		Short: "Make the archive of a report that is safe to send",
		Long: `Pack makes one archive of a folder of reports: that of the latest run, or of the
run whose number you give. It holds what the run wrote and nothing else, a list
of the files with their hashes, and in each language of the report a note on
what they are. Nothing is packed if a file was added, changed or removed since,
if there are links or hidden files, or if the report counts somebody who has
been forgotten since.

With --verify it says of an archive whether all files are as they were packed;
for that no project is needed.

` + exitHelp,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if check != "" {
				if len(args) > 0 || audience != "" || q.Out != "" {
					return usage("--verify takes the archive and nothing else")
				}
				n, err := pipeline.VerifyPack(check)
				if err != nil {
					return fmt.Errorf("the archive is not as it was packed: %w", err)
				}
				fmt.Fprintf(c.out, "Equal: %d files are as they were packed\n", n)
				return nil
			}
			if len(args) > 0 {
				n, err := strconv.Atoi(args[0])
				if err != nil || n < 1 {
					return usage("a run is named by its number, as in \"soundings pack 7\"")
				}
				q.Run = n
			}
			if q.Audience = protect.Audience(audience); audience == "" {
				q.Audience = protect.Public
			}
			config, dir, err := c.settings.config()
			if err != nil {
				return err
			}
			made, err := pipeline.Pack(config, dir, q)
			if errors.Is(err, pipeline.ErrNoReport) || errors.As(err, new(*publish.PlaceError)) {
				return usageError{err}
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(c.out, "Packed: %s, %d files\n", made.Path, made.Files)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&audience, "audience", "", "for whom: public, or partners; public if left out")
	f.StringVar(&q.Out, "out", "", "the archive to write; beside the folder of the report if left out")
	f.BoolVar(&q.Force, "force", false, "write over a file of that name")
	f.StringVar(&check, "verify", "", "an archive to check")
	return cmd
}
