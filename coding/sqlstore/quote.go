package sqlstore

import (
	"context"
	"fmt"

	"avokoodi/coding"
)

func (r *reader) Quote(ctx context.Context, p coding.ProjectID, id coding.QuoteID) (coding.Quote, error) {
	return one(ctx, r, fmt.Sprint("quote ", id), doc[coding.Quote],
		"SELECT id, doc FROM quotes WHERE id = $1 AND project_id = $2", int64(id), int64(p))
}

// QuotesOf lists the quotes by answer, then id.
func (r *reader) QuotesOf(ctx context.Context, p coding.ProjectID, ids []coding.AnswerID) ([]coding.Quote, error) {
	return byIDs(ctx, r, "quotes", doc[coding.Quote], ids,
		"SELECT id, doc FROM quotes WHERE project_id = $1 AND answer_id IN ({ids}) ORDER BY answer_id, id", int64(p))
}

func (r *reader) Quotes(ctx context.Context, p coding.ProjectID) ([]coding.Quote, error) {
	return list(ctx, r, "quotes", doc[coding.Quote], "SELECT id, doc FROM quotes WHERE project_id = $1 ORDER BY ord, id", int64(p))
}

// Views lists the saved views of a person, the oldest first.
func (r *reader) Views(ctx context.Context, p coding.ProjectID, owner coding.PersonID) ([]coding.View, error) {
	return list(ctx, r, "views", doc[coding.View],
		"SELECT id, doc FROM views WHERE project_id = $1 AND owner_id = $2 ORDER BY id", int64(p), int64(owner))
}
