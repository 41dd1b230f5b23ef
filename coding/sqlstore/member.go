package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"avokoodi/coding"
)

// Members lists who has another role in the project than everywhere, by person.
func (r *reader) Members(ctx context.Context, p coding.ProjectID) ([]coding.Member, error) {
	return list(ctx, r, "members", func(rows *sql.Rows) (coding.Member, error) {
		m := coding.Member{Project: p}
		err := rows.Scan((*int64)(&m.Person), (*string)(&m.Role))
		return m, err
	}, "SELECT person_id, role FROM members WHERE project_id = $1 ORDER BY person_id", int64(p))
}

func (t *tx) SetMember(ctx context.Context, m coding.Member) (err error) {
	if m.Role == "" {
		_, err = t.write(ctx, "DELETE FROM members WHERE project_id = $1 AND person_id = $2", int64(m.Project), int64(m.Person))
	} else {
		_, err = t.write(ctx, `INSERT INTO members (project_id, person_id, role) VALUES ($1, $2, $3)
			ON CONFLICT (project_id, person_id) DO UPDATE SET role = excluded.role`, int64(m.Project), int64(m.Person), string(m.Role))
	}
	if err != nil {
		return fmt.Errorf("set role of person %d in project %d: %w", m.Person, m.Project, err)
	}
	return nil
}
