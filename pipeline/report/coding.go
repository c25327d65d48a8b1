package report

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// coding is the chapter on how open answers were coded, where people coded some
// of them: how far they agree, how well rules do, and what share of answers has
// a code, by rules and corrected.
func (c *composer) coding() ([]Chapter, error) {
	x := c.in.Coding
	if x == nil {
		return nil, nil
	}
	ch := Chapter{ID: "coding", Title: c.l.Say("section.coding"), Blocks: []Block{Paragraph{Text: c.prose(c.l.Say("coding.how"))}}}
	if !x.Kept {
		ch.Blocks = append(ch.Blocks, Paragraph{Text: c.prose(c.l.Say("coding.changed"))})
		return []Chapter{ch}, nil
	}
	c.marked, c.earlier = false, false
	ch.Blocks = append(ch.Blocks, c.codingCounts(x))
	if t := c.codingAgreement(x); len(t.Rows) > 0 {
		ch.Blocks = append(ch.Blocks, t, Paragraph{Text: c.prose(c.l.Say("coding.agreement_note"))})
	}
	if t := c.codingLanguages(x); len(t.Rows) > 0 {
		ch.Blocks = append(ch.Blocks, t, Paragraph{Text: c.prose(c.l.Say("coding.found_note"))})
	}
	marked := c.marked
	figures, err := c.codingFigures(x)
	if err != nil {
		return nil, err
	}
	ch.Blocks = append(ch.Blocks, figures...)
	c.marked = c.marked || marked
	for _, note := range c.markNotes("figure.withheld") {
		ch.Blocks = append(ch.Blocks, Paragraph{Text: c.prose(note)})
	}
	return []Chapter{ch}, nil
}

// codingCounts says how many answers were read, and coded.
func (c *composer) codingCounts(x *protect.Coding) Table {
	t := Table{ID: "coding-counts", Caption: c.l.Say("coding.counts"), Header: []string{c.l.Say("coding.way"), c.l.Say("coding.answers")}}
	for _, row := range []struct {
		key string
		n   protect.Number
	}{{"coding.read", x.Read}, {"coding.looked", x.Looked}, {"coding.sampled", x.Sampled}, {"coding.twice", x.Twice}} {
		t.Rows = append(t.Rows, TableRow{Head: c.l.Say(row.key), Cells: c.cells([]protect.Number{row.n})})
	}
	return t
}

// codingAgreement says how far coders agree, each measure by its whole name.
func (c *composer) codingAgreement(x *protect.Coding) Table {
	t := Table{ID: "coding-agreement", Caption: c.l.Say("coding.agreement"), Header: []string{c.l.Say("weights.measure"), c.l.Say("weights.value"), c.l.Say("coding.answers")}}
	for _, a := range x.Agreement {
		if a.Group == 0 && c.l.Has("coding."+a.Statistic) {
			t.Rows = append(t.Rows, TableRow{Head: c.l.Say("coding." + a.Statistic), Cells: []Cell{c.agreed(a), c.number(a.Rests)}})
		}
	}
	return t
}

// agreed writes a measure of agreement, or why it has no value.
func (c *composer) agreed(a protect.CodingAgreement) Cell {
	if a.Undefined {
		return Cell{Text: c.l.Say("coding.undefined")}
	}
	return c.cell(a.Value)
}

// codingLanguages says how well rules do in each group of languages, and how far
// coders agree there.
func (c *composer) codingLanguages(x *protect.Coding) Table {
	t := Table{ID: "coding-languages", Caption: c.l.Say("coding.languages"), Header: []string{c.l.Say("coding.language"), c.l.Say("coding.answers"), c.l.Say("coding.sampled"),
		c.l.Say("coding.found"), c.l.Say("coding.right"), c.l.Say("coding.alpha")}}
	for n, g := range x.Languages {
		alpha := Cell{}
		for _, a := range x.Agreement {
			if a.Statistic == quality.AlphaOfSets && a.Group == n+1 {
				alpha = c.agreed(a)
			}
		}
		t.Rows = append(t.Rows, TableRow{Head: c.languageNames(g.Languages), Cells: []Cell{c.number(g.Read), c.number(g.Sampled), c.cell(g.Found), c.cell(g.Correct), alpha}})
	}
	return t
}

// languageNames names languages in the language of the report.
func (c *composer) languageNames(codes []string) string {
	var out []string
	for _, code := range codes {
		if code == "" {
			code = "unknown"
		}
		out = append(out, c.l.Say("language."+code))
	}
	return strings.Join(out, c.l.Say("list.separator"))
}

