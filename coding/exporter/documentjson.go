package exporter

import (
	"encoding/json"
	"io"
)

// DocumentJSON writes all tables of a document for scripts: a hidden number is {"suppressed": why}, an empty cell null; a share
// is of 1. The notes
// say project, time, filters, codebook version and threshold.
func DocumentJSON(w io.Writer, d *Document) error {
	type noteJSON struct {
		Label string `json:"label"`
		Text  string `json:"text"`
	}
	type tableJSON struct {
		Name    string   `json:"name"`
		Columns []string `json:"columns"`
		Rows    [][]any  `json:"rows"`
	}
	out := struct {
		Title  string      `json:"title"`
		Notes  []noteJSON  `json:"notes"`
		Tables []tableJSON `json:"tables"`
	}{Title: d.Title, Notes: []noteJSON{}, Tables: []tableJSON{}}
	for _, n := range d.Notes {
		out.Notes = append(out.Notes, noteJSON{n.Label, n.Text})
	}
	for _, t := range d.Tables {
		one := tableJSON{Name: t.Name, Columns: []string{}, Rows: [][]any{}}
		for _, c := range t.Columns {
			one.Columns = append(one.Columns, c.Title)
		}
		for row, err := range t.Rows {
			if err != nil {
				return err
			}
			line := make([]any, len(row))
			for i, c := range row {
				switch c.Kind {
				case KindText:
					line[i] = c.Text
				case KindNumber, KindShare, KindDecimal:
					line[i] = c.Number
				case KindHidden:
					line[i] = map[string]string{"suppressed": string(c.Hidden)}
				}
			}
			one.Rows = append(one.Rows, line)
		}
		out.Tables = append(out.Tables, one)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
