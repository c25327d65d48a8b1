package expr

import "slices"

// Expr is a parsed expression. It is immutable and safe for concurrent use.
type Expr struct {
	source string
	root   node
	items  []string // sorted, each once
	plain  []string // those that stand for one answer, in the order of the expression
	groups []string // those that stand for the answers of a repeat, sorted
	self   bool
	nested bool
	clock  bool
	placed bool
	once   bool
}

// Parse reads an expression. Its errors are *SyntaxError and
// *UnknownFunctionError.
func Parse(source string) (*Expr, error) {
	p := parser{tokens: scan(source)}
	root, err := p.expression(0)
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != tEnd {
		return nil, p.unexpected(t)
	}
	e := &Expr{source: source, root: root, self: p.self, nested: p.nested}
	walk(root, e)
	slices.Sort(e.groups)
	e.groups = slices.Compact(e.groups)
	e.items = slices.Concat(e.plain, e.groups)
	slices.Sort(e.items)
	e.items = slices.Compact(e.items)
	return e, nil
}

// String returns the source of the expression.
func (e *Expr) String() string { return e.source }

// Items returns the names in ${...}, sorted, each once. They name items, and
// repeats where count() or indexed-repeat() is given one.
func (e *Expr) Items() []string { return slices.Clone(e.items) }

// Plain returns the names that stand for one answer of the response, each once,
// in the order of the expression.
func (e *Expr) Plain() []string { return slices.Clone(e.plain) }

// Groups returns the names that stand for all answers in a repeat, as in
// sum(${hours}), or for a repeat, as in count(${visits}), sorted, each once.
func (e *Expr) Groups() []string { return slices.Clone(e.groups) }

// UsesClock reports whether it asks for the day or the time.
func (e *Expr) UsesClock() bool { return e.clock }

// UsesPosition reports whether it asks for the place of the response in its
// repeat.
func (e *Expr) UsesPosition() bool { return e.placed }

// UsesOnce reports whether a part of it was worked out once on the device and
// kept: no change of other answers makes another value of that part.
func (e *Expr) UsesOnce() bool { return e.once }

// Kept reports whether the expression as a whole was worked out once and kept.
func (e *Expr) Kept() bool {
	c, is := e.root.(call)
	return is && c.name == "once"
}

// UsesSelf reports whether it refers, as ".", to the answer it stands beside.
func (e *Expr) UsesSelf() bool { return e.self }

// NeedsNested reports whether it looks at the responses of a repeat, so that
// its Env should be a Nested too.
func (e *Expr) NeedsNested() bool { return e.nested }

// Bind gives each name its slot. Names that slot does not know are all listed
// in an *UnknownItemError.
func (e *Expr) Bind(slot func(name string) (int, bool)) (*Bound, error) {
	slots := make(map[string]int, len(e.items))
	var unknown []string
	for _, name := range e.items {
		at, ok := slot(name)
		if !ok {
			unknown = append(unknown, name)
			continue
		}
		slots[name] = at
	}
	if len(unknown) > 0 {
		return nil, &UnknownItemError{Names: unknown}
	}
	c := compiler{slots}.compile(e.root)
	return &Bound{Expr: e, slots: slots, value: c.asValue(), truth: c.asTruth()}, nil
}

// Bound is an expression whose items have slots. It is safe for concurrent use
// as far as the Envs given to it are.
type Bound struct {
	*Expr
	slots map[string]int
	value func(Env) Value
	truth func(Env) bool
}

// Eval returns the value of the expression for a response.
func (b *Bound) Eval(env Env) Value { return b.value(env) }

// True reports whether the expression holds for a response.
func (b *Bound) True(env Env) bool { return b.truth(env) }
