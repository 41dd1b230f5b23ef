package sets

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
)

// Choice is one of a yes-or-no question that may also be left open.
type Choice int8

// Choices. Either does not restrict.
const (
	Either Choice = iota
	Yes
	No
)

// Filter picks answers. An empty field does not restrict; fields combine by 'and', the values of one field by 'or'
// unless its comment says otherwise. Values that the project does not have pick nothing.
type Filter struct {
	Questions []coding.QuestionID
	Rounds    []coding.RoundID
	Languages []coding.Lang // "" is 'could not be told'
	States    []coding.State

	Themes    []coding.ThemeID // has any of them
	AllThemes []coding.ThemeID // has every one of them
	NoThemes  []coding.ThemeID // has none of them
	// PeopleThemes is for respondents who have every one of them, in one answer or in several that the rest of the filter picks: the
	// answers of theirs that have any of them.
	PeopleThemes []coding.ThemeID

	// Categories of the respondent, by variable. Category 0 is 'in no category of the variable'.
	Categories map[coding.VariableID][]coding.CategoryID

	Coders []coding.PersonID // coded or marked by any of them

	Queues []coding.PersonID // given to any of them; 0 is 'given to nobody'

	// By makes States and the three theme fields, and the facets of both, speak of this one coder's judgement instead of
	// everybody's together.
	By coding.PersonID

	Memo, Quote, Mixed, Unsure, Recheck Choice

	// Identifies asks whether an answer is one of Identifying: those in which somebody is identified, which the board does not know
	// by itself. nil is none.
	Identifies  Choice
	Identifying *roaring.Bitmap

	// Within restricts to these answers, such as the hits of a search; nil does not restrict.
	Within *roaring.Bitmap
}

// facet names a part of a filter that has counts of its own.
type facet struct {
	kind     facetKind
	variable coding.VariableID
}

type facetKind int

const (
	facetNone facetKind = iota // no facet shows it
	facetQuestion
	facetRound
	facetLanguage
	facetState
	facetTheme
	facetCategory
	facetCoder
	facetQueue
	facetMemo
	facetQuote
	facetMixed
	facetUnsure
	facetRecheck
	facetIdentifies
)

// part is the answers that one part of a filter admits.
type part struct {
	facet facet
	set   *roaring.Bitmap
}

// Answers is the answers that the filter picks. The set is the caller's own and may be kept after Read.
func (b *Board) Answers(f Filter) *roaring.Bitmap {
	parts := b.parts(f)
	if len(parts) == 0 {
		return b.all.Clone()
	}
	return b.except(parts, facet{})
}

// except is the intersection of all parts but those of one facet; facet{} leaves none out. It is the board's own set of
// all answers when no part is left.
func (b *Board) except(parts []part, left facet) *roaring.Bitmap {
	var list []*roaring.Bitmap
	for _, p := range parts {
		if left.kind == facetNone || p.facet != left {
			list = append(list, p.set)
		}
	}
	if len(list) == 0 {
		return b.all
	}
	// The smallest first, so that the others need only be looked into.
	slices.SortStableFunc(list, func(a, b *roaring.Bitmap) int { return int(a.GetCardinality()) - int(b.GetCardinality()) })
	return roaring.FastAnd(list...)
}

