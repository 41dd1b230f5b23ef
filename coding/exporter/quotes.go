package exporter

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
)

// chosenQuote is a quote made ready to be written.
type chosenQuote struct {
	coding.Quote
	answer      coding.Answer
	said, short string // without their quotation marks
	attribution string
	translation string // into the document's language
	external    string
}

// quotes is the chosen quotes under their sections and themes, with what leads back to the source.
func (e *Exporter) quotes(ctx context.Context, d *Document, s *source) error {
	list, err := e.quoteList(ctx, s, false)
	if err != nil {
		return err
	}
	d.Name, d.Title = "quotes", s.o.T("export.title_quotes")
	var out [][]Cell
	for _, q := range list {
		th, _ := s.tree.Get(q.Theme)
		out = append(out, []Cell{Text(q.Section), s.themeCell(q), Text(th.Key), q.cell(q.said), q.cell(q.short), Text(q.attribution), s.translated(q),
			Text(languageName(q.answer.Language, s.o)), Text(s.o.T("export.quote_" + stateName(q.State))), Text(s.questions[q.answer.Question].Name(s.o.Lang)),
			Text(s.rounds[q.answer.Round].Key), Text(q.external), Text(sourceOf(q.Quote)), Text(strings.Join(q.UsedIn, ", ")), Text(q.Note)})
	}
	d.Tables = []Table{{Name: s.o.T("export.sheet_quotes"), Listing: &Listing{Section: 1, Heading: 1, Body: 3, By: 6, Also: 7, Tail: []int{9, 11, 10, 14}}, Rows: rows(out), Columns: []Column{
		{s.o.T("export.col_section"), 20, false}, {s.o.T("export.col_theme"), 34, false}, {s.o.T("export.col_theme_key"), 20, false},
		{s.o.T("export.col_quote"), 80, true}, {s.o.T("export.col_quote_short"), 50, true}, {s.o.T("export.col_attribution"), 30, false},
		{s.o.T("export.col_translation"), 60, true}, {s.o.T("export.col_language"), 10, false}, {s.o.T("export.col_quote_state"), 14, false},
		{s.o.T("export.col_question"), 34, false}, {s.o.T("export.col_round"), 10, false}, {s.o.T("export.col_respondent"), 14, false},
		{s.o.T("export.col_source"), 30, false}, {s.o.T("export.col_used"), 24, false}, {s.o.T("export.col_note"), 34, true},
	}}}
	return nil
}

// publicQuotes is the approved quotes without respondent, round and note.
func (e *Exporter) publicQuotes(ctx context.Context, d *Document, s *source) error {
	list, err := e.quoteList(ctx, s, true)
	if err != nil {
		return err
	}
	d.Name, d.Title = "public-quotes", s.o.T("export.title_quotes")
	var out [][]Cell
	for _, q := range list {
		out = append(out, []Cell{Text(q.Section), s.themeCell(q), q.cell(q.said), q.cell(q.short), Text(q.attribution), s.translated(q),
			Text(languageName(q.answer.Language, s.o)), Text(s.questions[q.answer.Question].Name(s.o.Lang))})
	}
	d.Tables = []Table{{Name: s.o.T("export.sheet_quotes"), Listing: &Listing{Section: 1, Heading: 1, Body: 2, By: 5, Also: 6, Tail: []int{7}}, Rows: rows(out), Columns: []Column{
		{s.o.T("export.col_section"), 20, false}, {s.o.T("export.col_theme"), 34, false}, {s.o.T("export.col_quote"), 80, true},
		{s.o.T("export.col_quote_short"), 50, true}, {s.o.T("export.col_attribution"), 30, false}, {s.o.T("export.col_translation"), 60, true},
		{s.o.T("export.col_language"), 10, false}, {s.o.T("export.col_question"), 34, false},
	}}}
	return nil
}

func stateName(s coding.QuoteState) string {
	if s == coding.QuoteCandidate {
		return "candidate"
	}
	return string(s)
}

// sourceOf is where the words of a quote stand in its answer, in code points: '#12: 0–40, 52–80'.
func sourceOf(q coding.Quote) string {
	var parts []string
	for _, k := range q.Long.Keep {
		parts = append(parts, fmt.Sprintf("%d–%d", k.Start, k.End))
	}
	if len(parts) == 0 {
		return fmt.Sprintf("#%d", q.Answer)
	}
	return fmt.Sprintf("#%d: %s", q.Answer, strings.Join(parts, ", "))
}

