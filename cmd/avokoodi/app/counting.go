package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	csvout "avokoodi/coding/exporter/csvfile"
	"avokoodi/coding/exporter/docxfile"
	"avokoodi/coding/exporter/htmlfile"
	"avokoodi/coding/exporter/markdown"
	"avokoodi/coding/exporter/syntaxfile"
	xlsxout "avokoodi/coding/exporter/xlsxfile"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/themes"
	"avokoodi/ui"
	"avokoodi/ui/i18n"
)

// formats are the formats that documents are written in.
func formats() exporter.Formats {
	return exporter.Formats{csvout.Format{}, xlsxout.Format{}, docxfile.Format{}, markdown.Format{}, markdown.Plain{}, htmlfile.Format{}, syntaxfile.R{}, syntaxfile.SPSS{}}
}

func (a *app) exportOptions() exporter.Options {
	return exporter.Options{Lang: coding.Lang(a.cfg.Lang), T: a.t,
		In: func(l coding.Lang) exporter.Translate {
			return func(key string, args ...any) string { return i18n.T(string(l), key, args...) }
		}}
}

// scopeFlags are the flags that pick answers.
type scopeFlags struct {
	project, by, and, question, round, language, unit, table, weight, search string
	threshold                                                                int
	net                                                                      bool
}

func (s *scopeFlags) add(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&s.project, "project", "", "slug of the project")
	f.StringVar(&s.by, "by", "", "break down by a variable, or by question, language or round")
	f.StringVar(&s.and, "and", "", "and by a second variable")
	f.StringVar(&s.table, "table", "", "a saved table (YAML) instead of the other options")
	f.StringVar(&s.question, "question", "", "key, wording or header of a question; several with commas")
	f.StringVar(&s.round, "round", "", "key of a round; several with commas")
	f.StringVar(&s.language, "language", "", "fi, sv or en; several with commas")
	f.StringVar(&s.unit, "unit", "respondents", "respondents or answers")
	f.StringVar(&s.weight, "weight", "", "weight shares by a variable that is marked as a weight")
	f.StringVar(&s.search, "search", "", "only answers that a search finds; the query is as in the search command")
	f.IntVar(&s.threshold, "threshold", 0, "hide numbers about fewer respondents (default: the project's)")
	f.BoolVar(&s.net, "net", false, "a theme's number includes its sub-themes, each respondent once")
}

// request is what the flags or the saved file among them ask for; its search is done.
func (a *app) request(ctx context.Context, h *house, s scopeFlags, p coding.Project) (report.Kept, error) {
	k, err := a.scope(ctx, h, s, p)
	if err != nil {
		return k, err
	}
	k.Project = p.ID
	if len(k.Filter) > 0 {
		people, err := h.svc.People(ctx, coding.Operator)
		if err != nil {
			return k, err
		}
		err = h.boards.Read(ctx, p.ID, func(b *sets.Board) error {
			k.Request.Filter, err = ui.SavedFilter(b, k.Filter, people)
			return err
		})
		if err != nil {
			return k, err
		}
	}
	if k.Search == "" {
		return k, nil
	}
	k.Request.Filter.Within, err = a.hits(ctx, h, p, k.Search)
	return k, err
}

// hits are the answers that a search finds.
func (a *app) hits(ctx context.Context, h *house, p coding.Project, words string) (*roaring.Bitmap, error) {
	var out *roaring.Bitmap
	err := a.withSearch(ctx, h, p, func(search searchFunc) error {
		res, err := search(ctx, words, everyHit)
		if err != nil {
			return err
		}
		if res.Problem != nil {
			return coding.Problem{Field: "search", Key: res.Problem.Key, Args: res.Problem.Args}
		}
		out = sets.Of(res.IDs...)
		return nil
	})
	return out, err
}

