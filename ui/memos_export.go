package ui

import (
	"avokoodi/coding"
	"avokoodi/coding/exporter"
)

// exportMemos is the list of memos as a file, with the same filter.
func (s *Server) exportMemos(r *request) error {
	people, err := s.names(r)
	if err != nil {
		return err
	}
	memos, err := s.memosOf(r, people)
	if err != nil {
		return err
	}
	doc := &exporter.Document{Lang: coding.Lang(r.lang), Title: r.t("memos.title")}
	table := exporter.Table{Name: r.t("memos.title")}
	for _, col := range []string{"kind", "answer", "theme", "user", "name", "time", "text"} {
		table.Columns = append(table.Columns, exporter.Column{Title: r.t("memos.col." + col), Width: 16})
	}
	table.Rows = func(yield func([]exporter.Cell, error) bool) {
		for start := 0; start < len(memos); start += 500 {
			some := memos[start:min(start+500, len(memos))]
			targets, err := s.memoTargets(r, some)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, m := range some {
				if !yield([]exporter.Cell{exporter.Text(r.t("memos.kind." + string(m.On))), exporter.Text(targets.texts[targets.answer[m.ID]].Number),
					exporter.Text(targets.theme[m.ID].Key), exporter.Text(people[m.Author].Name), exporter.Text(r.nameOf(people, m.Author)),
					exporter.Moment(m.At), exporter.Text(m.Text)}, nil) {
					return
				}
			}
		}
	}
	doc.Tables = []exporter.Table{table}
	return s.download(r, doc, r.fileName("memos"), "csv")
}
