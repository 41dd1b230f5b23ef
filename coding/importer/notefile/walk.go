package notefile

import (
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
)

var errDeep = errors.New("notefile: elements within elements")

// walk is the way through the elements of a document's text. Paragraphs within a table are the cells of its rows; those of a
// text box are notes of their own.
type walk struct {
	*document
	x      *xml.Decoder
	depth  int
	inText bool
	open   []*paragraph
	tables []*table
}

// paragraph is a paragraph being read.
type paragraph struct {
	number int
	level  int // of a heading from 1; 0 for text, -1 for the title
	text   strings.Builder
}

// table is a table being read.
type table struct {
	row     int // number of its first paragraph, 0 between rows
	header  bool
	cells   []string
	headers []string // of the columns, where a row is marked as their header
}

func (w *walk) start(e xml.StartElement) error {
	if w.depth++; w.depth > maxDepth {
		return errDeep
	}
	t := w.table()
	switch e.Name.Local {
	case "del", "moveFrom", "Fallback": // what is struck out, and what stands there a second time for old programs
		w.depth--
		return w.x.Skip()
	case "p":
		w.number++
		w.open = append(w.open, &paragraph{number: w.number})
	case "tbl":
		w.tables = append(w.tables, &table{})
	case "tr":
		if t != nil {
			t.row, t.header, t.cells = w.number+1, false, nil
		}
	case "tblHeader":
		if v := attr(e, "val"); t != nil && v != "0" && v != "false" && v != "off" {
			t.header = true
		}
	case "tc":
		if t != nil {
			t.cells = append(t.cells, "")
		}
	default:
		if len(w.open) > 0 {
			w.within(w.open[len(w.open)-1], e)
		}
	}
	return nil
}

// within is what an element says of the paragraph that it stands in.
func (w *walk) within(p *paragraph, e xml.StartElement) {
	switch e.Name.Local {
	case "t":
		w.inText = true
	case "tab":
		p.text.WriteByte(' ')
	case "br", "cr":
		p.text.WriteByte('\n')
	case "noBreakHyphen":
		p.text.WriteByte('-')
	case "pStyle":
		if level, ok := w.levels[attr(e, "val")]; ok && level == 0 {
			p.level = -1
		} else if ok {
			p.level = level
		}
	case "outlineLvl":
		if n, err := strconv.Atoi(attr(e, "val")); err == nil && n >= 0 && n < 9 {
			p.level = n + 1
		}
	}
}

func (w *walk) end(name string) {
	w.depth--
	t := w.table()
	switch name {
	case "t":
		w.inText = false
	case "p":
		if n := len(w.open); n > 0 {
			w.endParagraph(w.open[n-1], t)
			w.open = w.open[:n-1]
		}
	case "tr":
		if t != nil && t.row > 0 {
			w.endRow(t)
		}
	case "tbl":
		if t != nil {
			w.tables = w.tables[:len(w.tables)-1]
		}
	}
}

func (w *walk) table() *table {
	if len(w.tables) == 0 {
		return nil
	}
	return w.tables[len(w.tables)-1]
}

func (w *walk) endParagraph(p *paragraph, t *table) {
	text := strings.TrimSpace(p.text.String())
	switch {
	case text == "":
	case t != nil && len(t.cells) > 0:
		cell := &t.cells[len(t.cells)-1]
		*cell = strings.TrimSpace(*cell + "\n" + text)
	case p.level > 0:
		w.notes.heading(p.level, text)
	case p.level < 0: // the title of the whole is neither a note nor a section
	default:
		w.notes.note(p.number, text)
	}
}

// endRow makes a note of a row; one of a table within a table goes into the cell around it.
func (w *walk) endRow(t *table) {
	place := t.row
	t.row = 0
	if t.header {
		t.headers, t.cells = t.cells, nil
		return
	}
	text := row(t.headers, t.cells)
	t.cells = nil
	if n := len(w.tables); n > 1 && len(w.tables[n-2].cells) > 0 {
		cell := &w.tables[n-2].cells[len(w.tables[n-2].cells)-1]
		*cell = strings.TrimSpace(*cell + "\n" + text)
		return
	}
	w.notes.note(place, text)
}