// scope is what the flags ask for, but for the search.
func (a *app) scope(ctx context.Context, h *house, s scopeFlags, p coding.Project) (report.Kept, error) {
	if s.table != "" {
		raw, err := os.ReadFile(s.table)
		if err != nil {
			return report.Kept{}, err
		}
		return report.ReadSaved(raw)
	}
	unit, ok := report.ParseUnit(s.unit)
	if !ok {
		return report.Kept{}, a.usage("cli.use_choice", "--unit", s.unit, "respondents, answers, codings")
	}
	if s.threshold < 0 {
		return report.Kept{}, a.usage("cli.use_wrong", "--threshold", s.threshold)
	}
	q := report.Kept{Part: report.Part{Request: report.Request{By: s.by, Second: s.and, Unit: unit, Threshold: s.threshold, Net: s.net, Weight: s.weight, Rounds: split(s.round), Search: s.search}}}
	if s.question != "" {
		err := h.store.View(ctx, func(r coding.Reader) error {
			list, err := r.Questions(ctx, p.ID)
			if err == nil {
				q.Questions, err = questionKeys(list, s.question)
			}
			return err
		})
		if err != nil {
			return q, err
		}
	}
	for _, l := range split(s.language) {
		lang, ok := themes.ParseLang(l)
		if !ok {
			return q, a.usage("cli.use_choice", "--language", l, "fi, sv, en")
		}
		q.Languages = append(q.Languages, lang)
	}
	return q, nil
}

