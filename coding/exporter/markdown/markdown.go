// Package markdown writes a document's first table as Markdown: a listing under headings, such as quotes under their
// themes, or else a table. What people wrote is escaped so that it stays text.
package markdown

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"

	"avokoodi/coding/exporter"
)

// Format is the Markdown format.
type Format struct{}

var _ exporter.Format = Format{}

// Ending is "md".
func (Format) Ending() string { return "md" }

// MediaType is that of Markdown.
func (Format) MediaType() string { return "text/markdown; charset=utf-8" }

// Write writes the first table of d, and its notes as a list at the end.
func (Format) Write(w io.Writer, d *exporter.Document) error {
	out := bufio.NewWriter(w)
	out.WriteString("# " + inline(d.Title) + "\n")
	t := d.Tables[0]
	var err error
	if t.Listing != nil {
		err = listing(out, t)
	} else {
		err = table(out, t, d)
	}
	if err != nil {
		return err
	}
	if len(d.Notes) > 0 {
		out.WriteString("\n---\n\n")
		for _, n := range d.Notes {
			out.WriteString("- " + inline(n.Label))
			if n.Text != "" {
				out.WriteString(": " + inline(n.Text))
			}
			out.WriteString("\n")
		}
	}
	return out.Flush()
}

func listing(out *bufio.Writer, t exporter.Table) error {
	quote := func(s string) {
		for line := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
			out.WriteString(strings.TrimRight("> "+block(line), " ") + "\n")
		}
	}
	level := "\n## "
	for r, err := range t.Readings() {
		if err != nil {
			return err
		}
		if r.Section != "" {
			out.WriteString("\n## " + inline(r.Section) + "\n")
			level = "\n### "
		}
		if r.Heading != "" {
			out.WriteString(level + inline(r.Heading) + "\n")
		}
		out.WriteString("\n")
		quote(r.Said)
		if r.Also != "" {
			out.WriteString(">\n")
			quote(r.Also)
		}
		var tail []string
		if r.By != "" {
			tail = append(tail, inline(r.By))
		}
		for _, s := range r.Tail {
			tail = append(tail, inline(s))
		}
		if len(tail) > 0 {
			out.WriteString(">\n> — " + strings.Join(tail, " · ") + "\n")
		}
	}
	return nil
}

func table(out *bufio.Writer, t exporter.Table, d *exporter.Document) error {
	out.WriteString("\n|")
	rule := "|"
	for _, c := range t.Columns {
		out.WriteString(" " + cell(c.Title) + " |")
		rule += " --- |"
	}
	out.WriteString("\n" + rule + "\n")
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		out.WriteString("|")
		for _, c := range row {
			s := cell(text(c, d))
			if c.Strong && s != "" {
				s = "**" + s + "**"
			}
			out.WriteString(" " + s + " |")
		}
		out.WriteString("\n")
	}
	return nil
}

func text(c exporter.Cell, d *exporter.Document) string {
	switch c.Kind {
	case exporter.KindText, exporter.KindHidden:
		return c.Text
	case exporter.KindNumber:
		return strconv.FormatFloat(c.Number, 'f', -1, 64)
	case exporter.KindDecimal:
		return c.Decimals(d.Lang)
	case exporter.KindShare:
		return exporter.Percent(d.Lang, c.Number)
	case exporter.KindTime:
		return c.Time.UTC().Format(time.RFC3339)
	}
	return ""
}

var marks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `&lt;`, ">", `&gt;`, "&", `&amp;`, "|", `\|`, "~", `\~`, "#", `\#`)

// inline is text on one line.
func inline(s string) string { return marks.Replace(strings.Join(strings.Fields(s), " ")) }

// block is one line of text at the beginning of a line, where a number or a dash would make a list.
func block(s string) string {
	s = marks.Replace(strings.TrimSpace(s))
	if s == "" {
		return s
	}
	if strings.ContainsRune("-+=", rune(s[0])) {
		return `\` + s
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }); i > 0 && (s[i] == '.' || s[i] == ')') {
		return s[:i] + `\` + s[i:]
	}
	return s
}

func cell(s string) string { return inline(s) }
