package expr

import (
	"fmt"
	"strconv"
	"strings"
)

// parser climbs the precedence of operators.
type parser struct {
	tokens []token
	at     int
	depth  int
	self   bool
	nested bool
}

// deepest is how deep an expression may be nested.
const deepest = 200

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if p.at+1 < len(p.tokens) {
		p.at++
	}
	return t
}

// deeper counts a level of nesting, which the caller gives back.
func (p *parser) deeper() error {
	if p.depth++; p.depth > deepest {
		return &SyntaxError{p.peek().at, "the expression is nested too deeply", "split it into calculated items"}
	}
	return nil
}

// expression parses operators that bind at least as tightly as least.
func (p *parser) expression(least int) (node, error) {
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	a, err := p.operand()
	if err != nil {
		return nil, err
	}
	for {
		t := p.peek()
		bind := precedence(t)
		if bind == 0 || bind < least {
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
			return nil, &SyntaxError{t.at, "a number is too large", "write a smaller one"}
		}
		return literal{Number(n)}, nil
	case t.kind == tText:
		return literal{Text(t.text)}, nil
	case t.kind == tItem:
		return item{t.text}, nil
	case t.kind == tName && p.peek().sign("("):
		return p.call(t)
	case t.sign("-"):
		return p.minus()
	case t.sign("("):
		x, err := p.expression(0)
		if err != nil {
			return nil, err
		}
		if c := p.next(); !c.sign(")") {
			return nil, p.unclosed(c)
		}
		return x, nil
	case t.sign("."):
		p.self = true
		return self{}, nil
	default:
		return nil, p.misplaced(t)
	}
}

// minus parses what follows a minus, which binds more tightly than any operator
// with two sides.
func (p *parser) minus() (node, error) {
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	x, err := p.operand()
	return unary{x}, err
}

func (p *parser) call(name token) (node, error) {
	f, ok := find(name.text)
	if !ok {
		return nil, &UnknownFunctionError{Name: name.text, Offset: name.at, Why: refusal(name.text)}
	}
	p.next() // the bracket
	if name.text == "position" && p.peek().sign("..") {
		p.next()
	}
	args, err := p.arguments()
	if err != nil {
		return nil, err
	}
	if len(args) < f.least || f.most >= 0 && len(args) > f.most {
		return nil, &SyntaxError{name.at, fmt.Sprintf("%s() is given %d arguments", name.text, len(args)), "it takes " + f.takes()}
	}
	if f.orSelf && len(args) == 0 {
		p.self = true
		args = []node{self{}}
	}
	if f.check != nil {
		if problem, remedy := f.check(args); problem != "" {
			return nil, &SyntaxError{name.at, problem, remedy}
		}
	}
	p.nested = p.nested || f.nested != nil && f.nested(args)
	return call{name.text, f, args}, nil
}

// arguments parses up to the closing bracket.
func (p *parser) arguments() ([]node, error) {
	var args []node
	if p.peek().sign(")") {
		p.next()
		return nil, nil
	}
	for {
		arg, err := p.expression(0)
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
		switch t := p.next(); {
		case t.sign(")"):
			return args, nil
		case !t.sign(","):
			return nil, p.unclosed(t)
		}
	}
}

// unclosed says what is wrong where a bracket or a comma should stand.
func (p *parser) unclosed(t token) error {
	if t.kind == tEnd {
		return &SyntaxError{t.at, "a bracket is not closed", "add )"}
	}
	return p.unexpected(t)
}

// misplaced says what is wrong where a value should stand.
func (p *parser) misplaced(t token) error {
	switch lower := strings.ToLower(t.text); {
	case t.sign(".."):
		return &SyntaxError{t.at, "\"..\" stands only inside position(..)", "refer to an item as ${name}"}
	case t.sign("*"):
		return &SyntaxError{t.at, "paths with * are not read here", "name the items, as ${name}"}
	case t.kind == tName && (lower == "true" || lower == "false"):
		return &SyntaxError{t.at, fmt.Sprintf("%q is neither an item nor a text", t.text), "write " + lower + "(), or '" + t.text + "' for a text"}
	case t.kind == tName && precedence(token{kind: tName, text: lower}) == 0:
		return &SyntaxError{t.at, fmt.Sprintf("%q is neither an item nor a text", t.text), "write ${" + t.text + "} for an item, '" + t.text + "' for a text"}
	}
	return p.unexpected(t)
}

// unexpected says what is wrong where an operator or the end should stand.
func (p *parser) unexpected(t token) error {
	lower := strings.ToLower(t.text)
	switch {
	case t.kind == tWrong:
		return t.err
	case t.kind == tEnd:
		return &SyntaxError{t.at, "the expression ends too early", "complete it"}
	case t.kind == tName && lower != t.text && precedence(token{kind: tName, text: lower}) > 0:
		return &SyntaxError{t.at, "operators are written in small letters", "write " + lower}
	case t.sign(")"):
		return &SyntaxError{t.at, "a bracket is closed that was not opened, or nothing stands in it", "check the brackets"}
	case t.kind == tItem || t.kind == tText || t.kind == tNumber:
		return &SyntaxError{t.at, "a value is not expected here", "put an operator, such as and or =, before it"}
	}
	return &SyntaxError{t.at, fmt.Sprintf("%q is not expected here", t.text), "check operators and brackets"}
}
