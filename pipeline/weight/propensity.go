package weight

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/weighting"
)

// invited is who was asked, by the choices that are known of them.
type invited struct {
	frameMargin
	file    string
	counted bool // the sheet says who answered; else that is known from the respondents
}

// readInvited reads the sheet of those who were asked: a column for each item
// beside how many were invited and, where known, how many answered; or a row
// for each person or organisation, with a column answered of yes and no.
func readInvited(sheet *Sheet, s *survey.Survey) (invited, []finding.Finding) {
	r := &sheetReader{Sheet: sheet, survey: s, out: frame{file: sheet.File}}
	n, answered := r.column("invited"), r.column("answered")
	if n < 0 && answered < 0 {
		r.refuse("frame", 1, "", "The sheet has neither a column invited nor a column answered.", "Add how many of each row were invited; or, with a row for each of them, whether they answered.")
		return invited{}, r.found
	}
	items, columns := r.items(n, answered)
	out := invited{file: sheet.File, counted: answered >= 0, frameMargin: frameMargin{items: items, at: map[string]int{}}}
	if len(r.found) > 0 {
		return out, r.found
	}
	for i, cells := range r.Rows {
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			r.invite(&out, cells, columns, n, answered, r.Lines[i])
		}
	}
	if len(out.rows) == 0 && len(r.found) == 0 {
		r.refuse("frame", 0, "", "The sheet has no rows.", "Add a row for each choice.")
	}
	return out, r.found
}

func (r *sheetReader) invite(out *invited, cells []string, columns []int, n, answered, line int) {
	row := frameRow{total: 1, line: line}
	for k, at := range columns {
		v, ok := r.value(out.items[k], cell(cells, at))
		if !ok {
			r.refuse("frame-choice", line, out.items[k], "The cell names no choice of the item "+out.items[k]+".", "Write the name or the label of a choice in every row.")
			return
		}
		row.values = append(row.values, v)
	}
	ok := true
	switch {
	case n >= 0:
		if row.total, ok = r.number(cell(cells, n), line, "invited"); ok && answered >= 0 {
			row.answered, ok = r.number(cell(cells, answered), line, "answered")
		}
	default:
		switch strings.ToLower(cell(cells, answered)) {
		case "1", "yes", "true":
			row.answered = 1
		case "0", "no", "false", "":
		default:
			r.refuse("frame-answered", line, "answered", "The cell is neither yes nor no.", "Write yes or no, or 1 or 0.")
			return
		}
	}
	if !ok {
		return
	}
	key := valuesKey(row.values)
	at, twice := out.at[key]
	if twice && n >= 0 {
		r.refuse("frame-twice", line, "", "The sheet has an earlier row for the same choices.", "Add the two up, or correct one.")
		return
	}
	if !twice {
		out.at[key] = len(out.rows)
		out.rows = append(out.rows, row)
		return
	}
	out.rows[at].total += row.total
	out.rows[at].answered += row.answered
}

// propensity divides weights by how likely those like the respondents were to
// answer, so that they add up to those who were asked.
func (f *fitting) propensity(in invited) bool {
	say := func(severity finding.Severity, kind string, line int, problem, remedy string) {
		f.found = append(f.found, finding.Finding{Stage: stage, Kind: kind, Severity: severity, Place: finding.Place{File: in.file, Row: line}, Problem: problem, Remedy: remedy})
	}
	rows := slices.Clone(in.rows)
	slices.SortFunc(rows, func(a, b frameRow) int { return slices.Compare(a.values, b.values) })
	at := map[string]int{}
	for i, row := range rows {
		at[valuesKey(row.values)] = i
	}
	places := placesOf(f.cells, in.items)
	of := make([]int, f.cells.Len())
	answered := make([]float64, len(rows))
	unknown := map[string]bool{}
	for c, key := range f.cells.Keys {
		of[c] = -1
		if key.Missing() {
			continue
		}
		values := pick(key.Values, places)
		i, ok := at[valuesKey(values)]
		if !ok {
			unknown[in.describe(values, f.survey)] = true
			continue
		}
		of[c] = i
		answered[i] += f.n[c]
	}
	if len(unknown) > 0 {
		say(finding.Refusal, "frame-lacks", 0, "Respondents made choices that nobody of those asked has: "+few(sortedKeys(unknown))+".", "Correct the sheet of those who were asked.")
		return false
	}
	for i, row := range rows {
		met := answered[i]
		if in.counted {
			answered[i] = row.answered
		}
		if answered[i] > row.total || met > 0 && answered[i] == 0 {
			say(finding.Refusal, "frame-answered", row.line, "More answered than the row allows.", "Correct the counts of those asked and of those who answered.")
			return false
		}
	}
	p, lost, ok := probabilities(rows, answered)
	if !ok {
		say(finding.Refusal, "propensity", 0, "The chance to answer cannot be worked out from these counts.", "Use fewer items, or merge choices with few of those asked.")
		return false
	}
	var size float64
	for _, row := range rows {
		size += row.total
	}
	if lost > 0 {
		say(finding.Warning, "propensity-nobody", 0, fmt.Sprintf("Of %.0f of those asked, all share a choice of which nobody answered. No weights can speak for them.", lost), "Say so where the figures are used, or merge the choice with another.")
	}
	say(finding.Warning, "propensity", 0, "The weights assume that, among those alike in "+strings.Join(in.items, ", ")+", whether somebody answered has nothing to do with what they would have said. Nothing in the answers can show that this is so.", "Say so where the figures are used.")
	var sum, missing, all float64
	for c, w := range f.weight {
		all += w
		if of[c] < 0 {
			missing += w
			continue
		}
		sum += w / p[of[c]]
	}
	share := 1 - missing/all
	f.multiply(func(c int) float64 {
		if of[c] < 0 {
			return size / all
		}
		return size * share / sum / p[of[c]]
	})
	return true
}

// probabilities fits the chance to answer of each row. Rows with a choice of
// which nobody answered have none and are left out; lost counts who they stand for.
func probabilities(rows []frameRow, answered []float64) (p []float64, lost float64, ok bool) {
	width := len(rows[0].values)
	by := make([]map[float64]float64, width)
	for k := range by {
		by[k] = map[float64]float64{}
		for i, row := range rows {
			by[k][row.values[k]] += answered[i]
		}
	}
	var s weighting.Sample
	var kept []int
	var a []float64
	for i, row := range rows {
		none := false
		for k, v := range row.values {
			none = none || by[k][v] == 0
		}
		if none {
			lost += row.total
			continue
		}
		if row.total > 0 {
			kept, a, s.Weight = append(kept, i), append(a, answered[i]), append(s.Weight, row.total)
		}
	}
	margins := make([]weighting.Margin, width)
	for k := range margins {
		at := map[float64]int32{}
		for _, i := range kept {
			v := rows[i].values[k]
			if _, ok := at[v]; !ok {
				at[v] = int32(len(at))
			}
			margins[k].Of = append(margins[k].Of, at[v])
		}
		margins[k].Totals = make([]float64, len(at))
	}
	if len(kept) == 0 {
		return nil, lost, false
	}
	fitted, settled := s.Respond(margins, a, 100)
	p = make([]float64, len(rows))
	for k, i := range kept {
		p[i] = fitted[k]
		if !(p[i] > 1e-9) {
			return nil, lost, false
		}
	}
	return p, lost, settled
}
