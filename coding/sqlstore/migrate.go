package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the database to the newest form that this program knows. It refuses a database in a newer form.
func migrate(ctx context.Context, db *sql.DB) error {
	// Another process may migrate at the same moment. Ours then fails, and finds the work done when it looks again.
	const attempts = 4
	for attempt := 1; ; attempt++ {
		err := migrateOnce(ctx, db)
		if err == nil || attempt == attempts || ctx.Err() != nil {
			return err
		}
	}
}

func migrateOnce(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files,
		goose.WithSlog(slog.New(slog.DiscardHandler)), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	have, want, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if have > want {
		return fmt.Errorf("the database was written by a newer version of this program (form %d, this program knows %d)", have, want)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate from form %d to %d: %w", have, want, err)
	}
	return nil
}
