package handout

import (
	"archive/zip"
	"fmt"
	"io"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/exporter/paper"
	"avokoodi/coding/workshop"
)

// Part is one kind of paper.
type Part string

// Parts.
const (
	PartFacilitator Part = "facilitator"
	PartSheets      Part = "sheets"
	PartSheetsA3    Part = "sheets-a3"
	PartCards       Part = "cards"
	PartPosters     Part = "posters"
)

// Parts lists all parts.
var Parts = [5]Part{PartFacilitator, PartSheets, PartSheetsA3, PartCards, PartPosters}

// Pages lays a part out; none where there is nothing to show, and nil for a part that there isn't.
func Pages(m *workshop.Material, part Part) []*paper.Page {
	switch part {
	case PartFacilitator:
		return Facilitator(m)
	case PartSheets:
		return Sheets(m)
	case PartSheetsA3:
		out := Sheets(m)
		for i, p := range out {
			out[i] = p.Enlarge(297.0 / 210)
		}
		return out
	case PartCards:
		return Cards(m)
	case PartPosters:
		return Posters(m)
	}
	return nil
}

// PDF writes parts as one file; none means those that are printed on A4. Nothing to print is a coding.Problem.
func PDF(w io.Writer, m *workshop.Material, parts ...Part) error {
	if len(parts) == 0 {
		parts = []Part{PartFacilitator, PartSheets, PartCards}
	}
	var pages []*paper.Page
	for _, part := range parts {
		pages = append(pages, Pages(m, part)...)
	}
	if len(pages) == 0 {
		return coding.Problem{Field: "theme", Key: "workshop.nothing"}
	}
	return paper.PDF(w, meta(m), pages)
}

func meta(m *workshop.Material) paper.Meta {
	return paper.Meta{Title: m.Name, Subject: m.About(m.Langs[0]), Lang: string(m.Langs[0])}
}

// Zip writes everything: a PDF for each part that has pages, the slides, the document. at is the time of the files.
func Zip(w io.Writer, m *workshop.Material, at time.Time) error {
	z := zip.NewWriter(w)
	put := func(name string, write func(io.Writer) error) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
		if err != nil {
			return err
		}
		return write(f)
	}
	l := m.Langs[0]
	for i, part := range Parts {
		pages := Pages(m, part)
		if len(pages) == 0 {
			continue
		}
		name := fmt.Sprintf("%d-%s.pdf", i+1, m.T(l, "workshop.file_"+string(part)))
		if err := put(name, func(f io.Writer) error { return paper.PDF(f, meta(m), pages) }); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := put(fmt.Sprintf("6-%s.pptx", m.T(l, "workshop.file_slides")), func(f io.Writer) error { return PPTX(f, m) }); err != nil {
		return err
	}
	if err := put(fmt.Sprintf("7-%s.docx", m.T(l, "workshop.file_document")), func(f io.Writer) error { return DOCX(f, m) }); err != nil {
		return err
	}
	return z.Close()
}
