package clean

import (
	"cmp"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// corrections are what the lines of analysts' logs say, by the response they
// are about. They are held in memory; what they are about is not.
type corrections struct {
	dataset *dataset.Dataset
	unbound bool

	rows     map[rowKey]map[string]*correction // by item
	all      []map[string][]*correction        // for every row of a level, by item; one for each old value
	spoken   map[string]bool                   // identifiers that lines name
	removals map[string]*cleaninglog.Line      // by identifier of the response
	added    []*variable
	removed  map[string]*cleaninglog.Line // items taken out
	levels   map[int]bool                 // levels below the respondents of which lines speak
	places   map[int]map[dataset.Origin]rowKey

	counts   LogCounts
	findings []finding.Finding
}

// rowKey names a row: of a response, or of a repeat within one.
type rowKey struct {
	level int
	uuid  string
	index int64 // from 1 in a repeat; 0 for the response itself
}

// correction is what lines say of one answer.
type correction struct {
	item   *survey.Item
	list   *survey.ChoiceList
	whole  *setting  // the answer as a whole; nil where none says
	parts  []setting // single choices of a select_multiple
	moved  []setting // choices that a text beside "other" became
	recode []*cleaninglog.Line
	old    string // the value that lines about all responses change
}

// setting is what one line makes of an answer or of a choice in it.
type setting struct {
	line   *cleaninglog.Line
	blank  bool
	answer answer // the whole
	code   int32  // or the choice
	on     bool
}

// newCorrections binds the lines to the items of the dataset.
func newCorrections(d *dataset.Dataset, cfg Config) *corrections {
	c := &corrections{
		dataset: d, unbound: cfg.Unbound, rows: map[rowKey]map[string]*correction{}, removals: map[string]*cleaninglog.Line{},
		all: make([]map[string][]*correction, len(d.Levels)), removed: map[string]*cleaninglog.Line{}, levels: map[int]bool{}, places: map[int]map[dataset.Origin]rowKey{},
	}
	lines := slices.Clone(cfg.Lines)
	slices.SortStableFunc(lines, func(a, b cleaninglog.Line) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row))
	})
	c.counts.Lines, c.spoken = int64(len(lines)), make(map[string]bool, len(lines))
	for _, l := range lines {
		c.spoken[l.UUID] = true
	}
	c.declare(lines)
	for i := range lines {
		c.bind(&lines[i])
	}
	c.contradictions()
	return c
}

// tell adds a finding about a line. Each is listed: logs are short.
func (c *corrections) tell(severity finding.Severity, l *cleaninglog.Line, kind, problem, remedy string) {
	place := l.Place()
	place.Item = l.Question
	if _, known := c.dataset.Survey.Item(l.Question); !known {
		place.Item = "" // it may be anything
	}
	c.findings = append(c.findings, finding.Finding{Stage: "clean", Kind: kind, Severity: severity, Place: place, Problem: problem, Remedy: remedy, Count: 1})
}

func (c *corrections) refuse(l *cleaninglog.Line, kind, problem, remedy string) {
	c.tell(finding.Refusal, l, kind, problem, remedy)
}

// bind finds out what a line is about.
func (c *corrections) bind(l *cleaninglog.Line) {
	switch l.Type {
	case "":
		c.counts.Undecided++
		return
	case cleaninglog.NoAction:
		c.counts.NoAction++
		return
	case cleaninglog.RemoveSurvey:
		if _, twice := c.removals[l.UUID]; twice {
			c.counts.Applied++
			return // said before; once is enough
		}
		c.removals[l.UUID] = l
		return
	case cleaninglog.VariableRemoved:
		c.takeOut(l)
		return
	}
	if v := c.variable(l.Question); v != nil {
		c.give(v, l)
		return
	}
	if l.Type == cleaninglog.VariableAdded {
		return // what is wrong with it has been said
	}
	item, choice, ok := c.question(l.Question)
	switch {
	case !ok:
		c.refuse(l, "log-unknown-item", "The line is about an item that the form does not have.", c.near(l.Question))
		return
	case item.Role == survey.Identifying || !item.Type.HasAnswer():
		c.tell(finding.Warning, l, "log-no-effect", "The line is about an item that is set aside when answers are read: it changes nothing.", "Take the line out, or write no_action.")
		c.counts.NoEffect++
		return
	case !c.dataset.Levels[item.Level].Layout.Has(item.Name):
		c.refuse(l, "log-absent-item", "The line changes an answer to an item of which the answers hold no column.", "Take the line out, or write no_action.")
		return
	case l.Level != "" && !c.isLevel(item.Level, l.Level):
		c.refuse(l, "log-level", "The item is not asked where the line says.", "Correct the level, or leave it empty.")
		return
	case item.Level > 0 && l.Index == 0 && l.UUID != cleaninglog.Everybody:
		c.refuse(l, "log-no-index", "The item is asked in a repeat, and the line does not say in which row of it.", "Fill in the index: which row of the repeat it is within its response, counted from 1.")
		return
	}
	c.levels[item.Level] = true
	c.settle(l, item, choice)
}

// speaksOf reports whether lines are about a response.
func (c *corrections) speaksOf(uuid string) bool { return uuid != "" && c.spoken[uuid] }

// isLevel reports whether a level has a name: its own, or that of its group.
func (c *corrections) isLevel(level int, name string) bool {
	at := c.dataset.Survey.Levels[level]
	return strings.EqualFold(at.Name, name) || strings.EqualFold(at.Path, name)
}

