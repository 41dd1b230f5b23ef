package exporter

import (
	"context"
	"iter"
	"slices"

	"avokoodi/coding"
)

// quotes is the chosen quotes under their themes, with what leads back to the source.
func (e *Exporter) quotes(ctx context.Context, d *Document, s *source) {
	d.Name, d.Title = "quotes", s.o.T("export.title_quotes")
	d.Tables = []Table{{Name: s.o.T("export.sheet_quotes"), Listing: &Listing{Heading: 0, Body: 2, Tail: []int{4, 6, 5, 7}}, Rows: e.quoteRows(ctx, s, false), Columns: []Column{
		{s.o.T("export.col_theme"), 34, false}, {s.o.T("export.col_theme_key"), 20, false}, {s.o.T("export.col_quote"), 80, true},
		{s.o.T("export.col_language"), 10, false}, {s.o.T("export.col_question"), 34, false}, {s.o.T("export.col_round"), 10, false},
		{s.o.T("export.col_respondent"), 14, false}, {s.o.T("export.col_note"), 34, true},
	}}}
}

// publicQuotes is the quotes without respondent, round and note.
func (e *Exporter) publicQuotes(ctx context.Context, d *Document, s *source) {
	d.Name, d.Title = "public-quotes", s.o.T("export.title_quotes")
	d.Tables = []Table{{Name: s.o.T("export.sheet_quotes"), Listing: &Listing{Heading: 0, Body: 1, Tail: []int{3}}, Rows: e.quoteRows(ctx, s, true), Columns: []Column{
		{s.o.T("export.col_theme"), 34, false}, {s.o.T("export.col_quote"), 80, true}, {s.o.T("export.col_language"), 10, false},
		{s.o.T("export.col_question"), 34, false},
	}}}
}

func (e *Exporter) quoteRows(ctx context.Context, s *source, public bool) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		var list [][]Cell
		err := e.store.View(ctx, func(r coding.Reader) error {
			var err error
			list, err = s.quoteList(ctx, r, public)
			return err
		})
		if err != nil {
			yield(nil, err)
			return
		}
		rows(list)(yield)
	}
}

// quoteList is the rows of all quotes of the source's answers: by theme in the order of the codebook, those of no theme
// last, then by their own order.
func (s *source) quoteList(ctx context.Context, r coding.Reader, public bool) ([][]Cell, error) {
	quotes, err := r.Quotes(ctx, s.Project.ID)
	if err != nil {
		return nil, err
	}
	quotes = slices.DeleteFunc(quotes, func(q coding.Quote) bool { return !s.Answers.Contains(uint32(q.Answer)) })
	last := len(s.order)
	place := func(q coding.Quote) int {
		if at, ok := s.order[q.Theme]; ok {
			return at
		}
		return last
	}
	slices.SortStableFunc(quotes, func(a, b coding.Quote) int { return place(a) - place(b) })
	var list [][]Cell
	for some := range slices.Chunk(quotes, chunk) {
		var ids []coding.AnswerID
		for _, q := range some {
			ids = append(ids, q.Answer)
		}
		slices.Sort(ids)
		b, err := read(ctx, r, s.Project.ID, slices.Compact(ids), want{})
		if err != nil {
			return nil, err
		}
		answers := map[coding.AnswerID]coding.Answer{}
		for _, a := range b.answers {
			answers[a.ID] = a
		}
		for _, q := range some {
			if a, ok := answers[q.Answer]; ok {
				list = append(list, s.quoteRow(q, a, b, public))
			}
		}
	}
	return list, nil
}

func (s *source) quoteRow(q coding.Quote, a coding.Answer, b *batch, public bool) []Cell {
	theme := s.o.T("export.no_theme")
	th, ok := s.tree.Get(q.Theme)
	if ok {
		theme = th.Label.In(s.o.Lang)
	}
	said, lang, question := Text(Stretch(a.Text, q.Span)), Text(languageName(a.Language, s.o)), Text(s.questions[a.Question].Name(s.o.Lang))
	if public {
		return []Cell{Text(theme), said, lang, question}
	}
	return []Cell{Text(theme), Text(th.Key), said, lang, question, Text(s.rounds[a.Round].Key), Text(b.respondents[a.Respondent].External), Text(q.Note)}
}
