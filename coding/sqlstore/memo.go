package sqlstore

import (
	"context"
	"iter"

	"avokoodi/coding"
)

// MemosOf lists the memos by target, then id.
func (r *reader) MemosOf(ctx context.Context, p coding.ProjectID, on coding.MemoOn, targets []int64) ([]coding.Memo, error) {
	return byIDs(ctx, r, "memos", doc[coding.Memo], targets, `SELECT id, doc FROM memos
		WHERE project_id = $1 AND target_kind = $2 AND target_id IN ({ids}) ORDER BY target_id, id`, int64(p), string(on))
}

func (r *reader) EachMemo(ctx context.Context, p coding.ProjectID, on coding.MemoOn) iter.Seq2[coding.Memo, error] {
	return stream(ctx, r, "memos", doc[coding.Memo],
		func(m coding.Memo) []any { return []any{int64(m.ID)} }, func(m coding.Memo) int { return len(m.Text) },
		"SELECT id, doc FROM memos WHERE project_id = $1 AND target_kind = $2 AND id > $3 ORDER BY id LIMIT 1000",
		[]any{int64(0)}, int64(p), string(on))
}
