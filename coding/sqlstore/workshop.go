package sqlstore

import (
	"context"

	"avokoodi/coding"
)

// Workshops lists the workshops of a project, the oldest first.
func (r *reader) Workshops(ctx context.Context, p coding.ProjectID) ([]coding.Workshop, error) {
	return list(ctx, r, "workshops", doc[coding.Workshop], "SELECT id, doc FROM workshops WHERE project_id = $1 ORDER BY id", int64(p))
}
