package coding

import (
	"context"
	"errors"
	"slices"
)

// Recheck is an answer that a corrected file changed after it was judged.
type Recheck struct {
	Answer  Answer // as it is now
	Before  string // the text that was judged
	Codings []Coding
	Marks   []Mark
}

// Rechecks lists what the actor should look at again, by answer: the actor's own judgements, or everybody's for a lead.
func (s *Service) Rechecks(ctx context.Context, p ProjectID, actor PersonID) ([]Recheck, error) {
	var out []Recheck
	err := s.store.View(ctx, func(r Reader) error {
		role, err := RoleIn(ctx, r, p, actor)
		if err != nil {
			return err
		}
		if !role.AtLeast(RoleAnalyst) {
			return ErrForbidden
		}
		mine := func(coder PersonID) bool { return coder == actor || role.AtLeast(RoleLead) }
		codings, err := r.RecheckCodings(ctx, p)
		if err != nil {
			return err
		}
		marks, err := r.RecheckMarks(ctx, p)
		if err != nil {
			return err
		}
		byAnswer := map[AnswerID]*Recheck{}
		at := func(id AnswerID) *Recheck {
			if byAnswer[id] == nil {
				byAnswer[id] = &Recheck{}
			}
			return byAnswer[id]
		}
		for _, c := range codings {
			if mine(c.Coder) {
				one := at(c.Answer)
				one.Codings = append(one.Codings, c)
			}
		}
		for _, m := range marks {
			if mine(m.Coder) {
				one := at(m.Answer)
				one.Marks = append(one.Marks, m)
			}
		}
		ids := make([]AnswerID, 0, len(byAnswer))
		for id := range byAnswer {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		answers, err := r.Answers(ctx, p, ids)
		if err != nil {
			return err
		}
		for _, a := range answers {
			one := *byAnswer[a.ID]
			one.Answer = a
			if one.Before, err = textBefore(ctx, r, p, one); err != nil {
				return err
			}
			out = append(out, one)
		}
		return nil
	})
	return out, err
}

// textBefore is the text before the first change that the judgements have not seen.
func textBefore(ctx context.Context, r Reader, p ProjectID, one Recheck) (string, error) {
	first := StepID(0)
	see := func(step StepID) {
		if first == 0 || step < first {
			first = step
		}
	}
	for _, c := range one.Codings {
		see(c.Recheck)
	}
	for _, m := range one.Marks {
		see(m.Recheck)
	}
	change, err := r.ChangeIn(ctx, p, first, KindText, int64(one.Answer.ID))
	if errors.Is(err, ErrNotFound) { // the flag outlived its change
		return one.Answer.Text, nil
	}
	if err != nil {
		return "", err
	}
	before, err := Decode(KindText, change.Before)
	if a, ok := before.(Answer); ok {
		return a.Text, err
	}
	return one.Answer.Text, err
}

// Judged names judgements that were looked at again.
type Judged struct {
	Codings []CodingID
	Marks   []MarkID
}

// ResolveRecheck settles judgements of changed answers in one step: those of keep are still right, those of remove are taken
// away. One's own, or anybody's for a lead. A judgement that is not on the list any more is passed over.
func (s *Service) ResolveRecheck(ctx context.Context, p ProjectID, actor PersonID, keep, remove Judged) (StepID, error) {
	return s.step(ctx, p, actor, RoleAnalyst, OpRecheck, "", func(tx Tx, st *Step) error {
		role, err := RoleIn(ctx, tx, p, actor)
		if err != nil {
			return err
		}
		codings, err := tx.RecheckCodings(ctx, p)
		if err != nil {
			return err
		}
		for _, c := range codings {
			kept, removed := slices.Contains(keep.Codings, c.ID), slices.Contains(remove.Codings, c.ID)
			if !kept && !removed {
				continue
			}
			if c.Coder != actor && !role.AtLeast(RoleLead) {
				return ErrForbidden
			}
			if removed {
				err = deleteCoding(ctx, tx, st, p, c)
			} else {
				after := c
				after.Recheck = 0
				_, err = tx.Put(ctx, st, c, after)
			}
			if err != nil {
				return err
			}
		}
		marks, err := tx.RecheckMarks(ctx, p)
		if err != nil {
			return err
		}
		for _, m := range marks {
			kept, removed := slices.Contains(keep.Marks, m.ID), slices.Contains(remove.Marks, m.ID)
			if !kept && !removed {
				continue
			}
			if m.Coder != actor && !role.AtLeast(RoleLead) {
				return ErrForbidden
			}
			var after any
			if !removed {
				m := m
				m.Recheck = 0
				after = m
			}
			if _, err := tx.Put(ctx, st, m, after); err != nil {
				return err
			}
		}
		return nil
	})
}
