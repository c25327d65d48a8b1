package resample

import (
	"math"
	"strconv"
	"testing"
)

func TestDrawsArePoissonOfMeanOne(t *testing.T) {
	const units, resamples = 2000, 50
	var counts [20]int
	total, squares := 0, 0
	for u := range units {
		d := Of(7, strconv.Itoa(u))
		for range resamples {
			k := d.Next()
			counts[k]++
			total += k
			squares += k * k
		}
	}
	n := float64(units * resamples)
	mean := float64(total) / n
	variance := float64(squares)/n - mean*mean
	if math.Abs(mean-1) > 0.015 || math.Abs(variance-1) > 0.03 {
		t.Errorf("mean %.4f and variance %.4f, not 1", mean, variance)
	}
	for k, p := 0, math.Exp(-1); k < 5; k, p = k+1, p/float64(k+1) {
		if got := float64(counts[k]) / n; math.Abs(got-p) > 0.006 {
			t.Errorf("%d is drawn with probability %.4f, not %.4f", k, got, p)
		}
	}
}

func TestCumulativeProbabilitiesAreThoseOfPoisson(t *testing.T) {
	sum, p := 0.0, math.Exp(-1)
	for k, got := range cumulative {
		sum += p
		p /= float64(k + 1)
		if math.Abs(got-sum) > 1e-15 {
			t.Errorf("P(X <= %d) is %.17g, not %.17g", k, got, sum)
		}
	}
}

func TestDrawsHangOnIDAndSeedAlone(t *testing.T) {
	take := func(d Draws) (out [40]int) {
		for i := range out {
			out[i] = d.Next()
		}
		return out
	}
	first, again := take(Of(1, "a")), take(Of(1, "a"))
	if first != again {
		t.Error("the same id and seed draw otherwise")
	}
	if first == take(Of(2, "a")) || first == take(Of(1, "b")) {
		t.Error("another id or seed draws the same")
	}
}

func TestQuantiles(t *testing.T) {
	x := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for _, c := range []struct{ p, step, smooth float64 }{
		{0, 1, 1}, {0.1, 1, 1.9}, {0.25, 3, 3.25}, {0.5, 5, 5.5}, {0.975, 10, 9.775}, {1, 10, 10},
	} {
		if got := Step(x, c.p); got != c.step {
			t.Errorf("the step quantile at %v is %v, not %v", c.p, got, c.step)
		}
		if got := Smooth(x, c.p); math.Abs(got-c.smooth) > 1e-12 {
			t.Errorf("the smooth quantile at %v is %v, not %v", c.p, got, c.smooth)
		}
	}
	if !math.IsNaN(Step(nil, 0.5)) || !math.IsNaN(Smooth(nil, 0.5)) {
		t.Error("no numbers have a quantile")
	}
}
