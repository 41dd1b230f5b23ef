package app

import (
	"context"
	"errors"
	"fmt"
	"os"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
)

func (a *app) noProject(slug string) error { return refused{[]string{a.t("cli.no_project", slug)}} }

// house is the opened data directory.
type house struct {
	store  *sqlstore.Store
	svc    *coding.Service
	boards *sets.Boards
}

// open opens the data directory, making it where it is not there.
func (a *app) open(ctx context.Context) (*house, error) {
	if err := os.MkdirAll(a.cfg.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	store, err := sqlstore.Open(ctx, a.cfg.Database())
	if err != nil {
		return nil, err
	}
	return &house{store: store, svc: coding.NewService(store, nil), boards: sets.New(store)}, nil
}

func (h *house) close() { h.store.Close() }

// with runs fn on the opened data directory.
func (a *app) with(ctx context.Context, fn func(*house) error) error {
	h, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer h.close()
	return fn(h)
}

// inProject runs fn on a project that must be there.
func (a *app) inProject(ctx context.Context, slug string, fn func(*house, coding.Project) error) error {
	if slug == "" {
		return a.usage("cli.use_project")
	}
	return a.with(ctx, func(h *house) error {
		got, err := h.svc.Open(ctx, coding.Operator, slug)
		if errors.Is(err, coding.ErrNotFound) {
			return a.noProject(slug)
		}
		if err != nil {
			return err
		}
		return fn(h, got.Project)
	})
}
