package ui

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"avokoodi/ui/assets"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

func queryEscape(s string) string { return url.QueryEscape(s) }

// functions are what templates may call, bound to a language.
func functions(lang i18n.Lang) template.FuncMap {
	return template.FuncMap{
		"t":       func(key string, args ...any) string { return i18n.T(lang, key, args...) },
		"n":       func(n int) string { return i18n.Int(lang, int64(n)) },
		"pct":     func(share float64) string { return i18n.Percent(lang, share) },
		"dec":     func(x float64, decimals int) string { return i18n.Decimal(lang, x, decimals) },
		"date":    func(t time.Time) string { return i18n.Date(lang, t) },
		"moment":  func(t time.Time) string { return i18n.Moment(lang, t) },
		"asset":   assets.URL,
		"lang":    func() string { return lang },
		"langs":   func() []string { return i18n.Langs[:] },
		"add":     func(a, b int) int { return a + b },
		"initial": initials,
		"sub":     func(n int) int { return -n },
		"work":    func() []string { return []string{workEven, workCount, workQuestion, workLanguage, workDouble} },
		"last": func(cards []view.Card) *view.Card {
			if len(cards) == 0 {
				return nil
			}
			return &cards[len(cards)-1]
		},
		"versionHref": func(href string) string { return strings.Replace(href, "#", "&short=1#", 1) },
		"pair":        func(a, b any) [2]any { return [2]any{a, b} },
	}
}

type templateKey struct{ lang, page string }

var (
	templatesMu sync.Mutex
	templates   = map[templateKey]*template.Template{}
)

// parsed is the template of a page with the layout and all parts, or of the parts alone for page "".
func parsed(lang i18n.Lang, page string) (*template.Template, error) {
	templatesMu.Lock()
	defer templatesMu.Unlock()
	key := templateKey{lang, page}
	if t, ok := templates[key]; ok {
		return t, nil
	}
	pristine := templateKey{lang, "."} // never executed, for an executed template cannot be cloned
	base, ok := templates[pristine]
	if !ok {
		var err error
		base, err = template.New("").Funcs(functions(lang)).ParseFS(assets.Templates(), "layout.html", "parts/*.html")
		if err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		fold(lang, base)
		templates[pristine] = base
	}
	if page == "" {
		t, err := base.Clone()
		templates[key] = t
		return t, err
	}
	file := "pages/" + page + ".html"
	raw, err := fs.ReadFile(assets.Templates(), file)
	if err != nil {
		return nil, err
	}
	t, err := template.Must(base.Clone()).Parse(string(raw))
	if err != nil {
		return nil, fmt.Errorf("template %s: %w", file, err)
	}
	fold(lang, t)
	templates[key] = t
	return t, nil
}

// buffers are kept between pages.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render writes a page: to memory first, so that an error never leaves half a page.
func (s *Server) render(r *request, status int, page string, data any) error {
	return s.write(r, status, page, "layout", data)
}

// part writes one fragment: the very template that the page includes.
func (s *Server) part(r *request, name string, data any) error {
	return s.write(r, http.StatusOK, "", name, data)
}

func (s *Server) write(r *request, status int, page, name string, data any) error {
	t, err := parsed(r.lang, page)
	if err != nil {
		return err
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := t.ExecuteTemplate(buf, name, data); err != nil {
		return fmt.Errorf("template %s %s: %w", page, name, err)
	}
	if r.packed && strings.Contains(r.GetHeader("Accept-Encoding"), "gzip") {
		return r.pack(status, buf.Bytes())
	}
	r.Data(status, "text/html; charset=utf-8", buf.Bytes())
	return nil
}

// pack sends a page compressed.
func (r *request) pack(status int, page []byte) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	w, err := gzip.NewWriterLevel(buf, gzip.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := w.Write(page); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	r.Header("Content-Encoding", "gzip")
	r.Header("Vary", "Accept-Encoding")
	r.Data(status, "text/html; charset=utf-8", buf.Bytes())
	return nil
}
