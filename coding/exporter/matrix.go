package exporter

import (
	"avokoodi/coding"
	"context"
)

// matrix is a row for each answer and a column for each theme, 1 where the answer has the theme: any coder gave it, unless it
// was decided otherwise. Columns have the themes' keys for headings; a second table says what the keys mean. The column state
// tells an answer without a theme from one that nobody has read.
func (e *Exporter) matrix(ctx context.Context, d *Document, s *source) {
	d.Name, d.Title = "matrix", s.o.T("export.title_matrix")
	t := Table{Name: s.o.T("export.sheet_matrix"), Frozen: 1, Columns: []Column{
		{"respondent", 14, false}, {"round", 10, false}, {"question", 12, false}, {"language", 9, false}, {"state", 10, false},
	}}
	t.Variables = s.answerVariables()
	yesNo := []ValueLabel{{"0", s.o.T("export.value_no")}, {"1", s.o.T("export.value_yes")}}
	at := map[coding.ThemeID]int{}
	var key [][]Cell
	for _, th := range s.tree.All() {
		at[th.ID] = len(t.Columns)
		t.Columns = append(t.Columns, Column{Title: th.Key, Width: 12})
		t.Variables = append(t.Variables, Variable{Label: th.Label.In(s.o.Lang), Kind: KindNumber, Values: yesNo})
		parent, _ := s.tree.Get(th.Parent)
		key = append(key, []Cell{Text(th.Key), Text(parent.Key), Text(th.Label.FI), Text(th.Label.SV), Text(th.Label.EN)})
	}
	t.Rows = e.each(ctx, s, want{codings: true, marks: true}, func(b *batch, a coding.Answer, emit func([]Cell) bool) bool {
		row := make([]Cell, len(t.Columns))
		row[0], row[1], row[2] = Text(b.respondents[a.Respondent].External), Text(s.rounds[a.Round].Key), Text(s.questions[a.Question].Key)
		themes, state := b.settled(a.ID)
		row[3], row[4] = Text(string(a.Language)), Text(string(state))
		for i := 5; i < len(row); i++ {
			row[i] = Number(0)
		}
		for _, th := range themes {
			if i, ok := at[th]; ok {
				row[i] = Number(1)
			}
		}
		return emit(row)
	})
	d.Tables = []Table{t, {Name: s.o.T("export.sheet_themes"), Rows: rows(key),
		Columns: []Column{{"key", 24, false}, {"parent", 24, false}, {"label_fi", 40, false}, {"label_sv", 40, false}, {"label_en", 40, false}}}, s.dictionary(t)}
}
