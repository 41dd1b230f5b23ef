package sqlstore

import (
	"context"
	"database/sql"
	"iter"

	"avokoodi/coding"
)

const markColumns = "id, answer_id, coder_id, state, at, recheck"

func scanMark(rows *sql.Rows) (m coding.Mark, err error) {
	var at int64
	err = rows.Scan((*int64)(&m.ID), (*int64)(&m.Answer), (*int64)(&m.Coder), (*string)(&m.State), &at, (*int64)(&m.Recheck))
	m.At = moment(at)
	return m, err
}

// MarksOf lists the marks by answer, then id.
func (r *reader) MarksOf(ctx context.Context, p coding.ProjectID, ids []coding.AnswerID) ([]coding.Mark, error) {
	return byIDs(ctx, r, "marks", scanMark, ids,
		"SELECT "+markColumns+" FROM marks WHERE project_id = $1 AND answer_id IN ({ids}) ORDER BY answer_id, id", int64(p))
}

func (r *reader) RecheckMarks(ctx context.Context, p coding.ProjectID) ([]coding.Mark, error) {
	return list(ctx, r, "marks to recheck", scanMark,
		"SELECT "+markColumns+" FROM marks WHERE project_id = $1 AND recheck > 0 ORDER BY answer_id, id", int64(p))
}

func (r *reader) EachMark(ctx context.Context, p coding.ProjectID) iter.Seq2[coding.Mark, error] {
	return stream(ctx, r, "marks", scanMark, func(m coding.Mark) []any { return []any{int64(m.ID)} }, nil,
		"SELECT "+markColumns+" FROM marks WHERE project_id = $1 AND id > $2 ORDER BY id LIMIT 1000", []any{int64(0)}, int64(p))
}
