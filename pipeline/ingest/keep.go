package ingest

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// keep writes the responses of a chunk that were not there before. It is called
// for one chunk after the other.
func (j *job) keep(b *bound) error {
	j.read += b.read
	j.table.blanks += b.blank
	j.input.report.OrphansDropped += b.orphans
	j.tally.Merge(b.tally)
	j.problems.Merge(b.problems)
	mergeVersions(j.versions, b.versions)
	if len(j.sample) < sampleBytes {
		j.sample = append(j.sample, b.sample...)
	}
	for state, n := range b.states {
		j.states[state] += n
	}
	if err := j.leaveOut(b.gone); err != nil {
		return err
	}
	batch, hash := b.batch, b.hash
	if j.level > 0 {
		j.order.watch(batch)
	}
	if j.level == 0 {
		var err error
		if batch, hash, err = j.once(b); err != nil {
			return err
		}
	} else if j.own != nil {
		for _, at := range b.dropped {
			j.own[at] = &parent{position: -1}
		}
		for i := range batch.Len() {
			j.remember(b, i, batch.ID(i), batch.UUID(i), j.position+int64(i))
		}
	}
	for k, s := range b.seen {
		if j.seen == nil {
			j.seen = judged{}
		}
		if j.seen[k] == nil {
			j.seen[k] = &seenColumn{}
		}
		j.seen[k].merge(s)
	}
	if err := j.keepApart(b, b.batch, batch); err != nil {
		return err
	}
	j.kept += int64(batch.Len())
	j.position += int64(batch.Len())
	j.levelReading.hash.Merge(hash)
	return j.writer.Write(batch)
}

// once leaves out what was there before and gives those without an identifier
// theirs.
func (j *job) once(b *bound) (*dataset.Batch, dataset.Hash, error) {
	n := b.batch.Len()
	keep, ids := make([]bool, n), make([]dataset.ID, 0, n)
	changed := false
	for i := range n {
		id := b.batch.ID(i)
		before, same := false, false
		if b.named[i] && j.request.Forgotten[id] {
			changed = true
			j.forget(b, i)
			continue
		}
		if b.excluded[i] {
			changed = true
			left := gone{uuid: b.batch.UUID(i), why: "exclude"}
			if j.own != nil {
				left.index = b.indexes[i]
			}
			if err := j.leaveOut([]gone{left}); err != nil {
				return nil, b.hash, err
			}
			continue
		}
		j.meet(b.batch.UUID(i))
		if b.named[i] {
			before, same = j.ids.seen(id, b.contents[i], b.batch.Origin(i))
		} else {
			id = j.ids.unnamed(b.contents[i])
			changed = true
			if j.request.Forgotten[id] {
				j.forget(b, i)
				continue
			}
		}
		if before {
			changed = true
		}
		if before && same {
			j.input.report.Duplicates++
			if err := j.setAside(b.batch.UUID(i), "duplicate"); err != nil {
				return nil, b.hash, err
			}
		}
		keep[i] = !before
		if j.own != nil {
			position := j.position + int64(len(ids))
			if before {
				position = -1
			}
			j.remember(b, i, id, b.batch.UUID(i), position)
		}
		if keep[i] {
			ids = append(ids, id)
		}
	}
	if !changed {
		return b.batch, b.hash, nil
	}
	batch := b.batch.Keep(keep).WithIDs(ids)
	var hash dataset.Hash
	hash.Add(batch)
	return batch, hash, nil
}

// forget leaves out a respondent who was forgotten, with the rows of repeats
// below, and says of it no more than that there was one.
func (j *job) forget(b *bound, i int) {
	j.input.report.Withdrawn++
	if j.own != nil && j.own[b.indexes[i]] == nil {
		j.own[b.indexes[i]] = &parent{position: -1}
	}
}

// forgotten reports whether a response of the file is of somebody who was
// forgotten, by the name that the tool gave.
func (j *job) forgotten(uuid string) bool {
	if len(j.request.Forgotten) == 0 || uuid == "" {
		return false
	}
	return slices.ContainsFunc(IDs(j.request.Key, []Source{j.input.source}, uuid), func(id dataset.ID) bool { return j.request.Forgotten[id] })
}

// remember keeps what the rows of repeats need to know of a response.
func (j *job) remember(b *bound, i int, id dataset.ID, uuid string, position int64) {
	at := b.indexes[i]
	if j.own[at] != nil {
		j.problems.Add("index-twice", j.index, "", b.batch.Origin(i).Row, nil)
		return
	}
	j.own[at] = &parent{position: position, id: id, uuid: uuid, answers: b.answers[i]}
}
