package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"

	"avokoodi/coding"
)

func (r *reader) LastSeq(ctx context.Context, p coding.ProjectID) (coding.Seq, error) {
	return one(ctx, r, fmt.Sprint("last change of project ", p), func(rows *sql.Rows) (s coding.Seq, err error) {
		err = rows.Scan((*int64)(&s))
		return s, err
	}, "SELECT seq FROM projects WHERE id = $1", int64(p))
}

func scanChange(rows *sql.Rows) (c coding.Change, err error) {
	var before, after sql.NullString
	err = rows.Scan((*int64)(&c.Seq), (*int64)(&c.Step), (*string)(&c.Kind), &c.ID, &before, &after)
	if before.Valid {
		c.Before = json.RawMessage(before.String)
	}
	if after.Valid {
		c.After = json.RawMessage(after.String)
	}
	return c, err
}

const changeColumns = "seq, step_id, kind, entity_id, before, after"

// Changes lists at most limit changes behind after; all of them when limit is 0.
func (r *reader) Changes(ctx context.Context, p coding.ProjectID, after coding.Seq, limit int) ([]coding.Change, error) {
	if limit <= 0 {
		limit = math.MaxInt32
	}
	return list(ctx, r, "changes", scanChange, "SELECT "+changeColumns+
		" FROM changes WHERE project_id = $1 AND seq > $2 ORDER BY seq LIMIT $3", int64(p), int64(after), limit)
}

func (r *reader) ChangesOf(ctx context.Context, p coding.ProjectID, step coding.StepID) ([]coding.Change, error) {
	return list(ctx, r, fmt.Sprint("changes of step ", step), scanChange, "SELECT "+changeColumns+` FROM changes
		WHERE project_id = $1 AND seq >= $2 AND seq <= (SELECT last_seq FROM steps WHERE project_id = $1 AND id = $2) AND step_id = $2
		ORDER BY seq`, int64(p), int64(step))
}

func (r *reader) ChangeIn(ctx context.Context, p coding.ProjectID, step coding.StepID, kind coding.Kind, id int64) (coding.Change, error) {
	return one(ctx, r, fmt.Sprintf("change of %s %d in step %d", kind, id, step), scanChange, "SELECT "+changeColumns+` FROM changes
		WHERE project_id = $1 AND kind = $2 AND entity_id = $3 AND step_id = $4 ORDER BY seq DESC LIMIT 1`, int64(p), string(kind), id, int64(step))
}

func (r *reader) LastChange(ctx context.Context, p coding.ProjectID, kind coding.Kind, id int64) (coding.Change, error) {
	return one(ctx, r, fmt.Sprintf("last change of %s %d", kind, id), scanChange, "SELECT "+changeColumns+` FROM changes
		WHERE project_id = $1 AND kind = $2 AND entity_id = $3 ORDER BY seq DESC LIMIT 1`, int64(p), string(kind), id)
}
