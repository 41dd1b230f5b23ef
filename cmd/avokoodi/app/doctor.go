package app

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui"
)

// dictionaryLine says which Finnish dictionary is used, or how to get one.
func (a *app) dictionaryLine() string {
	path, found, reason := a.words().Dictionary()
	switch {
	case found:
		return path
	case reason != nil:
		return a.t("cli.dictionary_bad", reason.Error())
	}
	return a.t("cli.dictionary_none")
}

// facts is what the system page and doctor say.
func (a *app) facts(ctx context.Context, h *house) []ui.SystemLine {
	_, found, _ := a.words().Dictionary()
	lines := []ui.SystemLine{
		{Label: a.t("cli.fact_version"), Value: "avokoodi " + Version + " (" + commit() + ")"},
		{Label: a.t("cli.fact_data"), Value: a.cfg.Data},
		{Label: a.t("cli.fact_dictionary"), Value: a.dictionaryLine(), Warn: !found},
	}
	if st, err := os.Stat(a.cfg.Database()); err == nil {
		lines = append(lines, ui.SystemLine{Label: a.t("cli.fact_database"), Value: fmt.Sprintf("%.1f MiB", float64(st.Size())/(1<<20))})
	}
	all, err := h.svc.List(ctx, coding.Operator)
	if err != nil {
		return append(lines, ui.SystemLine{Label: a.t("cli.fact_projects"), Value: err.Error(), Warn: true})
	}
	answers := 0
	for _, x := range all {
		err := h.boards.Read(ctx, x.Project.ID, func(b *sets.Board) error {
			answers += int(b.All().GetCardinality())
			return nil
		})
		if err != nil {
			return append(lines, ui.SystemLine{Label: x.Project.Slug, Value: err.Error(), Warn: true})
		}
	}
	return append(lines, ui.SystemLine{Label: a.t("cli.fact_projects"), Value: a.t("cli.fact_projects_line", len(all), answers)})
}

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{Use: "doctor", Short: "Look whether everything is in order", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return a.with(cmd.Context(), func(h *house) error {
			lines := a.facts(cmd.Context(), h)
			if a.json {
				return json.NewEncoder(a.out).Encode(lines)
			}
			for _, l := range lines {
				mark := "ok  "
				if l.Warn {
					mark = "warn"
				}
				fmt.Fprintf(a.out, "%s  %-24s %s\n", mark, l.Label, l.Value)
			}
			return nil
		})
	}}
}
