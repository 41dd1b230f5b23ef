package importer

import (
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
)

// variable aligns a variable and its categories.
func (v *versions) variable(next []Mapping, x VariableMap) error {
	if x.Spread() {
		v.spread(next, x)
		return nil
	}
	row := v.aligned("variable", x.Key)
	label := x.Label
	for i := range v.files {
		if v.together(i) {
			v.note(i, x.Column, &row, &label, "import.align_missing")
		}
	}
	v.out.Rows = append(v.out.Rows, row)
	values, err := v.values(x)
	if err != nil {
		return err
	}
	for i := range v.files {
		if ref := v.refIf(i, x.Column); !ref.IsZero() {
			next[i].Variables = append(next[i].Variables, VariableMap{Key: x.Key, Column: ref, Split: x.Split, Label: label, Values: values})
		}
	}
	return nil
}

// spread is variable for choices that have a column each: aligned by their columns.
func (v *versions) spread(next []Mapping, x VariableMap) {
	row := v.aligned("variable", x.Key)
	row.Columns = nil
	label := x.Label
	var cats []Aligned
	values := make([]ValueMap, len(x.Values))
	for k, val := range x.Values {
		values[k] = val
		cat := v.aligned("category", val.Key)
		cat.Variable = x.Key
		for i, f := range v.files {
			if !v.together(i) {
				continue
			}
			col := v.find(i, val.Column)
			if col < 0 {
				v.missing(i, "import.align_missing", val.Column)
				continue
			}
			hint := f.Proposal.Columns[col].Hint
			says := hint.Choice.Label.In(v.out.Languages[i])
			if says.IsZero() {
				says = v.wording(i, col)
			}
			cat.Texts[i], cat.Columns[i] = says.In(v.out.Languages[i]), col
			addLabel(&values[k].Label, says)
			addLabel(&label, hint.GroupLabel.In(v.out.Languages[i]))
			row.Texts[i] = hint.GroupLabel.In(v.out.Languages[i]).In(v.out.Languages[i])
			if i != v.out.Reference {
				by := v.by[i][v.files[v.out.Reference].Sheet.Find(val.Column)]
				cat.By[i], row.By[i] = by, by
			}
		}
		cats = append(cats, cat)
	}
	v.out.Rows = append(append(v.out.Rows, row), cats...)
	for i, f := range v.files {
		if !v.together(i) {
			continue
		}
		one := VariableMap{Key: x.Key, Split: x.Split, Label: label}
		for _, val := range values {
			val.Match = slices.Clone(val.Match)
			if i != v.out.Reference {
				val.Match = nil
			}
			if col := v.find(i, val.Column); col >= 0 {
				val.Column = ColumnRef{Name: f.Sheet.Columns[col].Name}
				if i != v.out.Reference {
					val.Match = f.Proposal.Columns[col].Hint.Choice.Match
				}
				one.Values = append(one.Values, val)
			}
		}
		if len(one.Values) > 0 {
			next[i].Variables = append(next[i].Variables, one)
		}
	}
}

// value is a category of one file.
type value struct {
	text, code string
	label      coding.Text
}

// values aligns the categories of a column's variable over all files.
func (v *versions) values(x VariableMap) ([]ValueMap, error) {
	var out []ValueMap
	var rows []Aligned
	var items []Item
	means := map[string]int{}      // folded text → place in out
	for _, val := range x.Values { // what the mapping says of the reference's values stands
		for _, text := range val.texts() {
			if _, ok := means[fold(text)]; !ok {
				means[fold(text)] = len(out)
			}
		}
		val.Match = slices.Clone(val.Match)
		out, items = append(out, val), append(items, Item{Names: val.Label.All()})
		row := v.aligned("category", val.Key)
		row.Variable, row.Columns = x.Key, nil
		rows = append(rows, row)
	}
	order := append([]int{v.out.Reference}, slices.DeleteFunc(numbers(len(v.files)), func(i int) bool { return i == v.out.Reference })...)
	for _, i := range order {
		if !v.together(i) {
			continue
		}
		col := v.find(i, x.Column)
		if col < 0 {
			continue
		}
		list, described, err := v.listed(i, col, x.Split)
		if err != nil {
			return nil, err
		}
		mine := make([]Item, len(list))
		for k, one := range list {
			mine[k] = Item{Names: append([]string{one.text}, one.label.All()...), Code: one.code, Number: numberOfValue(one.text)}
		}
		matched := make([]int, len(list))
		by := make([]By, len(list))
		for k := range matched {
			matched[k] = -1
		}
		if i != v.out.Reference {
			for _, m := range Align(items, mine, described) {
				matched[m.B], by[m.B] = m.A, m.By
			}
			v.byHand(i, x.Key, list, out, matched, by)
		}
		for k, one := range list {
			at := matched[k]
			if known, ok := means[fold(one.text)]; ok && at < 0 {
				if i != v.out.Reference || rows[known].Texts[i] != "" {
					continue
				}
				at = known // what the mapping lists
			}
			if at < 0 {
				at = len(out)
				out = append(out, ValueMap{Key: v.valueKey(one, out)})
				row := v.aligned("category", out[at].Key)
				row.Variable, row.Columns = x.Key, nil
				rows = append(rows, row)
				items = append(items, Item{})
				if i != v.out.Reference && by[k] != ByHand {
					v.out.Problems = append(v.out.Problems, Problem{File: v.files[i].Sheet.File, Column: v.files[i].Sheet.Columns[col].Name,
						Key: "import.align_value", Args: []any{shorten(one.text)}, Severity: Warning})
				}
			}
			addLabel(&out[at].Label, one.label)
			for _, text := range append([]string{one.text}, nonEmpty(one.code)...) {
				if other, ok := means[fold(text)]; !ok {
					means[fold(text)] = at
					out[at].Match = append(out[at].Match, text)
				} else if other != at {
					continue
				}
			}
			rows[at].Texts[i], rows[at].By[i] = one.text, by[k]
			it := &items[at]
			it.Names = append(append(it.Names, one.text), one.label.All()...)
			if it.Code == "" {
				it.Code = one.code
			}
			if it.Number == "" {
				it.Number = numberOfValue(one.text)
			}
		}
	}
	for _, row := range rows {
		if slices.ContainsFunc(row.Texts, func(s string) bool { return s != "" }) {
			v.out.Rows = append(v.out.Rows, row)
		}
	}
	return out, nil
}

