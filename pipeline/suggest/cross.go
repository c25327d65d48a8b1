package suggest

import (
	"context"
	"math"
)

// A choice is what cross-validation decides on before anything is learnt.
type choice struct {
	shape shape
	cost  float64 // of separate; 0: weigh, with few texts blend
}

// sample is how many texts are looked at to make the choice.
const sample = 3000

// folds says into how many parts texts are put. Many texts need fewer: what is
// learnt from half of them is nearly what is learnt from all.
func (t *task) folds() uint64 {
	if len(t.texts) > 8000 {
		return 2
	}
	return 5
}

// choose compares shapes and costs by cross-validation.
func (t *task) choose(ctx context.Context) (choice, error) {
	part, folds := t.first(sample), uint64(5)
	if len(t.texts) > sample {
		folds = 2
	}
	var best choice
	most := math.Inf(-1)
	try := func(c choice) error {
		scores, err := part.crossed(ctx, c, folds)
		if err != nil {
			return err
		}
		if hit := part.quality(scores); hit > most {
			best, most = c, hit
		}
		return nil
	}
	for _, cost := range []float64{0, 0.15, 0.4} {
		if err := try(choice{cost: cost}); err != nil {
			return best, err
		}
	}
	return best, try(choice{shape{lead: true}, best.cost})
}

// first keeps the texts of the lowest hashes, which is a sample of them.
func (t *task) first(n int) *task {
	if len(t.texts) <= n {
		return t
	}
	part := *t
	part.texts, part.languages, part.fold = t.texts[:n], t.languages[:n], t.fold[:n]
	seen := *t.corpus
	seen.texts = seen.texts[:n]
	part.corpus = &seen
	part.has = make([][]bool, len(t.has))
	for l := range part.has {
		part.has[l] = t.has[l][:n]
	}
	return &part
}

// crossed gives each text the scores of planes that were learnt without it, and
// without others of its group.
func (t *task) crossed(ctx context.Context, c choice, folds uint64) ([][]float32, error) {
	scores := make([][]float32, len(t.texts))
	for n := range folds {
		in := func(i int) bool { return t.fold[i]%folds != n }
		v, p, err := t.learn(ctx, c, in)
		if err != nil {
			return nil, err
		}
		shared(t.settings.Workers, len(t.texts), func(i int) {
			if !in(i) {
				scores[i] = make([]float32, len(t.codes))
				p.scores(v.vector(i), scores[i])
				if t.margins() {
					margins(scores[i])
				}
			}
		})
	}
	return scores, nil
}

// margins says whether margins count, and not scores themselves.
func (t *task) margins() bool { return t.settings.Single && t.corpus.few }

// learn learns from the texts of which in is true; from all without it.
func (t *task) learn(ctx context.Context, c choice, in func(int) bool) (*view, *plane, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	v := t.corpus.view(c.shape, in)
	var texts []int
	has := make([][]bool, len(t.codes))
	for i := range t.texts {
		if in != nil && !in(i) {
			continue
		}
		texts = append(texts, i)
		for l := range has {
			has[l] = append(has[l], t.has[l][i])
		}
	}
	vectors := make([]vector, len(texts))
	shared(t.settings.Workers, len(texts), func(j int) { vectors[j] = v.vector(texts[j]) })
	var p *plane
	switch {
	case c.cost > 0:
		p = separate(vectors, len(v.hashes), has, c.cost, t.settings.Workers)
	case t.corpus.few:
		p = blend(vectors, len(v.hashes), has, t.settings.Workers)
	default:
		p = weigh(vectors, len(v.hashes), has)
	}
	return v, p, ctx.Err()
}

// quality is the share of texts with the right code, or the harmonic mean of
// precision and recall over all codes.
func (t *task) quality(scores [][]float32) float64 {
	curves, least := t.fit(scores, nil)
	var hit, wrong, lost float64
	for i := range t.texts {
		given := chosen(probabilities(scores[i], curves, t.settings.Single), least, t.settings.Single)
		before := hit
		for _, l := range given {
			if t.has[l][i] {
				hit++
			}
		}
		wrong += float64(len(given)) - (hit - before)
		lost -= hit - before
		for l := range t.codes {
			if t.has[l][i] {
				lost++
			}
		}
	}
	if hit == 0 {
		return 0
	}
	return 2 * hit / (2*hit + wrong + lost)
}
