package app

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/themes"
)

func (a *app) projectCommand() *cobra.Command {
	c := &cobra.Command{Use: "project", Short: "Projects"}
	var name string
	create := &cobra.Command{Use: "create SLUG", Short: "Make an empty project", Args: a.args(1, 1), RunE: func(cmd *cobra.Command, args []string) error {
		return a.with(cmd.Context(), func(h *house) error {
			if name == "" {
				name = args[0]
			}
			p, err := h.svc.CreateProject(cmd.Context(), coding.Operator, coding.Project{Slug: args[0], Name: themes.Same(name)})
			if err == nil {
				fmt.Fprintln(a.out, p.Slug)
			}
			return err
		})
	}}
	create.Flags().StringVar(&name, "name", "", "name (default: the slug)")
	list := &cobra.Command{Use: "list", Short: "List projects", Args: a.args(0, 0), RunE: func(cmd *cobra.Command, _ []string) error {
		return a.with(cmd.Context(), func(h *house) error { return a.listProjects(cmd, h) })
	}}
	show := &cobra.Command{Use: "show SLUG", Short: "What a project holds", Args: a.args(1, 1), RunE: func(cmd *cobra.Command, args []string) error {
		return a.inProject(cmd.Context(), args[0], func(h *house, p coding.Project) error { return a.showProject(cmd, h, p) })
	}}
	var yes bool
	remove := &cobra.Command{Use: "delete SLUG", Short: "Delete a project with everything in it", Args: a.args(1, 1), RunE: func(cmd *cobra.Command, args []string) error {
		if !yes {
			return a.usage("cli.delete_yes")
		}
		return a.inProject(cmd.Context(), args[0], func(h *house, p coding.Project) error {
			return h.svc.DeleteProject(cmd.Context(), coding.Operator, p.ID)
		})
	}}
	remove.Flags().BoolVar(&yes, "yes", false, "yes, delete it; it can't be undone")
	c.AddCommand(create, list, show, remove)
	return c
}

type projectLine struct {
	Slug        string         `json:"slug"`
	Name        coding.Text    `json:"name"`
	Threshold   int            `json:"threshold"`
	Respondents int            `json:"respondents"`
	Answers     int            `json:"answers"`
	Coded       int            `json:"coded"`
	Codings     int            `json:"codings"`
	Themes      int            `json:"themes"`
	Questions   []string       `json:"questions"`
	Variables   []string       `json:"variables"`
	Rounds      []string       `json:"rounds"`
	Languages   map[string]int `json:"languages"`
}

func line(b *sets.Board) projectLine {
	p := b.Project()
	l := projectLine{Slug: p.Slug, Name: p.Name, Threshold: p.Threshold, Respondents: int(b.Respondents().GetCardinality()), Answers: int(b.All().GetCardinality()),
		Coded: int(b.State(coding.StateCoded).GetCardinality()), Codings: b.Codings(), Themes: b.Tree().Len(), Questions: []string{}, Variables: []string{}, Rounds: []string{}, Languages: map[string]int{}}
	for _, q := range b.Questions() {
		l.Questions = append(l.Questions, q.Key)
	}
	for _, v := range b.Variables() {
		l.Variables = append(l.Variables, v.Key)
	}
	for _, r := range b.Rounds() {
		l.Rounds = append(l.Rounds, r.Key)
	}
	for _, x := range b.Languages() {
		l.Languages[string(x)] = int(b.Language(x).GetCardinality())
	}
	return l
}

func (a *app) listProjects(cmd *cobra.Command, h *house) error {
	all, err := h.svc.List(cmd.Context(), coding.Operator)
	if err != nil {
		return err
	}
	lines := []projectLine{}
	for _, x := range all {
		err := h.boards.Read(cmd.Context(), x.Project.ID, func(b *sets.Board) error {
			lines = append(lines, line(b))
			return nil
		})
		if err != nil {
			return err
		}
	}
	if a.json {
		return json.NewEncoder(a.out).Encode(lines)
	}
	for _, l := range lines {
		fmt.Fprintf(a.out, "%s\t%s\t%s\n", l.Slug, l.Name.In(coding.Lang(a.cfg.Lang)), a.t("cli.project_line", l.Answers, l.Coded, l.Themes))
	}
	return nil
}

func (a *app) showProject(cmd *cobra.Command, h *house, p coding.Project) error {
	var l projectLine
	err := h.boards.Read(cmd.Context(), p.ID, func(b *sets.Board) error {
		l = line(b)
		return nil
	})
	if err != nil {
		return err
	}
	enc := json.NewEncoder(a.out)
	if !a.json {
		enc.SetIndent("", "  ")
	}
	return enc.Encode(l)
}
