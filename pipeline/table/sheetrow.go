package table

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// row reads a row of the sheet; false where something in it does not hold.
func (r *sheetReader) row(c cells) (Row, bool) {
	before := len(r.findings)
	out := Row{Analysis: Analysis(c.get(columnType)), Item: c.get(columnItem)}
	need, ok := demands(out.Analysis)
	if !ok {
		names := make([]string, len(analysisNames))
		for i, a := range analysisNames {
			names[i] = string(a)
		}
		r.refuse(c.row, columnType, fmt.Sprintf("The analysis %q is not one that can be computed.", out.Analysis),
			spelling.DidYouMean(string(out.Analysis), names, "Use one of: "+strings.Join(names, ", ")+"."))
	}
	out.With = list(c.get(columnWith), ",")
	itemColumn, withColumn := columnItem, columnWith
	if r.ratio(c, &out) {
		itemColumn, withColumn = columnNumerator, columnDenominator
	}
	item, known := r.item(c, itemColumn, out.Item)
	if known && ok && !fits(r.survey, item, need.item) {
		r.refuse(c.row, columnType, fmt.Sprintf("The analysis %s does not suit the item %s, which is of type %s.", out.Analysis, item.Name, item.Type), fmt.Sprintf("It needs %v.", need.item))
	}
	out.By = r.groups(c)
	out.Level = r.between(c, columnLevel, "The confidence level is not a number between 0 and 1.", "Write 0.95.")
	if ok {
		r.with(c, withColumn, out, need)
		r.own(c, &out, need, item)
		if need.groups && len(out.By) == 0 && c.get(columnGroup) == "" {
			r.refuse(c.row, columnGroup, fmt.Sprintf("The analysis %s compares groups, and the row names none.", out.Analysis), "Name an item with choices.")
		}
	}
	return out, len(r.findings) == before
}

// item finds the item that a cell names.
func (r *sheetReader) item(c cells, column, name string) (*survey.Item, bool) {
	item, ok := r.survey.Item(name)
	switch {
	case ok:
		return item, true
	case name == "":
		r.refuse(c.row, column, "The row names no item.", "Write the item's name, not its label.")
	default:
		r.refuse(c.row, column, fmt.Sprintf("The survey has no item %q.", name), spelling.DidYouMean(name, r.survey.ItemNames(), "Use the item's name, not its label."))
	}
	return nil, false
}

// ratio reads the columns of ratios, and says whether the items stand in them.
// Left empty the two switches are on, as in analysistools.
func (r *sheetReader) ratio(c cells, out *Row) bool {
	numerator, denominator := c.get(columnNumerator), c.get(columnDenominator)
	if out.Analysis != Ratio {
		for _, column := range [...]string{columnNumerator, columnDenominator} {
			if c.get(column) != "" {
				r.refuse(c.row, column, fmt.Sprintf("The column %s is for ratios, and the row asks for %q.", column, out.Analysis), "Leave it empty, or ask for ratio.")
			}
		}
		return false
	}
	out.NAToZero = r.yes(c, columnNAToZero)
	out.DropZero = r.yes(c, columnDropZero)
	if numerator == "" && denominator == "" {
		return false
	}
	if out.Item != "" || len(out.With) > 0 {
		r.refuse(c.row, columnItem, "The row names the items of a ratio twice.", "Leave analysis_var and with empty, or the columns for numerator and denominator.")
	}
	out.Item, out.With = numerator, list(denominator, ",")
	return true
}

// yes reads a switch that is on where nothing is said.
func (r *sheetReader) yes(c cells, column string) bool {
	switch strings.ToLower(c.get(column)) {
	case "", "true", "t", "1", "yes":
		return true
	case "false", "f", "0", "no":
		return false
	}
	r.refuse(c.row, column, "The switch "+column+" is neither TRUE nor FALSE.", "Write TRUE or FALSE.")
	return false
}

// groups reads the items whose choices are the domains.
func (r *sheetReader) groups(c cells) []string {
	by := list(strings.ReplaceAll(c.get(columnGroup), strings.TrimSpace(groupSep), ","), ",")
	for i, name := range by {
		if g, ok := r.survey.Item(name); !ok || !g.Type.HasChoices() {
			r.refuse(c.row, columnGroup, fmt.Sprintf("The survey has no item with choices that is called %q.", name), "A group is a select_one or select_multiple item, by its name; a comma stands between two that are combined.")
		}
		if slices.Contains(by[:i], name) {
			r.refuse(c.row, columnGroup, fmt.Sprintf("The row names the group %s twice.", name), "Name each once.")
		}
	}
	return by
}

