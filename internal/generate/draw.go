package main

import (
	"math"
	"math/rand/v2"
	"strconv"
)

// Slot is one place on a wheel.
type Slot struct {
	Name   string
	Weight float64
}

// spin draws a name with odds as its weight.
func spin(r *rand.Rand, slots ...Slot) string {
	var sum float64
	for _, s := range slots {
		sum += max(s.Weight, 0)
	}
	x := r.Float64() * sum
	for _, s := range slots {
		if x -= max(s.Weight, 0); x < 0 {
			return s.Name
		}
	}
	return slots[len(slots)-1].Name
}

// level draws a step of a scale from lo to hi around a mean.
func level(r *rand.Rand, mean, spread float64, lo, hi int) string {
	v := int(math.Round(mean + spread*r.NormFloat64()))
	return strconv.Itoa(min(max(v, lo), hi))
}

// chance is true with odds given on the logit scale.
func chance(r *rand.Rand, logit float64) bool { return r.Float64() < 1/(1+math.Exp(-logit)) }

// one draws one element.
func one(r *rand.Rand, from []string) string {
	if len(from) == 0 {
		return ""
	}
	return from[r.IntN(len(from))]
}
