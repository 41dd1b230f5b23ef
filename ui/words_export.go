package ui

import (
	"slices"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/ui/i18n"
)

// exportWords answers with the list of the page as a file, all of it. What people wrote can't become a formula there.
func (s *Server) exportWords(r *request) error {
	a, err := s.readWords(r)
	if err != nil {
		return err
	}
	if a.board.total == 0 || a.tab == "typical" && a.group == nil || a.tab == "context" && a.context().typed == "" {
		return coding.ErrNotFound
	}
	c, err := s.corpus(r)
	if err != nil {
		return err
	}
	t := exporter.Table{Name: r.t("words.tab_" + a.tab)}
	switch a.tab {
	case "list":
		r.listTable(a, c, &t)
	case "phrases":
		r.phraseTable(a, c, &t)
	case "typical":
		r.typicalTable(a, c, &t)
	default:
		s.contextTable(r, a, c, &t)
	}
	doc := &exporter.Document{Title: t.Name, Lang: coding.Lang(r.lang), Tables: []exporter.Table{t}}
	return s.download(r, doc, r.fileName("words_"+a.tab), "csv")
}

// people is a cell of a number of respondents.
func (r *request) people(n int) exporter.Cell {
	if t := r.access.Project.Threshold; n > 0 && n < t {
		return exporter.Cell{Kind: exporter.KindHidden, Text: "<" + i18n.Int(r.lang, int64(t))}
	}
	return exporter.Number(n)
}

func (r *request) columns(t *exporter.Table, keys ...string) {
	for _, key := range keys {
		t.Columns = append(t.Columns, exporter.Column{Title: r.t(key)})
	}
}

func (r *request) listTable(a wordsAsked, c *corpus, t *exporter.Table) {
	r.columns(t, "words.word", "analysis.language", "words.count", "words.answers", "words.people", "words.in_compounds", "words.compound_people", "words.forms")
	list := c.Words(a.scope(), a.order(), a.own.Get("small") != "").Words
	t.Rows = func(yield func([]exporter.Cell, error) bool) {
		for _, w := range list {
			if !yield([]exporter.Cell{exporter.Text(w.Base), exporter.Text(string(a.lang)), exporter.Number(w.Count), exporter.Number(w.Answers),
				r.people(w.Respondents), exporter.Number(w.Compounds), r.people(w.CompoundRespondents), exporter.Text(formList("", w.Forms))}, nil) {
				return
			}
		}
	}
}

func (r *request) phraseTable(a wordsAsked, c *corpus, t *exporter.Table) {
	r.columns(t, "words.phrase", "analysis.language", "words.count", "words.answers", "words.people", "words.forms")
	list := c.Phrases(a.scope(), a.length(), a.own.Get("small") != "")
	t.Rows = func(yield func([]exporter.Cell, error) bool) {
		for _, p := range list {
			if !yield([]exporter.Cell{exporter.Text(p.Text), exporter.Text(string(a.lang)), exporter.Number(p.Count), exporter.Number(p.Answers),
				r.people(p.Respondents), exporter.Text(formList("", p.Forms))}, nil) {
				return
			}
		}
	}
}

func (r *request) typicalTable(a wordsAsked, c *corpus, t *exporter.Table) {
	r.columns(t, "words.word", "analysis.language", "words.count_group", "words.people_group", "words.count_rest", "words.people_rest", "words.log_ratio", "words.g2", "words.clear")
	list := a.compare(c, r.access.Project.Threshold, a.own.Get("small") != "").Keys
	t.Rows = func(yield func([]exporter.Cell, error) bool) {
		for _, k := range list {
			clear := exporter.Cell{}
			if k.Clear {
				clear = exporter.Text(r.t("words.yes"))
			}
			if !yield([]exporter.Cell{exporter.Text(k.Base), exporter.Text(string(a.lang)), exporter.Number(k.Count), r.people(k.Respondents),
				exporter.Number(k.Rest), r.people(k.RestRespondents), r.measure(k.LogRatio, 2), r.measure(k.G2, 2), clear}, nil) {
				return
			}
		}
	}
}

// measure is a cell of a number with decimals, written as the reader's spreadsheet reads it. It is no text of anybody's, and a
// minus in front is a minus.
func (r *request) measure(x float64, digits int) exporter.Cell {
	text := strconv.FormatFloat(x, 'f', digits, 64)
	if r.lang != "en" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return exporter.Cell{Kind: exporter.KindHidden, Text: text}
}

func (s *Server) contextTable(r *request, a wordsAsked, c *corpus, t *exporter.Table) {
	r.columns(t, "words.respondent", "analysis.language", "analysis.question", "words.left", "words.match", "words.right")
	found := a.find(c, a.context())
	keys := map[coding.QuestionID]string{}
	for _, q := range a.board.questions {
		keys[q.ID] = q.Key
	}
	t.Rows = func(yield func([]exporter.Cell, error) bool) {
		for hits := range slices.Chunk(found.Hits, 500) {
			lines, err := s.lines(r, c, hits, contextFile)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, l := range lines {
				if !yield([]exporter.Cell{exporter.Text(l.number), exporter.Text(string(l.answer.Language)), exporter.Text(keys[l.answer.Question]),
					exporter.Text(ellipsis(l.CutLeft) + l.Left), exporter.Text(l.Match), exporter.Text(l.Right + ellipsis(l.CutRight))}, nil) {
					return
				}
			}
		}
	}
}

// ellipsis stands where a line was cut.
func ellipsis(cut bool) string {
	if cut {
		return "…"
	}
	return ""
}
