package app

import (
	"context"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
)

// findingFlags are the options of what an analysis finds, and of reports.
type findingFlags struct {
	compare, save, pack string
	paired              bool
}

func (f *findingFlags) add(c *cobra.Command) {
	c.Flags().BoolVar(&f.paired, "paired", false, "rounds: the same respondent id is the same person (McNemar's test)")
	c.Flags().StringVar(&f.compare, "compare", "", "rounds: the two that are compared, by key, with a comma (default: the first and the last)")
	c.Flags().StringVar(&f.save, "save-table", "", "findings: write the request to a file for --table, too")
	c.Flags().StringVar(&f.pack, "pack", "", "pack: name of the report (default: the newest)")
}

// part is a finding as the flags ask for it.
func (f findingFlags) part(a *app, find report.Finding, q report.Request) (report.Part, error) {
	out := report.Part{Request: q, Find: find, Paired: f.paired}
	if f.compare != "" {
		two := split(f.compare)
		if len(two) != 2 {
			return out, a.usage("cli.use_wrong", "--compare", f.compare)
		}
		out.Compare = [2]string(two)
	}
	return out, nil
}

// finding makes the document of a finding, as a file of the ending has it.
func (a *app) finding(ctx context.Context, h *house, x report.Part, ending string) (*exporter.Document, error) {
	options := a.exportOptions()
	options.Paired, options.Compare, options.Prose = x.Paired, x.Compare, ending == ".docx"
	d, err := exporter.New(h.store, report.New(h.boards), nil).Make(ctx, exporter.Kind(x.Find), x.Request, options)
	if err == nil && ending == ".docx" && exporter.Kind(x.Find) != exporter.KindAgreement {
		d.Tables = d.Tables[:1] // squares of themes do not fit a page
	}
	return d, err
}

// exportFinding writes what an analysis finds, by the ending of the file: JSON too, which formats of documents do not have.
func (a *app) exportFinding(ctx context.Context, h *house, file string, x report.Part) error {
	d, err := a.finding(ctx, h, x, strings.ToLower(filepath.Ext(file)))
	if err != nil {
		return err
	}
	return a.writeFinding(d, filepath.Base(file), func(fn func(io.Writer) error) error { return a.writeFile(file, fn) })
}

func (a *app) writeFinding(d *exporter.Document, name string, write func(func(io.Writer) error) error) error {
	ending := strings.ToLower(filepath.Ext("." + name))
	if ending == ".json" {
		return write(func(f io.Writer) error { return exporter.DocumentJSON(f, d) })
	}
	format, err := formats().For(name)
	if err != nil {
		return err
	}
	return write(func(f io.Writer) error { return format.Write(f, d) })
}

// printFinding writes a saved finding to standard output.
func (a *app) printFinding(ctx context.Context, h *house, x report.Part, format string) error {
	switch format {
	case "table", "csv", "json", "xlsx":
	default:
		return a.usage("cli.use_choice", "--format", format, "table, csv, json, xlsx")
	}
	d, err := a.finding(ctx, h, x, "")
	if err != nil {
		return err
	}
	if format != "table" {
		return a.writeFinding(d, format, func(fn func(io.Writer) error) error { return fn(a.out) })
	}
	t := d.Tables[0]
	var head []string
	for i, c := range t.Columns {
		if !slices.Contains(t.Codes, i) {
			head = append(head, c.Title)
		}
	}
	lines := [][]string{head}
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		var line []string
		for i, c := range row {
			if !slices.Contains(t.Codes, i) {
				line = append(line, strings.Repeat("  ", c.Indent)+cellText(coding.Lang(a.cfg.Lang), c))
			}
		}
		lines = append(lines, line)
	}
	return a.printRows(lines, len(head))
}

// cellText is a cell for eyes.
func cellText(l coding.Lang, c exporter.Cell) string {
	switch c.Kind {
	case exporter.KindNumber:
		return exporter.Whole(l, int(math.Round(c.Number)))
	case exporter.KindShare:
		return exporter.Percent(l, c.Number)
	case exporter.KindDecimal:
		return c.Decimals(l)
	}
	return c.Text
}