// settle binds the new value of a line to its item.
func (c *corrections) settle(l *cleaninglog.Line, item *survey.Item, choice int32) {
	list := c.listOf(item)
	if l.Type == cleaninglog.RecodeOther {
		c.recode(l, item, choice)
		return
	}
	if choice >= 0 {
		on, ok := truth(l.New)
		if l.Type == cleaninglog.BlankResponse {
			on, ok = false, true
		}
		if !ok {
			c.refuse(l, "log-new-value", "The line is about one choice, and its new value is neither TRUE nor FALSE.", "Write TRUE or 1 where the choice was made, FALSE or 0 where it was not.")
			return
		}
		if to := c.of(l, item); to != nil {
			to.parts = append(to.parts, setting{line: l, code: choice, on: on})
		}
		return
	}
	s := setting{line: l, blank: l.Type == cleaninglog.BlankResponse, answer: missing(survey.NotAnswered)}
	if !s.blank {
		var ok bool
		if s.answer, ok = readAs(item, list, l.New); !ok {
			c.refuse(l, "log-new-value", "The new value does not fit the item, which takes "+takes(item)+".", "Correct the new value; to set the answer to missing, write blank_response.")
			return
		}
	}
	to := c.of(l, item)
	switch {
	case to == nil:
	case to.whole == nil:
		to.whole = &s
	case to.whole.blank != s.blank || !alike(item.Type, to.whole.answer, s.answer):
		c.contradict(to.whole.line, l)
	default:
		c.counts.Applied++ // says the same
	}
}

func (c *corrections) contradict(a, b *cleaninglog.Line) {
	c.refuse(b, "log-contradiction", "The line makes something else of an answer than "+a.Place().String()+" does.", "Keep one of the two, or write no_action on the other.")
}

// takes says what an item takes, in words.
func takes(item *survey.Item) string {
	switch item.Type {
	case survey.SelectOne:
		return "one of its choices"
	case survey.SelectMultiple, survey.Rank:
		return "several of its choices, with blanks between them"
	case survey.Integer:
		return "a whole number"
	case survey.Decimal:
		return "a number with a decimal point"
	case survey.Date:
		return "a date such as 2027-12-31"
	case survey.Time:
		return "a time such as 10:30"
	case survey.DateTime:
		return "a moment such as 2027-12-31T10:30:00Z"
	}
	return "a text"
}

// of returns what is said of the answer that a line is about.
func (c *corrections) of(l *cleaninglog.Line, item *survey.Item) *correction {
	if l.UUID == cleaninglog.Everybody {
		return c.ofAll(l, item)
	}
	key := rowKey{level: item.Level, uuid: l.UUID}
	if item.Level > 0 {
		key.index = l.Index
	}
	if c.rows[key] == nil {
		c.rows[key] = map[string]*correction{}
	}
	if c.rows[key][item.Name] == nil {
		c.rows[key][item.Name] = &correction{item: item, list: c.listOf(item)}
	}
	return c.rows[key][item.Name]
}

// ofAll returns what is said of every answer with the old value of a line.
func (c *corrections) ofAll(l *cleaninglog.Line, item *survey.Item) *correction {
	if noValue(l.Old) {
		c.refuse(l, "log-all-without-old", "The line is about all responses and does not say which answer is to be changed.", "Fill in the old value: every response that has it is changed.")
		return nil
	}
	if c.all[item.Level] == nil {
		c.all[item.Level] = map[string][]*correction{}
	}
	for _, to := range c.all[item.Level][item.Name] {
		if to.old == last(l.Old, tidy(l.Old)) {
			return to
		}
	}
	to := &correction{item: item, list: c.listOf(item), old: last(l.Old, tidy(l.Old))}
	c.all[item.Level][item.Name] = append(c.all[item.Level][item.Name], to)
	return to
}

func (c *corrections) listOf(item *survey.Item) *survey.ChoiceList {
	if !item.Type.HasChoices() {
		return nil
	}
	return c.dataset.Survey.List(item.List)
}

// contradictions refuses answers of which the whole and single choices say
// different things.
func (c *corrections) contradictions() {
	for _, items := range c.rows {
		for _, to := range items {
			c.agree(to)
		}
	}
	for _, items := range c.all {
		for _, each := range items {
			for _, to := range each {
				c.agree(to)
			}
		}
	}
	finding.Sort(c.findings)
}

func (c *corrections) agree(to *correction) {
	for i, p := range to.parts {
		for _, q := range to.parts[:i] {
			if q.code == p.code && q.on != p.on {
				c.contradict(q.line, p.line)
			}
		}
		if to.whole != nil && slices.Contains(to.whole.answer.Set, p.code) != p.on {
			c.contradict(to.whole.line, p.line)
		}
	}
	for i, m := range to.moved {
		for _, n := range to.moved[:i] {
			if to.item.Type == survey.SelectOne && n.code != m.code {
				c.contradict(n.line, m.line)
			}
		}
		if to.whole != nil && (to.whole.blank || to.item.Type == survey.SelectOne && to.whole.answer.Code != m.code || to.item.Type == survey.SelectMultiple && !slices.Contains(to.whole.answer.Set, m.code)) {
			c.contradict(to.whole.line, m.line)
		}
		for _, p := range to.parts {
			if p.code == m.code && !p.on {
				c.contradict(p.line, m.line)
			}
		}
	}
}

// near names the item that was probably meant.
func (c *corrections) near(question string) string {
	return spelling.DidYouMean(question, c.dataset.Survey.ItemNames(), "Correct the name of the item; a new item is declared by a line of the type variable_added for \"all\".")
}
