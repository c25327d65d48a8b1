package pipeline

import (
	"io"
	"path/filepath"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// ledgerFile is the disclosure ledger of a run, in its restricted folder.
const ledgerFile = "ledger.json"

// writeLedger writes what the pens of an edition have written, with what else is
// known of the variables.
func (r *run) writeLedger(asked *survey.Survey, e *edition) error {
	now := ledger.Run{Respondents: r.account.Analysed}
	if r.staging != nil { // a check has no number
		now.Run = r.staging.Number
	}
	var earlier []ledger.Run
	for _, told := range r.earlier {
		if told.Audience == e.audience {
			earlier = append(earlier, ledger.Run{Run: told.Run, Respondents: told.Respondents})
		}
	}
	links := r.config.links(asked)
	return writeFile(filepath.Join(r.private, e.fileFor(ledgerFile)), func(w io.Writer) error {
		return e.safe.WriteLedger(w, now, earlier, links)
	})
}
