package quotes

import (
	"context"
	"slices"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Spoken is an approved quote as it may be shown to anybody.
type Spoken struct {
	Quote       coding.QuoteID
	Theme       coding.ThemeID
	Lang        coding.Lang // of the answer; "" where it is not known
	Said        string      // without quotation marks
	Short       string      // the shorter version; "" for none
	Attribution coding.Text // in each language; zero where nothing stands with it
	Translated  coding.Text // of Said, where a person has translated these very words
}

// Brief is the shorter version where there is one.
func (s Spoken) Brief() string {
	if s.Short != "" {
		return s.Short
	}
	return s.Said
}

// In is the quote for readers of a language, with its quotation marks: the words themselves, or a person's translation where there is
// one and the words are in another language. lang is the language of what is returned.
func (s Spoken) In(l coding.Lang) (said string, lang coding.Lang, translated bool) {
	if t := s.Translated.Exact(l); t != "" && s.Lang != l {
		return Between(t, l), l, true
	}
	return Between(s.Brief(), s.Lang), s.Lang, false
}

// Refusal is why a quote may not be shown to everybody.
type Refusal int

// Refusals; the first is none.
const (
	Passed     Refusal = iota
	Unapproved         // or not any more
	Changed            // its answer was corrected, so that it does not follow from it
	Telling            // it says more of its respondent than it may
	Gone               // its answer is not there
)

// Gate decides which quotes of a project anybody may see. Everything that leaves the circle of the project's members (files, workshop
// material, live rooms) asks it, and nothing else.
type Gate struct {
	frame  *frame
	judged map[coding.QuoteID]Attribution
}

// OpenGate reads what decides.
func OpenGate(ctx context.Context, r coding.Reader, count Count, p coding.ProjectID) (*Gate, error) {
	f, err := readFrame(ctx, r, p)
	if err != nil {
		return nil, err
	}
	g := &Gate{f, map[coding.QuoteID]Attribution{}}
	for _, q := range f.quotes {
		if g.judged[q.ID], err = f.judge(ctx, p, q, count); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// Quotes are all quotes of the project, whatever their state, in their order.
func (g *Gate) Quotes() []coding.Quote { return g.frame.quotes }

// Answer is the answer that a quote is from; its zero where it is not there.
func (g *Gate) Answer(q coding.Quote) coding.Answer { return g.frame.answers[q.Answer] }

// Attribution is what stands with a quote, and how it was judged.
func (g *Gate) Attribution(q coding.Quote) Attribution { return g.judged[q.ID] }

// Pass makes a quote ready to be shown, or says why it may not be.
func (g *Gate) Pass(q coding.Quote) (Spoken, Refusal) {
	a, ok := g.frame.answers[q.Answer]
	by := g.judged[q.ID]
	switch {
	case !ok:
		return Spoken{}, Gone
	case !q.Ready():
		return Spoken{}, Unapproved
	case VerifyQuote(q, a.Text) != nil:
		return Spoken{}, Changed
	case by.Refused:
		return Spoken{}, Telling
	}
	out := Spoken{Quote: q.ID, Theme: q.Theme, Lang: a.Language, Said: q.Long.Said}
	if q.Short != nil {
		out.Short = q.Short.Said
	}
	for _, l := range themes.Langs {
		out.Attribution.Set(l, Phrase(g.frame.rules, g.frame.variables, by.Classes, l))
		if t, ok := q.In(l); ok && t.Of == out.Said {
			out.Translated.Set(l, t.Text)
		}
	}
	return out, Passed
}

// Public is the quotes that pass; left tells how many approved ones do not.
func (g *Gate) Public() (list []Spoken, left int) {
	for _, q := range g.frame.quotes {
		switch one, why := g.Pass(q); why {
		case Passed:
			list = append(list, one)
		case Unapproved:
		default:
			left++
		}
	}
	return slices.Clip(list), left
}
