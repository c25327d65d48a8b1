package pipeline

import (
	"io"
	"path/filepath"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// ledgerFile is the disclosure ledger of a run, in its restricted folder.
const ledgerFile = "ledger.json"

// writeLedger writes what pens have written, with what else is known of the
// variables.
func (r *run) writeLedger(asked *survey.Survey, safe *protect.Safe) error {
	now := ledger.Run{Respondents: r.account.Analysed}
	if r.staging != nil { // a check has no number
		now.Run = r.staging.Number
	}
	links := r.config.links(asked)
	return writeFile(filepath.Join(r.private, ledgerFile), func(w io.Writer) error {
		return safe.WriteLedger(w, now, nil, links)
	})
}
