package sqlstore

import (
	"context"

	"avokoodi/coding"
)

// Decisions lists what was decided of the project's answers.
func (r *reader) Decisions(ctx context.Context, p coding.ProjectID) ([]coding.Decision, error) {
	return list(ctx, r, "decisions", doc[coding.Decision],
		"SELECT id, doc FROM decisions WHERE project_id = $1 ORDER BY answer_id, id", int64(p))
}

// DecisionsOf is Decisions on some answers.
func (r *reader) DecisionsOf(ctx context.Context, p coding.ProjectID, ids []coding.AnswerID) ([]coding.Decision, error) {
	return byIDs(ctx, r, "decisions", doc[coding.Decision], ids,
		"SELECT id, doc FROM decisions WHERE project_id = $1 AND answer_id IN ({ids}) ORDER BY answer_id, id", int64(p))
}
