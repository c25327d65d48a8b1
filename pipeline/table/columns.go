package table

// The columns of a plan sheet. The first of them, and those of ratios, are what
// users of R's analysistools write; the others are the project's own.
const (
	columnType  = "analysis_type"
	columnItem  = "analysis_var"
	columnGroup = "group_var"
	columnLevel = "level"

	columnNumerator   = "analysis_var_numerator"
	columnDenominator = "analysis_var_denominator"
	columnNAToZero    = "numerator_NA_to_0"
	columnDropZero    = "filter_denominator_0"

	columnWith    = "with"
	columnValues  = "values"
	columnAgainst = "against"
	columnProb    = "prob"
	columnBase    = "base"
	columnMethod  = "method"
	columnAdjust  = "adjust"
	columnClasses = "classes"
)

// SheetColumns are the names of the columns of a plan sheet, in the order in
// which they are written. Capital letters do not matter.
var SheetColumns = [...]string{
	columnType, columnItem, columnGroup, columnLevel,
	columnNumerator, columnDenominator, columnNAToZero, columnDropZero,
	columnWith, columnValues, columnAgainst, columnProb, columnBase, columnMethod, columnAdjust, columnClasses,
}

// ours is where the project's own columns begin.
const ours = 8

// compatible are the analyses that analysistools has.
var compatible = [...]Analysis{PropSelectOne, PropSelectMultiple, Mean, Median, Ratio}
