package recommend

// Issue is the id of an issue of UPR Info's list of 2014.
type Issue string
