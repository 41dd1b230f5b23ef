package exporter

import (
	"encoding/json"
	"io"
	"math"

	"avokoodi/coding/report"
)

// CountsJSON writes a table in the form that scripts rely on: a hidden number is null with 'suppressed' true and 'why' "primary"
// or "secondary"; 'by' is null where the table is not broken down.
func CountsJSON(w io.Writer, t report.Table, o Options) error {
	out := countsJSON{Unit: t.Unit, Base: whole(t.Base), Themes: []themeJSON{}}
	if w := t.Weighted; w != nil {
		out.Weight = &weightJSON{Variable: w.Variable.Key, Effective: t.Effect.Effective, Without: whole(w.Without)}
	}
	for _, r := range t.Rows {
		out.Themes = append(out.Themes, themeJSON{Key: r.Theme.Key, Label: r.Theme.Label.In(o.Lang), cellJSON: cellOf(r.Total, t.Base)})
	}
	if t.By != nil {
		out.By = &byJSON{Variable: t.By.Key, Categories: []categoryJSON{}, Tests: testsJSON(t)}
		for j, c := range t.By.Categories {
			cat := categoryJSON{Effective: c.Effect.Effective, Key: c.Key, Label: CategoryLabel(c, t.By, o), Base: whole(c.Base), Cells: []themeCellJSON{}}
			for _, r := range t.Rows {
				cat.Cells = append(cat.Cells, themeCellJSON{Theme: r.Theme.Key, cellJSON: cellOf(r.Cells[j], c.Base)})
			}
			out.By.Categories = append(out.By.Categories, cat)
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

type countsJSON struct {
	Unit   report.Unit `json:"unit"`
	Base   *int        `json:"base"`
	Themes []themeJSON `json:"themes"`
	By     *byJSON     `json:"by"`
	Weight *weightJSON `json:"weight,omitempty"` // by which shares are weighted; numbers and bases are not
}

type weightJSON struct {
	Variable  string  `json:"variable"`
	Effective float64 `json:"effective_n"`
	Without   *int    `json:"without"` // respondents without a usable weight
}

type themeJSON struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	cellJSON
}

type cellJSON struct {
	N          *int     `json:"n"`
	Share      *float64 `json:"share"`
	Suppressed bool     `json:"suppressed"`
	Why        string   `json:"why,omitempty"` // "primary" or "secondary"
}

type byJSON struct {
	Variable   string         `json:"variable"`
	Categories []categoryJSON `json:"categories"`
	Tests      []testJSON     `json:"tests"`
}

// testJSON is one test; what is not defined is null. p_adjusted is by Holm's method, p_bh by Benjamini and Hochberg's.
type testJSON struct {
	Theme     string        `json:"theme"`
	Statistic *float64      `json:"statistic"`
	DF        int           `json:"df"`
	P         *float64      `json:"p"`
	Adjusted  *float64      `json:"p_adjusted"`
	BH        *float64      `json:"p_bh"`
	V         *float64      `json:"cramers_v"`
	Method    report.Method `json:"method"`
	Draws     int           `json:"draws,omitempty"` // of the method monte-carlo
	Groups    int           `json:"groups"`          // compared; those with a hidden number are not
}

func testsJSON(t report.Table) []testJSON {
	out := []testJSON{}
	number := func(x float64) *float64 {
		if math.IsNaN(x) {
			return nil
		}
		return &x
	}
	for _, one := range t.Tests() {
		out = append(out, testJSON{Theme: one.Theme.Key, Statistic: number(one.Statistic), DF: one.DF, P: number(one.P), Adjusted: number(one.Holm),
			BH: number(one.BH), V: number(one.V), Method: one.Method, Draws: one.Draws, Groups: one.Groups})
	}
	return out
}

type categoryJSON struct {
	Effective float64         `json:"effective_n,omitempty"`
	Key       string          `json:"key"`
	Label     string          `json:"label"`
	Base      *int            `json:"base"`
	Cells     []themeCellJSON `json:"cells"`
}

type themeCellJSON struct {
	Theme string `json:"theme"`
	cellJSON
}

func whole(c report.Cell) *int {
	if c.Suppressed != report.Shown {
		return nil
	}
	return &c.N
}

func cellOf(c, base report.Cell) cellJSON {
	if c.Suppressed != report.Shown {
		return cellJSON{Suppressed: true, Why: string(c.Suppressed)}
	}
	out := cellJSON{N: &c.N}
	if base.Suppressed == report.Shown && base.N > 0 {
		out.Share = &c.Share
	}
	return out
}
