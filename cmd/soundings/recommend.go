package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/recommend"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

func (c *command) recommend() *cobra.Command {
	var q pipeline.RecommendRequest
	var out string
	var force bool
	cmd := &cobra.Command{
		Use:   "recommend FILE",
		Short: "Say what is missing in draft recommendations for a review",
		Long: `Recommend reads draft recommendations: a text with one on each line, a .docx with
one in each paragraph, or a table (CSV, XLSX) with a column of them. For each it
says how specific the action is, by the verb rules that UPR Info published, with
the verb that decides; which issues it touches; who, what, by when and the rest of
what is there, with the words; what is missing; and how it could be completed:
square brackets stand for what only you know. It is told in the language of each
recommendation: Arabic, Chinese, English, French, Russian or Spanish.

Gaps are advice: they do not change the exit status. What is printed holds your
drafts.

` + exitHelp,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			q.File = args[0]
			kind := strings.ToLower(filepath.Ext(out))
			switch {
			case q.Language != "" && !slices.Contains(recommend.Languages(), q.Language):
				return usage("--lang is %q; it is one of %s", q.Language, strings.Join(recommend.Languages(), ", "))
			case out != "" && !slices.Contains([]string{".csv", ".xlsx", ".md"}, kind):
				return usage("--out must end in .csv, .xlsx or .md")
			}
			if err := readable(q.File); err != nil {
				return err
			}
			checker, err := recommend.New(nil)
			if err != nil {
				return err
			}
			list, err := pipeline.Recommend(cmd.Context(), checker, q)
			if err != nil {
				return err
			}
			var text bytes.Buffer
			printRecommendations(&text, checker, list)
			if out == "" {
				_, err := c.out.Write(text.Bytes())
				return err
			}
			if kind != ".md" {
				text.Reset()
				rows := recommendationRows(checker, list)
				if kind == ".csv" {
					err = sheet.WriteCSV(&text, rows)
				} else {
					err = sheet.WriteBook(&text, "recommendations", rows)
				}
				if err != nil {
					return err
				}
			}
			return writeNew(out, text.Bytes(), force)
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.Language, "lang", "", "the language of all recommendations (default: told for each)")
	f.StringVar(&q.Column, "column", "", "the column of a table that holds them")
	f.StringVar(&out, "out", "", "write a .csv, .xlsx or .md file in place of printing")
	f.BoolVar(&force, "force", false, "write over a file of that name")
	return cmd
}

// writeNew writes a file for the user alone, over none that is there.
func writeNew(name string, content []byte, force bool) error {
	how := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		how = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := os.OpenFile(name, how, 0o600)
	if os.IsExist(err) {
		return usage("%s is there already; take another name, or --force", name)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if _, err := f.Write(content); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", name, err)
	}
	return f.Close()
}

// reason says which rank a recommendation has, and why.
func reason(c *recommend.Checker, r pipeline.Recommendation) (rank, why string) {
	key := "rank"
	if r.Rank.Value == 0 {
		key = "rank.0"
	}
	n := strconv.Itoa(r.Rank.Value)
	rank = c.Say(r.Language, key, "rank", n, "name", c.Say(r.Language, "name."+n))
	return rank, c.Say(r.Language, "rule."+string(r.Rank.Rule), "verb", oneLine(r.Rank.Verb.Of(r.Text)))
}

// parts returns the issues, what is there and what is missing, as lists of words.
func parts(c *recommend.Checker, r pipeline.Recommendation) (issues, there, missing, advice []string) {
	say := func(key string, pairs ...string) string { return c.Say(r.Language, key, pairs...) }
	for _, i := range r.Issues {
		issues = append(issues, i.Name)
	}
	for _, result := range r.Results {
		name, words := say("check."+string(result.Check)), oneLine(result.Span.Of(r.Text))
		switch {
		case result.Met && words != "":
			there = append(there, name+" ("+words+")")
		case result.Met:
			there = append(there, name)
		default:
			if result.Check == recommend.Single && words != "" {
				name += " (" + say("against", "words", words) + ")"
			}
			missing = append(missing, name)
			advice = append(advice, say("advice."+string(result.Check)))
		}
	}
	return issues, there, missing, advice
}

// printRecommendations prints text that is Markdown too.
func printRecommendations(out io.Writer, c *recommend.Checker, list []pipeline.Recommendation) {
	for i, r := range list {
		say := func(key string) string { return c.Say(r.Language, key) }
		rank, why := reason(c, r)
		issues, there, missing, advice := parts(c, r)
		fmt.Fprintf(out, "%d. %s\n\n", i+1, oneLine(r.Text))
		line := func(head, text string) { fmt.Fprintf(out, "   - %s: %s\n", head, text) }
		line(rank, why)
		line(say("issues"), orElse(issues, say("issues.none")))
		line(say("there"), orElse(there, say("nothing")))
		line(say("missing"), orElse(missing, say("nothing")))
		for _, a := range advice {
			fmt.Fprintf(out, "     - %s\n", a)
		}
		if slices.ContainsFunc(r.Missing(), func(m recommend.Check) bool { return m != recommend.Single }) {
			line(say("completed"), oneLine(c.Completed(r.Text, r.Assessment)))
		}
		fmt.Fprintln(out)
	}
	for _, s := range summary(c, list) {
		fmt.Fprintln(out, s)
	}
}

func orElse(words []string, none string) string {
	if len(words) == 0 {
		return none
	}
	return strings.Join(words, "; ")
}

// summary counts ranks and what is missing, in the language of the first.
func summary(c *recommend.Checker, list []pipeline.Recommendation) []string {
	language, all := list[0].Language, strconv.Itoa(len(list))
	ranks, lacks := map[int]int{}, map[recommend.Check]int{}
	for _, r := range list {
		ranks[r.Rank.Value]++
		for _, m := range r.Missing() {
			lacks[m]++
		}
	}
	out := []string{"## " + c.Say(language, "summary"), "", "- " + c.Say(language, "summary.count", "n", all)}
	for rank := 5; rank >= 0; rank-- {
		if ranks[rank] == 0 {
			continue
		}
		key, n := "summary.rank", strconv.Itoa(rank)
		if rank == 0 {
			key = "summary.unranked"
		}
		out = append(out, "- "+c.Say(language, key, "rank", n, "name", c.Say(language, "name."+n), "n", strconv.Itoa(ranks[rank]), "all", all))
	}
	for _, check := range recommend.Checks() {
		if lacks[check] > 0 {
			out = append(out, "- "+c.Say(language, "summary.missing", "check", c.Say(language, "check."+string(check)), "n", strconv.Itoa(lacks[check]), "all", all))
		}
	}
	return append(out, "", c.Say(language, "summary.note"))
}

// recommendationRows are the same as a table, with a header.
func recommendationRows(c *recommend.Checker, list []pipeline.Recommendation) [][]string {
	language := list[0].Language
	var head []string
	for _, key := range []string{"column.number", "column.text", "column.language", "column.rank", "column.reason", "issues", "there", "missing", "column.advice", "completed"} {
		head = append(head, c.Say(language, key))
	}
	rows := [][]string{head}
	for i, r := range list {
		_, why := reason(c, r)
		issues, there, missing, advice := parts(c, r)
		rows = append(rows, []string{strconv.Itoa(i + 1), r.Text, r.Language, strconv.Itoa(r.Rank.Value), why,
			strings.Join(issues, "; "), strings.Join(there, "; "), strings.Join(missing, "; "), strings.Join(advice, " "), c.Completed(r.Text, r.Assessment)})
	}
	return rows
}
