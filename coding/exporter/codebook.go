package exporter

import (
	"context"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/themes"
)

// codebook is a row for each theme, a parent before its sub-themes. themes/codebook reads it back. Columns:
//
//	key, parent                      keys; parent is empty for a top theme
//	label_fi, label_sv, label_en     and likewise definition_, include_, exclude_ and keywords_; keywords are separated by '; '
//	hue                              1–12
//	shortcut                         a digit or a letter
//	retired                          1, or empty
//	version                          of the definition
//	aliases                          keys and labels of themes that were merged into this one, separated by '; '
func (e *Exporter) codebook(ctx context.Context, q report.Request, o Options) (*Document, error) {
	return e.rowDocument(ctx, report.Request{Project: q.Project}, o, always(func(_ context.Context, d *Document, s *source) {
		d.Name, d.Title = "codebook", o.T("export.title_codebook")
		t := Table{Name: o.T("export.sheet_themes"), Frozen: 1, Columns: []Column{{"key", 24, false}, {"parent", 20, false}}}
		for _, what := range []string{"label", "definition", "include", "exclude", "keywords"} {
			for _, l := range themes.Langs {
				width := 30
				if what != "label" {
					width = 44
				}
				t.Columns = append(t.Columns, Column{what + "_" + string(l), width, true})
			}
		}
		for _, what := range []string{"hue", "shortcut", "retired", "version"} {
			t.Columns = append(t.Columns, Column{what, 9, false})
		}
		t.Columns = append(t.Columns, Column{"aliases", 30, true})
		var list [][]Cell
		for _, th := range s.tree.All() {
			parent, _ := s.tree.Get(th.Parent)
			list = append(list, themeRow(th, parent.Key))
		}
		t.Rows = rows(list)
		d.Tables = []Table{t}
	}))
}

func themeRow(th coding.Theme, parent string) []Cell {
	row := []Cell{Text(th.Key), Text(parent)}
	for _, text := range []coding.Text{th.Label, th.Definition, th.Include, th.Exclude} {
		for _, l := range themes.Langs {
			row = append(row, Text(text.Exact(l)))
		}
	}
	for _, l := range themes.Langs {
		row = append(row, Text(strings.Join(th.Keywords.In(l), "; ")))
	}
	retired := Cell{}
	if th.Retired {
		retired = Number(1)
	}
	return append(row, Number(th.Hue), Text(th.Shortcut), retired, Number(th.Version), Text(strings.Join(th.Aliases, "; ")))
}
