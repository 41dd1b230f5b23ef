package exporter

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"avokoodi/coding"
)

// answers is a row for each answer, with the respondent's background.
func (e *Exporter) answers(ctx context.Context, d *Document, s *source) {
	d.Name, d.Title = "answers", s.o.T("export.title_answers")
	t := Table{Name: s.o.T("export.sheet_answers"), Columns: []Column{
		{s.o.T("export.col_respondent"), 14, false}, {s.o.T("export.col_round"), 10, false}, {s.o.T("export.col_question"), 12, false},
		{s.o.T("export.col_question_text"), 34, false}, {s.o.T("export.col_language"), 10, false}, {s.o.T("export.col_state"), 16, false},
		{s.o.T("export.col_answer"), 80, true},
	}}
	for _, v := range s.variables {
		t.Columns = append(t.Columns, Column{Title: cmp.Or(v.Label.In(s.o.Lang), v.Key), Width: 24})
	}
	t.Rows = e.each(ctx, s, want{codings: true, marks: true, values: true}, func(b *batch, a coding.Answer, emit func([]Cell) bool) bool {
		q := s.questions[a.Question]
		row := []Cell{Text(b.respondents[a.Respondent].External), Text(s.rounds[a.Round].Key), Text(q.Key), Text(q.Name(s.o.Lang)),
			Text(languageName(a.Language, s.o)), Text(s.o.T("export.state_" + string(b.state(a.ID)))), Text(a.Text)}
		return emit(append(row, s.background(b.values[a.Respondent])...))
	})
	d.Tables = []Table{t}
}

// background is a cell for each variable: the labels of the categories that the respondent is in.
func (s *source) background(ids []coding.CategoryID) []Cell {
	in := make([][]coding.Category, len(s.variables))
	for _, id := range ids {
		if at, ok := s.category[id]; ok {
			in[at.variable] = append(in[at.variable], at.category)
		}
	}
	cells := make([]Cell, len(s.variables))
	for i, list := range in {
		slices.SortFunc(list, func(a, b coding.Category) int { return a.Order - b.Order })
		var labels []string
		for _, c := range list {
			labels = append(labels, cmp.Or(c.Label.In(s.o.Lang), c.Key))
		}
		cells[i] = Text(strings.Join(labels, "; "))
	}
	return cells
}

func languageName(l coding.Lang, o Options) string {
	if l == "" {
		return ""
	}
	return o.T("export.lang_" + string(l))
}
