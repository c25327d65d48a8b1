package xlsform

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// kind is what a cell of the type column means.
type kind struct {
	step    step
	of      survey.Type
	list    string
	orOther bool
	refused string // why a known type cannot be read, "" when it can
}

// step says what a row does: it asks, or opens or closes a section.
type step int

const (
	unknownStep step = iota
	ask
	skip // a row without an answer and without meaning here
	beginGroup
	beginRepeat
	endGroup
	endRepeat
)

// parseType reads a cell of the type column. Case, doubled blanks and the
// difference of blank and underscore in the word itself do not count.
func parseType(cell string) kind {
	words := strings.Fields(cell)
	lower := strings.Fields(strings.ReplaceAll(strings.ToLower(cell), "_", " "))
	all := strings.Join(lower, " ")
	if k, ok := section(all); ok {
		return k
	}
	if of, ok := simpleType(all); ok {
		return kind{step: ask, of: of}
	}
	for _, form := range []struct {
		prefix string
		of     survey.Type
		why    string
	}{
		{"select one from file", survey.SelectOne, "takes its choices from another file"},
		{"select multiple from file", survey.SelectMultiple, "takes its choices from another file"},
		{"select one external", survey.SelectOne, "takes its choices from the external_choices sheet"},
		{"select one from", survey.SelectOne, ""},
		{"select one", survey.SelectOne, ""},
		{"select1", survey.SelectOne, ""},
		{"add select one prompt using", survey.SelectOne, ""},
		{"select all that apply from", survey.SelectMultiple, ""},
		{"select all that apply", survey.SelectMultiple, ""},
		{"add select multiple prompt using", survey.SelectMultiple, ""},
		{"select multiple from", survey.SelectMultiple, ""},
		{"select multiple", survey.SelectMultiple, ""},
		{"select", survey.SelectMultiple, ""},
		{"rank", survey.Rank, ""},
		{"odk:rank", survey.Rank, ""},
	} {
		rest, ok := cutWords(words, form.prefix)
		if !ok {
			continue
		}
		k := kind{step: ask, of: form.of, refused: form.why}
		k.list, k.orOther = cutOther(rest)
		if form.of == survey.SelectMultiple && form.prefix == "select" && k.list == "" {
			return kind{}
		}
		return k
	}
	return kind{}
}

// cutWords takes a prefix of several words off, whether its words are joined
// by blanks or underscores, and leaves the rest as it is written.
func cutWords(words []string, prefix string) (rest []string, ok bool) {
	want := strings.Fields(prefix)
	for i, word := range words {
		for _, part := range strings.Split(strings.ToLower(word), "_") {
			if len(want) == 0 || part != want[0] {
				return nil, false
			}
			want = want[1:]
		}
		if len(want) == 0 {
			return words[i+1:], true
		}
	}
	return nil, false
}

// cutOther takes "or_other" off the end of the name of a list.
func cutOther(words []string) (list string, orOther bool) {
	joined := strings.Join(words, " ")
	for _, tail := range []string{" or_other", " or other", " or specify other"} {
		if cut, ok := strings.CutSuffix(joined, tail); ok {
			return strings.TrimSpace(cut), true
		}
	}
	return joined, false
}

func section(all string) (kind, bool) {
	switch all {
	case "begin group", "begin lgroup", "begin score", "begin rank":
		return kind{step: beginGroup}, true
	case "end group", "end lgroup", "end score", "end rank":
		return kind{step: endGroup}, true
	case "begin repeat", "begin lrepeat", "begin looped group":
		return kind{step: beginRepeat}, true
	case "end repeat", "end lrepeat", "end looped group":
		return kind{step: endRepeat}, true
	case "score row", "rank level", acknowledge, "trigger":
		return kind{step: ask, of: survey.SelectOne}, true
	case "begin kobomatrix", "end kobomatrix":
		return kind{step: ask, refused: "is a matrix of the form builder"}, true
	case "xml-external", "csv-external", "geojson-external", "file-external":
		return kind{step: skip}, true
	}
	return kind{}, false
}

// simpleType returns the type of an item that has no list. The name
// "metadata" is ours: a column that a tool adds and that is no question.
func simpleType(all string) (survey.Type, bool) {
	switch all {
	case "integer", "int", "add integer prompt", "q int":
		return survey.Integer, true
	case "decimal", "double", "add decimal prompt", "q decimal", "range":
		return survey.Decimal, true
	case "text", "string", "barcode", "add text prompt", "q string", "q text":
		return survey.OpenText, true
	case "date", "q date", "add date prompt":
		return survey.Date, true
	case "time":
		return survey.Time, true
	case "datetime", "date time", "add date time prompt":
		return survey.DateTime, true
	case "note", "add note prompt":
		return survey.Note, true
	case "calculate", "calculation", "hidden", "hidden value", "add calculate prompt", "q calculate":
		return survey.Calculated, true
	case "geopoint", "geotrace", "geoshape", "gps", "location", "q geopoint", "q location", "q gps":
		return survey.GPS, true
	case "image", "photo", "picture", "audio", "video", "file", "q image", "q picture", "add image prompt", "add audio prompt", "add video prompt":
		return survey.Media, true
	case "start", "end", "today", "metadata", "start time", "end time", "get start time", "get end time", "get today", "start-geopoint", "background-audio", "background-geopoint", "audit":
		return survey.Metadata, true
	case "deviceid", "device id", "get device id", "imei", "phonenumber", "phone number", "get phone number", "username", "user name", "simserial", "sim id", "get sim id",
		"subscriberid", "subscriber id", "get subscriber id", "email", "uri:deviceid", "uri:username", "uri:email":
		return survey.Metadata, true
	}
	return "", false
}

// identifies reports whether a type of metadata points to a person or a place.
func identifies(cell string) bool {
	switch strings.ReplaceAll(strings.ToLower(cell), "_", " ") {
	case "start", "end", "today", "start time", "end time", "get start time", "get end time", "get today", "metadata":
		return false
	}
	return true
}

// admittedTypes is what the finding of an unknown type offers.
const admittedTypes = "select_one LIST, select_multiple LIST, rank LIST, integer, decimal, range, text, date, time, dateTime, calculate, note, acknowledge, begin_group, end_group, begin_repeat, end_repeat"
