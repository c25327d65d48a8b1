package versions

import (
	"fmt"
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// list compares the choices of an item. A list that several items share is
// compared once.
func (c *comparing) list(now, old *survey.Item) {
	pair := listPair{now.List, old.List}
	if _, done := c.choices[pair]; done {
		return
	}
	today, then := c.now.List(now.List), c.then.Survey.List(old.List)
	found := map[int32]int{}
	c.choices[pair] = found
	if today == nil || then == nil {
		return
	}
	for k, was := range then.Choices {
		name, mapped := was.Name, false
		if to, ok := c.renames.Choices[old.List+"."+was.Name]; ok {
			name, mapped = to, true
		}
		at := slices.IndexFunc(today.Choices, func(x survey.Choice) bool { return x.Name == name })
		switch {
		case at < 0 && mapped:
			c.refuse("rename", now.Name, "", fmt.Sprintf("survey.renamed says that the choice %s of the list %s is called %s today; the list of today has no such choice.", was.Name, old.List, name), "Correct the name, or remove the line.")
			continue
		case at < 0:
			c.change(ChoiceRemoved, now.Name, was.Name, was.Name, "")
			continue
		}
		if _, twice := found[int32(at)]; !twice {
			found[int32(at)] = k
		}
		is := today.Choices[at]
		if name != was.Name {
			c.change(ChoiceRenamed, now.Name, name, was.Name, name)
		}
		if !mapped {
			c.meaning(now, old, was, is, today, then)
		} else if fold(label(c.now, was)) != fold(label(c.now, is)) {
			c.change(Reworded, now.Name, is.Name, label(c.now, was), label(c.now, is))
		}
		if score(was) != score(is) {
			c.change(ScoreChanged, now.Name, is.Name, score(was), score(is))
			c.add(finding.Warning, "score-between-versions", now.Name, fmt.Sprintf("The choice %s of the item %s has another score than in %s; that of today counts.", is.Name, now.Name, c.then.File), "Check that the scale is the same.")
		}
	}
	for i, is := range today.Choices {
		if _, known := found[int32(i)]; !known {
			c.change(ChoiceAdded, now.Name, is.Name, "", is.Name)
			c.reused(now, old, is, then)
		}
	}
}

func label(s *survey.Survey, c survey.Choice) string {
	text, _ := c.Label.In(s.Default, "")
	return text
}

func score(c survey.Choice) string {
	if c.Score == nil {
		return ""
	}
	return fmt.Sprint(*c.Score)
}

// meaning compares what a choice of one name says in the two forms. Words that
// another choice had or has are refused; so are words that have little to do
// with each other in every language that both forms have. What is worded a
// little otherwise is a warning.
func (c *comparing) meaning(now, old *survey.Item, was, is survey.Choice, today, then *survey.ChoiceList) {
	same, near, changed := false, false, ""
	for _, tag := range common(was.Label, is.Label) {
		before, after := fold(was.Label[tag]), fold(is.Label[tag])
		if before == after {
			same = true
			continue
		}
		if other := labelledAs(today, tag, before, is.Name); other != "" {
			c.otherMeaning(now, old, is.Name, fmt.Sprintf("In %s the choice %s of the item %s said what the choice %s says in %s", c.then.File, is.Name, now.Name, other, c.today), other)
			return
		}
		if other := labelledAs(then, tag, after, was.Name); other != "" {
			c.otherMeaning(now, old, is.Name, fmt.Sprintf("In %s the choice %s of the item %s says what the choice %s said in %s", c.today, is.Name, now.Name, other, c.then.File), "")
			return
		}
		if changed == "" {
			changed = tag
		}
		near = near || nearly(before, after)
	}
	switch {
	case changed == "":
	case same || near:
		c.change(Reworded, now.Name, is.Name, was.Label[changed], is.Label[changed])
		c.add(finding.Warning, "reworded-choice", now.Name, fmt.Sprintf("The choice %s of the item %s is worded otherwise than in %s.", is.Name, now.Name, c.then.File), "Check that it means the same; if not, give the choice of today another name.")
	default:
		c.change(Reworded, now.Name, is.Name, was.Label[changed], is.Label[changed])
		c.otherMeaning(now, old, is.Name, fmt.Sprintf("The choice %s of the item %s has other words in %s than in %s", is.Name, now.Name, c.then.File, c.today), is.Name)
	}
}

// reused refuses a new choice with the words that a choice of another name had.
func (c *comparing) reused(now, old *survey.Item, is survey.Choice, then *survey.ChoiceList) {
	for _, tag := range slices.Sorted(maps.Keys(is.Label)) {
		if other := labelledAs(then, tag, fold(is.Label[tag]), is.Name); other != "" {
			if _, mapped := c.renames.Choices[old.List+"."+other]; mapped {
				return
			}
			c.add(finding.Warning, "renamed-choice", now.Name, fmt.Sprintf("The choice %s of the item %s says what the choice %s said in %s: they are counted apart.", is.Name, now.Name, other, c.then.File), fmt.Sprintf("If it was renamed, say so: \"survey.renamed.choices: {%s.%s: %s}\".", old.List, other, is.Name))
			return
		}
	}
}

func (c *comparing) otherMeaning(now, old *survey.Item, choice, problem, to string) {
	remedy := "Say which choice of today each choice of the earlier form is, under survey.renamed.choices, and name the earlier form beside the answers that were given to it, as in \"input: [{file: answers.csv, form: " + c.then.File + "}]\"."
	if to != "" {
		remedy = fmt.Sprintf("If that is meant, write \"survey.renamed.choices: {%s.%s: %s}\", and name the earlier form beside the answers that were given to it, as in \"input: [{file: answers.csv, form: %s}]\".", old.List, choice, to, c.then.File)
	}
	c.refuse("meaning-between-versions", now.Name, choice, problem+": the same name has another meaning, and answers to the two must not be counted together.", remedy)
}

// labelledAs returns the name of another choice with a label, or "".
func labelledAs(list *survey.ChoiceList, tag, folded, but string) string {
	for _, x := range list.Choices {
		if x.Name != but && folded != "" && fold(x.Label[tag]) == folded {
			return x.Name
		}
	}
	return ""
}
