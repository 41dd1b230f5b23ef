package sqlstore

import (
	"context"
	"fmt"

	"avokoodi/coding"
)

// worked are the queries that find a person's work on the answers of an import.
var worked = []string{
	`SELECT 1 FROM answers a JOIN codings c ON c.project_id = a.project_id AND c.answer_id = a.id WHERE a.project_id = $1 AND a.import_id = $2 LIMIT 1`,
	`SELECT 1 FROM answers a JOIN marks m ON m.project_id = a.project_id AND m.answer_id = a.id WHERE a.project_id = $1 AND a.import_id = $2 LIMIT 1`,
	`SELECT 1 FROM answers a JOIN quotes q ON q.project_id = a.project_id AND q.answer_id = a.id WHERE a.project_id = $1 AND a.import_id = $2 LIMIT 1`,
	`SELECT 1 FROM answers a JOIN decisions d ON d.project_id = a.project_id AND d.answer_id = a.id WHERE a.project_id = $1 AND a.import_id = $2 LIMIT 1`,
	`SELECT 1 FROM memos m JOIN answers a ON a.id = m.target_id
		WHERE m.project_id = $1 AND m.target_kind = 'answer' AND a.import_id = $2 LIMIT 1`,
}

// emptying are the statements that delete what came by an import. A respondent who answered in another import too keeps
// the import from being deleted.
var emptying = []string{
	`DELETE FROM answers WHERE project_id = $1 AND import_id = $2`,
	`DELETE FROM respondent_values WHERE project_id = $1 AND respondent_id IN
		(SELECT id FROM respondents WHERE project_id = $1 AND import_id = $2)`,
	`DELETE FROM respondents WHERE project_id = $1 AND import_id = $2`,
}

// emptyImport deletes the answers, values and respondents of an import, unless somebody has worked on them.
func (t *tx) emptyImport(ctx context.Context, p coding.ProjectID, id coding.ImportID) error {
	for _, query := range worked {
		found, err := list(ctx, &t.reader, "work on the import", scanInt, query, int64(p), int64(id))
		if err != nil {
			return err
		}
		if len(found) > 0 {
			return fmt.Errorf("%w: the import's answers have been worked on", coding.ErrConflict)
		}
	}
	return t.whole(ctx, func() error {
		for _, query := range emptying {
			if _, err := t.remove(ctx, query, int64(p), int64(id)); err != nil {
				return err
			}
		}
		return nil
	})
}
