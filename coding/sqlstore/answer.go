package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"avokoodi/coding"
)

const answerColumns = "id, question_id, round_id, respondent_id, import_id, language, mixed, confidence, length, same"

func scanAnswer(rows *sql.Rows) (a coding.Answer, err error) {
	err = rows.Scan((*int64)(&a.ID), (*int64)(&a.Question), (*int64)(&a.Round), (*int64)(&a.Respondent), (*int64)(&a.Import),
		(*string)(&a.Language), &a.Mixed, &a.Confidence, &a.Length, (*int64)(&a.Same), &a.Text)
	return a, err
}

func (r *reader) Answer(ctx context.Context, p coding.ProjectID, id coding.AnswerID) (coding.Answer, error) {
	return one(ctx, r, fmt.Sprint("answer ", id), scanAnswer,
		"SELECT "+answerColumns+", body FROM answers WHERE id = $1 AND project_id = $2", int64(id), int64(p))
}

func (r *reader) Answers(ctx context.Context, p coding.ProjectID, ids []coding.AnswerID) ([]coding.Answer, error) {
	found, err := byIDs(ctx, r, "answers", scanAnswer, ids,
		"SELECT "+answerColumns+", body FROM answers WHERE project_id = $1 AND id IN ({ids})", int64(p))
	if err != nil {
		return nil, err
	}
	return inOrder(ids, found, func(a coding.Answer) coding.AnswerID { return a.ID }), nil
}

// inOrder is what was found in the order in which it was asked for; an id asked for twice is there twice.
func inOrder[T any, ID comparable](ids []ID, found []T, id func(T) ID) []T {
	place := make(map[ID]int, len(found))
	for i, v := range found {
		place[id(v)] = i
	}
	out := make([]T, 0, len(ids))
	for _, id := range ids {
		if i, ok := place[id]; ok {
			out = append(out, found[i])
		}
	}
	return out
}

func (r *reader) AnswerOf(ctx context.Context, p coding.ProjectID, re coding.RespondentID, q coding.QuestionID) (coding.Answer, error) {
	return one(ctx, r, fmt.Sprintf("answer of respondent %d to question %d", re, q), scanAnswer,
		"SELECT "+answerColumns+", body FROM answers WHERE respondent_id = $1 AND question_id = $2 AND project_id = $3",
		int64(re), int64(q), int64(p))
}

func afterAnswer(a coding.Answer) []any { return []any{int64(a.ID)} }

func (r *reader) EachAnswer(ctx context.Context, p coding.ProjectID, after coding.AnswerID, imp coding.ImportID) iter.Seq2[coding.Answer, error] {
	size := func(a coding.Answer) int { return len(a.Text) }
	if imp == 0 {
		return stream(ctx, r, "answers", scanAnswer, afterAnswer, size,
			"SELECT "+answerColumns+", body FROM answers WHERE project_id = $1 AND id > $2 ORDER BY id LIMIT 1000",
			[]any{int64(after)}, int64(p))
	}
	return stream(ctx, r, "answers of an import", scanAnswer, afterAnswer, size,
		"SELECT "+answerColumns+", body FROM answers WHERE project_id = $1 AND import_id = $2 AND id > $3 ORDER BY id LIMIT 1000",
		[]any{int64(after)}, int64(p), int64(imp))
}

// headColumns are the numbers of an answer without its text. The language is the one word.
var headColumns = []string{"id", "question_id", "round_id", "respondent_id", "import_id", "mixed", "confidence", "length", "same"}

func (r *reader) EachAnswerHead(ctx context.Context, p coding.ProjectID, after coding.AnswerID) iter.Seq2[coding.Answer, error] {
	all := blocks(ctx, r, "answers", headColumns, "language",
		"FROM answers WHERE project_id = $1 AND id > $2 ORDER BY id", []any{int64(after)}, int64(p))
	return func(yield func(coding.Answer, error) bool) {
		for b, err := range all {
			if err != nil {
				yield(coding.Answer{}, err)
				return
			}
			for i := range b.rows {
				at := func(column int) int64 { return b.ints[column][i] }
				a := coding.Answer{ID: coding.AnswerID(at(0)), Question: coding.QuestionID(at(1)), Round: coding.RoundID(at(2)),
					Respondent: coding.RespondentID(at(3)), Import: coding.ImportID(at(4)), Language: coding.Lang(b.words[i]),
					Mixed: at(5) != 0, Confidence: int(at(6)), Length: int(at(7)), Same: coding.SameKey(at(8))}
				if !yield(a, nil) {
					return
				}
			}
		}
	}
}
