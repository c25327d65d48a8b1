package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// bigSurvey has items of every common type, half of them under conditions.
func bigSurvey(items int) *survey.Survey {
	list := func(name string, n int) *survey.ChoiceList {
		var choices []survey.Choice
		for i := range n {
			choices = append(choices, survey.Choice{Name: fmt.Sprintf("%s_%d", name, i), Label: survey.Text{"en": fmt.Sprintf("Choice %d", i)}})
		}
		return survey.NewChoiceList(name, choices)
	}
	s := survey.Survey{Default: "en", Lists: []*survey.ChoiceList{list("one", 7), list("many", 12)}}
	for i := range items {
		item := survey.Item{Name: fmt.Sprintf("item_%03d", i), Label: survey.Text{"en": fmt.Sprintf("Question %d", i)}}
		item.Path = fmt.Sprintf("group_%d/%s", i/10, item.Name)
		switch i % 10 {
		case 0, 1, 2, 3, 4:
			item.Type, item.List = survey.SelectOne, "one"
		case 5:
			item.Type, item.List = survey.SelectMultiple, "many"
		case 6:
			item.Type = survey.Integer
		case 7:
			item.Type = survey.Decimal
		case 8:
			item.Type = survey.Date
		case 9:
			item.Type = survey.OpenText
		}
		if i%2 == 1 && i > 10 {
			item.Relevant = []string{"${item_000} = 'one_1' or ${item_000} = 'one_2' or ${item_000} = 'one_3'", fmt.Sprintf("selected(${item_%03d}, 'many_1')", i/10*10-5)}
		}
		s.Items = append(s.Items, item)
	}
	out, _ := survey.New(s)
	return out
}

// bigFile writes answers to the survey as a file with a column for each choice.
func bigFile(b testing.TB, s *survey.Survey, rows int) string {
	b.Helper()
	name := filepath.Join(b.TempDir(), "big.csv")
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	w.WriteString(`"_uuid"`)
	for i := range s.Items {
		fmt.Fprintf(w, `;"%s"`, s.Items[i].Path)
	}
	w.WriteByte('\n')
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"The guidance came late", "Le délai était court", "Руководство пришло поздно", "", "指南来得太晚，发言时间很短。"}
	for n := range rows {
		fmt.Fprintf(w, `"%08x-0000-4000-8000-%012x"`, n, n)
		for i := range s.Items {
			switch s.Items[i].Type {
			case survey.SelectOne:
				fmt.Fprintf(w, `;"one_%d"`, r.IntN(7))
			case survey.SelectMultiple:
				fmt.Fprintf(w, `;"many_%d many_%d many_%d"`, r.IntN(4), 4+r.IntN(4), 8+r.IntN(4))
			case survey.Integer:
				fmt.Fprintf(w, `;"%d"`, r.IntN(5000))
			case survey.Decimal:
				fmt.Fprintf(w, `;"%.2f"`, r.Float64()*1000)
			case survey.Date:
				fmt.Fprintf(w, `;"20%02d-%02d-%02d"`, r.IntN(25), 1+r.IntN(12), 1+r.IntN(28))
			default:
				fmt.Fprintf(w, `;"%s"`, words[r.IntN(len(words))])
			}
		}
		w.WriteByte('\n')
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		b.Fatal(err)
	}
	return name
}
