package trace

import (
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Follow returns where the figure of a key comes from. The key is one that Find
// has returned.
func (r *Record) Follow(key string) Trace {
	out := Trace{Run: r.run, Key: key, Threshold: r.releases[0].Threshold, Source: r.source()}
	at, told := r.told[key]
	exact, counted := r.exact[key]
	if told || counted {
		out.Figure = r.figure(at, exact, counted)
		out.Counted = r.counted(at, exact, counted)
	}
	for i := range r.releases {
		out.Outcomes = append(out.Outcomes, r.outcome(key, i, out.Counted))
	}
	out.Restricted = out.Counted.under(int64(out.Threshold))
	return out
}

// figure says what the figure is of, by the row of its table, or by its line in
// the exact results where no release has the table.
func (r *Record) figure(at place, exact exactResult, counted bool) *Figure {
	if at.table == nil {
		f := &Figure{Analysis: exact.Analysis, Level: exact.Level, Base: exact.Base}
		values := strings.Split(exact.Value, valueMark)
		for _, name := range strings.Split(exact.Item, valueMark) {
			f.Items = append(f.Items, r.item(name, values[0], 0))
		}
		f.Choice = r.choice(f.Items[0].Name, values[0])
		f.Among = r.among(strings.Split(exact.Group, groupMark), strings.Split(exact.GroupValue, groupMark))
		return f
	}
	row := at.table.Row
	f := &Figure{Analysis: string(row.Analysis), Level: at.table.Level, Base: string(row.Base)}
	if f.Base == "" {
		f.Base = string(table.BaseAnswered)
	}
	choice := ""
	if at.choice >= 0 {
		choice = at.table.Exact.Choices[at.choice]
	} else if counted && exact.Value != none {
		choice = exact.Value // of a test
	}
	f.Items = append(f.Items, r.item(row.Item, choice, 0))
	for _, name := range row.With {
		f.Items = append(f.Items, r.item(name, "", 0))
	}
	if len(row.With) == 0 {
		f.Choice = r.choice(row.Item, choice)
	} else if choice != "" {
		f.Choice = &Choice{Name: choice}
	}
	for _, value := range row.Values {
		f.Net = append(f.Net, *r.choice(row.Item, value))
	}
	var values []string
	if at.domain >= 0 {
		values = at.table.Exact.Domains[at.domain].Values
	} else if counted {
		values = strings.Split(exact.GroupValue, groupMark)
	}
	f.Among = r.among(row.By, values)
	return f
}

func (r *Record) among(by, values []string) []Among {
	var out []Among
	for i, name := range by {
		if name == "" || name == none {
			continue
		}
		one := Among{Item: r.item(name, "", 0)}
		if i < len(values) && values[i] != none {
			if c := r.choice(name, values[i]); c != nil {
				one.Choice = *c
			}
		}
		out = append(out, one)
	}
	return out
}

// deepest is how many steps an item is followed to those it is made of.
const deepest = 5

// item says what is known of an item, and of the one it is made of.
func (r *Record) item(name, code string, depth int) Item {
	v := r.variables[name]
	out := Item{Name: name, Wording: r.in(v.Question), Made: v.Derivation.Description, Changes: []Count{}}
	if out.Wording == "" {
		out.Wording = r.in(v.Labels)
	}
	if v.Derivation.Command != "" {
		out.Made = "calculated: " + v.Derivation.Command
	}
	if out.Made == "share" { // as the codebook has it of needs
		out.Made = "the share of the evidence for a part of the toolkit, as the components file has it"
	}
	for _, condition := range v.Universe {
		out.Asked = append(out.Asked, condition.Value)
	}
	for _, c := range r.clean.Changes {
		if c.Item == name {
			out.Changes = append(out.Changes, Count{c.Issue, c.Count})
		}
	}
	for _, f := range r.ingest.Files {
		out.Unlisted += f.Unlisted[name]
	}
	for _, c := range r.coding.Items {
		if c.Item != name {
			continue
		}
		out.Coding = &Coding{Codebook: r.coding.Version, Answers: c.Answers, Coded: c.Coded, Denied: c.Denied}
		for _, one := range c.Codes {
			if one.Code == code {
				out.Coding.Code = one.Count
			}
		}
	}
	if from := r.byID[v.Derivation.From]; from != "" && depth < deepest {
		of := r.item(from, "", depth+1)
		out.Of = &of
	}
	return out
}

// choice returns a choice of an item with its label, nil where there is none.
func (r *Record) choice(item, name string) *Choice {
	if name == "" || name == none {
		return nil
	}
	out := &Choice{Name: name}
	for _, c := range r.variables[item].Categories {
		if c.Value == name {
			out.Label = r.in(c.Labels)
		}
	}
	return out
}

// counted returns the figure before protection.
func (r *Record) counted(at place, exact exactResult, is bool) *Counted {
	out := &Counted{Missing: []Count{}, Weights: r.weights}
	if at.table != nil {
		out.Design = string(at.table.Design)
	}
	if is {
		out.N, out.Base, out.Weighted, out.WeightedBase = exact.N, exact.NTotal, exact.NW, exact.NWTotal
		out.Estimate, out.Low, out.High, out.StandardError, out.Freedom, out.DesignEffect = exact.Stat, exact.Lo, exact.Hi, exact.SE, exact.DF, exact.DEff
		out.P, out.Adjusted, out.Interval = exact.P, exact.Adjusted, exact.Interval
	}
	if at.table == nil || at.domain < 0 {
		return out
	}
	domain := at.table.Exact.Domains[at.domain]
	for reason, n := range domain.Reasons {
		if reason == int(survey.Answered) {
			if out.Base == nil {
				out.Base = &n
			}
			continue
		}
		out.Missing = append(out.Missing, Count{survey.Reason(reason).String(), n})
	}
	return out
}

// under reports whether a count stands here that is below a threshold, or whose
// rest of the base is.
func (c *Counted) under(k int64) bool {
	if c == nil {
		return false
	}
	small := func(n int64) bool { return n > 0 && n < k }
	if c.N != nil && small(*c.N) || c.Base != nil && small(*c.Base) || c.N != nil && c.Base != nil && small(*c.Base-*c.N) {
		return true
	}
	for _, m := range c.Missing {
		if small(m.Count) {
			return true
		}
	}
	return false
}

// outcome says what became of a figure for one audience, by its ledger.
func (r *Record) outcome(key string, audience int, counted *Counted) Outcome {
	b, release := r.books[audience], r.releases[audience]
	lines := b.lines[key]
	out := Outcome{Audience: string(release.Audience), Status: "not written", Stands: standing(lines)}
	var main string // the statistic that the key is first of all: not how many there are
	for _, l := range lines {
		if l.Figure() != ledger.Count || main == "" {
			main = l.Figure()
		}
	}
	for _, l := range lines {
		if l.Figure() != main {
			continue
		}
		switch {
		case strings.HasSuffix(l.Stat, " low"):
			out.Low = string(l.Value)
		case strings.HasSuffix(l.Stat, " high"):
			out.High = string(l.Value)
		default:
			out.Status, out.Shown = string(l.Status), string(l.Value)
			if l.Run != r.run {
				out.Held = l.Run
			}
		}
	}
	if out.Status == string(protect.Published) {
		return out
	}
	if at, ok := r.told[key]; ok {
		if why, whole := r.withheld[string(at.table.Row.Key())]; whole {
			out.Status, out.Why = string(protect.Withheld), "the table is withheld whole. "+why
			return out
		}
	}
	if out.Status == string(protect.Withheld) {
		out.Why = why(counted, int64(release.Threshold))
	}
	return out
}

// why says by which rule a figure is withheld, as far as its counts tell.
func why(c *Counted, k int64) string {
	switch {
	case c != nil && c.N != nil && *c.N > 0 && *c.N < k:
		return "fewer respondents than the threshold made the choice"
	case c != nil && c.Base != nil && *c.Base < 2*k:
		return "the base is smaller than twice the threshold"
	case c != nil && c.N != nil && c.Base != nil && *c.Base-*c.N > 0 && *c.Base-*c.N < k:
		return "fewer respondents than the threshold are left when it is taken from the base"
	}
	return "other figures that are withheld could be worked out from it, or it fell under a further rule of protection"
}

func status(lines []ledger.Line) string {
	for _, l := range lines {
		if l.Status == ledger.Withheld {
			return string(ledger.Withheld)
		}
	}
	return string(ledger.Published)
}

// figures are the statistics that stand in lines, each once, with their values.
func figures(lines []ledger.Line) []string {
	var out []string
	for _, l := range lines {
		text := l.Stat + " " + string(l.Value)
		if l.Status == ledger.Withheld {
			text = l.Stat + " withheld"
		}
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// standing gathers the artifacts in which lines stand.
func standing(lines []ledger.Line) []Standing {
	out := []Standing{}
	by := map[string][]ledger.Line{}
	for _, l := range lines {
		by[l.Artifact] = append(by[l.Artifact], l)
	}
	for _, artifact := range slices.Sorted(maps.Keys(by)) {
		one := Standing{Artifact: artifact, Figures: figures(by[artifact])}
		for _, l := range by[artifact] {
			if !slices.Contains(one.As, l.As) {
				one.As = append(one.As, l.As)
			}
		}
		slices.Sort(one.As)
		out = append(out, one)
	}
	return out
}

// source says which files the answers come from, and what became of them.
func (r *Record) source() Source {
	out := Source{Inputs: r.inputs, Received: r.quality.Received, Analysed: r.quality.Analysed, Aside: []Count{}}
	for _, f := range r.ingest.Files {
		file := File{Name: f.Name, Rows: f.Rows, Kept: f.Kept, Duplicates: f.Duplicates, Withdrawn: f.Withdrawn, Blank: f.Blank}
		for _, state := range slices.Sorted(maps.Keys(f.Excluded)) {
			file.Excluded = append(file.Excluded, Count{state, f.Excluded[state]})
		}
		out.Files = append(out.Files, file)
	}
	for _, a := range r.quality.Aside {
		out.Aside = append(out.Aside, Count{a.Reason, a.Count})
	}
	return out
}
