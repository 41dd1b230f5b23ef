package app

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
)

// exportFinding writes what an analysis finds, by the ending of the file: JSON too, which formats of documents do not have.
func (a *app) exportFinding(ctx context.Context, h *house, file string, kind exporter.Kind, q report.Request, paired bool) error {
	options := a.exportOptions()
	options.Paired = paired
	d, err := exporter.New(h.store, report.New(h.boards), nil).Make(ctx, kind, q, options)
	if err != nil {
		return err
	}
	ending := strings.ToLower(filepath.Ext(file))
	if ending == ".json" {
		return a.writeFile(file, func(f io.Writer) error { return exporter.DocumentJSON(f, d) })
	}
	if ending == ".docx" {
		d.Tables = d.Tables[:1] // squares of themes do not fit a page
	}
	format, err := formats().For(filepath.Base(file))
	if err != nil {
		return err
	}
	return a.writeFile(file, func(f io.Writer) error { return format.Write(f, d) })
}
