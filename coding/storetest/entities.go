package storetest

import (
	"encoding/json"
	"reflect"

	"avokoodi/coding"
	"avokoodi/themes"
)

// kindCase is one kind of entity: how to make one, how to change it, and how to find it.
type kindCase struct {
	kind   coding.Kind
	entity any
	edit   func(any) any
	find   func(r coding.Reader, p coding.ProjectID, id int64) (any, error) // nil when it is not there
}

func edit[T any](fn func(*T)) func(any) any {
	return func(e any) any {
		v := e.(T)
		fn(&v)
		return v
	}
}

// within finds an entity in a list by its id.
func within[T any](id int64, list []T, err error) (any, error) {
	for _, e := range list {
		if _, have := coding.KindOf(e); have == id {
			return e, err
		}
	}
	return nil, err
}

func (f *fixture) kinds(s survey) []kindCase {
	ctx := f.ctx
	a := s.answers[0].ID
	return []kindCase{
		{coding.KindRound, coding.Round{Key: "r", Label: themes.Same("R"), Order: 3, Kind: coding.RoundNotes},
			edit(func(e *coding.Round) { e.Key, e.Order = "rr", 4 }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				list, err := r.Rounds(ctx, p)
				return within(id, list, err)
			}},
		{coding.KindQuestion, coding.Question{Key: "q", Label: themes.Same("Q?"), Short: themes.Only(themes.SV, "q"), Order: 9},
			edit(func(e *coding.Question) { e.Short, e.Order = themes.Text{}, 1 }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				list, err := r.Questions(ctx, p)
				return within(id, list, err)
			}},
		{coding.KindVariable, coding.Variable{Key: "v", Label: themes.Same("V"), Order: 2, Multi: true},
			edit(func(e *coding.Variable) { e.Multi = false }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				list, err := r.Variables(ctx, p)
				return within(id, list, err)
			}},
		{coding.KindCategory, coding.Category{Variable: s.variable, Key: "c", Label: themes.Same("C"), Order: 7},
			edit(func(e *coding.Category) { e.Key = "cc" }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				list, err := r.Variables(ctx, p)
				for _, v := range list {
					if c, err := within(id, v.Categories, err); c != nil {
						return c, err
					}
				}
				return nil, err
			}},
		{coding.KindTheme, coding.Theme{Parent: s.themes[0], Key: "t", Label: themes.Text{FI: "ö", SV: "å", EN: "e"}, Definition: themes.Same("d"),
			Include: themes.Same("i"), Exclude: themes.Same("x"), Keywords: themes.Keywords{FI: []string{"sana"}}, Examples: []int64{int64(a)},
			Hue: 12, Shortcut: "7", Order: 5, Retired: true, Version: 3, Aliases: []string{"old"}},
			edit(func(e *coding.Theme) { e.Parent, e.Keywords, e.Version = 0, themes.Keywords{}, 4 }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				return there(r.Theme(ctx, p, themes.ID(id)))
			}},
		{coding.KindCoding, coding.Coding{Answer: a, Theme: s.themes[1], Coder: 4, Evidence: []coding.Span{{Start: 0, End: 3}, {Start: 5, End: 9}},
			Source: coding.ByRule, Rule: "kahvi*", Version: 2, At: noonKept},
			edit(func(e *coding.Coding) {
				e.Evidence, e.Source, e.Rule, e.Version, e.Recheck = nil, coding.ByPerson, "", 3, 8
			}),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				return there(r.Coding(ctx, p, coding.CodingID(id)))
			}},
		{coding.KindMark, coding.Mark{Answer: a, Coder: 4, State: coding.StateNoTheme, At: noonKept},
			edit(func(e *coding.Mark) { e.State, e.Recheck = coding.StateUnusable, 9 }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				list, err := r.MarksOf(ctx, p, []coding.AnswerID{a})
				return within(id, list, err)
			}},
		{coding.KindMemo, coding.Memo{On: coding.MemoTheme, Target: int64(s.themes[1]), Author: 4, Text: "muistio\n\"\u2028", At: noonKept},
			edit(func(e *coding.Memo) { e.Text = "toinen" }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				list, err := r.MemosOf(ctx, p, coding.MemoTheme, []int64{int64(s.themes[1])})
				return within(id, list, err)
			}},
		{coding.KindQuote, coding.Quote{Answer: a, Theme: s.themes[0], Section: "2.3 ä", Note: "n", Order: 3, Version: 2, By: 4, At: noonKept,
			Long: coding.Version{Keep: []coding.Span{{Start: 2, End: 7}, {Start: 9, End: 12}}, Mark: "(…)", Said: "👩‍👩‍👧 (…) [kunta]",
				Edits: []coding.QuoteEdit{{Span: coding.Span{Start: 9, End: 12}, Do: coding.EditMask, Text: "kunta"}}},
			Short: &coding.Version{Keep: []coding.Span{{Start: 2, End: 7}}, Said: "x"}, Source: "abc", State: coding.QuoteApproved,
			Edited: coding.Signature{By: 4, At: noonKept}, Approved: coding.Signature{By: 5, At: noonKept}, Kept: []string{"040 123 4567"},
			Shown: []coding.VariableID{1, 2}, Override: &coding.Override{Signature: coding.Signature{By: 5, At: noonKept}, Reason: "lupa", Sample: 3, Population: -1},
			Translations: []coding.Translation{{Lang: "sv", Text: "översättning", Of: "x"}}, Comments: []coding.QuoteComment{{Text: "hyvä"}}, UsedIn: []string{"raportti"}},
			edit(func(e *coding.Quote) { *e = coding.Quote{ID: e.ID, Answer: e.Answer, At: e.At} }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				return there(r.Quote(ctx, p, coding.QuoteID(id)))
			}},
		{coding.KindText, described(coding.Answer{Question: f.thirdQuestion(s), Round: s.round, Respondent: s.respondents[0].ID, Import: s.imp.ID,
			Language: themes.SV, Mixed: true, Text: "Tjänster 👩‍👩‍👧\nåäö"}),
			edit(func(e *coding.Answer) { e.Text, e.Language, e.Mixed = "Toinen teksti", themes.FI, false; e.Describe() }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				return there(r.Answer(ctx, p, coding.AnswerID(id)))
			}},
		{coding.KindRespondent, coding.Respondent{Round: s.round, Import: s.imp.ID, External: "x 1", Number: 77},
			edit(func(e *coding.Respondent) { e.External = "y" }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				list, err := r.Respondents(ctx, p, []coding.RespondentID{coding.RespondentID(id)})
				return within(id, list, err)
			}},
		{coding.KindView, coding.View{Owner: 4, Name: "omat", Query: "q=1&t=2"},
			edit(func(e *coding.View) { e.Query = "" }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				list, err := r.Views(ctx, p, 4)
				return within(id, list, err)
			}},
		{coding.KindPack, coding.Pack{Name: "Raportti", Lang: "sv", Items: []coding.PackItem{{Kind: coding.PackTable, Title: "t", Query: "by=org"}, {Kind: coding.PackTheme, Theme: 3}}},
			edit(func(e *coding.Pack) { e.Name, e.Items = "uusi", nil }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				list, err := r.Packs(ctx, p)
				return within(id, list, err)
			}},
		{coding.KindWorkshop, coding.Workshop{Name: "Työpaja", Langs: []coding.Lang{"fi", "sv"}, Plain: true, Question: "q1", By: "org", Start: "9.00", People: 40, Groups: 6,
			Forming: coding.GroupMixed, PerPage: 4, TwoSided: true, Themes: []coding.WorkshopTheme{{Theme: 3, Why: coding.WhyMost, Sort: coding.SortNeed,
				Quotes: []coding.QuoteID{1, 2}, Questions: []coding.Text{{FI: "Mitä?", SV: "Vad?"}}, Note: "n"}}, Agenda: []coding.WorkshopStep{{Kind: "welcome", Minutes: 10}}},
			edit(func(e *coding.Workshop) { e.Name, e.Themes, e.Agenda = "uusi", nil, nil }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				list, err := r.Workshops(ctx, p)
				return within(id, list, err)
			}},
		{coding.KindDecision, coding.Decision{Answer: a, Theme: s.themes[1], Applies: true, Why: "yhdessä\n\"\u2028", By: 4, At: noonKept},
			edit(func(e *coding.Decision) { e.Applies, e.Why, e.By = false, "", 5 }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				list, err := r.DecisionsOf(ctx, p, []coding.AnswerID{a})
				return within(id, list, err)
			}},
		{coding.KindAssignment, coding.Assignment{Coder: 4, Answers: coding.AnswerSet{1, 2, 3, 9, 11, 12}, Note: "n", By: 1, At: noonKept, Trial: "t", Blind: true},
			edit(func(e *coding.Assignment) { e.Coder, e.Answers, e.Opened = 5, coding.AnswerSet{9}, noonKept }),
			func(r coding.Reader, p coding.ProjectID, id int64) (any, error) {
				list, err := r.Assignments(ctx, p)
				return within(id, list, err)
			}},
	}
}

