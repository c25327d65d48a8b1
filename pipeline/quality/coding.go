package quality

// Coding is what is known of how open answers were coded, and of how rules err.
// Like an Account it is exact, and reaches a report through protect alone.
type Coding struct {
	Read    Coded // answers that rules have read
	Looked  Coded // of them, those that people coded
	Sampled Coded // of these, those drawn at random, by which rules are judged
	Twice   Coded // those that two people or more coded
	Coders  int
	Items   []string // the items of codes: of each open item, then of all

	Agreement []CodingAgreement
	Languages []CodingLanguage // groups of languages, together all answers
	Codes     []CodingCode     // in the order of the codebook
}

// Coded counts answers, and the respondents who gave them.
type Coded struct{ Answers, Respondents int64 }

// CodingFigure is a measure with its interval; NaN where there is none.
type CodingFigure struct{ Value, Lo, Hi float64 }

// CodingAgreement is a measure of how far coders agree on all codes together.
type CodingAgreement struct {
	Statistic string // one of Statistics
	Group     int    // of languages, counted from 1; 0: all
	Rests     Coded  // on these answers
	CodingFigure
}

// The measures of agreement.
const (
	AlphaOfSets     = "alpha_sets"   // Krippendorff's alpha of whole sets of codes, with the distance MASI
	AlphaOfCodes    = "alpha_codes"  // of decisions on codes
	CohenKappa      = "cohen_kappa"  // of two coders
	FleissKappa     = "fleiss_kappa" // of more
	GwetAC1         = "gwet_ac1"
	ShareOfDecision = "percent_decisions" // of decisions on codes that are alike
	ShareOfSets     = "percent_sets"      // of sets of codes that are equal
)

// Statistics lists the measures in the order in which they are told.
var Statistics = [...]string{AlphaOfSets, AlphaOfCodes, CohenKappa, FleissKappa, GwetAC1, ShareOfDecision, ShareOfSets}

// CodingLanguage is how well rules do in one or several languages, over all
// codes.
type CodingLanguage struct {
	Languages   []string // codes of languages, "" for answers of which it is not known
	Read        Coded
	Sampled     Coded
	ByPeople    float64 // codes that people gave in the sample, each answer and code once
	ByRule      float64 // that rules gave there
	Sensitivity CodingFigure
	Precision   CodingFigure
}

// CodingCode is how well rules do with one code.
type CodingCode struct {
	Code        string
	Sensitive   bool
	All         CodingShare   // in all languages
	Languages   []CodingShare // in each group, as they stand in the Coding
	Sensitivity CodingFigure
	Precision   CodingFigure
	ByPeople    Coded   // sampled answers that people gave the code
	ByRule      Coded   // that rules gave it
	Alpha       float64 // Krippendorff's, of decisions on the code; NaN where it is undefined
}

// CodingShare is how many answers have a code.
type CodingShare struct {
	ByRule    Coded   // answers to which rules gave it
	AtMost    int64   // respondents behind ByRule, where only a range is known; 0: as many as it says
	Parts     []int64 // the same respondents, by open item
	Sampled   Coded   // sampled answers
	ByPeople  Coded   // of them, those to which people gave it
	Share     float64 // by rules; NaN without answers
	Corrected CodingFigure
}
