package pipeline

import (
	"fmt"
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/vault"
)

// Identities says what becomes of columns that identify, and to whose keys the
// identity store is encrypted.
type Identities struct {
	Columns ingest.Fates `yaml:"columns"`
	Keys    []string     `yaml:"keys"`    // public keys of age
	Vouched []string     `yaml:"vouched"` // items, lists, groups, components whose texts may be published with identities in them
}

// Validate reports what is wrong with it by itself.
func (i Identities) Validate() []finding.Finding {
	out := i.Columns.Validate()
	_, wrong := vault.ParseKeys(i.Keys)
	for _, at := range wrong {
		out = append(out, finding.Finding{Kind: "identities-key", Severity: finding.Refusal, Place: finding.Place{Column: "identities.keys"},
			Problem: fmt.Sprintf("Entry %d of identities.keys is no public key of age.", at+1),
			Remedy:  "Write the line that begins with age1, as age-keygen shows it; never the secret key."})
	}
	return out
}

// Decision is what analysts decided in the config and answer for.
type Decision struct {
	Key   string `json:"key"`   // of the config
	Value string `json:"value"` // what it says
	Was   string `json:"was,omitempty"`
}

// decide enters the decisions of the config into the manifest, and notes one
// that is still open.
func (r *run) decide() []finding.Finding {
	columns := r.config.Identities.Columns
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		r.manifest.Decisions = append(r.manifest.Decisions, Decision{Key: "identities.columns." + name, Value: string(columns[name])})
	}
	for _, name := range slices.Sorted(slices.Values(r.config.Identities.Vouched)) {
		r.manifest.Decisions = append(r.manifest.Decisions, Decision{Key: "identities.vouched", Value: name})
	}
	return r.decideRetention()
}
