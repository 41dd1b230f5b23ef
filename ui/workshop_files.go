package ui

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"math"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/exporter/handout"
	"avokoodi/coding/exporter/ooxml"
	"avokoodi/coding/exporter/pack"
	"avokoodi/coding/exporter/paper"
	"avokoodi/coding/workshop"
	"avokoodi/ui/view"
)

// material is the workshop that the path names, counted now.
func (s *Server) material(r *request) (*workshop.Material, string, error) {
	one, err := s.workshopOf(r)
	if err != nil {
		return nil, "", err
	}
	m, err := s.workshops().Make(r.ctx(), r.projectID(), one)
	return m, r.path(fmt.Sprintf("/workshop/%d", one.ID)), err
}

// workshopFile sends workshop.zip, .pptx or .docx, or the PDF of a part. It is written whole before anything is sent.
func (s *Server) workshopFile(r *request) (err error) {
	name, ending, _ := strings.Cut(r.Param("file"), ".")
	part := handout.Part(name)
	kind, known := map[string]string{"zip": "application/zip", "pdf": "application/pdf", "pptx": pack.Kinds["pptx"], "docx": pack.Kinds["docx"]}[ending]
	if isPart := slices.Contains(handout.Parts[:], part); !known || isPart != (ending == "pdf") || !isPart && name != "workshop" {
		return coding.ErrNotFound
	}
	m, _, err := s.material(r)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(s.Uploads, "export-*")
	if err != nil {
		return fmt.Errorf("workshop: %w", err)
	}
	defer func() {
		f.Close()
		os.Remove(f.Name())
	}()
	what := "workshop"
	switch ending {
	case "zip":
		err = handout.Zip(f, m, time.Now())
	case "pptx":
		err = handout.PPTX(f, m)
	case "docx":
		err = handout.DOCX(f, m)
	default:
		err, what = handout.PDF(f, m, part), name
	}
	if err != nil {
		return fmt.Errorf("workshop: %w", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("workshop: %w", err)
	}
	return r.file(f, r.fileName(what)+"."+ending, kind)
}

// workshopPrint shows the sheets of a part as they are printed: the very layout of the PDF.
func (s *Server) workshopPrint(r *request) error {
	part := handout.Part(r.Param("part"))
	if !slices.Contains(handout.Parts[:], part) {
		return coding.ErrNotFound
	}
	m, action, err := s.material(r)
	if err != nil {
		return err
	}
	page := view.WorkshopPrint{Page: r.base("workshop.part_"+string(part), "workshop"), Name: m.Name, Say: r.t("workshop.part_say_" + string(part)), Back: r.path(fmt.Sprintf("/workshop?id=%d", m.ID)),
		PDF: action + "/file/" + string(part) + ".pdf", Paper: "a4"}
	page.Scripts = []string{"js/print.js"}
	page.Heading = page.Title
	if part == handout.PartSheetsA3 || part == handout.PartPosters {
		page.Paper = "a3"
	}
	for _, p := range handout.Parts {
		if len(handout.Pages(m, p)) > 0 {
			page.Parts = append(page.Parts, view.Option{Value: action + "/print/" + string(p), Label: r.t("workshop.part_" + string(p)), Selected: p == part})
		}
	}
	for _, sheet := range handout.Pages(m, part) {
		var b bytes.Buffer
		if err := paper.SVG(&b, sheet); err != nil {
			return err
		}
		page.Sheets = append(page.Sheets, view.WorkshopSheet{Title: sheet.Title, SVG: template.HTML(b.String())}) //nolint:gosec // made by paper, which escapes
	}
	return s.render(r, http.StatusOK, "workshop_print", page)
}

// workshopPresent shows the slides; notes=1 is the window of the one who speaks.
func (s *Server) workshopPresent(r *request) error {
	m, action, err := s.material(r)
	if err != nil {
		return err
	}
	page := view.WorkshopPresent{Page: r.base("workshop.slides", "workshop"), Name: m.Name, Back: r.path(fmt.Sprintf("/workshop?id=%d", m.ID)), PPTX: action + "/file/workshop.pptx",
		Minutes: m.Minutes(), Channel: fmt.Sprintf("workshop-%s-%d", r.slug(), m.ID), Notes: r.Query("notes") != "", Other: action + "/present?notes=1"}
	page.Scripts = []string{"js/present.js"}
	if page.Notes {
		page.Other = action + "/present"
	}
	slides := handout.Slides(m)
	for i, sl := range slides {
		page.Slides = append(page.Slides, slideView(m, sl, i+1, len(slides)))
	}
	return s.write(r, http.StatusOK, "workshop_present", "stage", page)
}

func slideView(m *workshop.Material, sl handout.Slide, n, of int) view.WorkshopSlide {
	out := view.WorkshopSlide{N: n, Of: of, Kind: string(sl.Kind), Title: sl.Title, Lang: string(m.Langs[0]), Note: sl.Note, List: sl.Numbered}
	for line := range strings.Lines(sl.Speech) {
		if line = strings.TrimSpace(line); line != "" {
			out.Speech = append(out.Speech, line)
		}
	}
	for _, t := range sl.Titles {
		out.Titles = append(out.Titles, view.WorkshopLine{Text: t.Text, Lang: string(t.Lang), Soft: t.Soft})
	}
	numbers := map[coding.Lang]int{}
	for _, t := range sl.Lines {
		numbers[t.Lang]++
		out.Lines = append(out.Lines, view.WorkshopLine{Text: t.Text, Lang: string(t.Lang), Soft: t.Soft, N: numbers[t.Lang]})
	}
	for _, q := range sl.Quotes {
		out.Quotes = append(out.Quotes, view.WorkshopQuote{Text: q.Text, Lang: string(q.Lang), By: q.By, Chosen: !q.Soft})
	}
	if sl.Theme != nil {
		out.Hue, out.Symbol = sl.Theme.Theme.Hue, handout.SymbolPath(sl.Theme.Symbol)
	}
	for _, th := range sl.All {
		out.Symbols = append(out.Symbols, view.WorkshopSymbol{Hue: th.Theme.Hue, Path: handout.SymbolPath(th.Symbol)})
	}
	if sl.Chart != nil {
		out.Bars = slideBars(m, sl)
	}
	return out
}

// slideBars are the bars of a slide's chart, in steps of a hundredth of the longest.
func slideBars(m *workshop.Material, sl handout.Slide) []view.WorkshopBar {
	var out []view.WorkshopBar
	c, most := sl.Chart, 0.0
	for _, v := range c.Series[0].Values {
		if !math.IsNaN(v) {
			most = max(most, v)
		}
	}
	for i, v := range c.Series[0].Values {
		b := view.WorkshopBar{Label: c.Categories[i]}
		if sl.Theme != nil {
			b.Hue = sl.Theme.Theme.Hue
		}
		if !c.Percent && i < len(m.Themes) { // a bar for each theme of the workshop
			b.Soft = sl.Theme != nil && m.Themes[i].Theme.ID != sl.Theme.Theme.ID
			b.Hue = m.Themes[i].Theme.Hue
		}
		b.Value, b.Hidden = barValue(c, i, v)
		if !b.Hidden && most > 0 {
			b.Long = int(math.Round(100 * v / most))
		}
		out = append(out, b)
	}
	return out
}

func barValue(c *ooxml.Chart, i int, v float64) (string, bool) {
	switch {
	case math.IsNaN(v):
		return c.Series[0].Marks[i], true
	case c.Percent:
		return workshop.Percent(coding.Lang(c.Lang), v), false
	}
	return fmt.Sprint(int(v)), false
}
