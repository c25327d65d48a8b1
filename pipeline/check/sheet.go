package check

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// sheet is one batch being looked at, and what there is to say of it.
type sheet struct {
	b     *dataset.Batch
	g     asked.Gathered // the batch with what expressions see of other levels
	of    *survey.Survey
	level int
	name  string // of the level, "" for the respondents
	lines []line
	seen  map[subject]int64 // how many answers were looked at

	ids []dataset.ID // of the responses, where they are rows of a repeat
}

// subject is a check of one item, or of whole responses.
type subject struct{ check, item string }

// line is a proposal and the response it is about.
type line struct {
	cleaninglog.Change
	subject
	row    int
	origin dataset.Origin
}

func newSheet(d *dataset.Dataset, g asked.Gathered, level int) *sheet {
	b := g.Batch
	s := &sheet{b: b, g: g, of: d.Survey, level: level, seen: map[subject]int64{}}
	if level > 0 {
		s.name = d.Survey.Levels[level].Name
		for i := range b.Len() {
			s.ids = append(s.ids, b.ID(i))
		}
	}
	return s
}

// remark is what a check says of an answer.
type remark struct {
	check   string // slug of the check, or the rule's id
	item    string // the item that is counted; "" for whole responses
	on      string // the item that a line is about, where it is another
	issue   string
	propose string // the answer proposed, "" where none is
	comment string // what was checked, in words
}

// tell proposes to look at response i.
func (s *sheet) tell(i int, r remark) {
	on := r.item
	if r.on != "" {
		on = r.on
	}
	s.lines = append(s.lines, line{
		Change: cleaninglog.Change{
			UUID: s.b.UUID(i), Question: on, Issue: r.issue, Old: s.b.Form(i, on), New: r.propose,
			CheckID: r.check, Comment: r.comment, Level: s.name,
		},
		subject: subject{r.check, r.item}, row: i, origin: s.b.Origin(i),
	})
}

// looked counts answers that a check has looked at.
func (s *sheet) looked(check, item string, n int64) { s.seen[subject{check, item}] += n }

// done puts the lines in the order of the responses, those of one response in
// the order of the checks.
func (s *sheet) done() *sheet {
	slices.SortStableFunc(s.lines, func(a, b line) int { return cmp.Compare(a.row, b.row) })
	s.b, s.g = nil, asked.Gathered{}
	return s
}

// row gives response i to expressions.
func (s *sheet) row(i int) asked.Row { return asked.GatheredRow{Gathered: s.g, Survey: s.of, I: i} }

// places numbers the rows of a repeat within their respondent, whether or not
// those of one respondent stand together. Of each it holds the 12 bytes of a key
// and a count.
type places struct{ met map[uint64]int32 }

func (p *places) number(s *sheet) {
	if p.met == nil {
		p.met = map[uint64]int32{}
	}
	at := 0
	for i, id := range s.ids {
		key := binary.LittleEndian.Uint64(id[:8]) ^ binary.LittleEndian.Uint64(id[8:])
		p.met[key]++
		for ; at < len(s.lines) && s.lines[at].row == i; at++ {
			s.lines[at].Index = int64(p.met[key])
		}
	}
}
