package large

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Faults in a thousand cells or responses, where the answers have faults.
const (
	untidy     = 4 // choices with a blank behind them
	unlisted   = 1 // choices that the form does not have
	untrimmed  = 4 // texts with white space around them
	unreadable = 1 // numbers with words
	twice      = 2 // responses sent twice
)

// WriteAnswers writes an export of so many responses to the survey, as
// KoboToolbox does. The same seed gives the same bytes.
func WriteAnswers(to io.Writer, s *survey.Survey, responses int, seed uint64, faults bool) error {
	w := bufio.NewWriterSize(to, 1<<20)
	a := answers{w: w, r: rand.New(rand.NewPCG(seed, 2)), faults: faults}
	fmt.Fprint(w, `"_uuid"`)
	for i := range s.Items {
		fmt.Fprintf(w, `;"%s"`, s.Items[i].Path)
	}
	fmt.Fprintln(w)
	var line []byte
	given := make([]string, len(s.Items)) // what decides which items are asked
	for n := range responses {
		line = fmt.Appendf(line[:0], `"%08x-0000-4000-8000-%012x"`, n, n)
		for i := range s.Items {
			line = append(line, ';', '"')
			from := len(line)
			if asked(i, given) {
				line = a.answer(line, &s.Items[i])
			}
			given[i] = string(line[from:])
			line = append(line, '"')
		}
		line = append(line, '\n')
		if _, err := w.Write(line); err != nil {
			return err
		}
		if a.fault(twice) {
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

// asked reports whether item i is asked of whoever gave these answers.
func asked(i int, given []string) bool {
	if !conditional(i) {
		return true
	}
	return strings.Contains(" one_1 one_2 one_3 ", " "+given[0]+" ") && strings.Contains(given[i/10*10-5]+" ", "many_1 ")
}

type answers struct {
	w      *bufio.Writer
	r      *rand.Rand
	faults bool
}

// fault reports whether to plant a fault, so many times in a thousand.
func (a *answers) fault(often int) bool { return a.faults && a.r.IntN(1000) < often }

var words = [...]string{"The guidance came late", "Le délai était court", "Руководство пришло поздно", "", "指南来得太晚，发言时间很短。"}

func (a *answers) answer(to []byte, item *survey.Item) []byte {
	r := a.r
	switch item.Type {
	case survey.SelectOne:
		switch {
		case a.fault(unlisted):
			return append(to, "one_99"...)
		case a.fault(untidy):
			return fmt.Appendf(to, "one_%d ", r.IntN(7))
		}
		return fmt.Appendf(to, "one_%d", r.IntN(7))
	case survey.SelectMultiple:
		return fmt.Appendf(to, "many_%d many_%d many_%d", r.IntN(4), 4+r.IntN(4), 8+r.IntN(4))
	case survey.Integer:
		if a.fault(unreadable) {
			return append(to, "about ten"...)
		}
		return fmt.Appendf(to, "%d", r.IntN(5000))
	case survey.Decimal:
		return fmt.Appendf(to, "%.2f", r.Float64()*1000)
	case survey.Date:
		return fmt.Appendf(to, "20%02d-%02d-%02d", r.IntN(25), 1+r.IntN(12), 1+r.IntN(28))
	}
	word := words[r.IntN(len(words))]
	if word != "" && a.fault(untrimmed) {
		return append(append(append(to, ' '), word...), ' ')
	}
	return append(to, word...)
}
