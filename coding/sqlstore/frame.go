package sqlstore

import (
	"context"
	"fmt"

	"avokoodi/coding"
)

// The frame of a project: what its answers stand in.

func (r *reader) Rounds(ctx context.Context, p coding.ProjectID) ([]coding.Round, error) {
	return list(ctx, r, "rounds", doc[coding.Round],
		"SELECT id, doc FROM rounds WHERE project_id = $1 ORDER BY ord, id", int64(p))
}

func (r *reader) Questions(ctx context.Context, p coding.ProjectID) ([]coding.Question, error) {
	return list(ctx, r, "questions", doc[coding.Question],
		"SELECT id, doc FROM questions WHERE project_id = $1 ORDER BY ord, id", int64(p))
}

func (r *reader) Variables(ctx context.Context, p coding.ProjectID) ([]coding.Variable, error) {
	variables, err := list(ctx, r, "variables", doc[coding.Variable],
		"SELECT id, doc FROM variables WHERE project_id = $1 ORDER BY ord, id", int64(p))
	if err != nil {
		return nil, err
	}
	categories, err := list(ctx, r, "categories", doc[coding.Category],
		"SELECT id, doc FROM categories WHERE project_id = $1 ORDER BY ord, id", int64(p))
	if err != nil {
		return nil, err
	}
	place := make(map[coding.VariableID]int, len(variables))
	for i, v := range variables {
		place[v.ID] = i
	}
	for _, c := range categories {
		v := &variables[place[c.Variable]]
		v.Categories = append(v.Categories, c)
	}
	return variables, nil
}

// Themes lists the themes by id.
func (r *reader) Themes(ctx context.Context, p coding.ProjectID) ([]coding.Theme, error) {
	return list(ctx, r, "themes", doc[coding.Theme], "SELECT id, doc FROM themes WHERE project_id = $1 ORDER BY id", int64(p))
}

func (r *reader) Theme(ctx context.Context, p coding.ProjectID, id coding.ThemeID) (coding.Theme, error) {
	return one(ctx, r, fmt.Sprint("theme ", id), doc[coding.Theme],
		"SELECT id, doc FROM themes WHERE id = $1 AND project_id = $2", int64(id), int64(p))
}

// Imports lists the imports, the oldest first.
func (r *reader) Imports(ctx context.Context, p coding.ProjectID) ([]coding.Import, error) {
	return list(ctx, r, "imports", doc[coding.Import], "SELECT id, doc FROM imports WHERE project_id = $1 ORDER BY id", int64(p))
}
