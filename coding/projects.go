package coding

import (
	"context"
	"errors"
	"reflect"
)

// CreateProject makes an empty project. A taken slug is a Problem.
func (s *Service) CreateProject(ctx context.Context, actor PersonID, p Project) (Project, error) {
	if p.Threshold == 0 {
		p.Threshold = DefaultThreshold
	}
	p.Name = p.Name.Trim()
	p.Created = s.clock()
	if err := p.check(); err != nil {
		return Project{}, err
	}
	err := s.store.Update(ctx, func(tx Tx) error {
		if err := needGlobal(ctx, tx, actor, RoleLead); err != nil {
			return err
		}
		_, err := tx.Project(ctx, p.Slug)
		if err == nil {
			return problem("slug", "project.slug_taken", p.Slug)
		}
		if !errors.Is(err, ErrNotFound) {
			return err
		}
		p, err = tx.CreateProject(ctx, p)
		return err
	})
	return p, err
}

// ChangeProject sets name, threshold, the list of empty talk and whether coders get suggestions.
func (s *Service) ChangeProject(ctx context.Context, actor PersonID, p Project) error {
	p.Name = p.Name.Trim()
	if err := p.check(); err != nil {
		return err
	}
	_, err := s.step(ctx, p.ID, actor, RoleLead, OpProject, p.Slug, func(tx Tx, st *Step) error {
		old, err := tx.ProjectByID(ctx, p.ID)
		if err != nil {
			return err
		}
		after := old
		after.Name, after.Threshold, after.EmptyTalk, after.NoSuggestions = p.Name, p.Threshold, p.EmptyTalk, p.NoSuggestions
		_, err = tx.Put(ctx, st, old, after)
		return err
	})
	return err
}

// SetQuoting sets how a project quotes.
func (s *Service) SetQuoting(ctx context.Context, actor PersonID, p ProjectID, rules QuoteRules) error {
	rules.Template = rules.Template.Trim()
	_, err := s.step(ctx, p, actor, RoleLead, OpProject, "", func(tx Tx, st *Step) error {
		old, err := tx.ProjectByID(ctx, p)
		if err != nil {
			return err
		}
		after := old
		after.Quoting = rules
		if err := after.check(); err != nil || reflect.DeepEqual(after.Quoting, old.Quoting) {
			return err
		}
		_, err = tx.Put(ctx, st, old, after)
		return err
	})
	return err
}

// DeleteProject removes a project with everything in it. It can't be undone.
func (s *Service) DeleteProject(ctx context.Context, actor PersonID, id ProjectID) error {
	return s.store.Update(ctx, func(tx Tx) error {
		if err := need(ctx, tx, id, actor, RoleLead); err != nil {
			return err
		}
		return tx.DeleteProject(ctx, id)
	})
}

// Access is a project as one person sees it.
type Access struct {
	Project Project
	Role    Role
}

// Open finds a project by slug and tells what the actor may do there. A project that the actor may not see is ErrNotFound.
func (s *Service) Open(ctx context.Context, actor PersonID, slug string) (Access, error) {
	var a Access
	err := s.store.View(ctx, func(r Reader) error {
		p, err := r.Project(ctx, slug)
		if err != nil {
			return err
		}
		role, err := RoleIn(ctx, r, p.ID, actor)
		if err != nil {
			return err
		}
		if !role.AtLeast(RoleReader) {
			return ErrNotFound
		}
		a = Access{p, role}
		return nil
	})
	return a, err
}

// List is the projects that the actor may see.
func (s *Service) List(ctx context.Context, actor PersonID) ([]Access, error) {
	var out []Access
	err := s.store.View(ctx, func(r Reader) error {
		all, err := r.Projects(ctx)
		if err != nil {
			return err
		}
		for _, p := range all {
			role, err := RoleIn(ctx, r, p.ID, actor)
			if err != nil {
				return err
			}
			if role.AtLeast(RoleReader) {
				out = append(out, Access{p, role})
			}
		}
		return nil
	})
	return out, err
}
