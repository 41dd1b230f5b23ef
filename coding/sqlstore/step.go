package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"strings"

	"avokoodi/coding"
)

const stepColumns = "project_id, id, changes, actor_id, at, op, detail, undoes, undone_by"

func scanStep(rows *sql.Rows) (s coding.Step, err error) {
	var at int64
	err = rows.Scan((*int64)(&s.Project), (*int64)(&s.ID), &s.Changes, (*int64)(&s.Actor), &at, (*string)(&s.Op), &s.Detail,
		(*int64)(&s.Undoes), (*int64)(&s.UndoneBy))
	s.At = moment(at)
	return s, err
}

func (r *reader) Step(ctx context.Context, p coding.ProjectID, id coding.StepID) (coding.Step, error) {
	return one(ctx, r, fmt.Sprint("step ", id), scanStep,
		"SELECT "+stepColumns+" FROM steps WHERE project_id = $1 AND id = $2", int64(p), int64(id))
}

func (r *reader) Steps(ctx context.Context, p coding.ProjectID, f coding.StepFilter) ([]coding.Step, error) {
	args := []any{int64(p)}
	arg := func(v any) string {
		args = append(args, v)
		return fmt.Sprint("$", len(args))
	}
	where := "project_id = $1"
	if f.Actor != 0 {
		where += " AND actor_id = " + arg(int64(f.Actor))
	}
	if len(f.Ops) > 0 {
		var in []string
		for _, op := range f.Ops {
			in = append(in, arg(string(op)))
		}
		where += " AND op IN (" + strings.Join(in, ",") + ")"
	}
	if !f.From.IsZero() {
		where += " AND at >= " + arg(micros(f.From))
	}
	if !f.To.IsZero() {
		where += " AND at < " + arg(micros(f.To))
	}
	if f.Before != 0 {
		where += " AND id < " + arg(int64(f.Before))
	}
	query := "SELECT " + stepColumns + " FROM steps WHERE " + where + " ORDER BY id DESC LIMIT " + arg(cmp.Or(f.Limit, 100))
	return list(ctx, r, "steps", scanStep, query, args...)
}
