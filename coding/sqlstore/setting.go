package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
)

func (r *reader) Setting(ctx context.Context, key string) (string, error) {
	found, err := list(ctx, r, "setting "+key, func(rows *sql.Rows) (v string, err error) {
		err = rows.Scan(&v)
		return v, err
	}, "SELECT value FROM settings WHERE key = $1", key)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

func (t *tx) SetSetting(ctx context.Context, key, value string) error {
	_, err := t.write(ctx, `INSERT INTO settings (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	if err != nil {
		return fmt.Errorf("set %s: %w", key, err)
	}
	return nil
}
