package expr

import "slices"

// Expr is a parsed expression. It is immutable and safe for concurrent use.
type Expr struct {
	source string
	root   node
	items  []string // sorted, each once
	self   bool
	nested bool
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
	slices.Sort(p.items)
	return &Expr{source: source, root: root, items: slices.Compact(p.items), self: p.self, nested: p.nested}, nil
}

// String returns the source of the expression.
func (e *Expr) String() string { return e.source }

// Items returns the names in ${...}, sorted, each once. They name items, and
// repeats where count() or indexed-repeat() is given one.
func (e *Expr) Items() []string { return slices.Clone(e.items) }

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
	return &Bound{Expr: e, value: c.asValue(), truth: c.asTruth()}, nil
}

// Bound is an expression whose items have slots. It is safe for concurrent use
// as far as the Envs given to it are.
type Bound struct {
	*Expr
	value func(Env) Value
	truth func(Env) bool
}

// Eval returns the value of the expression for a response.
func (b *Bound) Eval(env Env) Value { return b.value(env) }

// True reports whether the expression holds for a response.
func (b *Bound) True(env Env) bool { return b.truth(env) }
