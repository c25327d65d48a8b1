package canvas

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// Validate reports every mistake in a figure that would make it unreadable: a
// missing id, title, description or language, a length that is not a number, a
// negative size, a malformed colour. Marks are named by their place, counted
// from 0 through all groups; their words are never quoted.
func (f *Figure) Validate() error {
	v := validator{}
	if !validID(f.ID) {
		v.add("its id must be letters, digits, - and _, beginning with a letter")
	}
	for _, need := range []struct{ name, value string }{{"title", f.Title}, {"description", f.Description}, {"language", f.Lang}} {
		if strings.TrimSpace(need.value) == "" {
			v.add("it has no " + need.name)
		}
	}
	if !(f.Width > 0 && f.Height > 0) || !finite(f.Width, f.Height) {
		v.add("its width and height must be positive")
	}
	if f.Dir > RTL {
		v.add("its direction is unknown")
	}
	v.marks(f.Marks)
	if v.problems == nil {
		return nil
	}
	id := f.ID
	if !validID(id) {
		id = "without a valid id"
	}
	return fmt.Errorf("figure %s: %w", id, errors.Join(v.problems...))
}

type validator struct {
	problems []error
	place    int
}

func (v *validator) add(problem string) { v.problems = append(v.problems, errors.New(problem)) }

func (v *validator) marks(marks []Mark) {
	for _, m := range marks {
		place := v.place
		v.place++
		problem := ""
		switch m := m.(type) {
		case Rect:
			problem = check("rect", []float64{m.X, m.Y}, []float64{m.W, m.H, m.EdgeWidth}, m.Fill, m.Edge, m.Hatch)
		case Line:
			problem = check("line", []float64{m.X1, m.Y1, m.X2, m.Y2}, []float64{m.Width, m.Dash}, m.Colour)
		case Dot:
			problem = check("dot", []float64{m.X, m.Y}, []float64{m.R, m.EdgeWidth}, m.Fill, m.Edge)
		case Path:
			var places []float64
			for _, p := range m.Points {
				places = append(places, p.X, p.Y)
			}
			problem = check("path", places, []float64{m.EdgeWidth}, m.Fill, m.Edge)
			if problem == "" && len(m.Points) < 2 {
				problem = "path has fewer than two points"
			}
		case Text:
			problem = check("text", []float64{m.X, m.Y}, []float64{m.Size}, m.Colour)
			if problem == "" && m.Size == 0 {
				problem = "text has no size"
			}
			if problem == "" && (m.Anchor > End || m.Dir > RTL) {
				problem = "text has an unknown anchor or direction"
			}
		case Group:
			v.marks(m.Marks)
		default:
			problem = "mark is of no known kind"
		}
		if problem != "" {
			v.add(fmt.Sprintf("mark %d: %s", place, problem))
		}
	}
}

func check(kind string, places, sizes []float64, colours ...Colour) string {
	if !finite(places...) || !finite(sizes...) {
		return kind + " has a length that is not a number"
	}
	for _, s := range sizes {
		if s < 0 {
			return kind + " has a negative size"
		}
	}
	for _, c := range colours {
		if c != "" {
			if _, err := c.rgb(); err != nil {
				return kind + " has a " + err.Error()
			}
		}
	}
	return ""
}

func finite(lengths ...float64) bool {
	for _, l := range lengths {
		if math.IsNaN(l) || math.IsInf(l, 0) {
			return false
		}
	}
	return true
}

// validID tells whether an id is safe in attributes and file names.
func validID(id string) bool {
	for i, r := range id {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || !(r >= '0' && r <= '9' || r == '-' || r == '_')) {
			return false
		}
	}
	return id != ""
}
