package profile

import (
	"regexp"
	"strings"

	"avokoodi/coding/importer"
)

var legendForm = regexp.MustCompile(`(?s)^(-?[0-9]{1,4}) ?= ?(.+)$`)

// legendRow tells whether a row is part of a legend: every cell that is not blank says what a code means.
func legendRow(cells []string) (n int, ok bool) {
	for _, c := range cells {
		if c == "" {
			continue
		}
		if !legendForm.MatchString(c) {
			return 0, false
		}
		n++
	}
	return n, n > 0
}

// takeLegend drops the legend below the answers and gives what codes mean by column. An answer below a legend is a problem:
// then it can't be told what belongs to what.
func takeLegend(t *importer.Table) ([][]importer.Choice, error) {
	legend := make([][]importer.Choice, len(t.Columns))
	began, answer := 0, 0
	var rows []int
	for row, err := range t.Every() {
		if err != nil {
			return nil, err
		}
		if _, ok := legendRow(row.Cells); !ok {
			if began > 0 && answer == 0 {
				answer = row.Number
			}
			continue
		}
		if began == 0 {
			began = row.Number
		}
		rows = append(rows, row.Number)
		for i, c := range row.Cells {
			if m := legendForm.FindStringSubmatch(c); m != nil {
				legend[i] = append(legend[i], importer.Choice{Code: m[1], Label: importer.Plain(strings.TrimSpace(strings.Clone(m[2])))})
			}
		}
	}
	for _, n := range rows {
		t.Drop(n)
	}
	if answer > 0 {
		t.Problem(importer.Error, answer, -1, "import.legend_middle", began)
	}
	return legend, nil
}
