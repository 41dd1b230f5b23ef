package app

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"avokoodi/coding"
)

type eraseOptions struct {
	project, round string
	all, yes       bool
}

func (a *app) eraseCommand() *cobra.Command {
	var o eraseOptions
	c := &cobra.Command{Use: "erase RESPONDENT", Short: "Erase a respondent for good: answers, codings, quotes and their traces in the history",
		Args: a.args(1, 1), RunE: func(cmd *cobra.Command, args []string) error {
			return a.inProject(cmd.Context(), o.project, func(h *house, p coding.Project) error { return a.erase(cmd, h, p, args[0], o) })
		}}
	c.Flags().StringVar(&o.project, "project", "", "project")
	c.Flags().StringVar(&o.round, "round", "", "round, where the id is in several")
	c.Flags().BoolVar(&o.all, "all-rounds", false, "in every round that has the id")
	c.Flags().BoolVar(&o.yes, "yes", false, "yes, erase; it can't be undone (without it, says what would go)")
	return c
}

// erasedJSON is what erase --json prints.
type erasedJSON struct {
	Erased      bool     `json:"erased"`
	Respondents int      `json:"respondents"`
	Rounds      []string `json:"rounds"`
	Answers     int      `json:"answers"`
	Codings     int      `json:"codings"`
	Memos       int      `json:"memos"`
	Quotes      int      `json:"quotes"`
	History     int      `json:"history_rows"`
}

// erase takes a respondent out by the id in the survey file, or by '#147'; without --yes it tells what would go.
func (a *app) erase(cmd *cobra.Command, h *house, p coding.Project, said string, o eraseOptions) error {
	ctx := cmd.Context()
	found, err := h.svc.FindRespondents(ctx, p.ID, coding.Operator, said)
	if err != nil {
		return err
	}
	var ids []coding.RespondentID
	var rounds []string
	for _, one := range found {
		e, err := h.svc.Erasure(ctx, p.ID, coding.Operator, []coding.RespondentID{one.ID})
		if err != nil {
			return err
		}
		if key := e.Rounds[0].Key; o.round == "" || o.round == key {
			ids, rounds = append(ids, one.ID), append(rounds, key)
		}
	}
	switch {
	case len(ids) == 0:
		return refused{[]string{a.t("cli.erase_none", said)}}
	case len(ids) > 1 && !o.all:
		return refused{[]string{a.t("cli.erase_rounds", said, strings.Join(rounds, ", "))}}
	}
	do, key := h.svc.Erasure, "cli.erase_would"
	if o.yes {
		do, key = h.svc.Erase, "cli.erased"
	}
	e, err := do(ctx, p.ID, coding.Operator, ids)
	if err != nil {
		return err
	}
	if o.yes {
		if err := a.indexNow(ctx, h, p); err != nil {
			fmt.Fprintln(a.err, a.t("cli.index_later", err.Error()))
		}
	}
	if a.json {
		return json.NewEncoder(a.out).Encode(erasedJSON{o.yes, len(ids), rounds, e.Answers, e.Codings + e.Marks, e.Memos, e.Quotes, e.Changes})
	}
	fmt.Fprintln(a.out, a.t(key, len(ids), e.Answers, e.Codings+e.Marks, e.Memos, e.Quotes, e.Changes))
	return nil
}