func described(a coding.Answer) coding.Answer {
	a.Describe()
	return a
}

// thirdQuestion is one that nobody has answered.
func (f *fixture) thirdQuestion(s survey) coding.QuestionID {
	f.t.Helper()
	return coding.QuestionID(f.put(s.project.ID, nil, coding.Question{Key: "q3", Label: themes.Same("q3"), Order: 3}))
}

// there makes nil of ErrNotFound.
func there[T any](v T, err error) (any, error) {
	if isNotFound(err) {
		return nil, nil
	}
	return v, err
}

// testEntities takes an entity of each kind through its life, and looks at the log after every turn.
func testEntities(f *fixture) {
	s := f.newSurvey("p", 2)
	p := s.project.ID
	for _, c := range f.kinds(s) {
		id := f.put(p, nil, c.entity)
		if id == 0 {
			f.t.Fatalf("%s: no id", c.kind)
		}
		made := coding.WithID(c.entity, id)
		f.found(c, p, id, made)
		f.logged(p, c.kind, id, nil, made)

		changed := c.edit(made)
		f.same(id, f.put(p, made, changed), "%s: id of a change", c.kind)
		f.found(c, p, id, changed)
		f.logged(p, c.kind, id, made, changed)

		f.put(p, changed, nil)
		f.found(c, p, id, nil)
		f.logged(p, c.kind, id, changed, nil)
		_, err := f.try(p, changed, made)
		f.wants(coding.ErrNotFound, err, "%s: change of what is deleted", c.kind)
		_, err = f.try(p, changed, nil)
		f.wants(coding.ErrNotFound, err, "%s: deleting twice", c.kind)

		f.same(id, f.put(p, nil, changed), "%s: undo of the deletion", c.kind)
		f.found(c, p, id, changed)
		f.logged(p, c.kind, id, nil, changed)
		_, err = f.try(p, nil, changed)
		f.wants(coding.ErrConflict, err, "%s: undo of the deletion, twice", c.kind)

		f.put(p, changed, nil)
		next := f.put(p, nil, c.entity)
		if next <= id {
			f.t.Errorf("%s: id %d was given again, as %d", c.kind, id, next)
		}
		f.put(p, coding.WithID(c.entity, next), nil)
	}
}