func (b *Board) parts(f Filter) []part {
	var parts []part
	put := func(k facetKind, set *roaring.Bitmap) { parts = append(parts, part{facet{kind: k}, set}) }
	if len(f.Questions) > 0 {
		put(facetQuestion, b.byQuestion.union(f.Questions))
	}
	if len(f.Rounds) > 0 {
		put(facetRound, b.byRound.union(f.Rounds))
	}
	if len(f.Languages) > 0 {
		put(facetLanguage, b.languages.union(f.Languages))
	}
	if len(f.States) > 0 {
		put(facetState, b.statesOf(f))
	}
	b.themeParts(f, put)
	for v, ids := range f.Categories {
		if len(ids) > 0 {
			parts = append(parts, part{facet{facetCategory, v}, b.inCategories(v, ids)})
		}
	}
	if len(f.Coders) > 0 {
		set := roaring.New()
		for _, who := range f.Coders {
			set.Or(b.Coder(who))
		}
		put(facetCoder, set)
	}
	if len(f.Queues) > 0 {
		put(facetQueue, b.inQueues(f.Queues))
	}
	for _, c := range []struct {
		kind   facetKind
		choice Choice
		set    *roaring.Bitmap
	}{{facetMemo, f.Memo, b.memo}, {facetQuote, f.Quote, b.quote}, {facetMixed, f.Mixed, b.mixed}, {facetUnsure, f.Unsure, b.unsure},
		{facetRecheck, f.Recheck, b.recheck}, {facetIdentifies, f.Identifies, b.identifying(f)}} {
		switch c.choice {
		case Yes:
			put(c.kind, c.set)
		case No:
			put(c.kind, roaring.AndNot(b.all, c.set))
		}
	}
	if f.Within != nil {
		put(facetNone, roaring.And(b.all, f.Within))
	}
	if len(f.PeopleThemes) > 0 {
		put(facetNone, b.ofPeople(f, b.except(parts, facet{})))
	}
	return parts
}

// ofPeople is the answers with any of PeopleThemes, of those who have every one of them among the answers of a set.
func (b *Board) ofPeople(f Filter, among *roaring.Bitmap) *roaring.Bitmap {
	themes := b.themesBy(f.By)
	var who *roaring.Bitmap
	for _, id := range f.PeopleThemes {
		have := b.RespondentsOf(roaring.And(themes.get(id), among))
		if who == nil {
			who = have
		} else {
			who = roaring.And(who, have)
		}
	}
	return roaring.And(themes.union(f.PeopleThemes), b.AnswersOf(who))
}

func (b *Board) identifying(f Filter) *roaring.Bitmap {
	if f.Identifying == nil {
		return roaring.New()
	}
	return roaring.And(b.all, f.Identifying)
}

func (b *Board) themeParts(f Filter, put func(facetKind, *roaring.Bitmap)) {
	themes := b.themesBy(f.By)
	if len(f.Themes) > 0 {
		put(facetTheme, themes.union(f.Themes))
	}
	if len(f.NoThemes) > 0 {
		put(facetTheme, roaring.AndNot(b.all, themes.union(f.NoThemes)))
	}
	for _, id := range f.AllThemes {
		put(facetNone, themes.get(id))
	}
}

// themesBy is the set of each theme by one coder; by all together for 0.
func (b *Board) themesBy(who coding.PersonID) group[coding.ThemeID] {
	if who == 0 {
		return b.themes
	}
	if c := b.coders[who]; c != nil {
		return c.themes
	}
	return nil
}

func (b *Board) stateFor(who coding.PersonID, s coding.State) *roaring.Bitmap {
	if who == 0 {
		return b.State(s)
	}
	return b.StateBy(s, who)
}

func (b *Board) statesOf(f Filter) *roaring.Bitmap {
	set := roaring.New()
	for _, s := range f.States {
		set.Or(b.stateFor(f.By, s))
	}
	return set
}

func (b *Board) inCategories(v coding.VariableID, ids []coding.CategoryID) *roaring.Bitmap {
	set := roaring.New()
	for _, id := range ids {
		if id == 0 {
			set.Or(b.Uncategorised(v))
			continue
		}
		if b.variableOf(id) == v {
			set.Or(b.categories.get(id))
		}
	}
	return set
}

// Uncategorised is the answers of respondents who are in no category of the variable. The set is the caller's own.
func (b *Board) Uncategorised(v coding.VariableID) *roaring.Bitmap {
	return roaring.AndNot(b.all, b.categories.union(b.categoriesOf(v)))
}

func (b *Board) categoriesOf(v coding.VariableID) []coding.CategoryID {
	var ids []coding.CategoryID
	for _, one := range b.variables {
		if one.ID == v {
			for _, c := range one.Categories {
				ids = append(ids, c.ID)
			}
		}
	}
	return ids
}

func (b *Board) variableOf(c coding.CategoryID) coding.VariableID {
	for _, v := range b.variables {
		for _, one := range v.Categories {
			if one.ID == c {
				return v.ID
			}
		}
	}
	return 0
}
