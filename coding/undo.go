package coding

import (
	"bytes"
	"context"
	"errors"
	"fmt"
)

// Undo reverses the actor's newest step that still stands and is not itself an undo. ErrNothing when there is none.
func (s *Service) Undo(ctx context.Context, p ProjectID, actor PersonID) (Step, error) {
	return s.reverse(ctx, p, actor, OpUndo, func(tx Tx) (Step, error) {
		return newest(ctx, tx, p, actor, func(st Step) (take, stop bool) {
			return st.UndoneBy == 0 && st.Op != OpUndo && st.Op != OpRedo && st.Op != OpView && st.Op != OpErase && st.Op != OpLook, false
		})
	})
}

// Redo reverses the actor's newest undo, unless the actor has changed something since. ErrNothing when there is none.
func (s *Service) Redo(ctx context.Context, p ProjectID, actor PersonID) (Step, error) {
	return s.reverse(ctx, p, actor, OpRedo, func(tx Tx) (Step, error) {
		return newest(ctx, tx, p, actor, func(st Step) (take, stop bool) {
			switch st.Op {
			case OpUndo:
				return st.UndoneBy == 0, false
			case OpRedo, OpView, OpErase, OpLook:
				return false, false
			}
			return false, st.UndoneBy == 0
		})
	})
}

// Revert reverses any step of the history, whoever made it: one's own, or another's for a lead.
func (s *Service) Revert(ctx context.Context, p ProjectID, actor PersonID, id StepID) (Step, error) {
	return s.reverse(ctx, p, actor, OpUndo, func(tx Tx) (Step, error) {
		st, err := tx.Step(ctx, p, id)
		if err != nil {
			return Step{}, err
		}
		if st.Actor != actor {
			if err := need(ctx, tx, p, actor, RoleLead); err != nil {
				return Step{}, err
			}
		}
		if st.UndoneBy != 0 || st.Op == OpRedo || st.Op == OpErase || st.Op == OpLook {
			return Step{}, ErrNothing
		}
		return st, nil
	})
}

func newest(ctx context.Context, r Reader, p ProjectID, actor PersonID, pick func(Step) (take, stop bool)) (Step, error) {
	f := StepFilter{Actor: actor, Limit: 50}
	for {
		steps, err := r.Steps(ctx, p, f)
		if err != nil {
			return Step{}, err
		}
		for _, st := range steps {
			take, stop := pick(st)
			if take {
				return st, nil
			}
			if stop {
				return Step{}, ErrNothing
			}
		}
		if len(steps) < f.Limit {
			return Step{}, ErrNothing
		}
		f.Before = steps[len(steps)-1].ID
	}
}

// reverse puts every entity of a step back to what it was before, newest change first. It returns the step reversed. Where
// a later change touched an entity, nothing is changed and the error is a ConflictError.
func (s *Service) reverse(ctx context.Context, p ProjectID, actor PersonID, op Op, find func(Tx) (Step, error)) (Step, error) {
	var old Step
	err := s.store.Update(ctx, func(tx Tx) error {
		if err := need(ctx, tx, p, actor, RoleAnalyst); err != nil {
			return err
		}
		var err error
		if old, err = find(tx); err != nil {
			return err
		}
		changes, err := tx.ChangesOf(ctx, p, old.ID)
		if err != nil {
			return err
		}
		for _, kind := range []Kind{KindProject, KindImport, KindVariable, KindCategory, KindQuestion, KindRound, KindAssignment, KindText, KindRespondent} {
			if touches(changes, kind) {
				if err := need(ctx, tx, p, actor, RoleLead); err != nil {
					return err
				}
			}
		}
		if old.Op == OpUndo {
			op = OpRedo
		}
		st, err := s.begin(ctx, tx, p, actor, op, old.Detail, old.ID)
		if err != nil {
			return err
		}
		for i := len(changes) - 1; i >= 0; i-- {
			if changes[i].Emptied() {
				continue // what was erased does not come back
			}
			if err := reverseChange(ctx, tx, st, p, changes[i]); err != nil {
				return err
			}
		}
		if st.ID == 0 {
			return ErrNothing
		}
		if err := tx.MarkUndone(ctx, p, old.ID, st.ID); err != nil {
			return err
		}
		if op == OpRedo { // the undo is undone, so what it had undone stands again
			return tx.MarkUndone(ctx, p, old.Undoes, 0)
		}
		return nil
	})
	return old, err
}

func touches(changes []Change, kind Kind) bool {
	for _, c := range changes {
		if c.Kind == kind {
			return true
		}
	}
	return false
}

// ConflictError says that a step can't be reversed because somebody changed the same thing later. It is ErrConflict.
type ConflictError struct {
	Kind Kind
	ID   int64
	Op   Op // of the later step
	By   PersonID
	Step StepID // the later step; 0 where it is not known
}

func (e ConflictError) Error() string {
	return fmt.Sprintf("%s %d was changed later by step %d: %v", e.Kind, e.ID, e.Step, ErrConflict)
}

func (e ConflictError) Unwrap() error { return ErrConflict }

func reverseChange(ctx context.Context, tx Tx, st *Step, p ProjectID, c Change) error {
	last, err := tx.LastChange(ctx, p, c.Kind, c.ID)
	if err != nil {
		return err
	}
	// The entity must be as the step left it: nothing later touched it, or what did has been put back since.
	if last.Seq > c.Seq && last.Step != st.ID && !bytes.Equal(last.After, c.After) {
		by, err := tx.Step(ctx, p, last.Step)
		if err != nil {
			return err
		}
		return ConflictError{Kind: c.Kind, ID: c.ID, Op: by.Op, By: by.Actor, Step: by.ID}
	}
	before, err := Decode(c.Kind, c.Before)
	if err != nil {
		return err
	}
	after, err := Decode(c.Kind, c.After)
	if err != nil {
		return err
	}
	_, err = tx.Put(ctx, st, after, before)
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrConflict) { // what it hangs on is gone, or something hangs on it
		return ConflictError{Kind: c.Kind, ID: c.ID}
	}
	if err != nil {
		return fmt.Errorf("undo %s %d: %w", c.Kind, c.ID, err)
	}
	return nil
}

// History lists steps of a project, newest first, for anybody who codes.
func (s *Service) History(ctx context.Context, p ProjectID, actor PersonID, f StepFilter) ([]Step, error) {
	var steps []Step
	err := s.store.View(ctx, func(r Reader) error {
		if err := need(ctx, r, p, actor, RoleAnalyst); err != nil {
			return err
		}
		var err error
		steps, err = r.Steps(ctx, p, f)
		return err
	})
	return steps, err
}
