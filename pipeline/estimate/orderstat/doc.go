// Package orderstat finds quantiles of weighted numbers exactly, however many
// there are: a Histogram gathers them in bounded room, Steps are what it knows
// of their distribution, and a bucket that hides a quantile is looked into in a
// further pass over the numbers.
//
// Rules say what a quantile is (Hyndman and Fan 1996, with weights as in R's
// survey package). Some depend on the order of equal numbers: it is that of
// their ids, so that the order in which they come does not matter.
package orderstat
