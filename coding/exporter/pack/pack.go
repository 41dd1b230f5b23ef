// Package pack writes a report that was put together: texts, tables, charts and quotes in a chosen order, as a Word document, a
// presentation or a workbook. Charts are native where the format has the form, and pictures elsewhere. What must be known of
// the whole (project, time, codebook, threshold) stands at the start, what must be known of a part below it.
package pack

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/exporter/docxfile"
	"avokoodi/coding/exporter/ooxml"
	"avokoodi/coding/exporter/xlsxfile"
)

// Pack is a report with its parts made.
type Pack struct {
	Title, Subtitle string
	Lang            coding.Lang
	NotesName       string
	Notes           []exporter.Note
	Parts           []Part
}

// Part is one part of a report.
type Part struct {
	Heading string
	Text    string
	Note    string             // what is counted, of how many: at the foot of a slide
	Table   bool               // the tables of Doc are shown
	Chart   bool               // the charts of Doc are shown
	Picture chart.Drawing      // a chart of a form that is not native; nil for none
	Doc     *exporter.Document // nil for a text
	// Most is how many rows of the first table a text document has, and no other table; 0 for all. Left is what it says then of the
	// rows that it leaves out.
	Most int
	Left string
	rows [][][]exporter.Cell
}

// read reads the rows of the part's tables, so that what goes wrong does so before anything is written.
func (p *Part) read() error {
	p.rows = nil
	if p.Doc == nil {
		return nil
	}
	for _, t := range p.Doc.Tables {
		list := [][]exporter.Cell{}
		for row, err := range t.Rows {
			if err != nil {
				return err
			}
			list = append(list, slices.Clone(row))
		}
		p.rows = append(p.rows, list)
	}
	return nil
}

// own are the notes of the part that the whole does not say.
func (p Part) own(all []exporter.Note) []exporter.Note {
	if p.Doc == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.Doc.Notes), func(n exporter.Note) bool { return slices.Contains(all, n) })
}

// head names the part among the notes of a workbook, with its text.
func (p Part) head() []exporter.Note {
	out := []exporter.Note{{Label: p.Heading}}
	if p.Text != "" {
		out = append(out, exporter.Note{Text: p.Text})
	}
	return out
}

