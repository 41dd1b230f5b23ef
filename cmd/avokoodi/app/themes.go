package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/themes"
	"avokoodi/themes/codebook"
)

func (a *app) themesCommand() *cobra.Command {
	c := &cobra.Command{Use: "themes", Short: "The codebook"}
	var project string
	var dry bool
	in := &cobra.Command{Use: "import FILE", Short: "Bring a codebook in: .csv, .xlsx or .qdc", Args: a.args(1, 1), RunE: func(cmd *cobra.Command, args []string) error {
		return a.inProject(cmd.Context(), project, func(h *house, p coding.Project) error {
			name := filepath.Base(args[0])
			f, err := os.Open(args[0])
			if err != nil {
				return refused{[]string{a.t("cli.cannot_read", args[0], err.Error())}}
			}
			defer f.Close()
			entries, err := codebook.Read(f, name, themes.Lang(a.cfg.Lang))
			var bad codebook.Problems
			if errors.As(err, &bad) {
				var rows coding.RowProblems
				for _, p := range bad {
					rows = append(rows, coding.RowProblem{Row: p.Row, Column: p.Column, Problem: p.Problem})
				}
				return a.rowProblems(name, rows)
			}
			if err != nil {
				return a.refuse(name, err)
			}
			diff, err := h.svc.ImportCodebook(cmd.Context(), p.ID, coding.Operator, entries, name, dry)
			var rows coding.RowProblems
			if errors.As(err, &rows) {
				return a.rowProblems(name, rows)
			}
			if err != nil {
				return err
			}
			if a.json {
				return json.NewEncoder(a.out).Encode(map[string]int{"new": len(diff.New), "changed": len(diff.Changed), "same": len(diff.Same)})
			}
			fmt.Fprintln(a.out, a.t("cli.codebook", len(diff.New), len(diff.Changed), len(diff.Same)))
			return nil
		})
	}}
	in.Flags().BoolVar(&dry, "dry-run", false, "say what would change, write nothing")
	out := &cobra.Command{Use: "export FILE", Short: "Write the codebook: .csv, .xlsx or .qdc", Args: a.args(1, 1), RunE: func(cmd *cobra.Command, args []string) error {
		return a.inProject(cmd.Context(), project, func(h *house, p coding.Project) error {
			tree, err := h.svc.Codebook(cmd.Context(), p.ID, coding.Operator)
			if err != nil {
				return err
			}
			return a.writeCodebook(args[0], tree)
		})
	}}
	for _, sub := range []*cobra.Command{in, out} {
		sub.Flags().StringVar(&project, "project", "", "slug of the project")
	}
	c.AddCommand(in, out)
	return c
}

// writeCodebook writes the codebook in the format that the file's ending names; another ending is wrong usage.
func (a *app) writeCodebook(file string, tree themes.Tree) error {
	err := a.writeFile(file, func(f io.Writer) error { return codebook.Write(f, file, tree, themes.Lang(a.cfg.Lang)) })
	var wrong coding.Problem
	if errors.As(err, &wrong) {
		return a.usage(wrong.Key, wrong.Args...)
	}
	return err
}
