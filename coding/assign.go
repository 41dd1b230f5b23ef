package coding

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Share is what one coder is given.
type Share struct {
	Coder   PersonID
	Answers []AnswerID
}

// Assign gives coders answers to judge, one Assignment for each share; empty shares are left out. For a lead. An answer may
// be given to several coders; who shares out work once sees to it that the shares do not overlap. It returns the step.
func (s *Service) Assign(ctx context.Context, p ProjectID, actor PersonID, shares []Share, note string) (StepID, error) {
	return s.assign(ctx, p, actor, shares, Assignment{Note: note})
}

// AssignDouble gives the same answers to several coders, to compare what they give. With blind none of them sees what
// others gave these answers before Unveil. For a lead.
func (s *Service) AssignDouble(ctx context.Context, p ProjectID, actor PersonID, coders []PersonID, answers []AnswerID, note string, blind bool) (StepID, error) {
	coders = slices.Compact(slices.Sorted(slices.Values(coders)))
	if len(coders) < 2 {
		return 0, problem("who", "assign.two_coders")
	}
	var shares []Share
	for _, who := range coders {
		shares = append(shares, Share{Coder: who, Answers: answers})
	}
	return s.assign(ctx, p, actor, shares, Assignment{Note: note, Trial: rand.Text()[:10], Blind: blind})
}

// Unveil ends the blind phase of a double coding: its coders see what the others gave, and what differs may be decided. It
// returns the step, 0 when the phase was over. For a lead.
func (s *Service) Unveil(ctx context.Context, p ProjectID, actor PersonID, trial string) (StepID, error) {
	return s.step(ctx, p, actor, RoleLead, OpUnveil, "", func(tx Tx, st *Step) error {
		list, err := tx.Assignments(ctx, p)
		if err != nil {
			return err
		}
		known := false
		for _, a := range list {
			if trial == "" || a.Trial != trial {
				continue
			}
			known, st.Detail = true, a.Note
			if !a.Veiled() {
				continue
			}
			after := a
			after.Opened = st.At
			if _, err := tx.Put(ctx, st, a, after); err != nil {
				return err
			}
		}
		if !known {
			return ErrNotFound
		}
		return nil
	})
}

// assign puts a copy of one for each share.
func (s *Service) assign(ctx context.Context, p ProjectID, actor PersonID, shares []Share, one Assignment) (StepID, error) {
	note := one.Note
	note = strings.TrimSpace(note)
	if utf8.RuneCountInString(note) > MaxAssignmentNote {
		return 0, problem("note", "assign.note_long", MaxAssignmentNote)
	}
	shares = slices.DeleteFunc(slices.Clone(shares), func(sh Share) bool { return len(sh.Answers) == 0 })
	if len(shares) == 0 {
		return 0, problem("answers", "assign.nothing")
	}
	if err := s.knowAnswers(ctx, p, actor, shares); err != nil {
		return 0, err
	}
	return s.step(ctx, p, actor, RoleLead, OpAssign, "", func(tx Tx, st *Step) error {
		var said []string
		for _, sh := range shares {
			who, err := mayBeAssigned(ctx, tx, p, sh.Coder)
			if err != nil {
				return err
			}
			said = append(said, fmt.Sprintf("%s %d", who.Shown(), len(sh.Answers)))
		}
		st.Detail = strings.Join(said, ", ")
		for _, sh := range shares {
			a := one
			a.Coder, a.Answers, a.Note, a.By, a.At = sh.Coder, NewAnswerSet(sh.Answers), note, actor, st.At
			if _, err := tx.Put(ctx, st, nil, a); err != nil {
				return err
			}
		}
		return nil
	})
}

// knowAnswers checks, before the writer is held, that every answer is one of the project.
func (s *Service) knowAnswers(ctx context.Context, p ProjectID, actor PersonID, shares []Share) error {
	return s.store.View(ctx, func(r Reader) error {
		if err := need(ctx, r, p, actor, RoleLead); err != nil {
			return err
		}
		known := map[AnswerID]bool{}
		for a, err := range r.EachAnswerHead(ctx, p, 0) {
			if err != nil {
				return err
			}
			known[a.ID] = true
		}
		for _, sh := range shares {
			for _, id := range sh.Answers {
				if !known[id] {
					return fmt.Errorf("answer %d: %w", id, ErrNotFound)
				}
			}
		}
		return nil
	})
}

