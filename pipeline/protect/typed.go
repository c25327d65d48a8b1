package protect

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// TypedStat is a number that no answer was counted for: somebody typed it into a
// commentary.
const TypedStat Stat = "typed"

// Typed records a number that an analyst typed into an artifact by hand, such as
// "12.5", under a key that says where. It is no figure of the program's, and
// stands in the ledger as commentary, so that every number of an artifact can
// be found there.
func (p *Pen) Typed(key table.Key, number string) {
	_, fraction, _ := strings.Cut(number, ".")
	p.safe.write(written{artifact: p.artifact, key: key, as: "commentary", stat: TypedStat, value: number, decimals: len(fraction), status: Published})
}
