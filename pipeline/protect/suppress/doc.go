// Package suppress withholds counts so that those withheld cannot be worked out
// from those that are shown.
//
// A System holds counts of respondents, its cells, and equations between them:
// choices add up to bases, groups to everybody. Some cells are withheld for what
// they say themselves. Hide withholds others until every withheld cell could,
// for all that is shown, be any number of a range that is wide enough.
//
// A range is proved by worlds: other counts, none negative, that fulfil every
// equation and leave all that is shown as it is. The true counts are one such
// world, so the search begins there and never needs to find a first one. What it
// finds is checked again by adding up, and must be of whole numbers, as counts are;
// what cannot be proved counts as leaked.
// Besides, elimination in exact arithmetic (modulo a large prime) finds what
// follows from the equations alone, without any floating point.
//
// Source of the approach: Fischetti and Salazar, Solving the cell suppression
// problem on tabular data with linear constraints, Management Science 47 (2001);
// Kelly, Golden and Assad, Cell suppression, Networks 22 (1992), for covering by
// least-cost moves.
package suppress