// byHand overrides what was found by what a person decided.
func (v *versions) byHand(file int, variable string, list []value, out []ValueMap, matched []int, by []By) {
	for text, key := range at(v.hand.Values, file)[variable] {
		k := slices.IndexFunc(list, func(one value) bool { return one.text == text })
		if k < 0 {
			continue
		}
		at := slices.IndexFunc(out, func(val ValueMap) bool { return val.Key == key })
		for other, m := range matched {
			if m == at && at >= 0 {
				matched[other], by[other] = -1, ""
			}
		}
		matched[k], by[k] = at, ByHand
	}
}

func (v *versions) valueKey(one value, out []ValueMap) string {
	key := choiceKey(Choice{Code: one.code, Label: Plain(one.text)})
	return free(key, func(k string) bool { return slices.ContainsFunc(out, func(o ValueMap) bool { return o.Key == k }) })
}

func numbers(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// listed is the categories of a file's column.
func (v *versions) listed(file, col int, split string) ([]value, bool, error) {
	f, lang := v.files[file], v.out.Languages[file]
	if list := describedValues(f, lang, col); len(list) > 0 {
		return list, true, nil
	}
	if v.cells[file] == nil { // one reading for all columns that may be asked of
		var cols []int
		for c, p := range f.Proposal.Columns {
			if p.Role == RoleVariable || c == col {
				cols = append(cols, c)
			}
		}
		var err error
		if v.cells[file], err = differentCells(f.Sheet, cols); err != nil {
			return nil, false, err
		}
	}
	cells, ok := v.cells[file][col]
	if !ok {
		one, err := differentCells(f.Sheet, []int{col})
		if err != nil {
			return nil, false, err
		}
		cells = one[col]
		v.cells[file][col] = cells
	}
	return valuesOf(cells, lang, split), false, nil
}

// listed is the categories of a column: as the tool describes them, or the different cells, those with numbers in order.
func listed(f Version, lang coding.Lang, col int, split string) (list []value, described bool, err error) {
	if list := describedValues(f, lang, col); len(list) > 0 {
		return list, true, nil
	}
	cells, err := differentCells(f.Sheet, []int{col})
	if err != nil {
		return nil, false, err
	}
	return valuesOf(cells[col], lang, split), false, nil
}

func describedValues(f Version, lang coding.Lang, col int) (list []value) {
	for _, c := range f.Proposal.Columns[col].Hint.Values {
		list = append(list, value{text: c.Label.In(lang).In(lang), code: c.Code, label: c.Label.In(lang)})
	}
	return list
}

// mostCells is how many different cells of a column are looked at; one that has more is no variable.
const mostCells = 4 * MaxValues

// differentCells is the different cells of columns as they first appear, all in one reading.
func differentCells(s *Sheet, cols []int) (map[int][]string, error) {
	out := make(map[int][]string, len(cols))
	seen := make([]map[string]bool, len(cols))
	for i, c := range cols {
		out[c], seen[i] = nil, map[string]bool{}
	}
	for row, err := range s.Rows() {
		if err != nil {
			return nil, err
		}
		for i, c := range cols {
			cell := row.Cells[c]
			if cell == "" || len(seen[i]) >= mostCells || seen[i][cell] {
				continue
			}
			cell = strings.Clone(cell)
			seen[i][cell] = true
			out[c] = append(out[c], cell)
		}
	}
	return out, nil
}

// valuesOf is the different choices of cells.
func valuesOf(cells []string, lang coding.Lang, split string) (list []value) {
	seen := map[string]bool{}
	var texts []string
	for _, cell := range cells {
		choices := []string{cell}
		if split != "" {
			choices = slices.Collect(Choices(cell, split, nil))
		}
		for _, choice := range choices {
			choice = strings.Join(strings.Fields(choice), " ")
			if choice == "" || seen[fold(choice)] || len(texts) >= MaxValues {
				continue
			}
			seen[fold(choice)] = true
			texts = append(texts, choice)
		}
	}
	if at := numberOrder(texts); at != nil {
		sorted := make([]string, len(texts))
		for k, i := range at {
			sorted[k] = texts[i]
		}
		texts = sorted
	}
	for _, text := range texts {
		list = append(list, value{text: text, label: themes.Only(lang, text)})
	}
	return list
}
