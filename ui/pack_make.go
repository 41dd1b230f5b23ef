package ui

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/exporter/pack"
	"avokoodi/coding/report"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
)

// packKinds are the formats of a report, with their media types.
var packKinds = map[string]string{
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// packFile counts everything anew and sends the report as a file. It is written whole before anything is sent.
func (s *Server) packFile(r *request) (err error) {
	one, err := s.packOf(r)
	if err != nil {
		return err
	}
	ending := strings.TrimPrefix(r.Param("file"), "report.")
	kind, ok := packKinds[ending]
	if !ok {
		return coding.ErrNotFound
	}
	made, err := s.makePack(r, one)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(s.Uploads, "export-*")
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	defer func() {
		f.Close()
		os.Remove(f.Name())
	}()
	if err := made.Write(f, ending); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return r.file(f, r.fileName("report")+"."+ending, kind)
}

// packOptions are those of the report's language, or the reader's.
func (r *request) packOptions(one coding.Pack) exporter.Options {
	if one.Lang == "" {
		return r.exportOptions()
	}
	return exporter.Options{Lang: one.Lang, T: func(key string, args ...any) string { return i18n.T(string(one.Lang), key, args...) }}
}

// makePack makes the parts of a report with what the person may see.
func (s *Server) makePack(r *request, one coding.Pack) (pack.Pack, error) {
	o := r.packOptions(one)
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return pack.Pack{}, err
	}
	out := pack.Pack{Title: one.Name, Lang: o.Lang, NotesName: o.T("export.sheet_notes"), Subtitle: r.access.Project.Name.In(o.Lang)}
	// A table of everything says what the whole report must: project, time, state of the data, threshold.
	all, err := s.exporter().Make(r.ctx(), exporter.KindCounts, report.Request{Project: r.projectID()}, o)
	if err != nil {
		return pack.Pack{}, err
	}
	for _, n := range all.Notes {
		if !slices.Contains([]string{o.T("export.note_unit"), o.T("export.note_base"), o.T("export.note_judged")}, n.Label) {
			out.Notes = append(out.Notes, n)
		}
	}
	tables, err := s.packTables(r, one)
	if err != nil {
		return out, err
	}
	for i, it := range one.Items {
		if err := r.ctx().Err(); err != nil {
			return out, err
		}
		part, err := s.packPart(r, it, tables[i], tree, o)
		if err != nil {
			return out, err
		}
		out.Parts = append(out.Parts, part)
	}
	return out, nil
}

// packTables counts the tables of a report, of the parts that have one. They lie side by side in one file, so that they are
// protected as one.
func (s *Server) packTables(r *request, one coding.Pack) (map[int]report.Table, error) {
	out := map[int]report.Table{}
	var at []int
	var asks []report.Request
	for i, it := range one.Items {
		if it.Kind != coding.PackTable && it.Kind != coding.PackChart {
			continue
		}
		q, err := url.ParseQuery(it.Query)
		if err != nil {
			return nil, coding.Problem{Field: "query", Key: "pack.query_bad"}
		}
		a, err := s.tableOf(r, q)
		if err != nil {
			return nil, err
		}
		at, asks = append(at, i), append(asks, a.ask)
	}
	tables, err := report.New(s.Boards).CountTogether(r.ctx(), r.projectID(), asks)
	if err != nil {
		return nil, err
	}
	for k, i := range at {
		out[i] = tables[k]
	}
	return out, nil
}

func (s *Server) packPart(r *request, it coding.PackItem, table report.Table, tree themes.Tree, o exporter.Options) (pack.Part, error) {
	part := pack.Part{Heading: it.Title, Text: it.Text}
	switch it.Kind {
	case coding.PackTable, coding.PackChart:
		q, err := url.ParseQuery(it.Query)
		if err != nil {
			return part, coding.Problem{Field: "query", Key: "pack.query_bad"}
		}
		if part.Doc, err = s.exporter().CountsOf(r.ctx(), table, o); err != nil {
			return part, err
		}
		part.Note = chart.BarsOf(table, -1, o, nil).Subtitle
		part.Table, part.Chart = it.Kind == coding.PackTable, it.Kind == coding.PackChart
		form := chartForm(q.Get("chart"))
		if part.Chart && slices.Contains([]chartForm{formPareto, formStacked, formWhole, formHeat, formSlope}, form) && slices.Contains(chartForms(table), form) {
			part.Picture = drawnAs(table, form, o, nil)
		}
	case coding.PackTheme, coding.PackQuotes:
		options := o
		if it.Kind == coding.PackTheme {
			th, ok := tree.Get(it.Theme)
			if !ok {
				part.Heading, part.Text = orText(part.Heading, o.T("pack.gone")), it.Text
				return part, nil
			}
			part.Heading = orText(part.Heading, th.Label.In(o.Lang))
			part.Text = strings.Join(slices.DeleteFunc([]string{it.Text, th.Definition.In(o.Lang)}, func(s string) bool { return s == "" }), "\n\n")
			quotes, err := s.readQuotes(r)
			if err != nil {
				return part, err
			}
			options.Quotes = []coding.QuoteID{-1} // none, where the theme has none
			for _, q := range quotes {
				if q.Theme == it.Theme {
					options.Quotes = append(options.Quotes, q.ID)
				}
			}
		}
		var err error
		if part.Doc, err = s.exporter().Make(r.ctx(), exporter.KindPublicQuotes, report.Request{Project: r.projectID()}, options); err != nil {
			return part, err
		}
		part.Table = true
	}
	if part.Heading == "" && part.Doc != nil {
		part.Heading = part.Doc.Title
	}
	part.Heading = orText(part.Heading, o.T("pack.kind_"+string(it.Kind)))
	return part, nil
}

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
