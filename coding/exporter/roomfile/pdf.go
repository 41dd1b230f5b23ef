// Package roomfile writes what a live room came to as a PDF: the ranking with its bars, the comments under their cards, the
// participants' own themes, and a page with places for photographs.
package roomfile

import (
	"fmt"
	"io"
	"strings"

	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/paper"
	"avokoodi/coding/workshop/room"
)

// Measures of a sheet in mm.
const (
	margin = 18.0
	width  = 210 - 2*margin
	foot   = 297 - margin // above the footer
	bars   = 78.0         // room for the bars, at the right
)

const (
	gray  = "#565d66"
	green = "#0b5c66"
	soft  = "#e4dfd6"
)

// PDF writes the summary of a board. project is its name in the document's language.
func PDF(w io.Writer, b *room.Board, project string, o exporter.Options) error {
	s := &sheets{title: b.Room.Title, lang: string(o.Lang)}
	s.turn()
	s.put(paper.Block{Text: b.Room.Title, Face: paper.Bold, Size: 22}, paper.Block{Text: project, Size: 12, Color: gray, Before: 1})
	s.y += 4
	docs := exporter.Room(b, o)
	for _, n := range docs.Ranking.Notes {
		s.put(paper.Block{Text: n.Label + ": " + n.Text, Size: 9.5, Color: gray})
	}
	s.heading(docs.Ranking.Title)
	s.ranking(b, o)
	s.heading(docs.Comments.Title)
	some := false
	for _, c := range b.Ranking(room.Important) {
		if len(c.Remarks) > 0 {
			some = true
			s.remarks(c.Label.In(o.Lang), c.Remarks, o)
		}
	}
	if !some {
		s.put(paper.Block{Text: o.T("room.file_no_comments"), Size: 11, Color: gray})
	}
	s.heading(docs.Own.Title)
	if own := b.Own(); len(own) > 0 {
		s.remarks("", own, o)
	} else {
		s.put(paper.Block{Text: o.T("room.file_no_own"), Size: 11, Color: gray})
	}
	s.photos(o)
	s.footers()
	return paper.PDF(w, paper.Meta{Title: b.Room.Title, Subject: project, Lang: string(o.Lang), At: b.Room.Opened}, s.pages)
}

// sheets is pages that are filled from above.
type sheets struct {
	title, lang string
	pages       []*paper.Page
	y           float64 // where the next thing stands on the last page
}

func (s *sheets) page() *paper.Page { return s.pages[len(s.pages)-1] }

func (s *sheets) turn() {
	s.pages = append(s.pages, paper.A4(s.title, s.lang))
	s.y = margin
}

// room turns the page unless so many mm are left.
func (s *sheets) room(height float64) {
	if s.y+height > foot && s.y > margin {
		s.turn()
	}
}

// put sets blocks together on one page.
func (s *sheets) put(blocks ...paper.Block) {
	h := s.page().HeightOf(width, blocks...)
	s.room(h)
	took, _ := s.page().Fit(margin, s.y, width, foot-s.y, blocks...)
	s.y += took
}

func (s *sheets) heading(text string) {
	s.room(40) // with something below it
	if s.y > margin {
		s.y += 8
	}
	s.put(paper.Block{Text: text, Face: paper.Bold, Size: 15, Color: green})
	s.y += 2
}

// ranking is a row for each card: its place and label at the left, the votes as bars at the right.
func (s *sheets) ranking(b *room.Board, o exporter.Options) {
	var kinds []room.Kind
	for _, k := range room.Kinds {
		if b.Room.Votes[k] > 0 {
			kinds = append(kinds, k)
		}
	}
	ranking := b.Ranking(room.Important)
	longest := 1
	for _, c := range ranking {
		for _, n := range c.Votes {
			longest = max(longest, n)
		}
	}
	for _, c := range ranking {
		label := paper.Block{Text: c.Label.In(o.Lang), Face: paper.Bold, Size: 11, Mark: " "}
		if c.Place > 0 {
			label.Mark = fmt.Sprint(c.Place)
		}
		left := width - bars - 6
		h := max(s.page().HeightOf(left, label), 5.5*float64(len(kinds))) + 2.5
		s.room(h)
		p := s.page()
		p.Fit(margin, s.y, left, h, label)
		for i, k := range kinds {
			y, x, n := s.y+5.5*float64(i), margin+left+6, c.Votes[k]
			p.Fit(x, y, 34, 5, paper.Block{Text: o.T("room.kind_" + string(k)), Size: 8.5, Color: gray})
			p.Rect(x+36, y+0.8, 30, 2.6, soft, "", 0)
			if n > 0 {
				p.Rect(x+36, y+0.8, 30*float64(n)/float64(longest), 2.6, green, "", 0)
			}
			p.Fit(x+67, y, bars-67, 5, paper.Block{Text: fmt.Sprint(n), Size: 9, Face: paper.Bold, Align: paper.Right})
		}
		s.y += h
	}
}

// remarks is what was said under a card, with how many agree.
func (s *sheets) remarks(label string, list []room.Remark, o exporter.Options) {
	for i, m := range list {
		var blocks []paper.Block
		if i == 0 && label != "" {
			blocks = append(blocks, paper.Block{Text: label, Face: paper.Bold, Size: 12})
			s.y += 3
		}
		blocks = append(blocks, paper.Block{Text: m.Said(), Size: 11, Lang: string(m.Lang), Mark: "•", Before: 1.5})
		var about []string
		if m.Agrees > 0 {
			about = append(about, o.T("room.agree_n", m.Agrees))
		}
		if m.Own && label != "" {
			about = append(about, o.T("room.file_own_one"))
		}
		if len(about) > 0 {
			blocks = append(blocks, paper.Block{Text: strings.Join(about, " · "), Size: 9, Color: gray, Mark: " "})
		}
		s.put(blocks...)
	}
}

// photos is a page of its own with four empty frames.
func (s *sheets) photos(o exporter.Options) {
	s.turn()
	s.put(paper.Block{Text: o.T("room.file_photos"), Face: paper.Bold, Size: 15, Color: green}, paper.Block{Text: o.T("room.file_photos_say"), Size: 11, Color: gray, Before: 1})
	s.y += 5
	const gap = 8.0
	w, h := (width-gap)/2, (foot-s.y-gap)/2
	for row := range 2 {
		for column := range 2 {
			s.page().Rect(margin+float64(column)*(w+gap), s.y+float64(row)*(h+gap), w, h, "", "#cfc8bb", 0.4)
		}
	}
}

func (s *sheets) footers() {
	for i, p := range s.pages {
		p.Fit(margin, foot+5, width-30, 6, paper.Block{Text: s.title, Size: 8.5, Color: gray})
		p.Fit(margin+width-30, foot+5, 30, 6, paper.Block{Text: fmt.Sprintf("%d / %d", i+1, len(s.pages)), Size: 8.5, Color: gray, Align: paper.Right})
	}
}
