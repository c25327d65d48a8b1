package xlsform_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// dump writes all that a survey holds as text, one thing a line.
func dump(s *survey.Survey, findings []finding.Finding) string {
	var b strings.Builder
	line := func(indent int, parts ...string) {
		var full []string
		for _, p := range parts {
			if p != "" {
				full = append(full, p)
			}
		}
		b.WriteString(strings.Repeat("  ", indent) + strings.Join(full, " | ") + "\n")
	}
	if s != nil {
		line(0, "form "+s.ID, "version "+s.Version, "default "+s.Default, texts("title", s.Title))
		for _, l := range s.Languages {
			line(0, "language "+l.Tag, l.Name)
		}
		for i, l := range s.Levels {
			line(0, fmt.Sprintf("level %d %s", i, l.Name), "parent "+strconv.Itoa(l.Parent), l.Path, texts("label", l.Label))
		}
		for _, g := range s.Groups {
			line(0, "group "+g.Path, texts("label", g.Label))
		}
		for _, it := range s.Items {
			head := fmt.Sprintf("item %s: %s %s", it.Name, it.Type, it.List)
			flags := fmt.Sprintf("row %d level %d", it.Place.Row, it.Level)
			if it.Required {
				flags += " required"
			}
			if it.OrOther {
				flags += " or_other"
			}
			line(0, strings.TrimSpace(head), it.Path, flags, word("role", string(it.Role)), word("chapter", it.Chapter), word("look", it.Appearance))
			for _, part := range []string{texts("label", it.Label), texts("short", it.Short), texts("hint", it.Hint), word("constraint", it.Constraint), texts("message", it.Message), word("calculate", it.Calculate), word("filter", it.Filter)} {
				if part != "" {
					line(1, part)
				}
			}
			for _, c := range it.Relevant {
				line(1, "if "+c)
			}
		}
		for _, l := range s.Lists {
			line(0, "list "+l.Name)
			for _, c := range l.Choices {
				score := ""
				if c.Score != nil {
					score = fmt.Sprintf("score %g", *c.Score)
				}
				missing := ""
				if c.Missing != survey.Answered {
					missing = c.Missing.String()
				}
				line(1, c.Name, texts("", c.Label), texts("short", c.Short), score, missing)
			}
		}
	}
	for _, f := range findings {
		line(0, string(f.Severity)+" "+f.Kind, f.String())
	}
	return b.String()
}

func word(key, value string) string {
	if value == "" {
		return ""
	}
	return key + " " + value
}

func texts(key string, t survey.Text) string {
	var tags, out []string
	for tag := range t {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	for _, tag := range tags {
		out = append(out, tag+"="+t[tag])
	}
	return word(key, strings.Join(out, "; "))
}
