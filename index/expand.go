package index

import (
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"avokoodi/index/query"
	"avokoodi/themes"
)

// pattern is the answers with a word of the form asked for.
func (l *looking) pattern(n *query.Pattern) (*roaring.Bitmap, error) {
	p := newGlob(l.gen.words, n.Text, l.folded)
	sets := make([]*roaring.Bitmap, len(l.view.segments))
	for i, part := range l.view.segments {
		sets[i] = roaring.New()
		dict, err := part.Dictionary(fieldWord)
		if err != nil {
			return nil, damaged("dictionary", err)
		}
		for _, start := range p.starts {
			err = l.scan(dict, start, func(term string) error {
				if !p.matches(term) {
					return nil
				}
				return addPostings(dict, term, sets[i])
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return l.view.answers(sets), nil
}

// scan calls fn with every term that begins with start.
func (l *looking) scan(dict segment.TermDictionary, start string, fn func(term string) error) error {
	var from, to []byte
	if start != "" {
		from = []byte(start)
		to = []byte(start)
		to[len(to)-1]++ // start ends in a byte of UTF-8, which is never 0xFF
	}
	it := termsBetween(dict, from, to)
	for n := 0; ; n++ {
		e, err := it.Next()
		if err != nil {
			return damaged("dictionary", err)
		}
		if e == nil {
			return nil
		}
		if n%1024 == 0 {
			if err := l.ctx.Err(); err != nil {
				return err
			}
		}
		if strings.Contains(e.Term, spillSign) {
			continue
		}
		if err := fn(e.Term); err != nil {
			return err
		}
	}
}

func termsBetween(dict segment.TermDictionary, from, to []byte) segment.DictionaryIterator {
	if quick, ok := dict.(interface {
		AutomatonIteratorOmitCount(a segment.Automaton, from, to []byte) segment.DictionaryIterator
	}); ok {
		return quick.AutomatonIteratorOmitCount(nil, from, to)
	}
	return dict.AutomatonIterator(nil, from, to)
}

// fuzzy is the answers with a word, or the base form of one, that differs by no more letters than asked for.
func (l *looking) fuzzy(n *query.Fuzzy) (*roaring.Bitmap, error) {
	var out *roaring.Bitmap
	for _, t := range l.gen.words.Exact(n.Text) {
		word := t.Terms[0].Text
		sets := make([]*roaring.Bitmap, len(l.view.segments))
		for i := range sets {
			sets[i] = roaring.New()
		}
		for _, field := range fuzzyFields {
			if err := l.near(field, word, distance(n, word), sets); err != nil {
				return nil, err
			}
		}
		set := l.view.answers(sets)
		if out == nil {
			out = set
		} else {
			out.And(set)
		}
	}
	if out == nil {
		out = roaring.New()
	}
	return out, nil
}

var fuzzyFields = []string{fieldWord, bodyField[themes.FI], bodyField[themes.SV], bodyField[themes.EN]}

// distance is the number of letters that may differ: one in a short word, two in others, unless the query says it.
func distance(n *query.Fuzzy, word string) int {
	switch {
	case n.Distance > 0:
		return n.Distance
	case utf8.RuneCountInString(word) <= 5:
		return 1
	}
	return 2
}

func (l *looking) near(field, word string, distance int, into []*roaring.Bitmap) error {
	found, err := l.view.snapshot.FieldDictFuzzy(field, word, distance, "")
	if err != nil {
		return damaged("dictionary", err)
	}
	defer func() { _ = found.Close() }()
	var near []string
	for {
		e, err := found.Next()
		if err != nil {
			return damaged("dictionary", err)
		}
		if e == nil {
			break
		}
		near = append(near, e.Term)
	}
	for i, p := range l.view.segments {
		dict, err := p.Dictionary(field)
		if err != nil {
			return damaged("dictionary", err)
		}
		for _, t := range near {
			if err := addPostings(dict, t, into[i]); err != nil {
				return damaged("postings", err)
			}
		}
		if err := l.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
