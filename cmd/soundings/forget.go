package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/publish"
)

func (c *command) forget() *cobra.Command {
	return &cobra.Command{
		Use:   "forget [ID...]",
		Short: "Take out the data of respondents who withdraw",
		Long: `Forget takes the answers of respondents, and the lines of logs about them, out of
everything that runs have left in the restricted folder. It notes them, so that
no later run counts them even when the export still holds them, and withdraws
what has counted them: such tables are shown again when enough respondents have
joined or left that nothing follows about any one. It first says which coders
have answers of theirs, and which files of the config may: after that nobody can
know.

Name respondents as _id or _uuid in the clean answers do. Without names, or with
"-", they are read from standard input, one a line: so they do not stand in the
history of your shell.

` + exitHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			names, err := respondentsNamed(args, cmd.InOrStdin())
			if err != nil {
				return err
			}
			config, env, err := c.project()
			if err != nil {
				return err
			}
			o, err := pipeline.Forget(cmd.Context(), config, env, names, c.printHanded)
			var unknown *pipeline.UnknownError
			if errors.As(err, &unknown) {
				return usageError{err}
			}
			if err != nil {
				return err
			}
			c.printForgotten(config, o, len(names))
			return nil
		},
	}
}

// mostNames is how long the list of respondents may be, in bytes.
const mostNames = 16 << 20

// respondentsNamed gathers the names of respondents, each once.
func respondentsNamed(args []string, in io.Reader) ([]string, error) {
	var all []string
	stdin := len(args) == 0
	for _, a := range args {
		if a == "-" {
			stdin = true
			continue
		}
		all = append(all, a)
	}
	if stdin {
		lines := bufio.NewScanner(io.LimitReader(in, mostNames))
		for lines.Scan() {
			all = append(all, lines.Text())
		}
		if lines.Err() != nil {
			return nil, usage("the names of respondents cannot be read: write one a line")
		}
	}
	var names []string
	seen := map[string]bool{}
	for _, name := range all {
		if name = strings.TrimSpace(name); name != "" && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, usage("nobody is named: give the _id or _uuid of a respondent, or a list of them on standard input")
	}
	return names, nil
}

// printHanded says who has answers of theirs, and in which files they may stand.
func (c *command) printHanded(h pipeline.Handed) {
	for _, p := range h.Packs {
		where := fmt.Sprintf("No %s-%d.xlsx or .qdpx lies in the folder of packs: look where it was written or moved to, and delete it.", p.Coder, p.Batch)
		if len(p.Paths) > 0 {
			where = "Delete it here too: " + oneLine(strings.Join(p.Paths, ", "))
		}
		fmt.Fprintf(c.out, "- Ask %s to delete batch %d, which holds answers of theirs. %s\n", oneLine(p.Coder), p.Batch, where)
	}
	for _, f := range h.Files {
		fmt.Fprintf(c.out, "- Look through this file, and take out what is of them: %s", oneLine(f.Path))
		if len(f.Rows) > 0 {
			fmt.Fprintf(c.out, " (%d of its rows are known to be: %s)", len(f.Rows), strings.Trim(strings.Join(strings.Fields(fmt.Sprint(f.Rows)), ", "), "[]"))
		}
		fmt.Fprintln(c.out)
	}
}

// printForgotten says what was done, and what is left for the analyst to do.
func (c *command) printForgotten(config pipeline.Config, o *pipeline.Forgotten, named int) {
	fmt.Fprintf(c.out, "Forgotten: %d, of whom %d had been before. Rows and lines taken out: %d, from %d files.\n", named, o.Already, o.Rows, o.Files)
	fmt.Fprintln(c.out, "What is left for you to do:")
	fmt.Fprintln(c.out, "- Delete them from your export, its copies, the collecting tool and your own cleaning logs. A run leaves them out even if you do not.")
	if len(o.Runs) > 0 {
		var folders []string
		for _, n := range o.Runs {
			folders = append(folders, filepath.ToSlash(filepath.Join(config.Folders.Reports, publish.Name(n))))
		}
		fmt.Fprintf(c.out, "- These reports counted them. Delete them, and ask whoever has them to do the same: %s\n", strings.Join(folders, ", "))
		fmt.Fprintln(c.out, "- Run again. What counted them is withheld until enough respondents have joined or left.")
	}
	for _, path := range o.Look {
		fmt.Fprintf(c.out, "- This file may name them and cannot be changed here. Delete it, or take them out yourself: %s\n", oneLine(path))
	}
	fmt.Fprintln(c.out, "- The exact results of these runs (results-exact) and their accounts hold counts, no answers of theirs, and stay. Backups and encrypted copies are yours to look after.")
}
