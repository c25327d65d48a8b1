package html

import (
	"encoding/json"
	"fmt"
	"html/template"

	"github.com/soundings-survey/soundings/pipeline/report"
)

// exploring is what stands around the figures to explore.
type exploring struct {
	Before string // id of the chapter it stands before
	Words  report.ExplorerWords
	Tables string // leads to the page of tables; empty where there is none
	Label  string // of that link
	Top    string
}

func newExploring(r *report.Report) *exploring {
	e := &exploring{Before: r.Explorer.Before, Words: r.Explorer.Words, Label: r.Words.Tables, Top: r.Words.Top}
	if r.Tabled {
		e.Tables = TablesName(r.Lang)
	}
	return e
}

// shelf is the explorer as the script of the page reads it: every text once, and
// in its place its number. The order of the fields is that of the script.
type shelf struct {
	Texts    []string     `json:"texts"`
	Words    shelfWords   `json:"words"`
	Chapters []shelfGroup `json:"chapters"`

	at map[string]int
}

type shelfWords struct {
	All       string `json:"all"`
	None      string `json:"none"`
	Copied    string `json:"copied"`
	Base      string `json:"base"`
	Interval  string `json:"interval"`
	RowHead   string `json:"row"`
	GroupHead string `json:"group"`
}

type shelfGroup struct {
	Title string      `json:"title"`
	Items []shelfItem `json:"items"`
}

type shelfItem struct {
	Name  string      `json:"name"`
	Label string      `json:"label"`
	Views []shelfView `json:"views"`
}

type shelfView struct {
	By      string     `json:"by"`
	Group   int        `json:"group"`
	Title   int        `json:"title"`
	Chart   int        `json:"chart"`
	Measure int        `json:"measure"`
	Value   int        `json:"value"`
	Point   bool       `json:"point,omitempty"`
	Ends    [2]int     `json:"ends"`
	Groups  [][2]int   `json:"groups"` // label and base
	Rows    []shelfRow `json:"rows"`
	Notes   int        `json:"notes"`
}

type shelfRow struct {
	Label int         `json:"label"`
	Cells [][]float64 `json:"cells"` // text, interval, then the place of the figure and of the ends of its interval, where it has them
}

// shelved returns the explorer as JSON that can stand in a page: no sign in it
// ends an element or a line of a script.
func shelved(e *report.Explorer) (template.JS, error) {
	w := e.Words
	s := &shelf{at: map[string]int{}, Words: shelfWords{All: w.All, None: w.None, Copied: w.Copied, Base: w.Base, Interval: w.Interval, RowHead: w.RowHead, GroupHead: w.GroupHead}}
	for _, ch := range e.Chapters {
		group := shelfGroup{Title: ch.Title}
		for _, i := range ch.Items {
			item := shelfItem{Name: i.Name, Label: i.Label}
			for _, v := range i.Views {
				item.Views = append(item.Views, s.view(v))
			}
			group.Items = append(group.Items, item)
		}
		s.Chapters = append(s.Chapters, group)
	}
	out, err := json.Marshal(s) // escapes <, >, & and the separators of lines
	if err != nil {
		return "", fmt.Errorf("write the figures to explore: %w", err)
	}
	return template.JS(out), nil
}

func (s *shelf) view(v report.ExplorerView) shelfView {
	out := shelfView{
		By: v.By, Group: s.text(v.Group), Title: s.text(v.Title), Chart: s.text(v.Chart), Measure: s.text(v.Measure), Value: s.text(v.Value), Point: v.Point,
		Ends: [2]int{s.text(v.Low), s.text(v.High)}, Notes: s.text(v.Notes),
	}
	for _, g := range v.Groups {
		out.Groups = append(out.Groups, [2]int{s.text(g.Label), s.text(g.Base)})
	}
	for _, r := range v.Rows {
		row := shelfRow{Label: s.text(r.Label)}
		for _, c := range r.Cells {
			cell := []float64{float64(s.text(c.Text)), float64(s.text(c.Interval))}
			if c.Shown {
				cell = append(cell, c.At)
			}
			if c.Shown && c.Ranged {
				cell = append(cell, c.From, c.To)
			}
			row.Cells = append(row.Cells, cell)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// text returns the number of a text, a new one where it was not met before.
func (s *shelf) text(t string) int {
	n, known := s.at[t]
	if !known {
		n = len(s.Texts)
		s.at[t] = n
		s.Texts = append(s.Texts, t)
	}
	return n
}
