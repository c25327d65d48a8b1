package ingest

import (
	"errors"
	"io"
	"iter"
	"os"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// readLevel reads the responses of one level from all files.
func (in *ingestion) readLevel(level int) (dataset.Level, error) {
	if err := in.setApart(level); err != nil {
		return dataset.Level{}, err
	}
	for _, u := range in.inputs {
		if t := u.table(level); t != nil {
			u.give(t)
			u.checkColumns(t)
		}
		if level == 0 {
			u.checkAbsent()
			u.checkLists()
		}
	}
	layout := in.layout(level)
	w, err := dataset.Create(in.engine.Path(stage, level), layout)
	if err != nil {
		return dataset.Level{}, err
	}
	l := &levelReading{ingestion: in, level: level, layout: layout, writer: w}
	for _, u := range in.interviewsLast() {
		if t := u.table(level); t != nil {
			if err := l.readTable(u, t); err != nil {
				w.Abort()
				return dataset.Level{}, err
			}
		}
	}
	in.levels = append(in.levels, LevelReport{Name: levelName(in.survey, level), Rows: l.position, Hash: l.hash.String(), Note: in.levelNote(level)})
	return w.Close()
}

// interviewsLast returns the inputs in the order in which they are read: who has
// nothing but an interview is known when all else was read.
func (in *ingestion) interviewsLast() []*input {
	var files, last []*input
	for _, u := range in.inputs {
		if u.interviews != nil {
			last = append(last, u)
		} else {
			files = append(files, u)
		}
	}
	return append(files, last...)
}

// layout holds the items of a level that any of the files has.
func (in *ingestion) layout(level int) dataset.Layout {
	index := map[*survey.Item]int{}
	for i := range in.survey.Items {
		index[&in.survey.Items[i]] = i
	}
	return dataset.NewLayout(in.survey, level, func(item *survey.Item) bool {
		for _, u := range in.inputs {
			if t := u.table(level); t != nil && !t.lacks(index[item]) {
				return false
			}
		}
		return true
	}).With(in.survey, nil, true, false)
}

// levelNote says why a repeat has no rows when no file has its sheet.
func (in *ingestion) levelNote(level int) string {
	for _, u := range in.inputs {
		if u.table(level) != nil {
			return ""
		}
	}
	if level == 0 {
		return ""
	}
	return "no file has this repeat: CSV exports leave repeats out"
}

// levelReading is the reading of one level.
type levelReading struct {
	*ingestion
	level    int
	layout   dataset.Layout
	writer   *dataset.Writer
	position int64 // of the next response in the level
	hash     dataset.Hash
	order    parentOrder
}

// readTable reads the rows of one file: scanned by one goroutine, bound in
// batches by many, written in order by one.
func (l *levelReading) readTable(u *input, t *table) error {
	if u.broken && l.level > 0 {
		return nil // its parents are not known
	}
	job := l.newJob(u, t)
	reader, err := t.open()
	if err != nil {
		return u.fault(t.sheet, err)
	}
	err = engine.Ordered(l.ctx, l.engine, chunks(reader, job), job.bind, job.keep)
	var f *records.Fault
	if errors.As(err, &f) {
		err = u.fault(t.sheet, err)
	}
	if err != nil {
		return err
	}
	if s, ok := reader.(*records.Scanner); ok {
		if err := u.finish(); err != nil {
			return err
		}
		u.tellLines(s.Lines())
		u.report.Blank += s.Lines().Blank
	}
	if t.after != nil {
		t.after(t)
	}
	job.tell()
	return nil
}

// numbered is a chunk and how many of its first records are no responses.
type numbered struct {
	*records.Chunk
	skip int
}

// chunks gives the chunks of a table with the header left out.
func chunks(r records.Reader, j *job) iter.Seq2[numbered, error] {
	return func(yield func(numbered, error) bool) {
		skip := j.table.skip
		for {
			c, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(numbered{}, err)
				return
			}
			here := min(skip, c.Len())
			skip -= here
			if !yield(numbered{c, here}, nil) {
				return
			}
		}
	}
}

// discard removes what was written before a refusal.
func (in *ingestion) discard() {
	for level := range in.survey.Levels {
		_ = os.Remove(in.engine.Path(stage, level))
	}
}

// tellRepeats notes repeats that no file has, and warns of a file that lacks one
// which others have: sums over it would pass for answers.
func (in *ingestion) tellRepeats() {
	for level := 1; level < len(in.survey.Levels); level++ {
		if in.levelNote(level) == "" {
			for _, u := range in.inputs {
				if u.interviews == nil && u.table(level) == nil && u.table(in.survey.Levels[level].Parent) != nil {
					u.add("repeat-elsewhere", finding.Warning, finding.Place{}, "The file has no rows for the repeat "+levelName(in.survey, level)+", which other files have. Sums and counts over the repeat are 0 for its responses.", "Export it with its repeats. If the repeat was not asked, look for what is derived from it, and leave these responses out there.")
				}
			}
			continue
		}
		for _, u := range in.inputs {
			u.add("no-repeat", finding.Note, finding.Place{}, "The file has no rows for the repeat "+levelName(in.survey, level)+"; that level of the dataset is empty.", "Export as XLSX if the answers in the repeat are needed: CSV exports leave repeats out.")
		}
	}
}
