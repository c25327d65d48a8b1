// Package pipeline turns collected experiences into a protected report: it
// runs every stage in the order in which the answers pass through them. Run is
// that order on one page; step is the one helper that times a stage, gathers
// its findings and writes its line in the manifest. No stage knows of runs.
package pipeline
