package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"

	"avokoodi/coding"
)

const codingColumns = "id, answer_id, theme_id, coder_id, source, rule, version, evidence, at, recheck"

func scanCoding(rows *sql.Rows) (c coding.Coding, err error) {
	var evidence string
	var at int64
	err = rows.Scan((*int64)(&c.ID), (*int64)(&c.Answer), (*int64)(&c.Theme), (*int64)(&c.Coder), (*string)(&c.Source), &c.Rule,
		&c.Version, &evidence, &at, (*int64)(&c.Recheck))
	if err == nil && evidence != "" {
		err = json.Unmarshal([]byte(evidence), &c.Evidence)
	}
	c.At = moment(at)
	return c, err
}

func (r *reader) Coding(ctx context.Context, p coding.ProjectID, id coding.CodingID) (coding.Coding, error) {
	return one(ctx, r, fmt.Sprint("coding ", id), scanCoding,
		"SELECT "+codingColumns+" FROM codings WHERE id = $1 AND project_id = $2", int64(id), int64(p))
}

func (r *reader) CodingsOf(ctx context.Context, p coding.ProjectID, ids []coding.AnswerID) ([]coding.Coding, error) {
	return byIDs(ctx, r, "codings", scanCoding, ids,
		"SELECT "+codingColumns+" FROM codings WHERE project_id = $1 AND answer_id IN ({ids}) ORDER BY answer_id, id", int64(p))
}

func (r *reader) CodingsWith(ctx context.Context, p coding.ProjectID, theme coding.ThemeID) ([]coding.Coding, error) {
	return list(ctx, r, fmt.Sprint("codings with theme ", theme), scanCoding,
		"SELECT "+codingColumns+" FROM codings WHERE theme_id = $1 AND project_id = $2 ORDER BY answer_id, id", int64(theme), int64(p))
}

func (r *reader) RecheckCodings(ctx context.Context, p coding.ProjectID) ([]coding.Coding, error) {
	return list(ctx, r, "codings to recheck", scanCoding,
		"SELECT "+codingColumns+" FROM codings WHERE project_id = $1 AND recheck > 0 ORDER BY answer_id, id", int64(p))
}

func (r *reader) EachCoding(ctx context.Context, p coding.ProjectID) iter.Seq2[coding.Coding, error] {
	return stream(ctx, r, "codings", scanCoding, func(c coding.Coding) []any { return []any{int64(c.ID)} }, nil,
		"SELECT "+codingColumns+" FROM codings WHERE project_id = $1 AND id > $2 ORDER BY id LIMIT 1000",
		[]any{int64(0)}, int64(p))
}

// EachCodingHead reads the index that keeps codings apart, which holds all that it yields.
func (r *reader) EachCodingHead(ctx context.Context, p coding.ProjectID) iter.Seq2[coding.Coding, error] {
	all := blocks(ctx, r, "codings", []string{"answer_id", "theme_id", "coder_id"}, "",
		`FROM codings WHERE project_id = $1 AND (answer_id, theme_id, coder_id) > ($2, $3, $4)
		ORDER BY answer_id, theme_id, coder_id`, []any{int64(0), int64(0), int64(0)}, int64(p))
	return func(yield func(coding.Coding, error) bool) {
		for b, err := range all {
			if err != nil {
				yield(coding.Coding{}, err)
				return
			}
			for i := range b.rows {
				c := coding.Coding{Answer: coding.AnswerID(b.ints[0][i]), Theme: coding.ThemeID(b.ints[1][i]), Coder: coding.PersonID(b.ints[2][i])}
				if !yield(c, nil) {
					return
				}
			}
		}
	}
}

func (r *reader) EachCodingMoment(ctx context.Context, p coding.ProjectID) iter.Seq2[coding.Coding, error] {
	all := blocks(ctx, r, "codings", []string{"id", "answer_id", "at"}, "",
		"FROM codings WHERE project_id = $1 AND id > $2 ORDER BY id", []any{int64(0)}, int64(p))
	return func(yield func(coding.Coding, error) bool) {
		for b, err := range all {
			if err != nil {
				yield(coding.Coding{}, err)
				return
			}
			for i := range b.rows {
				if !yield(coding.Coding{Answer: coding.AnswerID(b.ints[1][i]), At: moment(b.ints[2][i])}, nil) {
					return
				}
			}
		}
	}
}

// putEvidence is evidence as its column holds it.
func putEvidence(spans []coding.Span) (string, error) {
	if len(spans) == 0 {
		return "", nil
	}
	raw, err := json.Marshal(spans)
	return string(raw), err
}
