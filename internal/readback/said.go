package readback

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Said is a piece of a file with what is known of its place.
type Said struct {
	Place  string // for whoever looks for it
	Text   string
	Figure string   // the figure or table that it belongs to, by its id; "" where it is none
	Key    string   // the figure whose number it is, where the file says so
	Kind   Kind     // what else its numbers may be
	Number *float64 // a number of the file's own, without a text
	Within float64  // how far it may be off, where it is a length on a scale
}

// Kind says what numbers of a place may be besides figures.
type Kind uint8

// Kinds of places.
const (
	Plain       Kind = iota
	Tick             // a number of a scale
	Description      // of a picture: it counts its rows and groups
	Rank             // a place in an order
	Fact             // a key figure: some count questions and languages of the form
)

// Page returns what a page says, with the texts and lengths of its explorer.
func Page(content []byte) ([]Said, error) {
	page, err := html.Parse(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("read a page back: %w", err)
	}
	var out []Said
	var walk func(n *html.Node, in Said) error
	walk = func(n *html.Node, in Said) error {
		switch n.Type {
		case html.TextNode:
			if strings.TrimSpace(n.Data) != "" {
				in.Text = n.Data
				out = append(out, in)
			}
		case html.ElementNode:
			if n.Data == "style" || n.Data == "script" && attribute(n, "id") != exploreData {
				return nil
			}
			if n.Data == "script" {
				explored, err := explorer(n.FirstChild.Data)
				out = append(out, explored...)
				return err
			}
			in = placed(n, in)
			for _, name := range []string{"alt", "aria-label", "title", "content"} {
				if v := attribute(n, name); v != "" && attribute(n, "http-equiv") == "" && attribute(n, "name") != "viewport" {
					at := in
					at.Place, at.Text = in.Place+" @"+name, v
					out = append(out, at)
				}
			}
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			if err := walk(child, in); err != nil {
				return err
			}
		}
		return nil
	}
	err = walk(page, Said{Place: "page"})
	return out, err
}

const exploreData = "explore-data"

// placed is what an element says of the place of all that is in it.
func placed(n *html.Node, in Said) Said {
	if id := attribute(n, "id"); id != "" {
		in.Place = "#" + id
		if n.Data == "figure" || n.Data == "table" && in.Figure == "" || strings.HasPrefix(id, "need-") {
			in.Figure = strings.TrimSuffix(id, "-table")
		}
	}
	class := " " + attribute(n, "class") + " "
	switch {
	case n.Data == "data":
		in.Key = attribute(n, "value")
	case n.Data == "desc":
		in.Kind = Description
	case n.Data == "text" && attribute(n, "font-size") == "8.5" && attribute(n, "fill") == "#5C6670":
		in.Kind = Tick
	case strings.Contains(class, " rank "), n.Data == "span" && strings.Contains(class, " unseen ") && strings.HasPrefix(in.Figure, "need-"):
		in.Kind = Rank
	case n.Data == "dl" && strings.Contains(class, " facts "):
		in.Kind = Fact
	}
	return in
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// explorer returns what the data of a page's explorer say, item by item.
func explorer(content string) ([]Said, error) {
	var data struct {
		Texts    []string
		Words    map[string]string
		Chapters []struct {
			Title string
			Items []struct {
				Name, Label string
				Views       []struct {
					By                                         string
					Group, Title, Chart, Measure, Value, Notes int
					Ends                                       []int
					Groups                                     [][]int
					Rows                                       []struct {
						Label int
						Cells [][]float64 // text, interval, and three lengths
					}
				}
			}
		}
	}
	dec := json.NewDecoder(strings.NewReader(content))
	if err := dec.Decode(&data); err != nil {
		return nil, fmt.Errorf("read the data of an explorer: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("read the data of an explorer: more follows them")
	}
	var out []Said
	used := map[int]bool{}
	var wrong error
	add := func(in Said, kind Kind, texts ...int) {
		for _, t := range texts {
			if t < 0 || t >= len(data.Texts) {
				wrong = fmt.Errorf("read the data of an explorer: %s has no text %d", in.Place, t)
				return
			}
			used[t] = true
			in.Text, in.Kind = data.Texts[t], kind
			out = append(out, in)
		}
	}
	for _, word := range data.Words {
		out = append(out, Said{Place: "explorer, words", Text: word})
	}
	for _, ch := range data.Chapters {
		out = append(out, Said{Place: "explorer, chapters", Text: ch.Title})
		for _, i := range ch.Items {
			for _, v := range i.Views {
				in := Said{Place: "explorer, " + i.Name + " by " + v.By, Figure: "f-" + i.Name}
				if v.By != "" {
					in.Figure += "-by-" + v.By
				}
				add(in, Plain, v.Group, v.Title, v.Chart, v.Measure, v.Value, v.Notes)
				add(in, Tick, v.Ends...)
				from, to, err := ends(data.Texts, v.Ends)
				if err != nil {
					return nil, fmt.Errorf("read the data of an explorer: %s: %w", in.Place, err)
				}
				for _, g := range v.Groups {
					add(in, Plain, g...)
				}
				for _, row := range v.Rows {
					add(in, Plain, row.Label)
					for _, cell := range row.Cells {
						for k, n := range cell {
							if k < 2 {
								add(in, Plain, int(n))
								continue
							}
							length, value := in, from+n*(to-from)
							length.Number, length.Within = &value, 1e-4*(to-from)
							out = append(out, length)
						}
					}
				}
			}
		}
	}
	for t := range data.Texts {
		if !used[t] {
			add(Said{Place: "explorer, a text that nothing shows"}, Plain, t)
		}
	}
	return out, wrong
}

// ends returns the ends of a scale: lengths are parts of the way between them.
func ends(texts []string, places []int) (from, to float64, err error) {
	if len(places) != 2 {
		return 0, 0, errors.New("a scale has two ends")
	}
	var at [2]float64
	for k, p := range places {
		if p < 0 || p >= len(texts) {
			return 0, 0, errors.New("the end of a scale has no text")
		}
		text := texts[p]
		for _, n := range SignOf("").Numbers(strings.ReplaceAll(text, ",", ".")) {
			if at[k], err = strconv.ParseFloat(n, 64); err != nil {
				return 0, 0, err
			}
		}
		if strings.Contains(text, "-") || strings.Contains(text, "−") {
			at[k] = -at[k]
		}
		if strings.Contains(text, "%") {
			at[k] /= 100
		}
	}
	return at[0], at[1], nil
}
