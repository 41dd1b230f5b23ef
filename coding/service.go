package coding

import (
	"context"
	"fmt"
	"time"
)

// Service is the use cases. Every method checks the actor's permission itself; Operator may do everything.
type Service struct {
	store Store
	now   func() time.Time
}

// NewService serves from store. now is the clock; nil means time.Now.
func NewService(store Store, now func() time.Time) *Service {
	if now == nil {
		now = time.Now
	}
	return &Service{store: store, now: now}
}

// Store is the store of record, for readers such as the index and the bitmaps.
func (s *Service) Store() Store { return s.store }

func (s *Service) clock() time.Time { return s.now().UTC().Truncate(time.Millisecond) }

// RoleIn is what the person may do in the project.
func RoleIn(ctx context.Context, r Reader, p ProjectID, who PersonID) (Role, error) {
	if who == Operator {
		return RoleAdmin, nil
	}
	person, err := r.Person(ctx, who)
	if err != nil {
		return RoleNone, err
	}
	if person.Disabled {
		return RoleNone, nil
	}
	if person.Role == RoleAdmin {
		return RoleAdmin, nil
	}
	members, err := r.Members(ctx, p)
	if err != nil {
		return RoleNone, err
	}
	for _, m := range members {
		if m.Person == who {
			return m.Role, nil
		}
	}
	return person.Role, nil
}

// need returns ErrForbidden unless actor has at least the role in the project.
func need(ctx context.Context, r Reader, p ProjectID, actor PersonID, least Role) error {
	role, err := RoleIn(ctx, r, p, actor)
	if err != nil {
		return err
	}
	if !role.AtLeast(least) {
		return fmt.Errorf("%w: %s needs to be %s", ErrForbidden, role, least)
	}
	return nil
}

// needGlobal is need for what belongs to no project.
func needGlobal(ctx context.Context, r Reader, actor PersonID, least Role) error {
	if actor == Operator {
		return nil
	}
	person, err := r.Person(ctx, actor)
	if err != nil {
		return err
	}
	if person.Disabled || !person.Role.AtLeast(least) {
		return fmt.Errorf("%w: %s needs to be %s", ErrForbidden, person.Role, least)
	}
	return nil
}

// step is the frame of every change in a project: one transaction, permission, one step.
func (s *Service) step(ctx context.Context, p ProjectID, actor PersonID, least Role, op Op, detail string, fn func(Tx, *Step) error) (StepID, error) {
	var id StepID
	err := s.store.Update(ctx, func(tx Tx) error {
		if err := need(ctx, tx, p, actor, least); err != nil {
			return err
		}
		st, err := s.begin(ctx, tx, p, actor, op, detail, 0)
		if err != nil {
			return err
		}
		if err := fn(tx, st); err != nil {
			return err
		}
		id = st.ID
		return nil
	})
	return id, err
}

// begin opens a step at the service's time.
func (s *Service) begin(ctx context.Context, tx Tx, p ProjectID, actor PersonID, op Op, detail string, undoes StepID) (*Step, error) {
	st, err := tx.Begin(ctx, p, actor, op, detail, undoes)
	if err != nil {
		return nil, err
	}
	st.At = s.clock()
	return st, nil
}
