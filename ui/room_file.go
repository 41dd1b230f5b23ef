package ui

import (
	"bytes"
	"fmt"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/pack"
	"avokoodi/coding/exporter/roomfile"
	"avokoodi/coding/workshop/room"
)

// roomFiles are the formats of a room's summary.
var roomFiles = []string{"pdf", "docx", "xlsx"}

// roomFile sends the summary of a room as it is now.
func (s *Server) roomFile(r *request) error {
	one, err := s.roomOf(r)
	if err != nil {
		return err
	}
	ending := strings.TrimPrefix(r.Param("file"), "summary.")
	kind, ok := pack.Kinds[ending]
	if ending == "pdf" {
		kind = "application/pdf"
	} else if !ok {
		return coding.ErrNotFound
	}
	l, err := s.Rooms.All(r.ctx(), one.ID)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if b := l.Board(); ending == "pdf" {
		o := r.exportOptions()
		err = roomfile.PDF(&buf, b, r.access.Project.Name.In(o.Lang), o)
	} else {
		err = r.roomSummary(b).Write(&buf, ending)
	}
	if err != nil {
		return fmt.Errorf("room summary: %w", err)
	}
	return r.file(&buf, r.fileName("room")+"."+ending, kind)
}

// roomSummary puts the documents of a room together, with a place for photographs at the end.
func (r *request) roomSummary(b *room.Board) pack.Pack {
	o := r.exportOptions()
	docs := exporter.Room(b, o)
	out := pack.Pack{Title: b.Room.Title, Lang: o.Lang, NotesName: o.T("export.sheet_notes"), Subtitle: r.access.Project.Name.In(o.Lang), Notes: docs.Ranking.Notes}
	part := func(d *exporter.Document, empty bool, none string) {
		p := pack.Part{Heading: d.Title, Table: true, Chart: d == docs.Ranking, Doc: d}
		if empty {
			p = pack.Part{Heading: d.Title, Text: o.T(none)}
		}
		out.Parts = append(out.Parts, p)
	}
	comments := 0
	for _, s := range b.Ranking(room.Important) {
		comments += len(s.Remarks)
	}
	part(docs.Ranking, false, "")
	part(docs.Comments, comments == 0, "room.file_no_comments")
	part(docs.Own, len(b.Own()) == 0, "room.file_no_own")
	out.Parts = append(out.Parts, pack.Part{Heading: o.T("room.file_photos"), Text: o.T("room.file_photos_say")})
	return out
}