// found fails unless the entity is read back as want.
func (f *fixture) found(c kindCase, p coding.ProjectID, id int64, want any) {
	f.t.Helper()
	f.view(func(r coding.Reader) error {
		got, err := c.find(r, p, id)
		f.must(err)
		f.same(want, got, "%s read back", c.kind)
		return nil
	})
	// The same inside an Update, which reads on another connection.
	f.update(func(tx coding.Tx) error {
		got, err := c.find(tx, p, id)
		f.must(err)
		f.same(want, got, "%s read back in an Update", c.kind)
		return nil
	})
}

// logged fails unless the last change of the project is the one described.
func (f *fixture) logged(p coding.ProjectID, kind coding.Kind, id int64, before, after any) {
	f.t.Helper()
	f.view(func(r coding.Reader) error {
		seq, err := r.LastSeq(f.ctx, p)
		f.must(err)
		changes, err := r.Changes(f.ctx, p, seq-1, 10)
		f.must(err)
		if len(changes) != 1 {
			f.t.Fatalf("%d changes behind %d", len(changes), seq-1)
		}
		c := changes[0]
		f.same(coding.Change{Seq: seq, Step: coding.StepID(seq), Kind: kind, ID: id, Before: c.Before, After: c.After}, c, "change of %s", kind)
		f.same(text(before), string(c.Before), "%s before", kind)
		f.same(text(after), string(c.After), "%s after", kind)
		for raw, want := range map[*json.RawMessage]any{&c.Before: before, &c.After: after} {
			got, err := coding.Decode(kind, *raw)
			f.must(err)
			if (want == nil) != (*raw == nil) || want != nil && !reflect.DeepEqual(want, got) {
				f.t.Errorf("%s in the log is %s, want %+v", kind, *raw, want)
			}
		}
		return nil
	})
}

// text is the JSON of an entity; "" of nil.
func text(entity any) string {
	if entity == nil {
		return ""
	}
	raw, err := json.Marshal(entity)
	if err != nil {
		panic(err)
	}
	return string(raw)
}
