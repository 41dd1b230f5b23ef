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
	Lang        coding.Lang // of the answer
	Said        string      // the short version where there is one
	Attribution coding.Text // in each language; zero where nothing stands with it
	Translated  coding.Text // of the long version, where a person has translated these very words
}

// Public is the quotes of a project that may be shown to anybody, by their order: approved, following from their answers as these
// are now, with an attribution that enough people share. A quote that is not all of it is left out; left tells how many approved
// ones are.
func Public(ctx context.Context, r coding.Reader, count Count, p coding.ProjectID) (list []Spoken, left int, err error) {
	f, err := readFrame(ctx, r, p)
	if err != nil {
		return nil, 0, err
	}
	for _, q := range f.quotes {
		if !q.Ready() {
			continue
		}
		a, ok := f.answers[q.Answer]
		if !ok || VerifyQuote(q, a.Text) != nil {
			left++
			continue
		}
		by, err := f.judge(ctx, p, q, count)
		if err != nil {
			return nil, 0, err
		}
		if by.Refused {
			left++
			continue
		}
		list = append(list, f.spoken(q, a, by))
	}
	return slices.Clip(list), left, nil
}

func (f *frame) spoken(q coding.Quote, a coding.Answer, by Attribution) Spoken {
	out := Spoken{Quote: q.ID, Theme: q.Theme, Lang: a.Language, Said: q.Long.Said}
	for _, l := range themes.Langs {
		out.Attribution.Set(l, Phrase(f.rules, f.variables, by.Classes, l))
		if t, ok := q.In(l); ok && t.Of == q.Long.Said {
			out.Translated.Set(l, t.Text)
		}
	}
	if q.Short != nil {
		out.Said = q.Short.Said
	}
	return out
}