// Kinds are the formats of a report by their endings, with their media types.
var Kinds = map[string]string{
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// Write writes the report in the format of an ending: docx, pptx or xlsx. Another one is a Problem.
func (p Pack) Write(w io.Writer, ending string) error {
	for i := range p.Parts {
		if err := p.Parts[i].read(); err != nil {
			return err
		}
	}
	switch ending {
	case "docx":
		return p.docx(w)
	case "pptx":
		return p.pptx(w)
	case "xlsx":
		return p.xlsx(w)
	}
	return coding.Problem{Field: "format", Key: "export.format_unknown", Args: []any{ending, "docx, pptx, xlsx"}}
}

func (p Pack) meta() ooxml.Meta { return ooxml.Meta{Title: p.Title, Lang: string(p.Lang)} }

func (p Pack) docx(w io.Writer) error {
	out := ooxml.NewDocument(p.meta())
	out.Footer(p.Title)
	out.Text(ooxml.Title, p.Title)
	out.Text(ooxml.Subtitle, p.Subtitle)
	docxfile.Notes(out, &exporter.Document{Notes: p.Notes, NotesName: p.NotesName})
	for _, part := range p.Parts {
		out.Turn(false)
		out.Heading(1, part.Heading)
		if part.Text != "" {
			if part.Doc == nil {
				out.Text(ooxml.Body, part.Text)
			} else {
				out.Lead(part.Text)
			}
		}
		if part.Doc == nil {
			continue
		}
		if part.Picture != nil && part.Chart {
			if err := picture(out, part); err != nil {
				return err
			}
		}
		for i, t := range part.texts() {
			rows := part.rows[i]
			if part.Most > 0 && part.Most < len(rows) {
				rows = rows[:part.Most]
			}
			t.Rows = again(rows)
			if part.Table {
				if err := docxfile.AddTable(out, t, part.Doc); err != nil {
					return err
				}
				if len(rows) < len(part.rows[i]) && part.Left != "" {
					out.Text(ooxml.Note, part.Left)
				}
			}
			if part.Chart && part.Picture == nil {
				docxfile.AddChart(out, t, rows, part.Doc)
			}
		}
		for _, n := range part.own(p.Notes) {
			out.Add(ooxml.Note, ooxml.Run{Text: n.Label + ": ", Bold: true}, ooxml.Run{Text: n.Text})
		}
	}
	_, err := out.WriteTo(w)
	return err
}

// texts are the tables of a text document.
func (p Part) texts() []exporter.Table {
	if p.Most > 0 {
		return p.Doc.Tables[:1]
	}
	return p.Doc.Tables
}

// picture adds the part's picture below a numbered caption.
func picture(out *ooxml.Document, part Part) error {
	var b bytes.Buffer
	if err := chart.PNG(&b, part.Picture); err != nil {
		return err
	}
	out.Turn(false)
	docxfile.FigureCaption(out, part.Doc)
	out.Picture(ooxml.Picture{PNG: b.Bytes(), Alt: part.Doc.Title})
	return nil
}

func again(rows [][]exporter.Cell) func(func([]exporter.Cell, error) bool) {
	return func(yield func([]exporter.Cell, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// How much a slide holds.
const (
	slideRows   = 12 // themes of a chart
	slideQuotes = 4
)

func (p Pack) pptx(w io.Writer) error {
	out := ooxml.NewDeck(p.meta())
	out.Footer(p.Title)
	first := out.TitleSlide(p.Title, p.Subtitle)
	speech := ""
	for _, n := range p.Notes {
		speech += n.Label + ": " + n.Text + "\n"
	}
	first.Speak(speech)
	for _, part := range p.Parts {
		if part.Doc == nil {
			out.Slide(part.Heading).Text(part.Text)
			continue
		}
		speech := part.Text
		for _, n := range part.own(p.Notes) {
			speech += "\n" + n.Label + ": " + n.Text
		}
		if part.Picture != nil && part.Chart && !slices.ContainsFunc(part.Doc.Tables, func(t exporter.Table) bool { return t.Graph != nil }) {
			var b bytes.Buffer
			if err := chart.PNG(&b, part.Picture); err != nil {
				return err
			}
			s := out.Slide(part.Heading)
			s.Picture(ooxml.Picture{PNG: b.Bytes(), Alt: part.Doc.Title})
			s.Note(part.Note)
			s.Speak(speech)
			continue
		}
		for i, t := range part.Doc.Tables {
			if t.Listing != nil {
				t.Rows = again(part.rows[i])
				if err := p.quotes(out, part, t, speech); err != nil {
					return err
				}
				continue
			}
			rows, note := part.rows[i], part.Note
			if t.Graph != nil && t.Graph.Form != exporter.GraphLine && len(rows) > t.Graph.From+slideRows {
				note += fmt.Sprintf(" (%d/%d)", slideRows, len(rows)-t.Graph.From)
				rows = rows[:t.Graph.From+slideRows]
			}
			c, ok := docxfile.Chart(t, rows, p.Lang)
			if !ok {
				continue
			}
			c.Alt = part.Doc.Title
			s := out.Slide(part.Heading)
			s.Chart(c)
			s.Note(note)
			s.Speak(speech)
		}
	}
	_, err := out.WriteTo(w)
	return err
}

// quotes puts quotes on slides, a few to each, a new one for each heading.
func (p Pack) quotes(out *ooxml.Deck, part Part, t exporter.Table, speech string) error {
	var s *ooxml.Slide
	title, n := part.Heading, 0
	for r, err := range t.Readings() {
		if err != nil {
			return err
		}
		if r.Heading != "" {
			title, s = part.Heading, nil
			if r.Heading != title {
				title += ": " + r.Heading
			}
		}
		if s == nil || n == slideQuotes {
			s, n = out.Slide(title), 0
			s.Speak(speech)
		}
		s.Quote(r.Said, r.By, r.Lang)
		if n++; r.Also != "" {
			s.Quote(r.Also, "", string(p.Lang))
		}
	}
	return nil
}

func (p Pack) xlsx(w io.Writer) error {
	d := &exporter.Document{Title: p.Title, Lang: p.Lang, NotesName: p.NotesName, Notes: slices.Clone(p.Notes)}
	for _, part := range p.Parts {
		if part.Doc == nil {
			d.Notes = append(d.Notes, part.head()...)
			continue
		}
		for i, t := range part.Doc.Tables {
			if t.Rows, t.Title = again(part.rows[i]), part.Heading; i > 0 {
				t.Name += " – " + part.Heading
			} else {
				t.Name = part.Heading
			}
			if !part.Chart {
				t.Graph = nil
			}
			d.Tables = append(d.Tables, t)
		}
		d.Notes = append(append(d.Notes, part.head()...), part.own(p.Notes)...)
	}
	return xlsxfile.Format{}.Write(w, d)
}