// questionKeys reads names of questions with commas between them. A name may hold commas itself: the longest that means a
// question is taken.
func questionKeys(list []coding.Question, given string) ([]string, error) {
	var keys []string
	for parts := strings.Split(given, ","); len(parts) > 0; {
		n := len(parts)
		for n > 1 && len(coding.QuestionsNamed(list, strings.Join(parts[:n], ","))) == 0 {
			n--
		}
		q, err := coding.FindQuestion(list, strings.Join(parts[:n], ","))
		if err != nil {
			return nil, err
		}
		keys, parts = append(keys, q.Key), parts[n:]
	}
	return keys, nil
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

func (a *app) countCommand() *cobra.Command {
	var s scopeFlags
	var format, save string
	c := &cobra.Command{Use: "count", Short: "Count themes, also by a variable", Args: a.args(0, 0), RunE: func(cmd *cobra.Command, _ []string) error {
		if a.json {
			format = "json"
		}
		return a.inProject(cmd.Context(), s.project, func(h *house, p coding.Project) error {
			k, err := a.request(cmd.Context(), h, s, p)
			if err != nil {
				return err
			}
			if save != "" {
				return a.writeFile(save, func(f io.Writer) error { return report.Save(f, k) })
			}
			if k.Find != report.FindCounts {
				return a.printFinding(cmd.Context(), h, k.Part, format)
			}
			q := k.Request
			reports := report.New(h.boards)
			switch format {
			case "table", "json":
				t, err := reports.Count(cmd.Context(), q)
				if err != nil {
					return err
				}
				if format == "json" {
					return exporter.CountsJSON(a.out, t, a.exportOptions())
				}
				return a.printTable(t)
			case "csv", "xlsx":
				f, err := formats().For(format)
				if err != nil {
					return err
				}
				d, err := exporter.New(h.store, reports, nil).Make(cmd.Context(), exporter.KindCounts, q, a.exportOptions())
				if err != nil {
					return err
				}
				return f.Write(a.out, d)
			}
			return a.usage("cli.use_choice", "--format", format, "table, csv, json, xlsx")
		})
	}}
	s.add(c)
	c.Flags().StringVar(&format, "format", "table", "table, csv, json or xlsx")
	c.Flags().StringVar(&save, "save-table", "", "write the request to a file for --table instead of counting")
	return c
}

// printTable writes a table for eyes: the themes to the left, the numbers to the right of their columns.
func (a *app) printTable(t report.Table) error {
	cell := func(c report.Cell) string {
		switch c.Suppressed {
		case report.Primary:
			return fmt.Sprintf("<%d", t.Threshold)
		case report.Secondary:
			return "·"
		}
		return fmt.Sprint(c.N)
	}
	// Weighted shares stand beside their numbers, effective numbers beside the bases.
	share := func(c report.Cell) string {
		if t.Weighted == nil || c.Suppressed != report.Shown {
			return cell(c)
		}
		return cell(c) + " (" + exporter.Percent(coding.Lang(a.cfg.Lang), c.Share) + ")"
	}
	effect := func(base report.Cell, e report.Effect) string {
		if t.Weighted == nil {
			return ""
		}
		return ", " + a.t("numbers.effective_of", exporter.EffectText(base, e, a.exportOptions()))
	}
	head := []string{a.t("cli.theme"), "n = " + cell(t.Base) + effect(t.Base, t.Effect)}
	if t.By != nil {
		for _, c := range t.By.Categories {
			head = append(head, exporter.CategoryLabel(c, t.By, a.exportOptions())+" ("+cell(c.Base)+effect(c.Base, c.Effect)+")")
		}
	}
	rows := [][]string{head}
	for _, r := range t.Rows {
		row := []string{strings.Repeat("  ", r.Depth) + r.Theme.Label.In(coding.Lang(a.cfg.Lang)), share(r.Total)}
		for _, c := range r.Cells {
			row = append(row, share(c))
		}
		rows = append(rows, row)
	}
	return a.printRows(rows, len(head))
}

// printRows writes rows in columns; those from the second to the one at right stand to the right.
func (a *app) printRows(rows [][]string, right int) error {
	widths := map[int]int{}
	for _, row := range rows {
		for i, text := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	for _, row := range rows {
		line := fmt.Sprintf("%-*s", widths[0], row[0])
		for i, text := range row[1:] {
			width := widths[i+1]
			if i+1 > right {
				width = -width
			}
			line += fmt.Sprintf("  %*s", width, text)
		}
		if _, err := fmt.Fprintln(a.out, strings.TrimRight(line, " ")); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) exportCommand() *cobra.Command {
	var s scopeFlags
	var file string
	var public bool
	var hand handoutFlags
	var find findingFlags
	c := &cobra.Command{Use: "export counts|matrix|codings|answers|quotes|codebook|workshop|pack|project|cooccurrence|rounds|coverage|saturation|coders|progress", Short: "Write a file; its ending chooses the format", Args: a.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if file == "" {
				return a.usage("cli.use_output")
			}
			if args[0] == "project" {
				return a.exportProject(cmd.Context(), s.project, file)
			}
			if args[0] == "workshop" {
				return a.exportWorkshop(cmd.Context(), s, hand, file)
			}
			if args[0] == "pack" {
				return a.exportPack(cmd.Context(), s.project, find.pack, file)
			}
			kind := exporter.Kind(args[0])
			if kinds := exporter.Kinds[:]; !slices.Contains(kinds, kind) {
				return a.usage("cli.not_here", args[0], strings.Trim(fmt.Sprint(kinds), "[]")+" workshop pack project")
			}
			if kind == exporter.KindQuotes && public {
				kind = exporter.KindPublicQuotes
			}
			return a.inProject(cmd.Context(), s.project, func(h *house, p coding.Project) error {
				if kind == exporter.KindCodebook {
					tree, err := h.svc.Codebook(cmd.Context(), p.ID, coding.Operator)
					if err != nil {
						return err
					}
					return a.writeCodebook(file, tree)
				}
				k, err := a.request(cmd.Context(), h, s, p)
				if err != nil {
					return err
				}
				q, reports := k.Request, report.New(h.boards)
				if kind == exporter.KindCounts && strings.EqualFold(filepath.Ext(file), ".json") {
					t, err := reports.Count(cmd.Context(), q)
					if err != nil {
						return err
					}
					return a.writeFile(file, func(f io.Writer) error { return exporter.CountsJSON(f, t, a.exportOptions()) })
				}
				if slices.Contains(exporter.Findings, kind) || kind == exporter.KindAgreement {
					if k.Find != report.FindCounts && k.Find != report.Finding(kind) {
						return a.usage("cli.use_table_of", s.table, string(k.Find))
					}
					if s.table == "" {
						if k.Part, err = find.part(a, report.Finding(kind), q); err != nil {
							return err
						}
					}
					if find.save != "" && kind == exporter.KindAgreement { // a saved table is counted again; this is none
						return a.usage("cli.use_wrong", "--save-table", find.save)
					}
					if find.save != "" {
						if err := a.writeFile(find.save, func(f io.Writer) error { return report.Save(f, k) }); err != nil {
							return err
						}
					}
					k.Find = report.Finding(kind)
					return a.exportFinding(cmd.Context(), h, file, k.Part)
				}
				format, err := formats().For(filepath.Base(file))
				if p := (coding.Problem{}); errors.As(err, &p) {
					return a.usage(p.Key, p.Args...)
				}
				if err != nil {
					return err
				}
				d, err := exporter.New(h.store, reports, nil).Make(cmd.Context(), kind, q, a.exportOptions())
				if err != nil {
					return err
				}
				d.Name = strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)) // a program for R or SPSS reads the CSV beside it
				return a.writeFile(file, func(f io.Writer) error { return format.Write(f, d) })
			})
		}}
	s.add(c)
	c.Flags().StringVarP(&file, "output", "o", "", "file to write")
	find.add(c)
	c.Flags().BoolVar(&public, "public", false, "quotes without respondent ids")
	hand.add(c)
	return c
}
