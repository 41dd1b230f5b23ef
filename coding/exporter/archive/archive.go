// Package archive writes everything of a project into one ZIP of open formats, to be kept or read by other programs: tables as
// CSV, whole entities as JSON, and a manifest that lists the files with what is in each.
//
// Tables are CSV with commas, CRLF, and UTF-8 with a byte order mark, so that spreadsheets open them; a cell that a spreadsheet
// would take for a formula has an apostrophe in front (exporter.Guard). Names of columns, keys and codes are the same in every
// language. Spans are code points, end exclusive; times are RFC 3339 in UTC. No password and no session is in it.
package archive

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
)

// FormatVersion grows when a file, a column or its meaning changes, other than by one more.
const FormatVersion = 1

// File is one file of the archive, as its manifest tells.
type File struct {
	Name    string   `json:"name"`
	About   string   `json:"about"`
	Rows    int      `json:"rows"` // rows below the header, or entities
	Columns []string `json:"columns,omitempty"`
}

// Manifest is manifest.json.
type Manifest struct {
	Format        string         `json:"format"` // "avokoodi-project"
	FormatVersion int            `json:"format_version"`
	Program       string         `json:"program"`
	ExportedAt    time.Time      `json:"exported_at"`
	Project       string         `json:"project"` // slug
	LastChange    coding.Seq     `json:"last_change"`
	Counts        map[string]int `json:"counts"` // of entities, by kind
	Files         []File         `json:"files"`
}

// Write writes the project as one consistent state. The actor must be a lead of it, or else it is coding.ErrForbidden. program
// names the program and its version.
func Write(ctx context.Context, w io.Writer, store coding.Store, p coding.ProjectID, actor coding.PersonID, program string, now time.Time) error {
	return store.View(ctx, func(r coding.Reader) error {
		role, err := coding.RoleIn(ctx, r, p, actor)
		if err != nil {
			return fmt.Errorf("archive: %w", err)
		}
		if !role.AtLeast(coding.RoleLead) {
			return fmt.Errorf("archive: %w", coding.ErrForbidden)
		}
		a := &archive{ctx: ctx, r: r, p: p, zip: zip.NewWriter(w)}
		a.now = now.UTC().Truncate(time.Second)
		a.manifest = Manifest{Format: "avokoodi-project", FormatVersion: FormatVersion, Program: program, ExportedAt: a.now, Counts: map[string]int{}}
		if err := a.names(); err != nil {
			return fmt.Errorf("archive: %w", err)
		}
		for _, part := range []func() error{a.frame, a.respondents, a.answers, a.codebook, a.codings, a.marks, a.memos, a.quotes, a.work, a.people, a.history, a.finish} {
			if err := part(); err != nil {
				return fmt.Errorf("archive: %w", err)
			}
		}
		return nil
	})
}

// archive is one archive in the making.
type archive struct {
	ctx      context.Context
	r        coding.Reader
	p        coding.ProjectID
	zip      *zip.Writer
	now      time.Time
	manifest Manifest
	known    known
}

func (a *archive) create(name string) (io.Writer, error) {
	return a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: a.now})
}

// table writes a CSV; fill gives its rows to add.
func (a *archive) table(name, about string, columns []string, fill func(add func(cells ...string) error) error) error {
	w, err := a.create(name)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := 0
	add := func(cells ...string) error {
		if len(cells) != len(columns) {
			return fmt.Errorf("%s: %d cells for %d columns", name, len(cells), len(columns))
		}
		for i, c := range cells {
			cells[i] = exporter.Guard(c)
		}
		rows++
		return out.Write(cells)
	}
	if err := out.Write(columns); err != nil {
		return err
	}
	if err := fill(add); err != nil {
		return err
	}
	out.Flush()
	a.manifest.Files = append(a.manifest.Files, File{name, about, rows, columns})
	return out.Error()
}

// list writes entities as a JSON array.
func list[T any](a *archive, name, about string, entities []T) error {
	if entities == nil {
		entities = []T{}
	}
	a.manifest.Files = append(a.manifest.Files, File{Name: name, About: about, Rows: len(entities)})
	return a.json(name, entities)
}

func (a *archive) json(name string, v any) error {
	w, err := a.create(name)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// finish writes the manifest, which is the last file.
func (a *archive) finish() error {
	if err := a.json("manifest.json", a.manifest); err != nil {
		return err
	}
	return a.zip.Close()
}
