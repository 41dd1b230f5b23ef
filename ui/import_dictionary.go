package ui

import (
	"context"
	"errors"
	"net/http"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/profile"
)

// readDictionary reads what was given beside the answers.
func (s *Server) readDictionary(ctx context.Context, u upload) (importer.Dictionary, bool, error) {
	return profile.ReadDictionary(ctx, s.Reader, s.uploads.path(u.ID, "dict"), u.Dictionary, importer.Options{MaxBytes: s.UploadMax, TempDir: s.uploads.dir})
}

// useDictionary takes a file that describes the columns: REDCap's data dictionary or an XLSForm. The columns may be others
// with it, so the proposal is made anew.
func (s *Server) useDictionary(r *request, d *draft) error {
	r.Request.Body = http.MaxBytesReader(r.Writer, r.Request.Body, s.UploadMax+uploadForm)
	f, head, err := r.Request.FormFile("dictionary")
	if err != nil {
		return s.notDictionary(r, d, "dictionary", "wizard.no_file")
	}
	defer f.Close()
	was := d.u
	d.u.Dictionary, d.u.Dictionaries = importer.BaseName(head.Filename), d.u.Dictionaries+1
	d.u.anew()
	if err := s.uploads.putDictionary(d.u.ID, f); err != nil {
		return err
	}
	if _, ok, err := s.readDictionary(r.ctx(), d.u); err != nil || !ok {
		name := d.u.Dictionary
		d.u = was
		d.u.Dictionary = "" // the file that was there is overwritten
		return errors.Join(err, s.uploads.save(d.u), s.notDictionary(r, d, name, "wizard.dictionary_not"))
	}
	if err := s.uploads.save(d.u); err != nil {
		return err
	}
	return r.goTo(d.path("columns"), "wizard.dictionary_taken", d.u.Dictionary)
}

func (s *Server) notDictionary(r *request, d *draft, file, key string) error {
	var m importer.Mapping
	if d.readErr == nil {
		m = d.mapping()
	}
	return s.showColumns(r, d, m, []importer.Problem{{File: file, Key: key, Severity: importer.Error}})
}
