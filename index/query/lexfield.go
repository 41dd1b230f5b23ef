package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// field reads a field with its values. ok is false when the run is a word that has a colon in it, such as 'EU:n'.
func (l *lexer) field(run string, at Span) (t token, ok bool, err error) {
	name, rest, found := strings.Cut(run, ":")
	if !found || name == "" {
		return token{}, false, nil
	}
	nameEnd := at.Start + utf8.RuneCountInString(name)
	kind, key, known := l.variables.lookup(name)
	if !known {
		if wordWithColon(name, rest, l.valueFollows()) {
			return token{}, false, nil
		}
		return token{}, false, fail(Span{at.Start, nameEnd}, "field_unknown", name)
	}
	f := &Field{Span: at, Kind: kind, Name: key, Typed: name}
	l.pos = nameEnd + 1
	if rest == "" {
		for l.pos < len(l.text) && isSpace(l.text[l.pos]) {
			l.pos++
		}
	}
	for {
		v, err := l.value()
		if err != nil {
			return token{}, false, err
		}
		if strings.TrimSpace(v.Text) != "" {
			f.Values = append(f.Values, v)
			f.End = v.End
		}
		if l.pos == len(l.text) || l.text[l.pos] != ',' {
			break
		}
		l.pos++
	}
	if len(f.Values) == 0 {
		return token{}, false, fail(Span{at.Start, nameEnd + 1}, "value_missing", name)
	}
	t, err = l.leaf(f, len(f.Values))
	return t, true, err
}

func (l *lexer) value() (Value, error) {
	if l.pos < len(l.text) && isQuote(l.text[l.pos]) {
		text, at, err := l.quoted()
		return Value{at, text}, err
	}
	start := l.pos
	text := l.run(true)
	return Value{Span{start, l.pos}, text}, nil
}

// valueFollows tells whether something that could be a value stands right behind the run.
func (l *lexer) valueFollows() bool {
	return l.pos < len(l.text) && isQuote(l.text[l.pos])
}

// wordWithColon tells a word or number with a colon in it ('EU:n', '12:30', 'https://…') or before one ('huom:') from a
// field that there is not.
func wordWithColon(name, rest string, quoted bool) bool {
	first, _ := utf8.DecodeRuneInString(name)
	switch {
	case rest == "":
		return !quoted
	case !hasWord(rest) || strings.HasPrefix(rest, "//") || unicode.IsDigit(first):
		return true
	}
	short := utf8.RuneCountInString(name) <= 3 || name == strings.ToUpper(name)
	return short && utf8.RuneCountInString(rest) <= 7
}
