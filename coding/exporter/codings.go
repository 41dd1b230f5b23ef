package exporter

import (
	"context"
	"slices"

	"avokoodi/coding"
)

// codings is the long file: a row for each coding, or one for each stretch of evidence that it has. Its columns are those
// that 'codings import' reads, and more:
//
//	respondent, round, question  keys; respondent is the id in the survey file
//	language                     of the answer: fi, sv, en or nothing
//	theme, theme_label           key, and label in the reader's language
//	coder                        sign-in name
//	source                       person, suggestion, rule or import
//	start, end                   code points of the answer's text, end exclusive; empty for the whole answer
//	evidence                     the words from start to end
//	at                           when the theme was put on
func (e *Exporter) codings(ctx context.Context, d *Document, s *source) {
	d.Name, d.Title = "codings", s.o.T("export.title_codings")
	t := Table{Name: s.o.T("export.sheet_codings")}
	for _, c := range []Column{{"respondent", 14, false}, {"round", 10, false}, {"question", 12, false}, {"language", 9, false}, {"theme", 24, false},
		{"theme_label", 34, false}, {"coder", 14, false}, {"source", 11, false}, {"start", 7, false}, {"end", 7, false}, {"evidence", 60, true}, {"at", 17, false}} {
		t.Columns = append(t.Columns, c)
	}
	t.Rows = e.each(ctx, s, want{codings: true}, func(b *batch, a coding.Answer, emit func([]Cell) bool) bool {
		for _, c := range b.inOrder(a.ID, s) {
			spans := c.Evidence
			if len(spans) == 0 {
				spans = []coding.Span{{}}
			}
			for _, sp := range spans {
				if !emit(s.codingRow(b, a, c, sp)) {
					return false
				}
			}
		}
		return true
	})
	t.Variables = append(s.answerVariables()[:4], Variable{Label: s.o.T("export.col_theme_key"), Kind: KindText, Values: s.themeValues()},
		Variable{Label: s.o.T("export.col_theme"), Kind: KindText}, Variable{Label: s.o.T("export.dict_coder"), Kind: KindText}, Variable{Label: s.o.T("export.dict_source"), Kind: KindText},
		Variable{Label: s.o.T("export.dict_start"), Kind: KindNumber}, Variable{Label: s.o.T("export.dict_end"), Kind: KindNumber},
		Variable{Label: s.o.T("export.dict_evidence"), Kind: KindText}, Variable{Label: s.o.T("export.dict_at"), Kind: KindTime})
	d.Tables = []Table{t, s.dictionary(t)}
}

func (s *source) codingRow(b *batch, a coding.Answer, c coding.Coding, sp coding.Span) []Cell {
	th, _ := s.tree.Get(c.Theme)
	row := []Cell{Text(b.respondents[a.Respondent].External), Text(s.rounds[a.Round].Key), Text(s.questions[a.Question].Key),
		Text(string(a.Language)), Text(th.Key), Text(th.Label.In(s.o.Lang)), Text(s.people[c.Coder].Name), Text(string(c.Source)),
		{}, {}, {}, Moment(c.At)}
	if sp.End > sp.Start {
		row[8], row[9], row[10] = Number(sp.Start), Number(sp.End), Text(Stretch(a.Text, sp))
	}
	return row
}

// inOrder is the codings of an answer in the order of the codebook, then by coder.
func (b *batch) inOrder(a coding.AnswerID, s *source) []coding.Coding {
	list := b.codings[a]
	slices.SortStableFunc(list, func(x, y coding.Coding) int {
		if d := s.order[x.Theme] - s.order[y.Theme]; d != 0 {
			return d
		}
		return int(x.Coder - y.Coder)
	})
	return list
}

// Stretch is the part of a text that a span names in code points; the whole of it for an empty span. What the span names
// beyond the end is left out.
func Stretch(text string, sp coding.Span) string {
	if sp.End <= sp.Start {
		return text
	}
	from, n := len(text), 0
	for i := range text {
		if n == sp.Start {
			from = i
		}
		if n == sp.End {
			return text[from:i]
		}
		n++
	}
	return text[from:]
}
