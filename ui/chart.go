package ui

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/report"
	"avokoodi/ui/view"
)

// chartForm is one way of drawing a table.
type chartForm string

// Forms of charts, as the address names them.
const (
	formBars      chartForm = "bars"
	formPareto    chartForm = "pareto"
	formPanels    chartForm = "panels"
	formClustered chartForm = "clustered"
	formStacked   chartForm = "stacked"
	formWhole     chartForm = "whole"
	formHeat      chartForm = "heat"
	formSlope     chartForm = "slope"
)

// How many groups a form can hold and still be read.
const (
	panelGroups = 8
	seriesGroup = 6
	heatGroups  = 30
)

// chartForms lists the forms that suit a table, the best first. What is stacked must add up: each unit in one group at most.
func chartForms(t report.Table) []chartForm {
	whole := []chartForm{formBars, formPareto}
	if t.By == nil || len(t.By.Categories) == 0 {
		return whole
	}
	n := len(t.By.Categories)
	var out []chartForm
	if t.By.Kind == report.ByRound && n > 1 {
		out = append(out, formSlope)
	}
	if n <= panelGroups {
		out = append(out, formPanels)
	}
	if n <= seriesGroup {
		out = append(out, formClustered)
		if adds := t.By.Kind == report.ByRound || t.By.Kind == report.ByVariable && !t.By.Variable.Multi; adds {
			out = append(out, formStacked, formWhole)
		}
	}
	if n <= heatGroups {
		out = append(out, formHeat)
	}
	return append(out, whole...)
}

// formAsked is the form that the address asks for, or else the best.
func (r *request) formAsked(t report.Table) chartForm {
	forms := chartForms(t)
	if asked := chartForm(r.Query("chart")); slices.Contains(forms, asked) {
		return asked
	}
	return forms[0]
}

// drawing draws a table in a form; link is nil in files.
func (r *request) drawing(t report.Table, form chartForm, link chart.Link) chart.Drawing {
	o := r.exportOptions()
	o.Lang = r.labels()
	return drawnAs(t, form, o, link)
}

func drawnAs(t report.Table, form chartForm, o exporter.Options, link chart.Link) chart.Drawing {
	switch form {
	case formPareto:
		slices.SortStableFunc(t.Rows, func(a, b report.Row) int { return b.Total.N - a.Total.N })
		return chart.ParetoOf(t, o, link)
	case formPanels, formClustered, formStacked, formWhole:
		return chart.GroupsOf(t, chart.Form(form), o, link)
	case formHeat:
		return chart.HeatOf(t, o, link)
	case formSlope:
		return chart.SlopeOf(t, o, link)
	}
	return chart.BarsOf(t, -1, o, link)
}

// chart is the picture of the page, whose numbers lead to their answers for those who code.
func (r *request) chart(a asked, form chartForm) (string, error) {
	var link chart.Link
	if r.access.Role.AtLeast(coding.RoleAnalyst) {
		link = func(row report.Row, column int) string {
			if column < 0 {
				return r.deskFor(a, &row, nil)
			}
			return r.deskFor(a, &row, &a.table.By.Categories[column])
		}
	}
	var b strings.Builder
	err := chart.SVG(&b, r.drawing(a.table, form, link))
	return b.String(), err
}

// chartChoices are the forms that the page offers.
func (r *request) chartChoices(a asked, form chartForm) []view.Option {
	var out []view.Option
	for _, f := range chartForms(a.table) {
		q := with(with(a.query, "view", "chart"), "chart", string(f))
		out = append(out, view.Option{Value: r.path("/analysis?" + q.Encode()), Label: r.t("analysis.chart_" + string(f)), Selected: f == form})
	}
	return out
}

// chartFile is the chart as a file: an SVG that needs no font, or a PNG for print.
func (s *Server) chartFile(write func(io.Writer, chart.Drawing) error, ending, kind string) func(*request) error {
	return func(r *request) error {
		a, err := s.tableAsked(r)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := write(&b, r.drawing(a.table, r.formAsked(a.table), nil)); err != nil {
			return err
		}
		r.Header("Content-Disposition", attachment(r.fileName("chart")+ending))
		r.Data(http.StatusOK, kind, b.Bytes())
		return nil
	}
}
