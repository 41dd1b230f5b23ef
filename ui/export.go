package ui

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
	"avokoodi/themes/codebook"
	"avokoodi/ui/view"
)

func (s *Server) routeExport(g gin.IRouter) {
	g.GET("/p/:slug/export/:file", s.project(coding.RoleReader, s.export))
}

// endings are the formats that each document is offered in.
var endings = map[exporter.Kind][]string{
	exporter.KindCounts:       {"csv", "xlsx", "docx", "json", "yaml"},
	exporter.KindMatrix:       {"csv", "xlsx", "r", "sps"},
	exporter.KindCodings:      {"csv", "xlsx", "r", "sps"},
	exporter.KindAnswers:      {"csv", "xlsx"},
	exporter.KindQuotes:       {"docx", "xlsx", "csv", "md", "html", "txt"},
	exporter.KindPublicQuotes: {"docx", "xlsx", "csv", "md", "html", "txt"},
	exporter.KindCodebook:     {"csv", "xlsx", "qdc"},
	exporter.KindPairs:        {"csv", "xlsx", "docx", "json", "yaml"},
	exporter.KindRounds:       {"csv", "xlsx", "docx", "json", "yaml"},
	exporter.KindCoverage:     {"csv", "xlsx", "docx", "json", "yaml"},
	exporter.KindSaturation:   {"csv", "xlsx", "docx", "json", "yaml"},
	exporter.KindCoders:       {"csv", "xlsx", "docx", "json", "yaml"},
	exporter.KindAgreement:    {"csv", "xlsx", "docx", "json"},
}

// exports lists the documents that the person may have, with the filter of the page.
func (r *request) exports(filter url.Values, kinds ...exporter.Kind) []view.ExportGroup {
	var out []view.ExportGroup
	for _, kind := range kinds {
		inside := kind.Least() != coding.RoleReader
		if inside && !r.access.Role.AtLeast(kind.Least()) && kind != exporter.KindQuotes {
			continue
		}
		if kind == exporter.KindPublicQuotes && !r.access.Role.AtLeast(coding.RoleAnalyst) {
			continue // a reader's quotes are the public ones
		}
		group := view.ExportGroup{Label: r.t("download." + string(kind))}
		if inside && r.access.Role.AtLeast(kind.Least()) {
			group.Hint = r.t("download.inside")
		}
		q := filter
		switch kind {
		case exporter.KindCounts, exporter.KindRounds, exporter.KindCoverage:
		default:
			q = withoutTable(filter)
		}
		for _, ending := range endings[kind] {
			href := r.path("/export/" + string(kind) + "." + ending)
			if len(q) > 0 && kind != exporter.KindCodebook {
				href += "?" + q.Encode()
			}
			group.Links = append(group.Links, view.ExportLink{Href: href, Format: strings.ToUpper(ending)})
		}
		out = append(out, group)
	}
	return out
}

// quoteExports lists the documents of quotes: those of exports, the public ones without who said them, and the public ones as
// text for the clipboard.
func (r *request) quoteExports(filter url.Values) []view.ExportGroup {
	out := r.exports(filter, exporter.KindQuotes, exporter.KindPublicQuotes)
	if len(out) == 0 {
		return nil
	}
	public := out[len(out)-1]
	bare := view.ExportGroup{Label: public.Label, Hint: r.t("download.no_attribution")}
	for _, l := range public.Links {
		bare.Links = append(bare.Links, view.ExportLink{Href: withQuery(l.Href, "attribution=0"), Format: l.Format})
	}
	text := public.Links[len(public.Links)-1].Href // endings has txt last
	out[len(out)-1].Copy, bare.Copy = withQuery(text, "bare=1"), withQuery(text, "bare=1&attribution=0")
	return append(out, bare)
}

func withQuery(href, more string) string {
	if strings.Contains(href, "?") {
		return href + "&" + more
	}
	return href + "?" + more
}

// export answers /export/counts.csv and the like with a file about the answers that the page's filter picks.
func (s *Server) export(r *request) error {
	name := r.Param("file")
	ending := strings.TrimPrefix(path.Ext(name), ".")
	kind := exporter.Kind(strings.TrimSuffix(name, path.Ext(name)))
	if !slices.Contains(endings[kind], ending) {
		return coding.ErrNotFound
	}
	if kind == exporter.KindQuotes && !r.access.Role.AtLeast(kind.Least()) {
		kind = exporter.KindPublicQuotes
	}
	if !r.access.Role.AtLeast(kind.Least()) {
		return coding.ErrForbidden
	}
	if err := s.unveiled(r, kind); err != nil {
		return err
	}
	if kind == exporter.KindQuotes || kind == exporter.KindPublicQuotes {
		// The theme of the quotes page is the theme that a quote stands under, and not the themes of its answer.
		return s.exportQuotes(r, kind, ending)
	}
	if ending == "qdc" {
		return s.exportQDC(r)
	}
	if kind == exporter.KindAgreement {
		return s.exportAgreement(r, ending)
	}
	if ending == "yaml" {
		return s.exportSaved(r, kind)
	}
	if slices.ContainsFunc(findings, func(f findingKind) bool { return f.kind == kind }) {
		return s.exportFinding(r, kind, ending)
	}
	a, err := s.tableAsked(r)
	if err = errors.Join(err, a.refused); err != nil {
		return err
	}
	if kind == exporter.KindCounts && ending == "json" {
		var buf bytes.Buffer
		if err := exporter.CountsJSON(&buf, a.table, r.exportOptions()); err != nil {
			return err
		}
		return r.file(&buf, r.fileName(string(kind))+".json", "application/json; charset=utf-8")
	}
	doc, err := s.exporter().Make(r.ctx(), kind, a.ask, r.exportOptions())
	if err != nil {
		return err
	}
	return s.download(r, doc, r.fileName(string(kind)), ending)
}

