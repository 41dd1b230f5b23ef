package ui

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
	"avokoodi/themes/codebook"
	"avokoodi/ui/view"
)

// codebookMax is the largest codebook file that a page takes, in bytes.
const codebookMax = 2 << 20

func (s *Server) codebookImportPage(r *request) error {
	return s.render(r, http.StatusOK, "theme_import", view.CodebookImportPage{Page: r.base("themes.import_title", "themes")})
}

// importCodebook shows what a file would change; the confirmed form brings it in. Between the two the file travels in the
// form, and everything about it is checked again.
func (s *Server) importCodebook(r *request) error {
	r.Request.Body = http.MaxBytesReader(r.Writer, r.Request.Body, 2*codebookMax)
	page := view.CodebookImportPage{Page: r.base("themes.import_title", "themes")}
	confirmed := false
	var raw []byte
	if content := r.PostForm("content"); content != "" {
		var err error
		if raw, err = base64.StdEncoding.DecodeString(content); err != nil {
			return coding.ErrNotFound
		}
		page.File, confirmed = filepath.Base(r.PostForm("name")), true
	} else {
		f, header, err := r.Request.FormFile("file")
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			return err
		case err != nil:
			page.Errors = []string{r.t("themes.import_no_file")}
			return s.render(r, http.StatusUnprocessableEntity, "theme_import", page)
		}
		defer f.Close()
		page.File = filepath.Base(header.Filename)
		if raw, err = io.ReadAll(io.LimitReader(f, codebookMax+1)); err != nil {
			return err
		}
		if len(raw) > codebookMax {
			return &http.MaxBytesError{Limit: codebookMax}
		}
	}
	diff, err := s.readCodebook(r, page.File, raw, !confirmed)
	if page.Problems = r.rowProblems(err); len(page.Problems) > 0 {
		return s.render(r, http.StatusUnprocessableEntity, "theme_import", page)
	}
	if err != nil {
		return err
	}
	if confirmed {
		return r.goTo(r.path("/themes"), "themes.imported", len(diff.New), len(diff.Changed))
	}
	page.Preview, page.Same, page.Content = true, len(diff.Same), base64.StdEncoding.EncodeToString(raw)
	for _, th := range diff.Added {
		page.New = append(page.New, r.themeRef(th))
	}
	for _, key := range diff.Changed {
		page.Changed = append(page.Changed, r.themeChange(diff.Before[key], diff.After[key]))
	}
	return s.render(r, http.StatusOK, "theme_import", page)
}

// codebookDiff is what a file changes, with the new themes as the file has them.
type codebookDiff struct {
	coding.CodebookDiff
	Added []coding.Theme
}

func (s *Server) readCodebook(r *request, name string, raw []byte, dry bool) (codebookDiff, error) {
	entries, err := codebook.Read(bytes.NewReader(raw), name, r.labels())
	if err != nil {
		return codebookDiff{}, err
	}
	diff, err := s.Service.ImportCodebook(r.ctx(), r.projectID(), r.person.ID, entries, name, dry)
	out := codebookDiff{CodebookDiff: diff}
	for _, e := range entries {
		for _, key := range diff.New {
			if e.Theme.Key == key {
				out.Added = append(out.Added, e.Theme)
			}
		}
	}
	return out, err
}

// rowProblems is what a person must mend in a file; nothing for any other error.
func (r *request) rowProblems(err error) []view.RowProblem {
	var out []view.RowProblem
	add := func(row int, column string, p themes.Problem) {
		where := ""
		switch {
		case row > 0 && column != "":
			where = r.t("themes.import_at", row, column)
		case row > 0:
			where = r.t("themes.import_row", row)
		}
		out = append(out, view.RowProblem{Where: where, Text: r.t(p.Key, p.Args...)})
	}
	var read codebook.Problems
	var write coding.RowProblems
	var one themes.Problem
	switch {
	case errors.As(err, &read):
		for _, p := range read {
			add(p.Row, p.Column, p.Problem)
		}
	case errors.As(err, &write):
		for _, p := range write {
			add(p.Row, p.Column, p.Problem)
		}
	case errors.As(err, &one):
		add(0, "", one)
	}
	return out
}

// themeChange lists the texts of a theme that would change.
func (r *request) themeChange(b, a coding.Theme) view.ThemeChange {
	out := view.ThemeChange{ThemeRef: r.themeRef(b)}
	note := func(name, lang, before, after string) {
		if before != after {
			out.Fields = append(out.Fields, view.FieldChange{Name: r.t("themes.field." + name), Lang: lang, Before: before, After: after})
		}
	}
	words := func(k themes.Keywords, l coding.Lang) string { return strings.Join(k.In(l), "; ") }
	for _, l := range themes.Langs {
		note("label", string(l), b.Label.Exact(l), a.Label.Exact(l))
	}
	for _, l := range themes.Langs {
		note("definition", string(l), b.Definition.Exact(l), a.Definition.Exact(l))
		note("include", string(l), b.Include.Exact(l), a.Include.Exact(l))
		note("exclude", string(l), b.Exclude.Exact(l), a.Exclude.Exact(l))
		note("keywords", string(l), words(b.Keywords, l), words(a.Keywords, l))
	}
	note("shortcut", "", b.Shortcut, a.Shortcut)
	if b.Hue != a.Hue {
		note("hue", "", r.t("hue."+strconv.Itoa(b.Hue)), r.t("hue."+strconv.Itoa(a.Hue)))
	}
	if b.Parent != a.Parent {
		out.Fields = append(out.Fields, view.FieldChange{Name: r.t("themes.place")})
	}
	if b.Retired != a.Retired {
		out.Fields = append(out.Fields, view.FieldChange{Name: r.t("themes.diff.retired")})
	}
	return out
}