// codingFigures set the shares by rules beside the corrected ones: of all codes
// of which both may be shown, then of each by language.
func (c *composer) codingFigures(x *protect.Coding) ([]Block, error) {
	item, ok := c.s.Item(x.Item)
	if !ok {
		return nil, nil
	}
	var rows []pairRow
	var out []Block
	t := Table{ID: "coding-codes", Caption: c.l.Say("coding.codes"), Header: []string{c.l.Say("coding.code"), c.l.Say("coding.by_rules"), c.l.Say("coding.corrected"),
		c.l.Say("coding.found"), c.l.Say("coding.right"), c.l.Say("coding.alpha")}}
	for _, k := range x.Codes {
		if k.Corrected.Status() != protect.Published {
			continue
		}
		label := c.labels.choice(c.s, item, k.Code)
		rows = append(rows, pairRow{label: label, byRule: k.ByRule, corrected: k.Corrected})
		t.Rows = append(t.Rows, TableRow{Head: label, Cells: []Cell{c.number(k.ByRule), c.cell(k.Corrected), c.cell(k.Found), c.cell(k.Correct), c.number(k.Alpha)}})
	}
	if len(rows) == 0 {
		return []Block{Paragraph{Text: c.prose(c.l.Say("coding.none"))}}, nil
	}
	bases := c.l.Say("coding.bases", lang.Args{"read": c.text(x.Read), "sampled": c.text(x.Sampled)})
	all, err := c.pairFigure("coding-codes", c.l.Say("coding.codes"), c.l.Say("title.coding"), bases, rows, withoutEmpty(t))
	if err != nil {
		return nil, err
	}
	out = append(out, all, Paragraph{Text: c.prose(c.l.Say("coding.corrected_note"))})
	for _, k := range x.Codes {
		f, shown, err := c.codeByLanguage(x, k, item)
		if err != nil {
			return nil, err
		}
		if shown {
			out = append(out, f)
		}
	}
	return out, nil
}

// codeByLanguage is the figure of one code by language, where it may be shown of
// two groups of languages or more.
func (c *composer) codeByLanguage(x *protect.Coding, k protect.CodingCode, item *survey.Item) (Figure, bool, error) {
	label := c.labels.choice(c.s, item, k.Code)
	t := Table{Caption: c.l.Say("coding.by_language", lang.Args{"code": label}), Header: []string{c.l.Say("coding.language"), c.l.Say("coding.by_rules"), c.l.Say("coding.corrected")}}
	var rows []pairRow
	for g, by := range k.Languages {
		if by.Corrected.Status() != protect.Published {
			continue
		}
		name := c.languageNames(x.Languages[g].Languages)
		rows = append(rows, pairRow{name, by.ByRule, by.Corrected, x.Languages[g].Read, x.Languages[g].Sampled})
		t.Rows = append(t.Rows, TableRow{Head: name, Cells: []Cell{c.number(by.ByRule), c.cell(by.Corrected)}})
	}
	if len(rows) < 2 {
		return Figure{}, false, nil
	}
	f, err := c.pairFigure("coding-"+k.Code, t.Caption, c.l.Say("title.coding_language", lang.Args{"code": label}), "", rows, t)
	f.Folded = true
	return f, true, err
}

// pairRow is a share by rules and the corrected one, with the answers that each
// rests on.
type pairRow struct {
	label                            string
	byRule, corrected, read, sampled protect.Number
}

// withoutEmpty leaves out the columns of a table in which nothing is shown.
func withoutEmpty(t Table) Table {
	out := Table{ID: t.ID, Caption: t.Caption, Header: t.Header[:1:1]}
	for _, r := range t.Rows {
		out.Rows = append(out.Rows, TableRow{Head: r.Head})
	}
	for k, head := range t.Header[1:] {
		if !slices.ContainsFunc(t.Rows, func(r TableRow) bool { return r.Cells[k].Value.Kind != None }) {
			continue
		}
		out.Header = append(out.Header, head)
		for i, r := range t.Rows {
			out.Rows[i].Cells = append(out.Rows[i].Cells, r.Cells[k])
		}
	}
	return out
}

// pairFigure draws pairs of shares under each other. Where bases says what all
// rest on, rows have none of their own.
func (c *composer) pairFigure(name, label, title, bases string, rows []pairRow, t Table) (Figure, error) {
	id := c.id(name)
	t.ID = id + "-table"
	var drawn []chart.Row
	var detail []string
	for k, r := range rows {
		drawn = append(drawn,
			chart.Row{Over: r.label, Label: c.l.Say("coding.by_rules"), Value: r.byRule, Base: r.read, Ring: true},
			chart.Row{Label: c.l.Say("coding.corrected"), Value: r.corrected, Base: r.sampled})
		if k < mentioned {
			detail = append(detail, c.l.Say("evidence.is", lang.Args{"item": r.label, "answers": c.text(r.byRule) + c.l.Say("list.separator") + c.text(r.corrected)}))
		}
	}
	from := strings.TrimRight(c.projectText(c.in.Words.Source, c.in.Words.Title, c.s.Title), ".。 ")
	if from == "" {
		from = c.title
	}
	head := c.head(id, title, c.l.Say("coding.subtitle"), c.l.Say("alt.coding", lang.Args{"detail": strings.Join(detail, " ")}), strings.TrimSpace(c.l.Say("figure.source_only", lang.Args{"source": from})+" "+bases))
	fig, err := chart.Dots(head, drawn, chart.DotOptions{Shares: true, CommonBase: bases != ""}, c.pen, c.in.Typesetter)
	return Figure{ID: id, Label: label, Canvas: fig, Table: t}, err
}
