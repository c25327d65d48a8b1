package trace

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Text writes a trace for people to read.
func (t Trace) Text() string {
	var w lines
	w.line("%s", t.Key)
	w.line("Run %d. For analysts only.", t.Run)
	if t.Restricted {
		w.line("NOT TO BE PUBLISHED: counts stand here that are below the threshold of %d, or can be worked out from these.", t.Threshold)
	}
	t.figureText(&w)
	t.countedText(&w)
	t.outcomeText(&w)
	t.sourceText(&w)
	return w.String()
}

// lines gathers lines of text.
type lines struct{ strings.Builder }

func (w *lines) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// field is a line under a heading, left out without a value.
func (w *lines) field(name, value string) {
	if value != "" {
		w.line("  %-22s %s", name, value)
	}
}

func (t Trace) figureText(w *lines) {
	f := t.Figure
	if f == nil {
		w.line("\nA figure of the account of responses; quality.json and weights.json of the run have the account before protection.")
		return
	}
	w.line("\nWhat it is")
	w.field("analysis", f.Analysis)
	for _, i := range f.Items {
		w.item("item", i)
	}
	if f.Choice != nil {
		w.field("choice", f.Choice.String())
	}
	for _, c := range f.Net {
		w.field("counts the choice", c.String())
	}
	if len(f.Among) == 0 {
		w.field("among", "everybody")
	}
	for _, a := range f.Among {
		w.item("among, by", a.Item)
		if a.Choice.Name != "" {
			w.field("  the group", a.Choice.String())
		}
	}
	w.field("level", f.Level)
	w.field("base", f.Base)
}

// String writes a choice with its label.
func (c Choice) String() string {
	if c.Label == "" {
		return c.Name
	}
	return c.Name + " (" + c.Label + ")"
}

func (w *lines) item(as string, i Item) {
	name := i.Name
	if i.Wording != "" {
		name += ": " + i.Wording
	}
	w.field(as, name)
	for _, condition := range i.Asked {
		w.field("  asked if", condition)
	}
	if i.Unlisted > 0 {
		w.field("  read", strconv.FormatInt(i.Unlisted, 10)+" cells named no choice")
	}
	changed := "no answer was changed"
	if len(i.Changes) > 0 {
		changed = "answers changed: " + counts(i.Changes)
	}
	if i.Made == "" {
		w.field("  cleaned", changed)
	} else {
		w.field("  derived", i.Made)
	}
	if c := i.Coding; c != nil {
		w.field("  coded", fmt.Sprintf("%d open answers, %d of them with a code, %d with this one; %d terms denied; codebook %s", c.Answers, c.Coded, c.Code, c.Denied, c.Codebook))
	}
	if i.Of != nil {
		w.item("  made of", *i.Of)
	}
}

func counts(all []Count) string {
	var out []string
	for _, c := range all {
		out = append(out, c.Of+" "+strconv.FormatInt(c.Count, 10))
	}
	return strings.Join(out, ", ")
}

func (t Trace) countedText(w *lines) {
	c := t.Counted
	if c == nil {
		return
	}
	w.line("\nAs counted, before protection")
	if t.Figure != nil && (t.Figure.Choice != nil || len(t.Figure.Net) > 0) {
		w.field("made the choice", whole(c.N))
	}
	w.field("answered (base)", whole(c.Base))
	if len(c.Missing) > 0 {
		w.field("without an answer", counts(c.Missing))
	}
	if c.WeightedBase != nil {
		w.field("weighted", strings.TrimPrefix(decimal(c.Weighted)+" of ", " of ")+decimal(c.WeightedBase))
	}
	w.field("estimate", decimal(c.Estimate))
	if c.Low != nil && c.High != nil {
		w.field("interval", decimal(c.Low)+" to "+decimal(c.High))
	}
	w.field("method", c.Interval)
	w.field("standard error", decimal(c.StandardError))
	w.field("degrees of freedom", decimal(c.Freedom))
	w.field("design effect", decimal(c.DesignEffect))
	w.field("p", decimal(c.P))
	w.field("p adjusted", decimal(c.Adjusted))
	w.field("design", c.Design)
	w.field("weights", c.Weights.String())
}

// String says how respondents were weighted.
func (w Weights) String() string {
	if w.Least == w.Most {
		return "all alike"
	}
	method := w.Method
	if method == "" {
		method = "not fitted to known totals"
	}
	return fmt.Sprintf("%s; from %.4g to %.4g, effective base %.1f, design effect %.3f", method, w.Least, w.Most, w.Effective, w.Effect)
}

func whole(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

func decimal(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'g', 8, 64)
}

func (t Trace) outcomeText(w *lines) {
	for _, o := range t.Outcomes {
		w.line("\nFor the audience %s", o.Audience)
		said := o.Status
		if o.Shown != "" {
			said += " as " + o.Shown
			if o.Low != "" && o.High != "" {
				said += ", interval " + o.Low + " to " + o.High
			}
		}
		w.field("the figure is", said)
		w.field("because", o.Why)
		if o.Held > 0 {
			w.field("held from run", fmt.Sprintf("%d: it is the figure of that run; the counts above are of run %d", o.Held, t.Run))
		}
		for _, s := range alike(o.Stands) {
			w.field("stands in", s[0]+": "+s[1])
		}
	}
}

// alike puts artifacts in which the same stands on one line: their names, and
// what stands there.
func alike(all []Standing) [][2]string {
	var out [][2]string
	for _, s := range all {
		said := strings.Join(s.Figures, ", ") + " (" + strings.Join(s.As, ", ") + ")"
		at := slices.IndexFunc(out, func(o [2]string) bool { return o[1] == said })
		if at < 0 {
			out = append(out, [2]string{s.Artifact, said})
			continue
		}
		out[at][0] += ", " + s.Artifact
	}
	return out
}

func (t Trace) sourceText(w *lines) {
	s := t.Source
	w.line("\nWhere the answers come from")
	for _, f := range s.Files {
		said := fmt.Sprintf("%d rows, %d kept, %d duplicates", f.Rows, f.Kept, f.Duplicates)
		if len(f.Excluded) > 0 {
			said += ", left out by the filter: " + counts(f.Excluded)
		}
		if f.Withdrawn > 0 {
			said += fmt.Sprintf(", %d withdrawn", f.Withdrawn)
		}
		w.field(f.Name, said)
	}
	w.field("responses", fmt.Sprintf("%d received, %d analysed", s.Received, s.Analysed))
	if len(s.Aside) > 0 {
		w.field("set aside", counts(s.Aside))
	}
	w.line("\nFiles that were read (SHA-256)")
	for _, f := range s.Inputs {
		w.line("  %s  %s (%d bytes)", f.SHA256, f.Name, f.Bytes)
	}
}

// List writes figures of an artifact, one on each line.
func List(all []Listed) string {
	var w lines
	for _, l := range all {
		w.line("%-9s  %s  %s", l.Status, l.Key, strings.Join(l.Figures, ", "))
	}
	return w.String()
}
