package draft

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// leaveOut takes out what is no part of a form: columns that a collecting tool
// adds to its exports, columns without a title, and columns titled twice.
func (d *drafter) leaveOut() {
	seen := map[string]bool{}
	var added int64
	var first *profile
	for _, p := range d.columns {
		switch {
		case p.title == "" && p.answered == 0:
			p.use = leftOut
		case p.title == "":
			p.use = leftOut
			d.note("untitled-column", finding.Warning, p, 1, fmt.Sprintf("Column %d has answers and no title; it is not in the draft.", p.index+1), "Give the column a title in the first row.")
		case seen[p.title]:
			p.use = leftOut
			d.note("duplicate-header", finding.Warning, p, 1, "The title is used twice; only the first such column is in the draft.", "Give each column a title of its own.")
		case system(p.title) || d.coordinate(p.title):
			p.use = leftOut
			if added++; first == nil {
				first = p
			}
		}
		seen[p.title] = true
	}
	if added > 0 {
		d.note("system-columns", finding.Note, first, 0, fmt.Sprintf("Columns that the collecting tool adds are left out of the draft: %d.", added), "Nothing to do: they are recognised when the answers are read.")
	}
}

// coordinate reports whether a column repeats a part of a geopoint: such as
// _where_latitude beside the column where, or where-Latitude.
func (d *drafter) coordinate(title string) bool {
	for _, end := range []string{"_latitude", "_longitude", "_altitude", "_precision", "-Latitude", "-Longitude", "-Altitude", "-Accuracy"} {
		if of, ok := strings.CutSuffix(title, end); ok {
			of = strings.TrimPrefix(of, "_")
			for _, p := range d.columns {
				if p.points > 0 && (p.title == of || strings.HasSuffix(p.title, "/"+of) || strings.HasSuffix(p.title, "."+of)) {
					return true
				}
			}
		}
	}
	return false
}

// system reports whether a collecting tool adds a column of that title.
func system(title string) bool {
	if strings.HasPrefix(title, "X_") { // as R writes _
		title = title[1:]
	}
	switch strings.TrimPrefix(title, "_") {
	case "id", "uuid", "submission_time", "validation_status", "notes", "status", "submitted_by", "_version__", "tags", "index", "parent_table_name", "parent_index", "xform_id_string", "attachments", "geolocation", "bamboo_dataset_id", "duration", "media_count", "total_media", "media_all_received":
		return strings.HasPrefix(title, "_")
	}
	switch title {
	case "KEY", "PARENT_KEY", "SubmissionDate", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion",
		"meta/instanceID", "meta-instanceID", "meta.instanceID", "instanceID", "meta/instanceName", "meta-instanceName", "formhub/uuid", "meta/rootUuid", "meta/deprecatedID", "_submission__id", "_submission__uuid",
		"submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr", "refurl":
		return true
	}
	return strings.HasPrefix(title, "_submission__")
}

var segment = regexp.MustCompile(`^[\pL_][\pL\pM\pN_.\-]*$`)

// findGroups finds the paths of groups in titles such as org/region: those
// that two columns or more share.
func (d *drafter) findGroups() {
	shared := map[string]int{}
	for _, p := range d.columns {
		if p.use == leftOut {
			continue
		}
		for i, c := range p.title {
			if c == '/' && validPath(p.title[:i]) {
				shared[p.title[:i]]++
			}
		}
	}
	d.groups = map[string]bool{}
	titles := map[string]bool{}
	for _, p := range d.columns {
		titles[p.title] = true
	}
	for path, columns := range shared {
		d.groups[path] = columns > 1 && !titles[path]
	}
	for _, p := range d.columns {
		if i := strings.LastIndex(p.title, "/"); i > 0 && d.groups[p.title[:i]] && validPath(p.title) {
			p.path, p.short = p.title[:i], p.title[i+1:]
		}
	}
}

func validPath(path string) bool {
	parts := strings.Split(path, "/")
	for _, part := range parts {
		if !segment.MatchString(part) {
			return false
		}
	}
	return len(parts) <= 10
}
