// Package notefile reads notes as people keep them: documents of Word (.docx), plain text and Markdown. Each paragraph, item of
// a list or row of a table is a note; the headings above it are its section. The sheet has the columns of Columns.
package notefile

import (
	"archive/zip"
	"bytes"
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/importer"
)

// Profile is the layout that sheets of notes have.
const Profile = "notes"

// Columns of a sheet of notes. The id is the file with the number of the paragraph or line, so that notes of several files go
// into one round.
const (
	ColumnID      = "id"
	ColumnSection = "section"
	ColumnNote    = "note"
)

// Format is the reader of notes.
type Format struct{}

// Knows tells whether the file is a document of Word, Markdown or plain text that is no table.
func (Format) Knows(f *importer.File) bool {
	switch {
	case f.Profile == Profile:
		return isDocument(f) || importer.Foreign(f.Head) == ""
	case f.Profile != "" && f.Profile != importer.ProfileAuto:
		return false
	case isDocument(f):
		return true
	case importer.Foreign(f.Head) != "":
		return false
	}
	switch extension(f) {
	case ".md", ".markdown":
		return true
	case ".txt", ".text":
		return isProse(f)
	}
	return false
}

func extension(f *importer.File) string { return strings.ToLower(filepath.Ext(f.Name)) }

const documentPart = "word/document.xml"

// isDocument goes by the parts of the zip; one that is damaged is a document when it is called so.
func isDocument(f *importer.File) bool {
	if !bytes.HasPrefix(f.Head, []byte("PK\x03\x04")) {
		return false
	}
	z, err := zip.OpenReader(f.Path)
	if err != nil {
		return extension(f) == ".docx"
	}
	defer z.Close()
	for _, e := range z.File {
		if strings.EqualFold(strings.ReplaceAll(e.Name, `\`, "/"), documentPart) {
			return true
		}
	}
	return false
}

// Read makes a sheet of the notes.
func (Format) Read(ctx context.Context, f *importer.File, opts importer.Options) (*importer.Sheet, error) {
	if isDocument(f) {
		return readDocument(ctx, f, opts)
	}
	return readText(ctx, f, opts)
}

// notes hands notes to a Builder as they are read. Headings are known only when they come, so that the column of the section
// is always there; one that nothing fills is proposed to be left out.
type notes struct {
	b        *importer.Builder
	file     string
	headings []string // by level, from 0
	err      error
}

func newNotes(f *importer.File, opts importer.Options) *notes {
	opts.Header = 0
	n := &notes{b: importer.NewBuilder(f, opts), file: f.Name}
	n.b.CheckText = true
	if n.err = n.b.AddStrings(0, []string{ColumnID, ColumnSection, ColumnNote}); n.err != nil {
		return n
	}
	n.b.Describe(0, importer.Hint{Role: importer.RoleID, Reason: importer.Reason{Key: "import.reason.note_id"}})
	n.b.Describe(1, importer.Hint{Role: importer.RoleVariable, Reason: importer.Reason{Key: "import.reason.note_section"}, Key: ColumnSection,
		Label: importer.Wording{Text: coding.Text{FI: "Osio", SV: "Avsnitt", EN: "Section"}}})
	n.b.Describe(2, importer.Hint{Role: importer.RoleQuestion, Reason: importer.Reason{Key: "import.reason.note_text"}, Key: ColumnNote,
		Label: importer.Wording{Text: coding.Text{FI: "Muistiinpanot", SV: "Anteckningar", EN: "Notes"}}})
	return n
}

// heading begins a section; level is 1 for the highest.
func (n *notes) heading(level int, text string) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return
	}
	level = min(max(level, 1), 9)
	for len(n.headings) < level {
		n.headings = append(n.headings, "")
	}
	n.headings = append(n.headings[:level-1], text)
}

// section is the headings above, the highest first.
func (n *notes) section() string {
	var out []string
	for _, h := range n.headings {
		if h != "" {
			out = append(out, h)
		}
	}
	return strings.Join(out, " › ")
}

// note adds a note that begins at a place: the number of its line or paragraph.
func (n *notes) note(place int, text string) {
	if n.err != nil || strings.TrimSpace(text) == "" {
		return
	}
	n.err = n.b.AddStrings(place, []string{n.file + ":" + strconv.Itoa(place), n.section(), text})
}

func (n *notes) sheet(format string) (*importer.Sheet, error) {
	if n.err != nil {
		n.b.Discard()
		return nil, n.err
	}
	s, err := n.b.Sheet()
	if err != nil {
		return nil, importer.Refuse(n.file, "import.no_notes")
	}
	s.Format, s.Profile, s.Kind = format, Profile, coding.RoundNotes
	return s, nil
}
