// Package htmlfile writes documents of quotes as a page of HTML without script or style, to be pasted into any system.
package htmlfile

import (
	"html/template"
	"io"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
)

// Format writes .html.
type Format struct{}

// Ending is "html".
func (Format) Ending() string { return "html" }

// MediaType is that of HTML in UTF-8.
func (Format) MediaType() string { return "text/html; charset=utf-8" }

var page = template.Must(template.New("quotes").Parse(`<!doctype html>
<html{{with .Lang}} lang="{{.}}"{{end}}>
<head><meta charset="utf-8"><title>{{.Title}}</title></head>
<body>
<h1>{{.Title}}</h1>
{{range .Quotes}}{{with .Section}}<h2>{{.}}</h2>
{{end}}{{with .Heading}}<h3>{{.}}</h3>
{{end}}<figure>
<blockquote{{with .Lang}} lang="{{.}}"{{end}}><p>{{.Said}}</p></blockquote>
{{with .Also}}<blockquote lang="{{$.Lang}}"><p>{{.}}</p></blockquote>
{{end}}{{if .Tail}}<figcaption>{{range $i, $s := .Tail}}{{if $i}} · {{end}}{{$s}}{{end}}</figcaption>
{{end}}</figure>
{{end}}{{if .Notes}}<h2>{{.NotesName}}</h2>
<dl>
{{range .Notes}}<dt>{{.Label}}</dt><dd>{{.Text}}</dd>
{{end}}</dl>
{{end}}</body>
</html>
`))

// Write writes the first table, which must be a listing: other tables are for spreadsheets, and a Problem here.
func (Format) Write(w io.Writer, d *exporter.Document) error {
	t := d.Tables[0]
	if t.Listing == nil {
		return coding.Problem{Field: "format", Key: "export.format_quotes", Args: []any{"html"}}
	}
	var list []exporter.Reading
	for r, err := range t.Readings() {
		if err != nil {
			return err
		}
		if r.By != "" { // one line of who and where
			r.Tail = append([]string{r.By}, r.Tail...)
			r.By = ""
		}
		list = append(list, r)
	}
	return page.Execute(w, struct {
		*exporter.Document
		Quotes []exporter.Reading
	}{d, list})
}
