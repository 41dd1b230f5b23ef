package sets_test

import (
	"context"
	"slices"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// truth is a project read off the store's streams, to be counted one answer at a time.
type truth struct {
	t         *testing.T
	structure *sets.Board // only for its lists of questions, variables and themes
	answers   []coding.Answer
	values    map[coding.RespondentID][]coding.CategoryID
	codings   map[coding.AnswerID][]coding.Coding
	marks     map[coding.AnswerID][]coding.Mark
	memo      map[coding.AnswerID]bool
	quote     map[coding.AnswerID]bool
	variable  map[coding.CategoryID]coding.VariableID
	coders    []coding.PersonID
	given     []coding.Assignment
	decisions map[coding.AnswerID][]coding.Decision
}

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

func readTruth(t fataler, store coding.Store, p coding.ProjectID) *truth {
	t.Helper()
	out := &truth{values: map[coding.RespondentID][]coding.CategoryID{}, codings: map[coding.AnswerID][]coding.Coding{},
		marks: map[coding.AnswerID][]coding.Mark{}, memo: map[coding.AnswerID]bool{}, quote: map[coding.AnswerID]bool{},
		variable: map[coding.CategoryID]coding.VariableID{}, decisions: map[coding.AnswerID][]coding.Decision{}}
	ctx := context.Background()
	err := store.View(ctx, func(r coding.Reader) error {
		for a, err := range r.EachAnswer(ctx, p, 0, 0) {
			if err != nil {
				return err
			}
			out.answers = append(out.answers, a)
		}
		var values []coding.Value
		for v, err := range r.EachValue(ctx, p, 0) {
			if err != nil {
				return err
			}
			values = append(values, v)
		}
		variables, err := r.Variables(ctx, p)
		if err != nil {
			return err
		}
		for _, v := range coding.WithDerived(variables, values) {
			out.values[v.Respondent] = append(out.values[v.Respondent], v.Category)
		}
		for c, err := range r.EachCoding(ctx, p) {
			if err != nil {
				return err
			}
			out.codings[c.Answer] = append(out.codings[c.Answer], c)
			out.coders = append(out.coders, c.Coder)
		}
		for m, err := range r.EachMark(ctx, p) {
			if err != nil {
				return err
			}
			out.marks[m.Answer] = append(out.marks[m.Answer], m)
			out.coders = append(out.coders, m.Coder)
		}
		for m, err := range r.EachMemo(ctx, p, coding.MemoAnswer) {
			if err != nil {
				return err
			}
			out.memo[coding.AnswerID(m.Target)] = true
		}
		quotes, err := r.Quotes(ctx, p)
		if err != nil {
			return err
		}
		for _, q := range quotes {
			out.quote[q.Answer] = true
		}
		decisions, err := r.Decisions(ctx, p)
		if err != nil {
			return err
		}
		for _, d := range decisions {
			out.decisions[d.Answer] = append(out.decisions[d.Answer], d)
		}
		if out.given, err = r.Assignments(ctx, p); err != nil {
			return err
		}
		for _, v := range variables {
			for _, c := range v.Categories {
				out.variable[c.ID] = v.ID
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("read the truth: %v", err)
	}
	slices.Sort(out.coders)
	out.coders = slices.Compact(out.coders)
	return out
}

func (tr *truth) judgement(a coding.AnswerID, by coding.PersonID) (codings []coding.Coding, marks []coding.Mark) {
	for _, c := range tr.codings[a] {
		if by == 0 || c.Coder == by {
			codings = append(codings, c)
		}
	}
	for _, m := range tr.marks[a] {
		if by == 0 || m.Coder == by {
			marks = append(marks, m)
		}
	}
	return codings, marks
}

func (tr *truth) has(a coding.AnswerID, th coding.ThemeID, by coding.PersonID) bool {
	for _, d := range tr.decisions[a] {
		if by == 0 && d.Theme == th {
			return d.Applies
		}
	}
	codings, _ := tr.judgement(a, by)
	return slices.ContainsFunc(codings, func(c coding.Coding) bool { return c.Theme == th })
}

func (tr *truth) recheck(a coding.AnswerID) bool {
	return slices.ContainsFunc(tr.codings[a], func(c coding.Coding) bool { return c.Recheck != 0 }) ||
		slices.ContainsFunc(tr.marks[a], func(m coding.Mark) bool { return m.Recheck != 0 })
}

func (tr *truth) state(a coding.AnswerID, by coding.PersonID) coding.State {
	codings, marks := tr.judgement(a, by)
	if by == 0 {
		_, state := coding.Settle(codings, marks, tr.decisions[a])
		return state
	}
	return coding.StateOf(codings, marks)
}

func (tr *truth) handled(a coding.AnswerID, by coding.PersonID) bool {
	codings, marks := tr.judgement(a, by)
	return len(codings)+len(marks) > 0
}

func (tr *truth) in(r coding.RespondentID, v coding.VariableID, ids []coding.CategoryID) bool {
	any := false
	for _, c := range tr.values[r] {
		if tr.variable[c] == v {
			any = true
			if slices.Contains(ids, c) {
				return true
			}
		}
	}
	return !any && slices.Contains(ids, 0)
}

// queued tells whether the answer was given to one of the people, 0 being nobody.
func (tr *truth) queued(a coding.AnswerID, people []coding.PersonID) bool {
	nobody := true
	for _, g := range tr.given {
		if slices.Contains(g.Answers, a) {
			nobody = false
			if slices.Contains(people, g.Coder) {
				return true
			}
		}
	}
	return nobody && slices.Contains(people, 0)
}

// admits is the definition of Filter, written out.
func (tr *truth) admits(f sets.Filter, a coding.Answer) bool {
	if len(f.Questions) > 0 && !slices.Contains(f.Questions, a.Question) ||
		len(f.Rounds) > 0 && !slices.Contains(f.Rounds, a.Round) ||
		len(f.Languages) > 0 && !slices.Contains(f.Languages, a.Language) ||
		len(f.States) > 0 && !slices.Contains(f.States, tr.state(a.ID, f.By)) {
		return false
	}
	hit := len(f.Themes) == 0
	for _, th := range f.Themes {
		hit = hit || tr.has(a.ID, th, f.By)
	}
	for _, th := range f.AllThemes {
		hit = hit && tr.has(a.ID, th, f.By)
	}
	for _, th := range f.NoThemes {
		hit = hit && !tr.has(a.ID, th, f.By)
	}
	for v, ids := range f.Categories {
		hit = hit && (len(ids) == 0 || tr.in(a.Respondent, v, ids))
	}
	if len(f.Coders) > 0 {
		hit = hit && slices.ContainsFunc(f.Coders, func(who coding.PersonID) bool { return tr.handled(a.ID, who) })
	}
	hit = hit && (len(f.Queues) == 0 || tr.queued(a.ID, f.Queues))
	for _, c := range []struct {
		want sets.Choice
		is   bool
	}{{f.Memo, tr.memo[a.ID]}, {f.Quote, tr.quote[a.ID]}, {f.Mixed, a.Mixed}, {f.Unsure, a.Language != "" && a.Confidence > 0 && a.Confidence < 75}, {f.Recheck, tr.recheck(a.ID)}} {
		hit = hit && (c.want == sets.Either || c.is == (c.want == sets.Yes))
	}
	return hit && (f.Within == nil || f.Within.Contains(uint32(a.ID)))
}

func (tr *truth) pick(f sets.Filter) []coding.AnswerID {
	out := []coding.AnswerID{}
	for _, a := range tr.answers {
		if tr.admits(f, a) {
			out = append(out, a.ID)
		}
	}
	return out
}

func (tr *truth) count(f sets.Filter, is func(coding.Answer) bool) int {
	n := 0
	for _, a := range tr.answers {
		if tr.admits(f, a) && is(a) {
			n++
		}
	}
	return n
}

// facets is the definition of Facets, written out: one pass over the answers for every number.
func (tr *truth) facets(f sets.Filter, b *sets.Board) sets.Facets {
	out := sets.Facets{Total: len(tr.pick(f))}
	without := func(change func(*sets.Filter)) sets.Filter {
		g := f
		change(&g)
		return g
	}
	g := without(func(g *sets.Filter) { g.Questions = nil })
	for _, q := range b.Questions() {
		out.Questions = append(out.Questions, sets.Count[coding.QuestionID]{Of: q.ID, N: tr.count(g, func(a coding.Answer) bool { return a.Question == q.ID })})
	}
	g = without(func(g *sets.Filter) { g.Rounds = nil })
	for _, r := range b.Rounds() {
		out.Rounds = append(out.Rounds, sets.Count[coding.RoundID]{Of: r.ID, N: tr.count(g, func(a coding.Answer) bool { return a.Round == r.ID })})
	}
	g = without(func(g *sets.Filter) { g.Languages = nil })
	for _, l := range []coding.Lang{"fi", "sv", "en", ""} {
		is := func(a coding.Answer) bool { return a.Language == l }
		if tr.count(sets.Filter{}, is) > 0 {
			out.Languages = append(out.Languages, sets.Count[coding.Lang]{Of: l, N: tr.count(g, is)})
		}
	}
	g = without(func(g *sets.Filter) { g.States = nil })
	for _, s := range coding.States {
		out.States = append(out.States, sets.Count[coding.State]{Of: s, N: tr.count(g, func(a coding.Answer) bool { return tr.state(a.ID, f.By) == s })})
	}
	g = without(func(g *sets.Filter) { g.Themes, g.NoThemes = nil, nil })
	for _, th := range b.Tree().All() {
		out.Themes = append(out.Themes, sets.Count[coding.ThemeID]{Of: th.ID, N: tr.count(g, func(a coding.Answer) bool { return tr.has(a.ID, th.ID, f.By) })})
	}
	for _, v := range b.Variables() {
		g := without(func(g *sets.Filter) {
			g.Categories = map[coding.VariableID][]coding.CategoryID{}
			for other, ids := range f.Categories {
				if other != v.ID {
					g.Categories[other] = ids
				}
			}
		})
		one := sets.VariableFacet{Variable: v.ID, Categories: []sets.Count[coding.CategoryID]{}}
		for _, c := range v.Categories {
			is := func(a coding.Answer) bool { return tr.in(a.Respondent, v.ID, []coding.CategoryID{c.ID}) }
			one.Categories = append(one.Categories, sets.Count[coding.CategoryID]{Of: c.ID, N: tr.count(g, is)})
		}
		one.None = tr.count(g, func(a coding.Answer) bool { return tr.in(a.Respondent, v.ID, []coding.CategoryID{0}) })
		out.Variables = append(out.Variables, one)
	}
	g = without(func(g *sets.Filter) { g.Coders = nil })
	for _, who := range tr.coders {
		out.Coders = append(out.Coders, sets.Count[coding.PersonID]{Of: who, N: tr.count(g, func(a coding.Answer) bool { return tr.handled(a.ID, who) })})
	}
	g = without(func(g *sets.Filter) { g.Queues = nil })
	for _, who := range []coding.PersonID{1, 2, 3, 0} {
		is := func(a coding.Answer) bool { return tr.queued(a.ID, []coding.PersonID{who}) }
		if who != 0 && tr.count(sets.Filter{}, is) > 0 || who == 0 && len(out.Queues) > 0 {
			out.Queues = append(out.Queues, sets.Count[coding.PersonID]{Of: who, N: tr.count(g, is)})
		}
	}
	yesNo := func(change func(*sets.Filter), is func(coding.Answer) bool) sets.YesNo {
		g := without(change)
		return sets.YesNo{Yes: tr.count(g, is), No: tr.count(g, func(a coding.Answer) bool { return !is(a) })}
	}
	out.Memo = yesNo(func(g *sets.Filter) { g.Memo = 0 }, func(a coding.Answer) bool { return tr.memo[a.ID] })
	out.Quote = yesNo(func(g *sets.Filter) { g.Quote = 0 }, func(a coding.Answer) bool { return tr.quote[a.ID] })
	out.Recheck = yesNo(func(g *sets.Filter) { g.Recheck = 0 }, func(a coding.Answer) bool { return tr.recheck(a.ID) })
	out.Mixed = yesNo(func(g *sets.Filter) { g.Mixed = 0 }, func(a coding.Answer) bool { return a.Mixed })
	out.Unsure = yesNo(func(g *sets.Filter) { g.Unsure = 0 }, func(a coding.Answer) bool { return a.Language != "" && a.Confidence > 0 && a.Confidence < 75 })
	return out
}