func (s *Server) exporter() *exporter.Exporter {
	return exporter.New(s.Service.Store(), report.New(s.Boards), nil)
}

func (r *request) exportOptions() exporter.Options {
	return exporter.Options{Lang: coding.Lang(r.lang), T: r.t}
}

// exportFinding is a page of numbers as a file. A text document has the list only, since squares of themes don't fit a page.
func (s *Server) exportFinding(r *request, kind exporter.Kind, ending string) error {
	f, err := s.find(r, kind)
	if err = errors.Join(err, f.refused); err != nil {
		return err
	}
	if f.doc == nil {
		return coding.Problem{Field: "filter", Key: "numbers.nothing"}
	}
	switch ending {
	case "json":
		var buf bytes.Buffer
		if err := exporter.DocumentJSON(&buf, f.doc); err != nil {
			return err
		}
		return r.file(&buf, r.fileName(string(kind))+".json", "application/json; charset=utf-8")
	case "docx":
		f.doc.Tables = f.doc.Tables[:1]
	}
	return s.download(r, f.doc, r.fileName(string(kind)), ending)
}

// exportQDC is the codebook for other programs of qualitative analysis, in the language of labels.
func (s *Server) exportQDC(r *request) error {
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	name := r.fileName("codebook") + ".qdc"
	if err := codebook.Write(&buf, name, tree, r.labels()); err != nil {
		return err
	}
	return r.file(&buf, name, "application/xml; charset=utf-8")
}

// exportQuotes is the quotes that the quotes page shows under its filter; attribution=0 leaves out who said them.
func (s *Server) exportQuotes(r *request, kind exporter.Kind, ending string) error {
	filter := quoteFilter(r)
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	all, err := s.readQuotes(r)
	if err != nil {
		return err
	}
	options := r.exportOptions()
	options.Quotes = []coding.QuoteID{-1} // none, where the filter picks none
	for _, q := range all {
		th, _ := tree.Get(q.Theme)
		if passes(filter["theme"], orNone(th.Key)) && passes(filter["language"], orNone(string(q.answer.Language))) && passes(filter["state"], stateKey(q.State)) {
			options.Quotes = append(options.Quotes, q.ID)
		}
	}
	if r.Query("attribution") == "0" {
		options.Attribution = exporter.NoAttribution
	}
	doc, err := s.exporter().Make(r.ctx(), kind, report.Request{Project: r.projectID()}, options)
	if err != nil {
		return err
	}
	if r.Query("bare") != "" { // for the clipboard: the quotes and nothing else
		doc.Title, doc.Notes = "", nil
	}
	return s.download(r, doc, r.fileName("quotes"), ending)
}

// download writes a document to a temporary file first, so that an error halfway is told and no broken file is given out.
func (s *Server) download(r *request, doc *exporter.Document, name, ending string) (err error) {
	format, err := s.Formats.For(ending)
	if err != nil {
		return err
	}
	doc.Name = name
	f, err := os.CreateTemp(s.Uploads, "export-*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() {
		f.Close()
		os.Remove(f.Name())
	}()
	if err := format.Write(f, doc); err != nil {
		return fmt.Errorf("export %s: %w", name, err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return r.file(f, name+"."+ending, format.MediaType())
}

// file sends a download.
func (r *request) file(body io.Reader, name, kind string) error {
	r.Header("Content-Type", kind)
	r.Header("Content-Disposition", attachment(name))
	r.Status(http.StatusOK)
	if _, err := io.Copy(r.Writer, body); err != nil {
		r.Abort() // the browser went away
	}
	return nil
}

// attachment is a Content-Disposition with the name in UTF-8 and, for old programs, in ASCII.
func attachment(name string) string {
	plain := strings.Map(func(c rune) rune {
		switch {
		case strings.ContainsRune("äåÄÅ", c):
			return 'a'
		case strings.ContainsRune("öÖ", c):
			return 'o'
		case c < ' ' || c > '~' || c == '"' || c == '\\':
			return '-'
		}
		return c
	}, name)
	if plain == name {
		return mime.FormatMediaType("attachment", map[string]string{"filename": name})
	}
	return fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, plain, url.PathEscape(name))
}

// fileName is the project, what the file holds, and the day: 'kumppanuus-2022-luvut-2026-11-22'.
func (r *request) fileName(what string) string {
	return r.slug() + "-" + r.t("file."+what) + "-" + time.Now().Format(time.DateOnly)
}
