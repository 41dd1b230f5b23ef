package sets

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/themes"
)

var errTooLarge = errors.New("sets: an id that does not fit 32 bits")

// build reads the whole project.
func build(ctx context.Context, r coding.Reader, p coding.ProjectID) (*Board, error) {
	b := &Board{
		all: roaring.New(), empty: roaring.New(), respondents: roaring.New(), mixed: roaring.New(), unsure: roaring.New(), memo: roaring.New(), quote: roaring.New(),
		byQuestion: group[coding.QuestionID]{}, byRound: group[coding.RoundID]{}, languages: group[coding.Lang]{},
		members: group[coding.CategoryID]{}, categories: group[coding.CategoryID]{},
		states: group[coding.State]{}, themes: group[coding.ThemeID]{}, coders: map[coding.PersonID]*coder{},
		memos: group[coding.PersonID]{}, quotes: map[coding.AnswerID]int{},
		flags: map[coding.AnswerID]int{}, recheck: roaring.New(),
		given: map[coding.AssignmentID]given{}, queues: group[coding.PersonID]{},
		applies: group[coding.ThemeID]{}, refused: group[coding.ThemeID]{},
	}
	var sayings []said
	var err error
	if b.seq, err = r.LastSeq(ctx, p); err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, coding.Reader, coding.ProjectID) error{
		b.readStructure,
		func(ctx context.Context, r coding.Reader, p coding.ProjectID) error {
			return b.readAnswers(ctx, r, p, func(a coding.Answer) { sayings = append(sayings, saidBy(a)) })
		},
		b.readCodings, b.readMarks, b.readMemos, b.readQuotes, b.readAssignments, b.readDecisions,
	} {
		if err := step(ctx, r, p); err != nil {
			return nil, fmt.Errorf("build: %w", err)
		}
	}
	b.alike = newAlike(sayings)
	b.followVariables()
	b.derive()
	b.pack()
	return b, nil
}

func (b *Board) readStructure(ctx context.Context, r coding.Reader, p coding.ProjectID) error {
	var s structure
	var err error
	if s.project, err = r.ProjectByID(ctx, p); err != nil {
		return err
	}
	if s.rounds, err = r.Rounds(ctx, p); err != nil {
		return err
	}
	if s.questions, err = r.Questions(ctx, p); err != nil {
		return err
	}
	if s.variables, err = r.Variables(ctx, p); err != nil {
		return err
	}
	list, err := r.Themes(ctx, p)
	if err != nil {
		return err
	}
	s.tree = themes.NewTree(list)
	b.structure = s
	return nil
}

// readAnswers adds the respondents, values and answers behind the last known ones, and tells each of the answers.
func (b *Board) readAnswers(ctx context.Context, r coding.Reader, p coding.ProjectID, tell func(coding.Answer)) error {
	imports, err := r.Imports(ctx, p)
	if err != nil {
		return err
	}
	for _, imp := range imports {
		b.lastImport = max(b.lastImport, imp.ID)
	}
	after := b.lastRespondent
	for one, err := range r.EachRespondent(ctx, p, after) {
		if err != nil {
			return err
		}
		if one.ID > math.MaxUint32 {
			return fmt.Errorf("respondent %d: %w", one.ID, errTooLarge)
		}
		id := uint32(one.ID)
		b.respondents.Add(id)
		*b.number.at(id) = uint32(one.Number)
		b.lastRespondent = max(b.lastRespondent, one.ID)
	}
	values, err := readValues(ctx, r, p, after)
	if err != nil {
		return err
	}
	for _, v := range values {
		b.members.add(v.category, v.respondent)
	}
	for a, err := range r.EachAnswerHead(ctx, p, b.lastAnswer) {
		if err != nil {
			return err
		}
		if a.ID > math.MaxUint32 {
			return fmt.Errorf("answer %d: %w", a.ID, errTooLarge)
		}
		b.addAnswer(a)
		tell(a)
		if a.Respondent <= after { // a later file brought one more answer of a respondent that the board knows
			for c, members := range b.members {
				if members.Contains(uint32(a.Respondent)) {
					b.categories.add(c, uint32(a.ID))
				}
			}
		}
		for _, v := range values.of(uint32(a.Respondent)) {
			b.categories.add(v.category, uint32(a.ID))
		}
	}
	return nil
}

func (b *Board) addAnswer(a coding.Answer) {
	id := uint32(a.ID)
	b.all.Add(id)
	*b.respondent.at(id) = uint32(a.Respondent)
	*b.question.at(id) = uint32(a.Question)
	b.setText(a)
	b.byQuestion.add(a.Question, id)
	b.byRound.add(a.Round, id)
	b.setLanguage(a.Spoken())
	b.lastAnswer = max(b.lastAnswer, a.ID)
}

// setText keeps what the board knows of an answer's text, besides what alike does.
func (b *Board) setText(a coding.Answer) {
	*b.length.at(uint32(a.ID)) = uint32(a.Length)
	if coding.EmptyTalk(a.Same) {
		b.empty.Add(uint32(a.ID))
	} else {
		b.empty.Remove(uint32(a.ID))
	}
}

func (b *Board) setLanguage(a coding.AnswerLanguage) {
	id := uint32(a.ID)
	for l := range b.languages {
		if l != a.Language {
			b.languages.drop(l, id)
		}
	}
	b.languages.add(a.Language, id)
	if a.Mixed {
		b.mixed.Add(id)
	} else {
		b.mixed.Remove(id)
	}
	if a.Unsure() {
		b.unsure.Add(id)
	} else {
		b.unsure.Remove(id)
	}
}

