package importer

import (
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Lookup makes derived variables of a look-up table: the first column holds values of the source, each other column is a
// variable whose cells are the classes, such as municipality;region;size. Classes come in the order of their numbers, or as they
// first appear. lang is the language of the table.
//
// A value that is in the table twice with different classes, or that is blank, is an error with its row; a value of the source
// that the table lacks, and a blank class, are warnings.
func Lookup(s *Sheet, source coding.Variable, lang coding.Lang) ([]coding.Variable, Problems, error) {
	if len(s.Columns) < 2 {
		return nil, Problems{{File: s.File, Key: "import.lookup_columns", Severity: Error}}, nil
	}
	t := lookup{file: s, first: map[string]int{}, classes: make([][]string, len(s.Columns)), of: make([]map[string]string, len(s.Columns))}
	for i := range t.of {
		t.of[i] = map[string]string{}
	}
	for row, err := range s.Rows() {
		if err != nil {
			return nil, nil, err
		}
		t.row(row)
	}
	for _, c := range source.Categories {
		if !t.has(c) {
			t.log.add(Problem{File: s.File, Column: s.Columns[0].Name, Key: "import.lookup_lacks", Args: []any{shorten(c.Label.In(lang))}, Severity: Warning})
		}
	}
	problems := t.log.all()
	if problems.Refused() {
		return nil, problems, nil
	}
	var out []coding.Variable
	for col := 1; col < len(s.Columns); col++ {
		out = append(out, t.variable(col, source.ID, lang))
	}
	return out, problems, nil
}

type lookup struct {
	file    *Sheet
	log     log
	first   map[string]int // row of a value, folded
	classes [][]string     // by column, as they first appear
	of      []map[string]string
}

func (t *lookup) row(row Row) {
	bad := func(col int, severity Severity, key string, args ...any) {
		t.log.add(Problem{File: t.file.File, Row: row.Number, Column: t.file.Columns[col].Name, Key: key, Args: args, Severity: severity})
	}
	value := coding.FoldValue(row.Cells[0])
	if value == "" {
		bad(0, Error, "import.lookup_blank")
		return
	}
	first, again := t.first[value]
	for col := 1; col < len(row.Cells); col++ {
		class := strings.Join(strings.Fields(row.Cells[col]), " ")
		switch {
		case again && coding.FoldValue(t.of[col][value]) != coding.FoldValue(class):
			bad(col, Error, "import.lookup_twice", shorten(row.Cells[0]), first)
		case again:
		case class == "":
			bad(col, Warning, "import.lookup_no_class", shorten(row.Cells[0]))
		default:
			class = strings.Clone(class)
			if i := slices.IndexFunc(t.classes[col], func(c string) bool { return fold(c) == fold(class) }); i >= 0 {
				class = t.classes[col][i]
			} else {
				t.classes[col] = append(t.classes[col], class)
			}
			t.of[col][value] = class
		}
	}
	if !again {
		t.first[value] = row.Number
	}
}

// has tells whether the table has a category, by its key or a label.
func (t *lookup) has(c coding.Category) bool {
	for _, name := range append(c.Label.All(), c.Key) {
		if _, ok := t.first[coding.FoldValue(name)]; ok {
			return true
		}
	}
	return false
}

func (t *lookup) variable(col int, source coding.VariableID, lang coding.Lang) coding.Variable {
	classes := t.classes[col]
	if at := numberOrder(classes); at != nil {
		sorted := make([]string, len(classes))
		for k, i := range at {
			sorted[k] = classes[i]
		}
		classes = sorted
	}
	v := coding.Variable{Label: themes.Only(lang, t.file.Columns[col].Name), Recode: &coding.Recode{From: source, Values: map[string]string{}}}
	keys := map[string]string{}
	for _, class := range classes {
		key := free(choiceKey(Choice{Label: Plain(class)}), func(k string) bool {
			return slices.ContainsFunc(v.Categories, func(c coding.Category) bool { return c.Key == k })
		})
		keys[class] = key
		v.Categories = append(v.Categories, coding.Category{Key: key, Label: themes.Only(lang, class)})
	}
	for value, class := range t.of[col] {
		v.Recode.Values[value] = keys[class]
	}
	return v
}
