package ui

import (
	"bytes"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"

	"avokoodi/coding/importer"
)

// keep remembers a mapping.
func (s *Server) keep(d *draft, m importer.Mapping) error {
	var b bytes.Buffer
	if err := importer.WriteMapping(&b, m); err != nil {
		return err
	}
	d.u.Mapping = b.String()
	return s.uploads.save(d.u)
}

// anew begins again with what is proposed: the file is read in another way.
func (u *upload) anew() {
	u.Mapping, u.Own, u.Columns, u.Versions, u.Language, u.Hands = "", false, false, false, false, hands{}
}

// mappingFile sends the mapping of a file as a file for the next time, or for the command line.
func (s *Server) mappingFile(r *request, d *draft) error {
	if d.readErr != nil {
		return d.readErr
	}
	var b bytes.Buffer
	parts, _, err := s.parts(r, d)
	if err != nil {
		return err
	}
	at, err := strconv.Atoi(r.Query("file")) // of several; the first where it does not say
	if err != nil || at < 0 || at >= len(parts) {
		at = 0
	}
	if err := importer.WriteMapping(&b, parts[at].mapping); err != nil {
		return err
	}
	name := slugFrom(strings.TrimSuffix(parts[at].u.File, filepath.Ext(parts[at].u.File)))
	if name == "" {
		name = "mapping"
	}
	r.Header("Content-Disposition", `attachment; filename="`+name+`.mapping.yaml"`)
	r.Data(http.StatusOK, "application/yaml; charset=utf-8", b.Bytes())
	return nil
}

// useMapping takes a mapping file instead of the proposal.
func (s *Server) useMapping(r *request, d *draft) error {
	if d.readErr != nil {
		return d.readErr
	}
	r.Request.Body = http.MaxBytesReader(r.Writer, r.Request.Body, importer.MaxMapping+uploadForm)
	f, head, err := r.Request.FormFile("mapping")
	if err != nil {
		return s.showColumns(r, d, d.mapping(), []importer.Problem{{File: "mapping.yaml", Key: "wizard.no_file", Severity: importer.Error}})
	}
	defer f.Close()
	m, err := importer.ReadMapping(head.Filename, f)
	if problems := problemsOf(err); len(problems) > 0 {
		return s.showColumns(r, d, d.mapping(), problems)
	}
	if err != nil {
		return err
	}
	if problems := importer.Check(d.file.sheet, m); len(problems) > 0 {
		return s.showColumns(r, d, d.mapping(), problems)
	}
	d.u.Own = true
	if err := s.keep(d, m); err != nil {
		return err
	}
	return r.goTo(d.path("columns"), "wizard.mapping_taken", importer.BaseName(head.Filename))
}
