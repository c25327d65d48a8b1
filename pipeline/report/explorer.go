package report

// Explorer lets a reader choose a question and a group, and shows a chart and a
// table of them. All that it can show is in it, as published: whoever shows it
// works nothing out.
type Explorer struct {
	Before   string // id of the chapter it stands before
	Chapters []ExplorerChapter
	Words    ExplorerWords
}

// ExplorerWords are what a format needs besides the figures, in the report's
// language.
type ExplorerWords struct {
	Title, Intro        string
	Search, None        string // labels the search for questions; no question was found
	Item, Group         string // label the choices
	Without             string // said where the explorer cannot work
	Download            string // saves the table
	Link, Copied        string // copies the address of what is shown
	Base, Interval, All string
	RowHead, GroupHead  string
}

// ExplorerChapter is the questions of a chapter.
type ExplorerChapter struct {
	Title string
	Items []ExplorerItem
}

// ExplorerItem is a question with its views: that of all respondents, then one
// for each domain.
type ExplorerItem struct {
	Name  string // of the item, unique
	Label string
	Views []ExplorerView
}

// ExplorerView is the figures of a question, of all respondents or by the
// groups of a domain.
type ExplorerView struct {
	By      string // name of the item that makes the groups, "" for all respondents
	Group   string // its label
	Title   string
	Chart   string // names its chart for those who do not see it
	Measure string // what the figures are, and the wording of the question
	Value   string // heads the figures in a list
	Point   bool   // figures are places on a scale, not lengths from zero
	Low     string // the ends of the scale
	High    string
	Groups  []ExplorerGroup // the first is all respondents
	Rows    []ExplorerRow
	Notes   string
}

// ExplorerGroup is a group and how many of it answered.
type ExplorerGroup struct{ Label, Base string }

// ExplorerRow is an answer with a cell for each group.
type ExplorerRow struct {
	Label string
	Cells []ExplorerCell
}

// ExplorerCell is a figure as it is published. Where it is withheld its text is
// the mark, and it has no length and no interval.
type ExplorerCell struct {
	Text, Interval string
	Shown          bool
	At             float64 // where the figure stands on the scale, from 0 to 1
	Ranged         bool
	From, To       float64 // the ends of its interval, likewise
}