// mayBeAssigned is the person, who must be one that codes in the project.
func mayBeAssigned(ctx context.Context, r Reader, p ProjectID, who PersonID) (Person, error) {
	person, err := r.Person(ctx, who)
	if errors.Is(err, ErrNotFound) || who == Operator {
		return person, problem("coder", "assign.no_such_coder")
	}
	if err != nil {
		return person, err
	}
	role, err := RoleIn(ctx, r, p, who)
	if err == nil && !role.AtLeast(RoleAnalyst) {
		err = problem("coder", "assign.cannot_code", person.Shown())
	}
	return person, err
}

// Reassign gives those of the assignment's answers that are named to another coder. What is not named stays. It returns the
// step, 0 when there was nothing to move.
func (s *Service) Reassign(ctx context.Context, p ProjectID, actor PersonID, id AssignmentID, answers []AnswerID, to PersonID) (StepID, error) {
	return s.takeFrom(ctx, p, actor, OpReassign, id, answers, func(tx Tx, st *Step, from, gone, left Assignment) error {
		who, err := mayBeAssigned(ctx, tx, p, to)
		if err != nil || to == from.Coder {
			return err
		}
		st.Detail += fmt.Sprintf(" → %s %d", who.Shown(), len(gone.Answers))
		gone.Coder, gone.By, gone.At = to, actor, st.At
		if len(left.Answers) == 0 {
			_, err = tx.Put(ctx, st, from, gone)
			return err
		}
		if _, err := tx.Put(ctx, st, from, left); err != nil {
			return err
		}
		gone.ID = 0
		_, err = tx.Put(ctx, st, nil, gone)
		return err
	})
}

// Withdraw takes those of the assignment's answers that are named back from the coder; codings stay as they are. It returns
// the step, 0 when there was nothing to take back.
func (s *Service) Withdraw(ctx context.Context, p ProjectID, actor PersonID, id AssignmentID, answers []AnswerID) (StepID, error) {
	return s.takeFrom(ctx, p, actor, OpWithdraw, id, answers, func(tx Tx, st *Step, from, gone, left Assignment) error {
		st.Detail += fmt.Sprintf(" −%d", len(gone.Answers))
		var err error
		if len(left.Answers) == 0 {
			_, err = tx.Put(ctx, st, from, nil)
		} else {
			_, err = tx.Put(ctx, st, from, left)
		}
		return err
	})
}

// takeFrom parts an assignment into what goes and what stays.
func (s *Service) takeFrom(ctx context.Context, p ProjectID, actor PersonID, op Op, id AssignmentID, answers []AnswerID,
	fn func(tx Tx, st *Step, from, gone, left Assignment) error) (StepID, error) {
	return s.step(ctx, p, actor, RoleLead, op, "", func(tx Tx, st *Step) error {
		list, err := tx.Assignments(ctx, p)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(a Assignment) bool { return a.ID == id })
		if i < 0 {
			return ErrNotFound
		}
		from := list[i]
		gone, left := from, from
		gone.Answers, left.Answers = from.Answers.Split(NewAnswerSet(answers))
		if len(gone.Answers) == 0 {
			return nil
		}
		person, err := tx.Person(ctx, from.Coder)
		if err != nil {
			return err
		}
		st.Detail = person.Shown()
		return fn(tx, st, from, gone, left)
	})
}

// Assignments lists who was given what, the oldest first, for anybody who codes.
func (s *Service) Assignments(ctx context.Context, p ProjectID, actor PersonID) ([]Assignment, error) {
	var out []Assignment
	err := s.store.View(ctx, func(r Reader) error {
		if err := need(ctx, r, p, actor, RoleAnalyst); err != nil {
			return err
		}
		var err error
		out, err = r.Assignments(ctx, p)
		return err
	})
	return out, err
}