// with checks the further items of a row.
func (r *sheetReader) with(c cells, column string, out Row, need demand) {
	switch n := len(out.With); {
	case n > 0 && need.most == 0:
		r.refuse(c.row, column, fmt.Sprintf("The analysis %s is of one item, and the row names others with it.", out.Analysis), "Leave the column empty.")
		return
	case n < need.fewest:
		r.refuse(c.row, column, fmt.Sprintf("The analysis %s needs further items.", out.Analysis), "Name them by their names, with a comma between two.")
	case n > need.most:
		r.refuse(c.row, column, fmt.Sprintf("The row names %d further items, and %s takes %d at most.", n, out.Analysis, need.most), "Name fewer.")
	}
	met := []string{out.Item}
	for _, name := range out.With {
		bare := name
		if inner, is := strings.CutPrefix(name, "factor("); is && out.Analysis.regression() {
			bare = strings.TrimSuffix(inner, ")")
		}
		item, ok := r.item(c, column, bare)
		if ok && !fits(r.survey, item, need.with) {
			r.refuse(c.row, column, fmt.Sprintf("The item %s, of type %s, does not suit the analysis %s.", item.Name, item.Type, out.Analysis), fmt.Sprintf("It takes %v.", need.with))
		}
		if slices.Contains(met, bare) {
			r.refuse(c.row, column, fmt.Sprintf("The row names the item %s twice.", bare), "Name each once.")
		}
		met = append(met, bare)
	}
}

// methods are the names of methods: which of them an analysis has, it knows itself.
var methods = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9._-]{0,39}$`)

// own reads the project's own columns.
func (r *sheetReader) own(c cells, out *Row, need demand, item *survey.Item) {
	for _, u := range [...]struct {
		column string
		wanted bool
	}{{columnValues, need.values || need.may}, {columnAgainst, need.against}, {columnProb, need.prob}, {columnBase, need.base}, {columnAdjust, need.adjust}, {columnClasses, need.classes}} {
		if !u.wanted && c.get(u.column) != "" {
			r.refuse(c.row, u.column, fmt.Sprintf("The column %s says nothing about %s.", u.column, out.Analysis), "Leave it empty.")
		}
	}
	if need.values || need.may && c.get(columnValues) != "" {
		out.Values = r.choices(c, columnValues, item)
	}
	if need.against {
		out.Against = r.choices(c, columnAgainst, item)
		for _, v := range out.Against {
			if slices.Contains(out.Values, v) {
				r.refuse(c.row, columnAgainst, fmt.Sprintf("The choice %q counts for and against.", v), "Name it in one of the two columns.")
			}
		}
	}
	if need.prob {
		if c.get(columnProb) == "" {
			r.refuse(c.row, columnProb, "The row does not say which quantile.", "Write 0.25, for instance.")
		}
		out.Prob = r.between(c, columnProb, "The quantile is not a number between 0 and 1.", "Write 0.25, for instance.")
	}
	if base := BaseKind(c.get(columnBase)); need.base {
		if out.Base = base; base != "" && base != BaseAnswered && base != BaseRespondents && base != BaseResponses {
			r.refuse(c.row, columnBase, fmt.Sprintf("The base %q is not known.", base), "Use answered, respondents or responses.")
		}
	}
	if v := c.get(columnAdjust); need.adjust && v != "" {
		switch v {
		case "none":
		case "holm", "bonferroni", "bh":
			out.Adjust = v
		default:
			r.refuse(c.row, columnAdjust, fmt.Sprintf("The adjustment %q is not known.", v), "Use none, holm, bonferroni or bh.")
		}
	}
	if v := c.get(columnClasses); need.classes && v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 20 {
			r.refuse(c.row, columnClasses, "The number of classes is not one between 1 and 20.", "Write 2, for instance.")
		}
		out.Classes = n
	}
	if out.Method = c.get(columnMethod); out.Method != "" && !methods.MatchString(out.Method) {
		r.refuse(c.row, columnMethod, fmt.Sprintf("The method %q is none.", out.Method), "Write a name such as wilson, or leave the column empty.")
	}
}

// choices reads the choices that count, and puts them in the order of the form.
func (r *sheetReader) choices(c cells, column string, item *survey.Item) []string {
	names := list(c.get(column), "|")
	if len(names) == 0 {
		r.refuse(c.row, column, "The row does not say which choices count.", "Name them by their names, with | between two.")
		return nil
	}
	if item == nil {
		return nil // said already
	}
	known := map[string]bool{}
	for _, choice := range r.survey.Choices(item) {
		known[choice.Name] = choice.Missing == survey.Answered
	}
	for _, name := range names {
		switch answer, is := known[name]; {
		case !is:
			r.refuse(c.row, column, fmt.Sprintf("The item %s has no choice %q.", item.Name, name), "Name choices by their names, with | between two.")
		case !answer:
			r.refuse(c.row, column, fmt.Sprintf("The choice %q of the item %s stands for a missing answer.", name, item.Name), "Leave it out.")
		}
	}
	var out []string
	for _, choice := range r.survey.Choices(item) {
		if slices.Contains(names, choice.Name) && !slices.Contains(out, choice.Name) {
			out = append(out, choice.Name)
		}
	}
	return out
}

// between reads a number between 0 and 1, 0 where nothing is said.
func (r *sheetReader) between(c cells, column, problem, remedy string) float64 {
	cell := c.get(column)
	if cell == "" {
		return 0
	}
	v, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
	if err != nil || !(v > 0 && v < 1) {
		r.refuse(c.row, column, problem, remedy)
		return 0
	}
	return v
}

// list divides what a cell says, and leaves out what is empty.
func list(cell, sep string) []string {
	var out []string
	for part := range strings.SplitSeq(cell, sep) {
		if part = strings.TrimSpace(part); part != "" && part != missing {
			out = append(out, part)
		}
	}
	return out
}
