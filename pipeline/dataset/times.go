package dataset

import (
	"time"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// FormatTime writes a stored date, time of day or moment as ISO 8601.
func FormatTime(t survey.Type, v int64) string {
	switch t {
	case survey.Date:
		return time.Unix(v*24*60*60, 0).UTC().Format(time.DateOnly)
	case survey.Time:
		return time.UnixMicro(v).UTC().Format("15:04:05.999999")
	default:
		return time.UnixMicro(v).UTC().Format("2006-01-02T15:04:05.999999Z")
	}
}
