package exporter

import (
	"slices"

	"avokoodi/coding/workshop/room"
)

// RoomDocuments are what a live room came to, each with its tables: the ranking by votes, with a chart; the comments that the room
// saw, under their cards, most agreed first; and participants' own themes. Comments that wait or were hidden are in none.
type RoomDocuments struct{ Ranking, Comments, Own *Document }

// Room makes the documents of a room.
func Room(b *room.Board, o Options) RoomDocuments {
	notes := roomNotes(b, o)
	d := func(title string, t Table) *Document {
		return &Document{Title: title, Lang: o.Lang, NotesName: o.T("export.sheet_notes"), Cut: Note{Label: o.T("export.note_cut"), Text: o.T("export.note_cut_text")}, Notes: notes, Tables: []Table{t}}
	}
	out := RoomDocuments{Ranking: d(o.T("room.file_ranking"), ranking(b, o)), Own: d(o.T("room.file_own"), ownThemes(b, o))}
	var said [][]Cell
	for _, s := range b.Ranking(room.Important) {
		for _, m := range s.Remarks {
			said = append(said, []Cell{Text(s.Label.In(o.Lang)), remarkCell(m), agreed(m, o), Text(ownMark(m, o))})
		}
	}
	out.Comments = d(o.T("room.file_comments"), Table{Name: o.T("room.file_comments"), Rows: rows(said), Listing: &Listing{Heading: 0, Body: 1, By: 3, Tail: []int{3}},
		Columns: []Column{{o.T("export.col_theme"), 34, false}, {o.T("room.file_comment"), 80, true}, {o.T("room.file_agrees"), 10, false}, {o.T("room.file_kind"), 14, false}}})
	return out
}

func roomNotes(b *room.Board, o Options) []Note {
	r := b.Room
	notes := []Note{{o.T("room.file_session"), r.Title}, {o.T("room.file_opened"), o.T("room.file_span", r.Opened.Local().Format("2006-01-02 15:04"), closedAt(b))}, {o.T("room.file_people"), o.T("room.file_people_n", b.People)}}
	for _, k := range room.Kinds {
		if n := r.Votes[k]; n > 0 {
			notes = append(notes, Note{o.T("room.kind_" + string(k)), o.T("room.file_votes_n", b.Cast(k), n)})
		}
	}
	held, hidden := 0, 0
	for _, m := range b.Remarks() {
		switch m.State {
		case room.Held:
			held++
		case room.Hidden:
			hidden++
		}
	}
	if held+hidden > 0 {
		notes = append(notes, Note{o.T("room.file_left"), o.T("room.file_left_n", held, hidden)})
	}
	return notes
}

func closedAt(b *room.Board) string {
	if b.Room.Ended.IsZero() {
		return "…"
	}
	return b.Room.Ended.Local().Format("15:04")
}

// ranking is a row for each card: its place, label, votes of each kind and comments.
func ranking(b *room.Board, o Options) Table {
	t := Table{Name: o.T("room.file_ranking"), Title: o.T("room.file_ranking"), Columns: []Column{{o.T("room.file_place"), 6, false}, {o.T("export.col_theme"), 40, false}}}
	var kinds []room.Kind
	for _, k := range room.Kinds {
		if b.Room.Votes[k] > 0 {
			kinds = append(kinds, k)
			t.Columns = append(t.Columns, Column{o.T("room.kind_" + string(k)), 14, false})
		}
	}
	t.Columns = append(t.Columns, Column{o.T("room.file_comments"), 12, false})
	var list [][]Cell
	var hues []int
	for _, s := range b.Ranking(room.Important) {
		row := []Cell{{}, Text(s.Label.In(o.Lang))}
		if s.Place > 0 {
			row[0] = Number(s.Place)
		}
		for _, k := range kinds {
			row = append(row, Number(s.Votes[k]))
		}
		list = append(list, append(row, Number(len(s.Remarks))))
		hues = append(hues, max(s.Hue, 1))
	}
	t.Rows = rows(list)
	if len(kinds) > 0 {
		t.Graph = &Graph{Form: GraphBars, Names: 1}
		for i := range kinds {
			t.Graph.Series = append(t.Graph.Series, 2+i)
			t.Graph.Labels = append(t.Graph.Labels, t.Columns[2+i].Title)
		}
		if len(kinds) == 1 {
			t.Graph.Hues = hues
		}
	}
	return t
}

func ownThemes(b *room.Board, o Options) Table {
	var list [][]Cell
	for _, m := range b.Own() {
		list = append(list, []Cell{remarkCell(m), Number(m.Agrees)})
	}
	return Table{Name: o.T("room.file_own"), Rows: rows(slices.Clip(list)), Columns: []Column{{o.T("room.file_own_one"), 70, true}, {o.T("room.file_agrees"), 12, false}}}
}

func remarkCell(m room.Remark) Cell {
	c := Text(m.Said())
	c.Lang = m.Lang
	return c
}

// agreed is the number of those who agree, with the words that a listing says it in.
func agreed(m room.Remark, o Options) Cell {
	c := Number(m.Agrees)
	if m.Agrees > 0 {
		c.Text = o.T("room.agree_n", m.Agrees)
	}
	return c
}

func ownMark(m room.Remark, o Options) string {
	if m.Own {
		return o.T("room.file_own_one")
	}
	return ""
}
