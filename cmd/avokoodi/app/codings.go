package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"avokoodi/coding"
)

func (a *app) codingsCommand() *cobra.Command {
	c := &cobra.Command{Use: "codings", Short: "Codings made elsewhere"}
	var project, coder string
	var create bool
	in := &cobra.Command{Use: "import FILE.csv", Short: "Bring codings in: respondent,question,theme[,round][,coder][,start][,end]", Args: a.args(1, 1), RunE: func(cmd *cobra.Command, args []string) error {
		return a.inProject(cmd.Context(), project, func(h *house, p coding.Project) error {
			rows, err := a.readCodings(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			who, err := a.coder(cmd, h, coder)
			if err != nil {
				return err
			}
			file := filepath.Base(args[0])
			res, err := h.svc.ImportCodings(cmd.Context(), p.ID, coding.Operator, rows, who, create, file)
			var bad coding.RowProblems
			if errors.As(err, &bad) {
				return a.rowProblems(file, bad)
			}
			if err != nil {
				return err
			}
			if a.json {
				return json.NewEncoder(a.out).Encode(map[string]int{"rows": res.Rows, "added": res.Added, "changed": res.Changed, "same": res.Same, "themes": res.Themes})
			}
			fmt.Fprintln(a.out, a.t("cli.codings", res.Added, res.Changed, res.Same, res.Themes))
			return nil
		})
	}}
	in.Flags().StringVar(&project, "project", "", "slug of the project")
	in.Flags().StringVar(&coder, "coder", "import", "whose codings the rows without a coder are")
	in.Flags().BoolVar(&create, "create-themes", false, "make themes that the codebook lacks")
	c.AddCommand(in)
	return c
}

// coder finds a person by name, or makes a coder who cannot sign in.
func (a *app) coder(cmd *cobra.Command, h *house, name string) (coding.PersonID, error) {
	var p coding.Person
	err := h.store.View(cmd.Context(), func(r coding.Reader) error {
		var err error
		p, err = r.PersonNamed(cmd.Context(), name)
		return err
	})
	if errors.Is(err, coding.ErrNotFound) {
		p, err = h.svc.AddPerson(cmd.Context(), coding.Operator, coding.NewPerson{Name: name, Role: coding.RoleAnalyst})
	}
	return p.ID, err
}

func (a *app) rowProblems(file string, bad coding.RowProblems) error {
	var lines []string
	for _, p := range bad {
		place := fmt.Sprintf("%s:%d", file, p.Row)
		if p.Column != "" {
			place += " [" + p.Column + "]"
		}
		lines = append(lines, place+": "+a.text(p.Problem))
	}
	return refused{lines}
}

// readCodings reads the file's rows.
func (a *app) readCodings(ctx context.Context, file string) ([]coding.CodingRow, error) {
	f, err := a.readRows(ctx, file, "respondent", "question", "theme")
	if err != nil {
		return nil, err
	}
	var rows []coding.CodingRow
	var bad []string
	for _, r := range f.rows {
		offset := func(column string) int {
			s := r.cell(column)
			if s == "" {
				return -1
			}
			n, err := strconv.Atoi(s)
			if err != nil || n < 0 {
				bad = append(bad, fmt.Sprintf("%s:%d [%s]: %s", f.name, r.line, column, a.t("codings.offset_bad", s)))
			}
			return n
		}
		rows = append(rows, coding.CodingRow{Row: r.line, Respondent: r.cell("respondent"), Question: r.cell("question"), Theme: r.cell("theme"),
			Round: r.cell("round"), Coder: r.cell("coder"), Start: offset("start"), End: offset("end")})
	}
	if len(bad) > 0 {
		return nil, refused{bad}
	}
	return rows, nil
}
