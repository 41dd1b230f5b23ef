package query

import "unicode/utf8"

// Parse reads a query. Every error is an *Error. Text that is not valid UTF-8 is read as if the broken bytes were spaces.
func Parse(text string, variables Variables) (*Query, error) {
	if n := utf8.RuneCountInString(text); n > MaxLength {
		return nil, fail(Span{MaxLength, n}, "too_long", MaxLength)
	}
	p := parser{lex: lexer{text: []rune(text), variables: variables}}
	if err := p.advance(); err != nil {
		return nil, err
	}
	q := &Query{Text: text}
	if p.tok.kind == tokenEnd {
		if at := p.lex.skipped; at != nil {
			return nil, fail(*at, "no_words")
		}
		return q, nil
	}
	root, err := p.or(0)
	if err != nil {
		return nil, err
	}
	if p.tok.kind == tokenClose {
		return nil, fail(p.tok.at, "close_alone")
	}
	q.Root = root
	return q, nil
}

// parser is a recursive descent over the lexer's tokens, one token ahead.
type parser struct {
	lex lexer
	tok token
}

func (p *parser) advance() (err error) {
	p.tok, err = p.lex.next()
	return err
}

func (p *parser) or(depth int) (Node, error) {
	var nodes []Node
	for {
		if p.tok.kind == tokenOr {
			return nil, fail(p.tok.at, "or_alone")
		}
		n, err := p.and(depth)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
		if p.tok.kind != tokenOr {
			break
		}
		at := p.tok.at
		if err := p.advance(); err != nil {
			return nil, err
		}
		if p.tok.kind == tokenEnd || p.tok.kind == tokenClose {
			return nil, fail(at, "or_alone")
		}
	}
	if len(nodes) == 1 {
		return nodes[0], nil
	}
	return &Or{nodes}, nil
}

func (p *parser) and(depth int) (Node, error) {
	var nodes []Node
	for p.tok.kind == tokenLeaf || p.tok.kind == tokenOpen || p.tok.kind == tokenNot {
		n, err := p.unary(depth)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	switch len(nodes) {
	case 0: // only a closing parenthesis can stand here
		return nil, fail(p.tok.at, "close_alone")
	case 1:
		return nodes[0], nil
	}
	return &And{nodes}, nil
}

func (p *parser) unary(depth int) (Node, error) {
	t := p.tok
	if depth == MaxDepth && t.kind != tokenLeaf {
		return nil, fail(t.at, "too_deep", MaxDepth)
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	switch t.kind {
	case tokenNot:
		if p.tok.kind != tokenLeaf && p.tok.kind != tokenOpen && p.tok.kind != tokenNot {
			return nil, fail(t.at, "minus_alone")
		}
		n, err := p.unary(depth + 1)
		if err != nil {
			return nil, err
		}
		return &Not{Span{t.at.Start, n.At().End}, n}, nil
	case tokenOpen:
		switch p.tok.kind {
		case tokenEnd:
			return nil, fail(t.at, "open_alone")
		case tokenClose:
			return nil, fail(Span{t.at.Start, p.tok.at.End}, "group_empty")
		}
		n, err := p.or(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.tok.kind != tokenClose {
			return nil, fail(t.at, "open_alone")
		}
		return n, p.advance()
	}
	return t.leaf, nil
}
