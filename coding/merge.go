package coding

import (
	"context"
	"slices"

	"avokoodi/themes"
)

// MergeThemes unites theme from into theme into: codings of the same answer and coder become one with the evidence of both,
// sub-themes and quotes move along, and the key and labels of from are remembered as aliases, so that files that name it
// still find its place. It returns the step.
func (s *Service) MergeThemes(ctx context.Context, p ProjectID, actor PersonID, from, into ThemeID) (StepID, error) {
	return s.step(ctx, p, actor, RoleAnalyst, OpMerge, "", func(tx Tx, st *Step) error {
		list, err := tx.Themes(ctx, p)
		if err != nil {
			return err
		}
		tree := themes.NewTree(list)
		a, ok := tree.Get(from)
		b, ok2 := tree.Get(into)
		if !ok || !ok2 {
			return ErrNotFound
		}
		if from == into || slices.Contains(tree.Within(from), into) {
			return problem("into", "theme.merge_self", a.Label.In(themes.FI))
		}
		st.Detail = a.Key + " → " + b.Key
		if err := s.uniteCodings(ctx, tx, st, p, a, b); err != nil {
			return err
		}
		if err := uniteDecisions(ctx, tx, st, p, a.ID, b.ID); err != nil {
			return err
		}
		if err := moveAlong(ctx, tx, st, p, tree, a, b); err != nil {
			return err
		}
		after := b
		after.Aliases = slices.Clone(b.Aliases)
		for _, name := range append(append([]string{a.Key}, a.Label.All()...), a.Aliases...) {
			if !slices.Contains(after.Aliases, name) {
				after.Aliases = append(after.Aliases, name)
			}
		}
		after.Keywords = themes.Keywords{FI: union(b.Keywords.FI, a.Keywords.FI), SV: union(b.Keywords.SV, a.Keywords.SV), EN: union(b.Keywords.EN, a.Keywords.EN)}
		if _, err := tx.Put(ctx, st, b, after); err != nil {
			return err
		}
		_, err = tx.Put(ctx, st, a, nil)
		return err
	})
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// uniteCodings turns the codings of a into codings of b.
func (s *Service) uniteCodings(ctx context.Context, tx Tx, st *Step, p ProjectID, a, b Theme) error {
	type key struct {
		answer AnswerID
		coder  PersonID
	}
	have := map[key]Coding{}
	target, err := tx.CodingsWith(ctx, p, b.ID)
	if err != nil {
		return err
	}
	for _, c := range target {
		have[key{c.Answer, c.Coder}] = c
	}
	source, err := tx.CodingsWith(ctx, p, a.ID)
	if err != nil {
		return err
	}
	for _, c := range source {
		old, both := have[key{c.Answer, c.Coder}]
		if !both {
			after := c
			after.Theme = b.ID
			if _, err := tx.Put(ctx, st, c, after); err != nil {
				return err
			}
			continue
		}
		after := old
		after.Evidence = MergeSpans(append(slices.Clone(old.Evidence), c.Evidence...))
		if err := deleteCoding(ctx, tx, st, p, c); err != nil {
			return err
		}
		if !slices.Equal(after.Evidence, old.Evidence) {
			if _, err := tx.Put(ctx, st, old, after); err != nil {
				return err
			}
		}
	}
	return nil
}

// moveAlong takes sub-themes, quotes and memos of a to b.
func moveAlong(ctx context.Context, tx Tx, st *Step, p ProjectID, tree themes.Tree, a, b Theme) error {
	next := len(tree.Children(b.ID))
	for _, id := range tree.Children(a.ID) {
		before, _ := tree.Get(id)
		after := before
		after.Parent, after.Order = b.ID, next
		next++
		if err := tree.Check(after); err != nil {
			return err
		}
		if _, err := tx.Put(ctx, st, before, after); err != nil {
			return err
		}
	}
	quotes, err := tx.Quotes(ctx, p)
	if err != nil {
		return err
	}
	for _, q := range quotes {
		if q.Theme == a.ID {
			after := q
			after.Theme = b.ID
			if _, err := tx.Put(ctx, st, q, after); err != nil {
				return err
			}
		}
	}
	memos, err := tx.MemosOf(ctx, p, MemoTheme, []int64{int64(a.ID), int64(b.ID)})
	if err != nil {
		return err
	}
	for _, m := range memos {
		if m.Target != int64(a.ID) {
			continue
		}
		i := slices.IndexFunc(memos, func(o Memo) bool { return o.Target == int64(b.ID) && o.Author == m.Author })
		if i < 0 {
			after := m
			after.Target = int64(b.ID)
			if _, err := tx.Put(ctx, st, m, after); err != nil {
				return err
			}
			continue
		}
		joined := memos[i]
		joined.Text += "\n\n" + m.Text
		if _, err := tx.Put(ctx, st, m, nil); err != nil {
			return err
		}
		if _, err := tx.Put(ctx, st, memos[i], joined); err != nil {
			return err
		}
	}
	return nil
}

// Recode moves every coder's coding of theme from on answers to theme to, evidence and all: one stroke of splitting a theme.
// With keep the old codings stay too; without it what was decided of from is decided of to. It returns the step, 0 when there was nothing to move.
func (s *Service) Recode(ctx context.Context, p ProjectID, actor PersonID, answers []AnswerID, from, to ThemeID, keep bool) (StepID, error) {
	return s.stepOnTheme(ctx, p, actor, OpSplit, to, "", func(tx Tx, st *Step, th Theme) error {
		codings, err := tx.CodingsOf(ctx, p, answers)
		if err != nil {
			return err
		}
		for _, c := range codings {
			if c.Theme != from {
				continue
			}
			if c.Coder != actor {
				if err := need(ctx, tx, p, actor, RoleLead); err != nil {
					return err
				}
			}
			i := slices.IndexFunc(codings, func(o Coding) bool { return o.Answer == c.Answer && o.Coder == c.Coder && o.Theme == to })
			moved := c
			moved.Theme, moved.Version, moved.At = to, th.Version, st.At
			switch {
			case i >= 0:
				after := codings[i]
				after.Evidence = MergeSpans(append(slices.Clone(after.Evidence), c.Evidence...))
				if !slices.Equal(after.Evidence, codings[i].Evidence) {
					if _, err := tx.Put(ctx, st, codings[i], after); err != nil {
						return err
					}
				}
				if !keep {
					err = deleteCoding(ctx, tx, st, p, c)
				}
			case keep:
				moved.ID = 0
				_, err = tx.Put(ctx, st, nil, moved)
			default:
				_, err = tx.Put(ctx, st, c, moved)
			}
			if err != nil {
				return err
			}
		}
		if keep {
			return nil
		}
		decisions, err := tx.DecisionsOf(ctx, p, answers)
		if err != nil {
			return err
		}
		return moveDecisions(ctx, tx, st, decisions, from, to)
	})
}

// Confirm takes codings that were made under an older definition of the theme as right under the present one.
func (s *Service) Confirm(ctx context.Context, p ProjectID, actor PersonID, theme ThemeID, answers []AnswerID) (StepID, error) {
	return s.stepOnTheme(ctx, p, actor, OpApply, theme, "", func(tx Tx, st *Step, th Theme) error {
		codings, err := tx.CodingsOf(ctx, p, answers)
		if err != nil {
			return err
		}
		for _, c := range codings {
			if c.Theme == theme && c.Version < th.Version {
				after := c
				after.Version = th.Version
				if _, err := tx.Put(ctx, st, c, after); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
