package markdown_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/markdown"
	"avokoodi/coding/report"
)

func table(list ...[]exporter.Cell) exporter.Table {
	return exporter.Table{Columns: []exporter.Column{{Title: "Teema"}, {Title: "a|b"}}, Rows: func(yield func([]exporter.Cell, error) bool) {
		for _, row := range list {
			if !yield(row, nil) {
				return
			}
		}
	}}
}

func write(t *testing.T, d *exporter.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := (markdown.Format{}).Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestListing(t *testing.T) {
	one := table(
		[]exporter.Cell{exporter.Text("Apu"), exporter.Text("# Ei *näin*\r\n\n- ja <b>näin</b>\n1. kohta"), exporter.Text("suomi")},
		[]exporter.Cell{exporter.Text("Apu"), exporter.Text("[x](http://y)"), {}},
		[]exporter.Cell{exporter.Text("Tuki"), exporter.Text("~~a~~ & _b_ `c`"), exporter.Text("a\nb")},
	)
	one.Listing = &exporter.Listing{Heading: 0, Body: 1, Tail: []int{2}}
	want := "# Sitaatit\n\n## Apu\n\n> ”\\# Ei \\*näin\\*\n>\n> \\- ja &lt;b&gt;näin&lt;/b&gt;\n> 1\\. kohta”\n>\n> — suomi\n\n> ”\\[x\\](http://y)”\n" +
		"\n## Tuki\n\n> ”\\~\\~a\\~\\~ &amp; \\_b\\_ \\`c\\`”\n>\n> — a b\n\n---\n\n- Projekti: K\n- Yksin\n"
	got := write(t, &exporter.Document{Title: "Sitaatit", Lang: "fi", Tables: []exporter.Table{one}, Notes: []exporter.Note{{Label: "Projekti", Text: "K"}, {Label: "Yksin"}}})
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTable(t *testing.T) {
	bold := exporter.Number(12)
	bold.Strong = true
	want := "# T\n\n| Teema | a\\|b |\n| --- | --- |\n| x\\|y z | **12** |\n| 16% | &lt;5 |\n|  |  |\n"
	got := write(t, &exporter.Document{Title: "T", Lang: "en", Tables: []exporter.Table{table(
		[]exporter.Cell{exporter.Text("x|y\nz"), bold}, []exporter.Cell{exporter.Share(0.163), {Kind: exporter.KindHidden, Text: "<5", Hidden: report.Primary}},
		[]exporter.Cell{{}, {Strong: true}})}})
	// A hidden number is text of ours, but '<' must be escaped all the same.
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestErrorOfTheRows(t *testing.T) {
	want := errors.New("gone")
	for _, listing := range []*exporter.Listing{nil, {}} {
		broken := exporter.Table{Listing: listing, Rows: func(yield func([]exporter.Cell, error) bool) { yield(nil, want) }}
		if err := (markdown.Format{}).Write(io.Discard, &exporter.Document{Tables: []exporter.Table{broken}}); !errors.Is(err, want) {
			t.Errorf("got %v", err)
		}
	}
}
