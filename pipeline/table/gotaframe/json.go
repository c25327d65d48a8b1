package gotaframe

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/go-gota/gota/dataframe"
)

// encode writes lines as a list of objects, one on each line, with the columns
// in their order. What a line does not have is null.
func encode(df dataframe.DataFrame) (string, error) {
	if df.Err != nil {
		return "", df.Err
	}
	var b strings.Builder
	b.WriteString("[")
	for i := range df.Nrow() {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n{")
		for j, name := range df.Names() {
			value, err := valueOf(df, i, name)
			if err != nil {
				return "", fmt.Errorf("write JSON: %w", err)
			}
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Quote(name) + ":" + value)
		}
		b.WriteByte('}')
	}
	b.WriteString("\n]\n")
	return b.String(), nil
}

// valueOf returns a cell as JSON has it.
func valueOf(df dataframe.DataFrame, row int, column string) (string, error) {
	cell := df.Col(column).Elem(row)
	text := cell.String()
	if column == "stat" { // which gota holds as a number, and would cut
		text = strconv.FormatFloat(cell.Float(), 'g', -1, 64)
	}
	if numeric(column) {
		if v, err := strconv.ParseFloat(text, 64); err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return "null", nil
		}
		return text, nil
	}
	if text == "" {
		return "null", nil
	}
	out, err := json.Marshal(text)
	return string(out), err
}

// numeric reports whether a column of the results holds numbers.
func numeric(column string) bool {
	switch column {
	case "stat", "stat_low", "stat_upp", "n", "n_total", "n_w", "n_w_total", "se", "df", "deff",
		"ndf", "p", "p_adjusted", "effect", "effect_low", "effect_upp", "prob":
		return true
	}
	return false
}
