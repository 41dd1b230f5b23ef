package markdown

import (
	"bufio"
	"io"
	"strings"

	"avokoodi/coding/exporter"
)

// Plain is text without any marks, as it is pasted into a report or a message: listings under their headings. A document without a
// title begins with its first heading.
type Plain struct{}

var _ exporter.Format = Plain{}

// Ending is "txt".
func (Plain) Ending() string { return "txt" }

// MediaType is that of plain text.
func (Plain) MediaType() string { return "text/plain; charset=utf-8" }

// Write writes the first table of d, which is a listing, or its rows with tabs between the cells; its notes come last.
func (Plain) Write(w io.Writer, d *exporter.Document) error {
	out := bufio.NewWriter(w)
	gap := ""
	part := func(lines ...string) {
		out.WriteString(gap)
		for _, l := range lines {
			if l != "" {
				out.WriteString(strings.TrimSpace(l) + "\n")
			}
		}
		gap = "\n"
	}
	if d.Title != "" {
		part(d.Title)
	}
	t := d.Tables[0]
	if t.Listing == nil {
		for row, err := range t.Rows {
			if err != nil {
				return err
			}
			cells := make([]string, len(row))
			for i, c := range row {
				cells[i] = strings.Join(strings.Fields(text(c, d)), " ")
			}
			out.WriteString(strings.Join(cells, "\t") + "\n")
		}
		return out.Flush()
	}
	for r, err := range t.Readings() {
		if err != nil {
			return err
		}
		if r.Section != "" {
			part(strings.ToUpper(r.Section))
		}
		if r.Heading != "" {
			part(r.Heading)
		}
		by := r.By
		if by != "" {
			by = "– " + by
		}
		part(r.Said, by, r.Also)
	}
	if len(d.Notes) > 0 {
		gap = "\n"
		var notes []string
		for _, n := range d.Notes {
			line := n.Label
			if n.Text != "" {
				line += ": " + n.Text
			}
			notes = append(notes, line)
		}
		part(notes...)
	}
	return out.Flush()
}
