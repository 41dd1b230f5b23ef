package sqlstore

import (
	"context"

	"avokoodi/coding"
)

// Assignments lists who was given which answers, the oldest first.
func (r *reader) Assignments(ctx context.Context, p coding.ProjectID) ([]coding.Assignment, error) {
	return list(ctx, r, "assignments", doc[coding.Assignment],
		"SELECT id, doc FROM assignments WHERE project_id = $1 ORDER BY id", int64(p))
}
