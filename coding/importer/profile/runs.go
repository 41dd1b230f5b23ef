package profile

import "avokoodi/coding/importer"

// question is a run of columns under one cell of the first header row.
type question struct {
	title    string
	from, to int
}

// runs are the questions of a header in two rows: each cell with text stands over the blank ones that follow.
func runs(t *importer.Table) []question {
	var list []question
	for i := range t.Columns {
		if title := t.Raw(i); title != "" || len(list) == 0 {
			list = append(list, question{title: title, from: i})
		}
		list[len(list)-1].to = i + 1
	}
	return list
}
