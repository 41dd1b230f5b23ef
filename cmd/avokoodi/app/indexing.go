package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/index"
)

// indexNow brings the text index up to date after a change. Where a server has the index it follows by itself.
func (a *app) indexNow(ctx context.Context, h *house, p coding.Project) error {
	ix, err := index.Open(a.cfg.Index(), h.store, index.Config{Log: a.log, Once: true, Engine: a.words()})
	if errors.Is(err, index.ErrLocked) {
		return nil
	}
	if err != nil {
		return err
	}
	defer ix.Close()
	return ix.Sync(ctx, p.ID)
}

func (a *app) indexCommand() *cobra.Command {
	c := &cobra.Command{Use: "index", Short: "Care of the text index"}
	var project string
	each := func(cmd *cobra.Command, fn func(*index.Index, coding.Project) error) error {
		return a.with(cmd.Context(), func(h *house) error {
			all, err := h.svc.List(cmd.Context(), coding.Operator)
			if err != nil {
				return err
			}
			ix, err := index.Open(a.cfg.Index(), h.store, index.Config{Log: a.log, Once: true, Engine: a.words()})
			if errors.Is(err, index.ErrLocked) {
				return errors.New(a.t("cli.stop_server"))
			}
			if err != nil {
				return err
			}
			defer ix.Close()
			found := false
			for _, x := range all {
				if project != "" && x.Project.Slug != project {
					continue
				}
				found = true
				if err := fn(ix, x.Project); err != nil {
					return fmt.Errorf("%s: %w", x.Project.Slug, err)
				}
			}
			if project != "" && !found {
				return a.noProject(project)
			}
			return nil
		})
	}
	rebuild := &cobra.Command{Use: "rebuild", Short: "Build the index anew from the store", Args: a.args(0, 0), RunE: func(cmd *cobra.Command, _ []string) error {
		return each(cmd, func(ix *index.Index, p coding.Project) error {
			if err := ix.Rebuild(cmd.Context(), p.ID, nil); err != nil {
				return err
			}
			fmt.Fprintln(a.out, a.t("cli.rebuilt", p.Slug))
			return nil
		})
	}}
	check := &cobra.Command{Use: "check", Short: "Prove that the index equals the store", Args: a.args(0, 0), RunE: func(cmd *cobra.Command, _ []string) error {
		return each(cmd, func(ix *index.Index, p coding.Project) error { return a.checkIndex(cmd.Context(), ix, p) })
	}}
	for _, sub := range []*cobra.Command{rebuild, check} {
		sub.Flags().StringVar(&project, "project", "", "only this project")
	}
	c.AddCommand(rebuild, check)
	return c
}

func (a *app) checkIndex(ctx context.Context, ix *index.Index, p coding.Project) error {
	rep, err := ix.Check(ctx, p.ID)
	if err != nil {
		return err
	}
	if a.json {
		if err := json.NewEncoder(a.out).Encode(struct {
			Project string `json:"project"`
			OK      bool   `json:"ok"`
			index.Report
		}{p.Slug, rep.OK(), rep}); err != nil {
			return err
		}
	} else if rep.OK() {
		fmt.Fprintln(a.out, a.t("cli.index_equal", p.Slug, rep.Answers))
	}
	if rep.OK() {
		return nil
	}
	for _, d := range rep.Examples {
		fmt.Fprintf(a.err, "%s: answer %d: index %s, store %s\n", p.Slug, d.Answer, d.Index, d.Store)
	}
	return errors.New(a.t("cli.index_differs", p.Slug))
}
