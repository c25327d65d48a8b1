package expr

import (
	"fmt"
	"strconv"
	"strings"
)

// The nodes of a parsed expression.
type (
	node    interface{}
	literal struct{ v Value }
	item    struct{ name string }
	self    struct{}
	unary   struct{ x node }
	binary  struct {
		op   string
		a, b node
	}
	call struct {
		f    *function
		args []node
	}
)

type parser struct {
	tokens []token
	at     int
	depth  int
	items  []string
	self   bool
	nested bool
}

// deepest is how deep an expression may be nested.
const deepest = 200

// precedence of the operators, loosest first.
var precedence = map[string]int{
	"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6,
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != tEnd {
		p.at++
	}
	return t
}

func (p *parser) unexpected(t token) error {
	if t.kind == tEnd {
		return &SyntaxError{t.at, "the expression ends too early", "complete it"}
	}
	switch upper := strings.ToUpper(t.text); {
	case t.kind == tName && (upper == "AND" || upper == "OR" || upper == "DIV" || upper == "MOD"):
		return &SyntaxError{t.at, "operators are written in small letters", "write " + strings.ToLower(t.text)}
	case t.text == "/":
		return &SyntaxError{t.at, "paths between groups are not read", "refer to an item as ${name}; divide with div"}
	}
	return &SyntaxError{t.at, fmt.Sprintf("%q is not expected here", t.text), "check brackets and operators"}
}

// expression parses operators that bind at least as tightly as least.
func (p *parser) expression(least int) (node, error) {
	if p.depth++; p.depth > deepest {
		return nil, &SyntaxError{p.peek().at, "the expression is nested too deeply", "split it into calculated items"}
	}
	defer func() { p.depth-- }()
	a, err := p.operand()
	if err != nil {
		return nil, err
	}
	for {
		t := p.peek()
		bind, is := precedence[t.text]
		if !is || t.kind != tSign && t.kind != tName || bind < least {
			return a, nil
		}
		p.next()
		b, err := p.expression(bind + 1)
		if err != nil {
			return nil, err
		}
		a = binary{t.text, a, b}
	}
}

func (p *parser) operand() (node, error) {
	t := p.next()
	switch {
	case t.kind == tNumber:
		n, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			return nil, &SyntaxError{t.at, "this is not a number", ""}
		}
		return literal{Number(n)}, nil
	case t.kind == tText:
		return literal{Text(t.text)}, nil
	case t.kind == tItem:
		p.items = append(p.items, t.text)
		return item{t.text}, nil
	case t.kind == tName && p.peek().text == "(" && p.peek().kind == tSign:
		return p.call(t)
	case t.text == "-" && t.kind == tSign:
		// XPath's unary minus binds more tightly than any binary operator.
		if p.depth++; p.depth > deepest {
			return nil, &SyntaxError{t.at, "the expression is nested too deeply", "split it into calculated items"}
		}
		defer func() { p.depth-- }()
		x, err := p.operand()
		return unary{x}, err
	case t.text == "(" && t.kind == tSign:
		x, err := p.expression(0)
		if err != nil {
			return nil, err
		}
		if c := p.next(); c.text != ")" || c.kind != tSign {
			return nil, &SyntaxError{c.at, "a bracket is not closed", "add )"}
		}
		return x, nil
	case t.text == "." && t.kind == tSign:
		p.self = true
		return self{}, nil
	case t.text == ".." && t.kind == tSign:
		return nil, &SyntaxError{t.at, "\"..\" stands only inside position(..)", "refer to an item as ${name}"}
	case t.kind == tName && precedence[strings.ToLower(t.text)] == 0:
		return nil, &SyntaxError{t.at, fmt.Sprintf("%q is neither an item nor a text", t.text), "write ${" + t.text + "} for an item, '" + t.text + "' for a text"}
	default:
		return nil, p.unexpected(t)
	}
}

func (p *parser) call(name token) (node, error) {
	p.next() // the bracket
	if why, is := refused[name.text]; is {
		return nil, &UnknownFunctionError{Name: name.text, Offset: name.at, Why: why}
	}
	f, ok := functions[name.text]
	if !ok {
		return nil, &UnknownFunctionError{Name: name.text, Offset: name.at}
	}
	p.nested = p.nested || f.nested
	if name.text == "position" && p.peek().text == ".." {
		p.next()
	}
	var args []node
	for p.peek().text != ")" || p.peek().kind != tSign {
		if len(args) > 0 {
			if c := p.next(); c.text != "," || c.kind != tSign {
				return nil, p.unexpected(c)
			}
		}
		arg, err := p.expression(0)
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
	}
	p.next()
	if len(args) < f.least || f.most >= 0 && len(args) > f.most {
		return nil, &SyntaxError{name.at, fmt.Sprintf("%s() is given %d arguments", name.text, len(args)), "it takes " + f.takes()}
	}
	if f.check != nil {
		if err := f.check(args); err != nil {
			return nil, &SyntaxError{name.at, err.Error(), "correct the argument of " + name.text + "()"}
		}
	}
	return call{f, args}, nil
}
