// Package attack tries to work out, from the ledgers of published runs alone,
// what a report withholds. It is a test tool: it shares no code with what
// withholds, and knows what a careful reader of all artifacts knows.
//
// How many respondents there are in each cell of a cross of variables is
// unknown, whole and not negative; each figure is a statement about sums of
// cells (statements.go). The statements on all tables and all runs are taken
// together, made smaller by what follows at once (system.go), and split into
// parts that have nothing to do with each other. In each part the least and the
// greatest value of a withheld cell is found: by trying all whole numbers where
// there are few (enumerate.go), else by linear programs (simplex.go), whose
// bounds are proved in rational numbers (prove.go).
//
// Bounds are never too narrow: what is left out of account (intervals, weighted
// shares, quantiles, tests; crosses of more variables than tables show, apart
// from triangles) can only make them wider.
package attack
