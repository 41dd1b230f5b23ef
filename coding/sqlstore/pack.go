package sqlstore

import (
	"context"

	"avokoodi/coding"
)

// Packs lists the reports of a project, the oldest first.
func (r *reader) Packs(ctx context.Context, p coding.ProjectID) ([]coding.Pack, error) {
	return list(ctx, r, "packs", doc[coding.Pack], "SELECT id, doc FROM packs WHERE project_id = $1 ORDER BY id", int64(p))
}
