package check

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// same finds organisations that answered more than once, by the items that
// together say who they are, however these are spelt.
func (w *work) same(level int) ([]looker, error) {
	items := w.cfg.Same
	if level > 0 || len(items) == 0 || !w.known("same", items...) {
		return nil, nil
	}
	for _, name := range items {
		if !w.d.Levels[0].Layout.Has(name) {
			w.found.Add(finding.Finding{Stage: stage, Kind: "same-not-held", Severity: finding.Warning, Place: finding.Place{Column: "checks.same", Item: name},
				Problem: "Whether an organisation answered more than once cannot be told by " + name + ": its answers are not among those that are read.", Remedy: "Identifying items are set aside; name items that say which organisation it is and whose role is another."})
			return nil, nil
		}
	}
	k := sameness{items: items}
	counts, err := engine.Tally(w.ctx, w.engine, w.d.Levels[0], func() map[uint64]uint32 { return map[uint64]uint32{} },
		func(into map[uint64]uint32, b *dataset.Batch) error {
			for i := range b.Len() {
				if key, ok := k.key(b, i); ok {
					into[key]++
				}
			}
			return nil
		}, func(into, from map[uint64]uint32) error {
			for key, n := range from {
				into[key] += n
			}
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("look which organisations answered more than once: %w", err)
	}
	k.origins = map[uint64][]dataset.Origin{}
	for key, n := range counts {
		if n > 1 {
			k.origins[key] = nil
		}
	}
	if len(k.origins) > 0 {
		for b, err := range w.d.Batches(0) {
			if err != nil {
				return nil, err
			}
			for i := range b.Len() {
				if key, ok := k.key(b, i); ok && counts[key] > 1 && len(k.origins[key]) < rowsEach {
					k.origins[key] = append(k.origins[key], b.Origin(i))
				}
			}
		}
	}
	return []looker{k}, nil
}

type sameness struct {
	items   []string
	origins map[uint64][]dataset.Origin // of organisations that answered more than once
}

// key returns what stands for the organisation, if all its items are answered.
func (k sameness) key(b *dataset.Batch, i int) (uint64, bool) {
	var parts []string
	for _, name := range k.items {
		c := b.Column(name)
		if c.Reasons[i] != survey.Answered {
			return 0, false
		}
		text := b.Form(i, name)
		if c.Item.Type == survey.OpenText || c.Item.Type == survey.Calculated {
			text = spelling.Fold(text)
		}
		if text == "" {
			return 0, false
		}
		parts = append(parts, text)
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return binary.LittleEndian.Uint64(sum[:]), true
}

func (k sameness) look(s *sheet) {
	n := int64(0)
	for i := range s.b.Len() {
		key, ok := k.key(s.b, i)
		if !ok {
			continue
		}
		n++
		if origins := k.origins[key]; origins != nil {
			s.tell(i, remark{check: SameOrganisation, on: k.items[0], issue: "same organisation",
				comment: "The same organisation, by " + strings.Join(k.items, ", ") + ", answered in the rows " + rowList(origins) + "."})
		}
	}
	s.looked(SameOrganisation, "", n)
}

// rowList names rows, and their files where there are several.
func rowList(origins []dataset.Origin) string {
	var out []string
	for _, o := range origins {
		row := strconv.FormatInt(o.Row, 10)
		if o.File != origins[0].File {
			row += " (file " + strconv.Itoa(o.File+1) + ")"
		}
		out = append(out, row)
	}
	return strings.Join(out, ", ")
}

// rowBeside names the row of a response beside another.
func rowBeside(own, other dataset.Origin) string {
	row := strconv.FormatInt(other.Row, 10)
	if other.File != own.File {
		row += " (file " + strconv.Itoa(other.File+1) + ")"
	}
	return row
}
