package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"

	"avokoodi/coding"
)

func (r *reader) Project(ctx context.Context, slug string) (coding.Project, error) {
	return one(ctx, r, "project "+slug, doc[coding.Project], "SELECT id, doc FROM projects WHERE slug = $1", slug)
}

func (r *reader) ProjectByID(ctx context.Context, p coding.ProjectID) (coding.Project, error) {
	return one(ctx, r, fmt.Sprint("project ", p), doc[coding.Project], "SELECT id, doc FROM projects WHERE id = $1", int64(p))
}

// Projects lists all projects, the oldest first.
func (r *reader) Projects(ctx context.Context) ([]coding.Project, error) {
	return list(ctx, r, "projects", doc[coding.Project], "SELECT id, doc FROM projects ORDER BY id")
}

func (t *tx) CreateProject(ctx context.Context, p coding.Project) (coding.Project, error) {
	p.ID, p.Created = 0, kept(p.Created)
	raw, err := json.Marshal(p)
	if err != nil {
		return coding.Project{}, fmt.Errorf("create project %s: %w", p.Slug, err)
	}
	id, err := t.insertID(ctx, "INSERT INTO projects (slug, doc) VALUES ($1, $2)", p.Slug, string(raw))
	if err != nil {
		return coding.Project{}, fmt.Errorf("create project %s: %w", p.Slug, err)
	}
	p.ID = coding.ProjectID(id)
	return p, nil
}

// projectTables are what holds rows of a project, each before what it points to.
var projectTables = []string{
	"quotes", "memos", "marks", "codings", "decisions", "answers", "respondent_values", "respondents", "imports",
	"categories", "variables", "questions", "rounds", "themes", "views", "assignments", "packs", "workshops", "live_rooms", "erased", "members", "changes", "steps",
}

func (t *tx) DeleteProject(ctx context.Context, p coding.ProjectID) error {
	err := t.whole(ctx, func() error {
		// Themes point to each other.
		if _, err := t.write(ctx, "UPDATE themes SET parent_id = NULL WHERE project_id = $1 AND parent_id IS NOT NULL", int64(p)); err != nil {
			return err
		}
		if err := t.emptyRooms(ctx, p); err != nil {
			return err
		}
		for _, table := range projectTables {
			if _, err := t.remove(ctx, "DELETE FROM "+table+" WHERE project_id = $1", int64(p)); err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
		}
		n, err := t.remove(ctx, "DELETE FROM projects WHERE id = $1", int64(p))
		if err == nil && n == 0 {
			err = coding.ErrNotFound
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("delete project %d: %w", p, err)
	}
	t.ledger.forget(p)
	return nil
}
