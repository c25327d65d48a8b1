// Package brand checks what a project puts on its reports of its own: a logo,
// which must be a picture and nothing else, and colours, which must be read by
// everybody.
package brand

import "github.com/soundings-survey/soundings/pipeline/chart/canvas"

// Brand is what stands on reports.
type Brand struct {
	Logo    Logo
	Colours Colours
}

// Colours are those of a project; an empty one is the program's own.
type Colours struct {
	Accent canvas.Colour `yaml:"accent"` // marks of charts, numbers, links
	Ground canvas.Colour `yaml:"ground"` // behind the title, under white text; headings
}

// Logo is a picture that is safe to put into a page.
type Logo struct {
	Media   string // "image/png", "image/jpeg" or "image/svg+xml"; "" is no logo
	Content []byte
	Alt     string
}
