package report

// Prose is text that knows of each published number in it which figure it is.
type Prose struct {
	Text    string
	Numbers []Mention // in the order of the text, not overlapping
}

// Mention is a number in a text: the bytes from Start to End are the figure of
// a key, or its interval. Keys are those of the ledger; of results, those of the
// results file.
type Mention struct {
	Start, End int
	Key        string
}

// Span is a piece of a text: a number with the key of its figure, or words.
type Span struct{ Text, Key string }

// Plain returns text in which no figure is.
func Plain(text string) Prose { return Prose{Text: text} }

// String returns the text.
func (p Prose) String() string { return p.Text }

// Spans returns the text in pieces, numbers apart from words.
func (p Prose) Spans() []Span {
	var out []Span
	at := 0
	for _, m := range p.Numbers {
		if m.Start > at {
			out = append(out, Span{Text: p.Text[at:m.Start]})
		}
		out = append(out, Span{Text: p.Text[m.Start:m.End], Key: m.Key})
		at = m.End
	}
	if at < len(p.Text) {
		out = append(out, Span{Text: p.Text[at:]})
	}
	return out
}

// Kind is what a value is, for formats that have numbers of their own.
type Kind uint8

// Kinds of values. None is no number: text, or a withheld figure.
const (
	None Kind = iota
	Count
	Share   // a proportion, shown per cent
	Decimal // any other number
)

// Value is a published figure as a number, rounded as it is shown: what a
// workbook calculates with. The zero Value is none.
type Value struct {
	Kind     Kind
	Number   float64
	Decimals int    // as shown; of a share those of its percentage
	Mark     string // stands behind it, where there is one: of an earlier report, of a low base
	Key      string // of the figure, as in the ledger; also of a withheld one
}
