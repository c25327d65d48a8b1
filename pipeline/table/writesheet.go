package table

import (
	"strconv"
	"strings"
)

// Sheet returns the plan as the rows of a sheet, the header first, which
// ReadSheet reads back to the same plan. It has the project's own columns even
// where they are empty, so that it is never taken for one of analysistools.
func (p Plan) Sheet() [][]string {
	out := [][]string{SheetColumns[:]}
	for _, r := range p.Rows {
		out = append(out, r.cells())
	}
	return out
}

// cells returns the cells of the row, in the order of SheetColumns.
func (r Row) cells() []string {
	share := func(v float64) string {
		if v == 0 {
			return ""
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	item, with := r.Item, strings.Join(r.With, ", ")
	var ratio [4]string
	if r.Analysis == Ratio {
		ratio = [4]string{r.Item, with, yesOrNo(r.NAToZero), yesOrNo(r.DropZero)}
		item, with = missing, ""
	}
	classes := ""
	if r.Classes != 0 {
		classes = strconv.Itoa(r.Classes)
	}
	return []string{
		string(r.Analysis), item, orNA(strings.Join(r.By, ", ")), share(r.Level),
		ratio[0], ratio[1], ratio[2], ratio[3],
		with, strings.Join(r.Values, "|"), strings.Join(r.Against, "|"), share(r.Prob), string(r.Base), r.Method, r.Adjust, classes,
	}
}

func yesOrNo(v bool) string {
	if v {
		return "TRUE"
	}
	return "FALSE"
}