// values is the categories of respondents, sorted by respondent.
type values []struct {
	respondent uint32
	category   coding.CategoryID
}

func readValues(ctx context.Context, r coding.Reader, p coding.ProjectID, after coding.RespondentID) (values, error) {
	var vs values
	for v, err := range r.EachValue(ctx, p, after) {
		if err != nil {
			return nil, err
		}
		vs = append(vs, values{{uint32(v.Respondent), v.Category}}...)
	}
	if !sort.SliceIsSorted(vs, func(i, j int) bool { return vs[i].respondent < vs[j].respondent }) {
		sort.SliceStable(vs, func(i, j int) bool { return vs[i].respondent < vs[j].respondent })
	}
	return vs, nil
}

func (vs values) of(respondent uint32) values {
	from := sort.Search(len(vs), func(i int) bool { return vs[i].respondent >= respondent })
	to := from
	for to < len(vs) && vs[to].respondent == respondent {
		to++
	}
	return vs[from:to]
}

func (b *Board) readCodings(ctx context.Context, r coding.Reader, p coding.ProjectID) error {
	type key struct {
		coder coding.PersonID
		theme coding.ThemeID
	}
	lists := map[key][]uint32{}
	for c, err := range r.EachCodingHead(ctx, p) {
		if err != nil {
			return err
		}
		k := key{c.Coder, c.Theme}
		lists[k] = append(lists[k], uint32(c.Answer))
		*b.count.at(uint32(c.Answer))++
		b.codings++
	}
	for k, ids := range lists {
		set := roaring.New()
		set.AddMany(ids)
		b.coder(k.coder).themes[k.theme] = set
		delete(lists, k)
	}
	flagged, err := r.RecheckCodings(ctx, p)
	for _, c := range flagged {
		b.flag(c.Answer, 0, c.Recheck)
	}
	return err
}

func (b *Board) readMarks(ctx context.Context, r coding.Reader, p coding.ProjectID) error {
	for m, err := range r.EachMark(ctx, p) {
		if err != nil {
			return err
		}
		b.coder(m.Coder).marks.add(m.State, uint32(m.Answer))
		b.flag(m.Answer, 0, m.Recheck)
	}
	return nil
}

func (b *Board) readMemos(ctx context.Context, r coding.Reader, p coding.ProjectID) error {
	for m, err := range r.EachMemo(ctx, p, coding.MemoAnswer) {
		if err != nil {
			return err
		}
		b.memos.add(m.Author, uint32(m.Target))
		b.memo.Add(uint32(m.Target))
	}
	return nil
}

func (b *Board) readQuotes(ctx context.Context, r coding.Reader, p coding.ProjectID) error {
	quotes, err := r.Quotes(ctx, p)
	if err != nil {
		return err
	}
	for _, q := range quotes {
		b.quotes[q.Answer]++
		b.quote.Add(uint32(q.Answer))
	}
	return nil
}

// derive makes what follows from the codings and marks of each coder.
func (b *Board) derive() {
	byTheme := map[coding.ThemeID][]*roaring.Bitmap{}
	byState := map[coding.State][]*roaring.Bitmap{}
	for _, c := range b.coders {
		coded := make([]*roaring.Bitmap, 0, len(c.themes))
		for id, set := range c.themes {
			coded = append(coded, set)
			byTheme[id] = append(byTheme[id], set)
		}
		c.states = statesFrom(roaring.FastOr(coded...), c.marks.get(coding.StateNoTheme), c.marks.get(coding.StateUnusable))
		byState[coding.StateCoded] = append(byState[coding.StateCoded], c.states[coding.StateCoded])
		for s, set := range c.marks {
			byState[s] = append(byState[s], set)
		}
	}
	for id, list := range byTheme {
		b.themes[id] = roaring.FastOr(list...)
	}
	coded := roaring.FastOr(byState[coding.StateCoded]...)
	unthemed := roaring.FastOr(byState[coding.StateNoTheme]...)
	if len(b.applies)+len(b.refused) > 0 {
		coded = b.overrule()
		for _, set := range b.refused {
			unthemed.Or(set)
		}
	}
	b.states = statesFrom(coded, unthemed, roaring.FastOr(byState[coding.StateUnusable]...))
}

// statesFrom is the rule of coding.StateOf over sets.
func statesFrom(coded, noTheme, unusable *roaring.Bitmap) group[coding.State] {
	unusable = roaring.AndNot(unusable, coded)
	noTheme = roaring.AndNot(noTheme, coded)
	noTheme.AndNot(unusable)
	return group[coding.State]{coding.StateCoded: coded, coding.StateNoTheme: noTheme, coding.StateUnusable: unusable}
}

func (b *Board) coder(who coding.PersonID) *coder {
	c := b.coders[who]
	if c == nil {
		c = &coder{themes: group[coding.ThemeID]{}, marks: group[coding.State]{}, states: group[coding.State]{}}
		b.coders[who] = c
	}
	return c
}

// pack gives back the room that growing left unused.
func (b *Board) pack() {
	packGroup(b.byQuestion)
	packGroup(b.byRound)
	packGroup(b.languages)
	packGroup(b.members)
	packGroup(b.categories)
	for _, set := range []**roaring.Bitmap{&b.all, &b.respondents} {
		(*set).RunOptimize()
	}
}

func packGroup[K comparable](g group[K]) {
	for k, set := range g {
		set.RunOptimize()
		g[k] = set.Clone()
	}
}
