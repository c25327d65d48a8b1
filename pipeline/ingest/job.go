package ingest

import (
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
)

// job is the reading of one table into a level.
type job struct {
	*levelReading
	input *input
	table *table
	plan  *bind.Plan
	clock bind.Clock

	uuid, id, index, parentIndex, parentTable, rootUUID int // columns, -1 without one

	parents map[int64]*parent // of the rows of this table, nil for the respondents
	own     map[int64]*parent // by their index, nil when no repeat needs them
	needed  []int             // items that conditions below speak of

	tally    *bind.Tally
	problems *bind.Tally
	sample   []byte // of what is no UTF-8
	read     int64
	kept     int64
	gone     declared

	gate     gate
	states   map[string]int64 // of responses in their tool
	version  int              // column with the version of the form, -1 without one
	versions map[string]int64

	encodingTold bool
	seen         judged
}

func (l *levelReading) newJob(u *input, t *table) *job {
	h := t.header
	j := &job{
		levelReading: l, input: u, table: t, tally: bind.NewTally(), problems: bind.NewTally(),
		uuid: h.Find(bind.UUID), id: h.Find(bind.ID), index: h.Find(bind.Index),
		parentIndex: h.Find(bind.ParentIndex), parentTable: h.Find(bind.ParentTable), rootUUID: h.Find(bind.RootUUID),
	}
	if t.keyed {
		j.index = h.Named("KEY")
	}
	j.version, j.versions = -1, map[string]int64{}
	if l.level == 0 {
		j.version = t.versionColumn()
	}
	var above []int
	if l.level > 0 {
		at := l.survey.Levels[l.level].Parent
		j.parents = u.parents[at]
		if j.parents == nil {
			j.parents = map[int64]*parent{}
		}
		for ; at >= 0; at = l.survey.Levels[at].Parent {
			if pt := u.table(at); pt != nil {
				above = append(above, bind.NeededBelow(u.survey, at, pt.header)...)
			}
		}
	}
	if j.hasRepeats() {
		j.own = map[int64]*parent{}
		j.needed = bind.NeededBelow(u.survey, l.level, h)
		if u.parents == nil {
			u.parents = map[int]map[int64]*parent{}
		}
		u.parents[l.level] = j.own
	}
	j.plan = bind.NewPlan(u.survey, l.level, h, l.layout, above)
	u.separate(j.plan)
	t.judged = nil
	for k, c := range t.header.Columns {
		if j.judges(c) {
			t.judged = append(t.judged, k)
		}
	}
	if j.states = map[string]int64{}; l.level == 0 {
		j.gate = j.newGate()
	}
	j.gone = j.declaredMissing()
	j.clock = bind.NewClock(l.survey, h)
	u.report.Undecided = append(u.report.Undecided, j.plan.Undecided...)
	return j
}

// hasRepeats reports whether the file has rows below this level.
func (j *job) hasRepeats() bool {
	for level, l := range j.survey.Levels {
		if l.Parent == j.level && j.input.table(level) != nil {
			return true
		}
	}
	return false
}

// bound is a chunk of rows made into responses.
type bound struct {
	batch    *dataset.Batch
	hash     dataset.Hash
	contents [][16]byte
	named    []bool // the response brought an identifier
	indexes  []int64
	answers  []map[int]bind.Value
	tally    *bind.Tally
	problems *bind.Tally
	sample   []byte
	read     int64
	blank    int64
	versions map[string]int64
	orphans  int64   // rows of repeats whose parent was set aside
	dropped  []int64 // their indexes
	states   map[string]int64
	gone     []gone
	excluded []bool // beside the batch

	aside []string // beside the batch: the cells that are set aside, row by row
	apart []int64  // cells that are not blank, by table.apart
	seen  judged
}

// bind makes the rows of a chunk into responses. It runs beside others.
func (j *job) bind(c numbered) (*bound, error) {
	out := &bound{problems: bind.NewTally(), states: map[string]int64{}, versions: map[string]int64{}}
	for _, p := range append(c.Problems, c.Check()...) {
		j.note(out, p)
	}
	binder := j.plan.NewBinder()
	keys := newKeyed(j.request.Key)
	for i := c.skip; i < c.Len(); i++ {
		row := record{chunk: c.Chunk, i: i, gone: j.gone}
		if c.Blank(i) {
			out.blank++
			continue
		}
		if j.headerAgain(row) {
			out.problems.Add("header-again", -1, "", c.Row(i), nil)
			continue
		}
		out.read++
		j.gone.count(out, row)
		if !j.checkWidth(out, row) {
			continue
		}
		j.judge(out, row)
		r, above, ok := j.response(out, row, keys)
		if !ok {
			continue
		}
		if why := j.gate.passes(out, row); why != "" {
			left := gone{uuid: r.UUID, why: why}
			if j.own != nil {
				left.index = j.number(out, row, j.index)
			}
			out.gone = append(out.gone, left)
			continue
		}
		countVersion(out.versions, cellOf(row, j.version))
		binder.Bind(j.withInterviews(row, r.UUID), c.Row(i), r, above)
		j.cellsApart(out, row)
		out.excluded = append(out.excluded, binder.Excluded(j.gate.exclude))
		out.named = append(out.named, r.UUID != "" || j.level > 0 || r.ID != dataset.ID{})
		if j.own != nil {
			out.indexes = append(out.indexes, j.number(out, row, j.index))
			answers := map[int]bind.Value{}
			for _, item := range j.needed {
				answers[item] = binder.Value(item)
			}
			for item, v := range above {
				answers[item] = v
			}
			out.answers = append(out.answers, answers)
		}
	}
	out.batch, out.tally = binder.Batch()
	out.contents, out.hash = out.batch.Digests()
	return out, nil
}
