package exporter

import (
	"cmp"
	"maps"
	"slices"

	"avokoodi/coding"
)

// answerVariables are respondent, round, question, language and state, with what their values mean.
func (s *source) answerVariables() []Variable {
	rounds := Variable{Label: s.o.T("export.col_round"), Kind: KindText}
	for _, one := range inOrder(s.rounds, func(r coding.Round) int { return r.Order }) {
		rounds.Values = append(rounds.Values, ValueLabel{one.Key, cmp.Or(one.Label.In(s.o.Lang), one.Key)})
	}
	questions := Variable{Label: s.o.T("export.col_question"), Kind: KindText}
	for _, one := range inOrder(s.questions, func(q coding.Question) int { return q.Order }) {
		questions.Values = append(questions.Values, ValueLabel{one.Key, cmp.Or(one.Name(s.o.Lang), one.Key)})
	}
	language := Variable{Label: s.o.T("export.col_language"), Kind: KindText}
	for _, l := range []coding.Lang{"fi", "sv", "en"} {
		language.Values = append(language.Values, ValueLabel{string(l), languageName(l, s.o)})
	}
	state := Variable{Label: s.o.T("export.col_state"), Kind: KindText}
	for _, st := range []coding.State{coding.StateOpen, coding.StateCoded, coding.StateNoTheme, coding.StateUnusable} {
		state.Values = append(state.Values, ValueLabel{string(st), s.o.T("export.state_" + string(st))})
	}
	return []Variable{{Label: s.o.T("export.col_respondent"), Kind: KindText}, rounds, questions, language, state}
}

func (s *source) themeValues() []ValueLabel {
	var out []ValueLabel
	for _, th := range s.tree.All() {
		out = append(out, ValueLabel{th.Key, th.Label.In(s.o.Lang)})
	}
	return out
}

// dictionary says what the columns of a table hold: a row for each column, then one for each of its values.
func (s *source) dictionary(t Table) Table {
	var list [][]Cell
	kinds := map[CellKind]string{KindText: "text", KindNumber: "number", KindShare: "share", KindDecimal: "decimal", KindTime: "time"}
	for i, v := range t.Variables {
		list = append(list, []Cell{Text(t.Columns[i].Title), strong(Text(v.Label)), Text(s.o.T("export.dict_" + kinds[v.Kind])), {}, {}})
		for _, one := range v.Values {
			list = append(list, []Cell{Text(t.Columns[i].Title), {}, {}, Text(one.Value), Text(one.Label)})
		}
	}
	return Table{Name: s.o.T("export.sheet_dictionary"), Rows: rows(list), Frozen: 1, Columns: []Column{{s.o.T("export.dict_column"), 24, false},
		{s.o.T("export.dict_label"), 48, true}, {s.o.T("export.dict_kind"), 12, false}, {s.o.T("export.dict_value"), 18, false}, {s.o.T("export.dict_meaning"), 48, true}}}
}

// inOrder is the values of a map by their order, then by key.
func inOrder[K cmp.Ordered, V any](m map[K]V, order func(V) int) []V {
	var out []V
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, m[k])
	}
	slices.SortStableFunc(out, func(a, b V) int { return order(a) - order(b) })
	return out
}
