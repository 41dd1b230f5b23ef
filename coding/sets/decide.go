package sets

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
)

// Decided is the answers of which it was decided that the theme applies, or that it does not. The set is the caller's own.
func (b *Board) Decided(t coding.ThemeID, applies bool) *roaring.Bitmap {
	if applies {
		return b.applies.get(t).Clone()
	}
	return b.refused.get(t).Clone()
}

// GivenTheme is the answers that any coder gave the theme, whatever was decided. The set is the caller's own.
func (b *Board) GivenTheme(t coding.ThemeID) *roaring.Bitmap {
	out := roaring.New()
	for _, c := range b.coders {
		out.Or(c.themes.get(t))
	}
	return out
}

func (b *Board) readDecisions(ctx context.Context, r coding.Reader, p coding.ProjectID) error {
	list, err := r.Decisions(ctx, p)
	if err != nil {
		return err
	}
	for _, d := range list {
		b.side(d).add(d.Theme, uint32(d.Answer))
	}
	return nil
}

// side is where a decision is kept.
func (b *Board) side(d coding.Decision) group[coding.ThemeID] {
	if d.Applies {
		return b.applies
	}
	return b.refused
}

// overrule puts decisions over the themes that coders gave, and returns the answers that have a theme then.
func (b *Board) overrule() *roaring.Bitmap {
	for id, set := range b.refused {
		if with := b.themes[id]; with != nil {
			with.AndNot(set)
		}
	}
	for id, set := range b.applies {
		b.themes[id] = roaring.Or(b.themes.get(id), set)
	}
	var coded []*roaring.Bitmap
	for _, set := range b.themes {
		coded = append(coded, set)
	}
	return roaring.FastOr(coded...)
}

func (b *Board) applyDecision(before, after any) error {
	if d, ok := before.(coding.Decision); ok {
		if !b.side(d).drop(d.Theme, uint32(d.Answer)) {
			return errRebuild
		}
		b.retheme(d.Theme, uint32(d.Answer))
		b.restateAll(uint32(d.Answer))
	}
	if d, ok := after.(coding.Decision); ok {
		if !b.all.Contains(uint32(d.Answer)) {
			return errRebuild
		}
		b.side(d).add(d.Theme, uint32(d.Answer))
		b.retheme(d.Theme, uint32(d.Answer))
		b.restateAll(uint32(d.Answer))
	}
	return nil
}

// retheme derives anew whether one answer has a theme.
func (b *Board) retheme(t coding.ThemeID, id uint32) {
	has := b.applies.has(t, id)
	if !has && !b.refused.has(t, id) {
		for _, c := range b.coders {
			has = has || c.themes.has(t, id)
		}
	}
	if has {
		b.themes.add(t, id)
	} else {
		b.themes.drop(t, id)
	}
}

// restateAll derives the state of one answer anew for all together: the rule of coding.Settle.
func (b *Board) restateAll(id uint32) {
	coded := false
	for _, with := range b.themes {
		coded = coded || with.Contains(id)
	}
	var noTheme, unusable bool
	for _, c := range b.coders {
		noTheme = noTheme || c.marks.has(coding.StateNoTheme, id)
		unusable = unusable || c.marks.has(coding.StateUnusable, id)
	}
	if !coded && !noTheme {
		for _, set := range b.refused {
			noTheme = noTheme || set.Contains(id)
		}
	}
	settle(b.states, id, coded, noTheme, unusable)
}
