package sqlstore

import (
	"context"
	"database/sql"
	"iter"

	"avokoodi/coding"
)

func scanRespondent(rows *sql.Rows) (re coding.Respondent, err error) {
	err = rows.Scan((*int64)(&re.ID), (*int64)(&re.Round), (*int64)(&re.Import), &re.External, &re.Number)
	return re, err
}

const respondentColumns = "id, round_id, import_id, external, number"

func (r *reader) Respondents(ctx context.Context, p coding.ProjectID, ids []coding.RespondentID) ([]coding.Respondent, error) {
	return byIDs(ctx, r, "respondents", scanRespondent, ids,
		"SELECT "+respondentColumns+" FROM respondents WHERE project_id = $1 AND id IN ({ids}) ORDER BY id", int64(p))
}

// RespondentsNamed lists the respondents with the external id by round.
func (r *reader) RespondentsNamed(ctx context.Context, p coding.ProjectID, external string) ([]coding.Respondent, error) {
	return list(ctx, r, "respondents named", scanRespondent, "SELECT "+respondentColumns+` FROM respondents
		WHERE round_id IN (SELECT id FROM rounds WHERE project_id = $1) AND external = $2 ORDER BY round_id`, int64(p), external)
}

func (r *reader) EachRespondent(ctx context.Context, p coding.ProjectID, after coding.RespondentID) iter.Seq2[coding.Respondent, error] {
	return stream(ctx, r, "respondents", scanRespondent, func(re coding.Respondent) []any { return []any{int64(re.ID)} }, nil,
		"SELECT "+respondentColumns+" FROM respondents WHERE project_id = $1 AND id > $2 ORDER BY id LIMIT 1000",
		[]any{int64(after)}, int64(p))
}
