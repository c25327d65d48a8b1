package bind

import (
	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Binder turns rows into responses. It is for one goroutine at a time.
type Binder struct {
	plan    *Plan
	builder *dataset.Builder
	columns []*dataset.ColumnBuilder // beside plan.answers
	values  []Value                  // by index in Survey.Items
	arena   []int32
	judge   *asked.Judge
	said    said
	exclude *asked.Evaluator // nil until a response is judged
	tally   *Tally
}

// NewBinder returns a binder for the plan.
func (p *Plan) NewBinder() *Binder {
	b := &Binder{plan: p, builder: dataset.NewBuilder(p.Layout), values: make([]Value, len(p.Survey.Items)), tally: NewTally()}
	for i := range b.values {
		b.values[i].Reason = survey.NotAsked // items that no file has
	}
	for i := range p.answers {
		b.columns = append(b.columns, b.builder.Column(p.answers[i].item.Today()))
	}
	b.judge, b.said = p.conditions.Judge(), said{plan: p, values: b.values}
	return b
}

// Bind adds the response in a record. above holds the answers of the levels
// above that conditions speak of, by index in Survey.Items; nil at the
// respondent level.
func (b *Binder) Bind(row cells, at int64, r dataset.Response, above map[int]Value) {
	b.arena = b.arena[:0]
	answers := b.plan.answers
	for i := range answers {
		a := &answers[i]
		v, said := b.plan.bind(a, row, &b.arena)
		b.values[a.index] = v
		if said != nothing {
			b.remark(a, said, v, at)
		}
	}
	b.said.above = above
	b.judge.Begin(&b.said)
	b.builder.Begin(r)
	for i := range answers {
		a := &answers[i]
		v := &b.values[a.index]
		if len(a.asked) > 0 && v.Reason != survey.NotAsked {
			b.tell(a, v, at)
		}
		put(b.columns[i], a.item.Type, v)
	}
}

// tell tells a blank answer that was not asked for from one that was not
// given, and reports an answer where there should be none.
func (b *Binder) tell(a *answer, v *Value, at int64) {
	was := b.judge.Of(a.asked)
	switch {
	case was != asked.NotAsked:
	case v.Reason == survey.NotAnswered:
		v.Reason = survey.NotAsked
	default:
		b.tally.Add("answer-not-asked-for", a.column(), a.item.Name, at, nil)
	}
}

// put hands an answer to the column of its item.
func put(c *dataset.ColumnBuilder, t survey.Type, v *Value) {
	if v.Reason == survey.Invalid {
		c.Invalid(string(v.Text))
		return
	}
	if v.Reason != survey.Answered {
		c.Missing(v.Reason)
		return
	}
	switch t {
	case survey.SelectOne:
		c.Code(v.Code)
	case survey.SelectMultiple, survey.Rank:
		c.Choose(v.Set)
	case survey.Integer, survey.Date, survey.Time, survey.DateTime:
		c.Int(v.Int)
	case survey.Decimal:
		c.Float(v.Float)
	default:
		c.Text(string(v.Text))
	}
}

// remark notes what there is to say about a cell.
func (b *Binder) remark(a *answer, said remark, v Value, at int64) {
	name, column := a.item.Today(), a.column()
	switch said {
	case unread:
		look := LookAt(v.Text, a.item.Type)
		b.tally.Add(look.Kind, column, name, at, func() Look { return look })
	case unlisted:
		b.tally.Counts[Count{"unlisted choices", name}]++
	case trimmedNumber:
		b.tally.Add("number-form", column, name, at, nil)
	case trimmedDate:
		b.tally.Add("date-form", column, name, at, nil)
	case byLabel:
		b.tally.Counts[Count{"named by label", name}]++
	case contradiction:
		b.tally.Add("contradiction", column, name, at, nil)
	case twoTexts:
		b.tally.Add("two-transcripts", column, name, at, nil)
	case manyMeanings:
		b.tally.Counts[Count{"unlisted choices", name}]++
		b.tally.Add("label-means-several", column, name, at, nil)
	case chosenTwice:
		b.tally.Add("choice-twice", column, name, at, nil)
	case badMark:
		b.tally.Add("choice-mark", column, name, at, nil)
	}
}

// Len returns how many responses were bound since the last batch.
func (b *Binder) Len() int { return b.builder.Len() }

// Value returns what the response bound last holds for an item of the level;
// its sets and texts are copies.
func (b *Binder) Value(item int) Value {
	v := b.values[item]
	v.Set = append([]int32(nil), v.Set...)
	v.Text = append([]byte(nil), v.Text...)
	return v
}

// Batch returns the responses bound so far and what there is to say of them,
// and starts anew.
func (b *Binder) Batch() (*dataset.Batch, *Tally) {
	batch, tally := b.builder.Batch(), b.tally
	b.tally = NewTally()
	return batch, tally
}
