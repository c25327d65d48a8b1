package code

import (
	"context"
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Config says what is coded.
type Config struct {
	Codebook string   `yaml:"codebook"` // file name of the codebook; empty for no coding
	Items    []string `yaml:"items"`    // open items to be coded; empty for all that respondents are asked once
	Rollup   bool     `yaml:"rollup"`   // families, and codes with others under them, are counted as nets
}

// Default returns the config that codes nothing.
func Default() Config { return Config{Rollup: true} }

// Validate reports what is wrong with the config itself.
func (c Config) Validate() []finding.Finding {
	if c.Codebook == "" && len(c.Items) > 0 {
		return []finding.Finding{refuse("no-codebook", finding.Place{}, "The config names items to be coded, but no codebook.", "Add \"code.codebook\".")}
	}
	return nil
}

// The names of what coding adds to a survey.
const (
	Suffix   = "_codes"     // NAME_codes holds the codes of the open item NAME
	AllItem  = "open_codes" // the codes of all open answers of a respondent
	ListName = "codebook"   // the choice list whose choices are the codes
)

// Summary says what coding found. It holds exact counts, so it is restricted.
type Summary struct {
	Version string        `json:"version"` // of the codebook
	Items   []ItemSummary `json:"items"`   // level by level, in survey order; open_codes after the respondents' items

	Languages []LanguageSummary `json:"languages"` // of the respondents' items, then of all together
}

// ItemSummary says what was found in the answers to one item.
type ItemSummary struct {
	Item    string      `json:"item"`    // the derived item
	Answers int64       `json:"answers"` // open answers read
	Coded   int64       `json:"coded"`   // of them, with at least one code
	Denied  int64       `json:"denied"`  // terms that did not count because of a negating word
	Codes   []CodeCount `json:"codes"`   // in the order of the codebook
}

// CodeCount is how many answers were given a code.
type CodeCount struct {
	Code  string `json:"code"`
	Count int64  `json:"count"`
}

// Code returns the dataset with the codes of its open answers as new items at
// the end. An open answer without any term is answered with no code; a missing
// one passes on its reason. After a refusal the dataset comes back as it was.
func Code(ctx context.Context, e engine.Engine, d *dataset.Dataset, cb *Codebook, cfg Config) (*dataset.Dataset, Summary, []finding.Finding, error) {
	return Reviewed(ctx, e, d, NewMatcher(cb), cfg, Reviewer{})
}

// Reviewed does as Code does with the matcher of a codebook, and lets a reviewer decide on each answer.
func Reviewed(ctx context.Context, e engine.Engine, d *dataset.Dataset, matcher *Matcher, cfg Config, reviewer Reviewer) (*dataset.Dataset, Summary, []finding.Finding, error) {
	cb := matcher.book
	summary := Summary{Version: cb.Version}
	p, findings := newPlan(d, cb, cfg)
	if finding.Refused(findings) || len(p.open) == 0 {
		return d, summary, findings, nil
	}
	out := &dataset.Dataset{Survey: p.survey, Files: d.Files, Levels: slices.Clone(d.Levels)}
	for l := range out.Levels {
		items := p.atLevel(l)
		if len(items) == 0 {
			continue
		}
		level, counts, err := codeLevel(ctx, e, d.Levels[l], p, items, matcher, reviewer)
		if err != nil {
			return d, summary, findings, fmt.Errorf("code the open answers of the level %s: %w", d.Survey.Levels[l].Name, err)
		}
		out.Levels[l] = level
		summary.Items = append(summary.Items, counts.summaries(cb, items)...)
		if l == 0 {
			summary.Languages = counts.rules.summaries(cb, items)
		}
	}
	return out, summary, findings, nil
}

// codeLevel codes the answers of one level.
func codeLevel(ctx context.Context, e engine.Engine, in dataset.Level, p plan, items []codedItem, m *Matcher, reviewer Reviewer) (dataset.Level, *tally, error) {
	names := make([]string, len(items))
	for i, it := range items {
		names[i] = it.name
	}
	layout := in.Layout.With(p.survey, names, in.Layout.UUID, in.Layout.Weight)
	added := dataset.Layout{Survey: p.survey, Level: in.Layout.Level, Items: names}.With(p.survey, nil, false, false)
	total := newTally(len(items), len(m.ignores))
	type made struct {
		counts *tally
		kept   []any
	}
	level, err := engine.Map(ctx, e, "code", in, layout, func(b *dataset.Batch) (*dataset.Batch, made, error) {
		counts := newTally(len(items), len(m.ignores))
		w := worker{scanner: m.Scanner(), add: dataset.NewBuilder(added), counts: counts, reviewer: reviewer}
		for i := range b.Len() {
			w.add.Begin(dataset.Response{Parent: b.Parent(i)})
			w.response(b, i, items)
		}
		return b.Extend(layout, w.add.Batch(), nil), made{counts, w.kept}, nil
	}, func(m made) error {
		total.merge(m.counts)
		for _, keep := range m.kept {
			if err := reviewer.Keep(keep); err != nil {
				return err
			}
		}
		return nil
	})
	return level, total, err
}

// worker codes the responses of one batch.
type worker struct {
	scanner *Scanner
	add     *dataset.Builder
	counts  *tally
	set     []int32
	all     []int32

	reviewer Reviewer
	kept     []any // that the reviewer wants
}

// response codes response i: each open item, then the union of them where it is asked for.
func (w *worker) response(b *dataset.Batch, i int, items []codedItem) {
	w.all = w.all[:0]
	answered, asked, allDenied := false, false, 0
	for k, it := range items {
		column := w.add.Column(it.name)
		if it.open == "" {
			switch {
			case answered:
				slices.Sort(w.all)
				column.Choose(slices.Compact(w.all))
				w.counts.add(k, slices.Compact(w.all), allDenied)
			case asked:
				column.Missing(survey.NotAnswered)
			default:
				column.Missing(survey.NotAsked)
			}
			continue
		}
		c := b.Column(it.open)
		if c.Reasons[i] != survey.NotAsked {
			asked = true
		}
		if !c.Answered(i) {
			column.Missing(c.Reasons[i])
			continue
		}
		answered = true
		var denied int
		w.set, denied = w.scanner.Codes(c.Text(i), w.set[:0])
		w.counts.rules.add(k, i+1, c.Text(i), w.set)
		w.review(b, i, it.open, c.Text(i))
		column.Choose(w.set)
		w.counts.add(k, w.set, denied)
		w.all = append(w.all, w.set...)
		allDenied += denied
	}
}

// tally counts what was found, by item and code.
type tally struct {
	items []itemTally
	rules *ruleTally
}

type itemTally struct {
	answers, coded, denied int64
	codes                  []int64
}

func newTally(items, codes int) *tally {
	t := &tally{items: make([]itemTally, items), rules: newRuleTally(items, codes)}
	for i := range t.items {
		t.items[i].codes = make([]int64, codes)
	}
	return t
}

func (t *tally) add(item int, codes []int32, denied int) {
	it := &t.items[item]
	it.answers++
	it.denied += int64(denied)
	if len(codes) > 0 {
		it.coded++
	}
	for _, c := range codes {
		it.codes[c]++
	}
}

func (t *tally) merge(o *tally) {
	t.rules.merge(o.rules)
	for i := range t.items {
		a, b := &t.items[i], o.items[i]
		a.answers, a.coded, a.denied = a.answers+b.answers, a.coded+b.coded, a.denied+b.denied
		for c := range a.codes {
			a.codes[c] += b.codes[c]
		}
	}
}

func (t *tally) summaries(cb *Codebook, items []codedItem) []ItemSummary {
	var out []ItemSummary
	for i, it := range t.items {
		s := ItemSummary{Item: items[i].name, Answers: it.answers, Coded: it.coded, Denied: it.denied}
		for c, n := range it.codes {
			s.Codes = append(s.Codes, CodeCount{cb.Codes[c].ID, n})
		}
		out = append(out, s)
	}
	return out
}
