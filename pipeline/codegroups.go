package pipeline

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/agreement"
	"github.com/soundings-survey/soundings/pipeline/agreement/codings"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// allCodings are the codings of all files, one after the other.
type allCodings struct {
	codings.List
	files []string
	ends  []int // of each file, in the list
}

// readAllCodings reads the files. Of several each is that of one coder, who is
// called as the file is.
func readAllCodings(q AgreementRequest) (allCodings, []finding.Finding, error) {
	out := allCodings{files: q.Files}
	var findings []finding.Finding
	for _, file := range q.Files {
		columns := q.Columns
		if len(q.Files) > 1 {
			columns.Coder, columns.Name = "", strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		}
		list, found, err := readCodings(q, file, columns)
		findings = append(findings, found...)
		if err != nil {
			return out, findings, err
		}
		switch q.Paths {
		case WithParents:
			list = list.WithParents()
		case TopAlone:
			list = list.Top()
		}
		out.Codings, out.Rows, out.By = append(out.Codings, list.Codings...), append(out.Rows, list.Rows...), append(out.By, list.By...)
		out.ends = append(out.ends, len(out.Codings))
	}
	return out, findings, nil
}

// fileOf returns the file of a coding.
func (a allCodings) fileOf(at int) string {
	for i, end := range a.ends {
		if at < end {
			return a.files[i]
		}
	}
	return a.files[len(a.files)-1]
}

// group is a part of the units.
type group struct {
	name  string
	holds func(unit string) bool
}

// groups returns the parts into which a column divides the units, in the order
// of their names. A unit belongs where its first row says.
func (a allCodings) groups() []group {
	if len(a.By) == 0 {
		return nil
	}
	of := map[string]string{}
	var names []string
	for i, c := range a.Codings {
		if _, known := of[c.Unit]; !known {
			of[c.Unit] = a.By[i]
			names = append(names, a.By[i])
		}
	}
	slices.Sort(names)
	var out []group
	for _, name := range slices.Compact(names) {
		out = append(out, group{name, func(unit string) bool { return of[unit] == name }})
	}
	return out
}

// inGroup marks figures as those of a group.
func inGroup(name string, figures []agreement.Figure) []agreement.Figure {
	if name == "" {
		name = "(empty)"
	}
	for i := range figures {
		figures[i].Group = name
	}
	return figures
}
