package ui

import (
	"bytes"

	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
)

// exportAgreement is the comparison of the page's filter as a file.
func (s *Server) exportAgreement(r *request, ending string) error {
	asked, err := s.comparisonAsked(r)
	if err != nil {
		return err
	}
	c, err := report.New(s.Boards).Compare(r.ctx(), asked.ask)
	if err != nil {
		return err
	}
	o := r.exportOptions()
	o.In, o.Prose = r.inLang, ending == "docx"
	doc, err := s.exporter().AgreementOf(r.ctx(), c, o)
	if err != nil {
		return err
	}
	if ending == "json" {
		var buf bytes.Buffer
		if err := exporter.DocumentJSON(&buf, doc); err != nil {
			return err
		}
		return r.file(&buf, r.fileName("agreement")+".json", "application/json; charset=utf-8")
	}
	return s.download(r, doc, r.fileName("agreement"), ending)
}
