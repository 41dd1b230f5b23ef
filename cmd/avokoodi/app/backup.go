package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/coding/sqlstore"
	"avokoodi/index"
)

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{Use: "backup FILE", Short: "Copy the store of record to a file; works while a server runs", Args: a.args(1, 1), RunE: func(cmd *cobra.Command, args []string) error {
		return a.with(cmd.Context(), func(h *house) error {
			if _, err := os.Stat(args[0]); err == nil {
				return refused{[]string{a.t("cli.exists", args[0])}}
			}
			if err := h.store.Backup(cmd.Context(), args[0]); err != nil {
				return err
			}
			fmt.Fprintln(a.out, args[0])
			return nil
		})
	}}
}

func (a *app) restoreCommand() *cobra.Command {
	return &cobra.Command{Use: "restore FILE", Short: "Put a backup in the place of the store; what is there now is kept beside it", Args: a.args(1, 1), RunE: func(cmd *cobra.Command, args []string) error {
		return a.restore(cmd.Context(), args[0])
	}}
}

// restore checks the backup on a copy, then swaps it in. The index is built anew at the next use.
func (a *app) restore(ctx context.Context, file string) error {
	if err := os.MkdirAll(a.cfg.Data, 0o700); err != nil {
		return err
	}
	lock, err := a.holdIndex()
	if err != nil {
		return err
	}
	defer lock()
	tmp := a.cfg.Database() + ".restoring"
	defer os.Remove(tmp)
	if err := copyFile(file, tmp); err != nil {
		return refused{[]string{a.t("cli.cannot_read", file, err.Error())}}
	}
	store, err := sqlstore.Open(ctx, tmp)
	if err != nil {
		return refused{[]string{a.t("cli.not_backup", file)}}
	}
	var projects []coding.Project
	err = store.View(ctx, func(r coding.Reader) error {
		projects, err = r.Projects(ctx)
		return err
	})
	if err = errors.Join(err, store.Close()); err != nil {
		return refused{[]string{a.t("cli.not_backup", file)}}
	}
	old := a.cfg.Database() + ".before-restore"
	for _, tail := range []string{"", "-wal", "-shm"} {
		os.Remove(old + tail)
		if err := os.Rename(a.cfg.Database()+tail, old+tail); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	if err := os.Rename(tmp, a.cfg.Database()); err != nil {
		return err
	}
	if err := os.RemoveAll(a.cfg.Index()); err != nil {
		return err
	}
	fmt.Fprintln(a.out, a.t("cli.restored", len(projects)))
	return nil
}

// holdIndex takes the directory's lock, so that no server runs on the data meanwhile.
func (a *app) holdIndex() (release func(), err error) {
	store, err := sqlstore.Open(context.Background(), a.cfg.Database())
	if err != nil {
		return nil, err
	}
	ix, err := index.Open(a.cfg.Index(), store, index.Config{Once: true})
	if errors.Is(err, index.ErrLocked) {
		store.Close()
		return nil, errors.New(a.t("cli.stop_server"))
	}
	if err != nil {
		store.Close()
		return nil, err
	}
	store.Close()
	return func() { ix.Close() }, nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	if err := out.Sync(); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