func (s *source) themeCell(q chosenQuote) Cell {
	if th, ok := s.tree.Get(q.Theme); ok {
		return Text(th.Label.In(s.o.Lang))
	}
	return Text(s.o.T("export.no_theme"))
}

func (q chosenQuote) cell(said string) Cell {
	c := Text(said)
	c.Lang = q.answer.Language
	return c
}

func (s *source) translated(q chosenQuote) Cell {
	if q.translation == "" {
		return Cell{}
	}
	return Text(quotes.Between(q.translation, s.o.Lang) + " " + s.o.T("export.translated"))
}

// quoteList is the quotes of the source's answers: by section in the order of their first quote, then by theme in the order of the
// codebook, those of no theme last, then by their own order. public leaves out what is not approved. An approved quote that does
// not follow from its answer, or that says more of its respondent than it may, stops the export.
func (e *Exporter) quoteList(ctx context.Context, s *source, public bool) ([]chosenQuote, error) {
	var out []chosenQuote
	err := e.store.View(ctx, func(r coding.Reader) error {
		p := s.Project.ID
		gate, err := quotes.OpenGate(ctx, r, e.reports.Boards().Sharing, p)
		if err != nil {
			return err
		}
		all := slices.DeleteFunc(slices.Clone(gate.Quotes()), func(q coding.Quote) bool {
			return !s.Answers.Contains(uint32(q.Answer)) || public && !q.Ready() || len(s.o.Quotes) > 0 && !slices.Contains(s.o.Quotes, q.ID)
		})
		for some := range slices.Chunk(all, chunk) {
			var ids []coding.AnswerID
			for _, q := range some {
				ids = append(ids, q.Answer)
			}
			slices.Sort(ids)
			b, err := read(ctx, r, p, slices.Compact(ids), want{})
			if err != nil {
				return err
			}
			for _, q := range some {
				i := slices.IndexFunc(b.answers, func(a coding.Answer) bool { return a.ID == q.Answer })
				if i < 0 {
					continue
				}
				one, err := s.chosen(gate, q, b.answers[i])
				if err != nil {
					return err
				}
				one.external = b.respondents[b.answers[i].Respondent].External
				out = append(out, one)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	section := map[string]int{"": 1 << 30}
	for _, q := range out {
		if _, ok := section[q.Section]; !ok {
			section[q.Section] = len(section)
		}
	}
	last := len(s.order)
	place := func(q chosenQuote) int {
		at, ok := s.order[q.Theme]
		if !ok {
			at = last
		}
		return section[q.Section]*(last+1) + at
	}
	slices.SortStableFunc(out, func(a, b chosenQuote) int { return place(a) - place(b) })
	return out, nil
}

// chosen makes a quote ready to be written: an approved one as the gate lets it pass, another as far as it is made.
func (s *source) chosen(gate *quotes.Gate, q coding.Quote, a coding.Answer) (chosenQuote, error) {
	out := chosenQuote{Quote: q, answer: a}
	by := gate.Attribution(q)
	switch spoken, why := gate.Pass(q); why {
	case quotes.Changed:
		return out, coding.Problem{Field: "quote", Key: "quotes.export_changed", Args: []any{int64(q.ID), quotes.Excerpt(q.Long.Said, 60)}}
	case quotes.Telling:
		return out, coding.Problem{Field: "quote", Key: "quotes.export_attribution", Args: []any{int64(q.ID), by.Verdict.Sample}}
	case quotes.Passed:
		out.said, out.short = spoken.Said, spoken.Short
	default:
		out.said = a.Text // a candidate of an answer that was corrected: the answer as it is
		if said, err := quotes.Said(a.Text, q.Long, s.Project.Quoting.CutMark()); err == nil {
			out.said = said
		}
		if q.Short != nil {
			if short, err := quotes.Said(a.Text, *q.Short, s.Project.Quoting.CutMark()); err == nil {
				out.short = short
			}
		}
	}
	if !by.Refused && s.o.Attribution != NoAttribution {
		out.attribution = quotes.Phrase(s.Project.Quoting, s.variables, by.Classes, s.o.Lang)
	}
	if t, ok := q.In(s.o.Lang); ok && t.Of == out.said {
		out.translation = t.Text
	}
	return out, nil
}
