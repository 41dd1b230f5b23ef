package ui

import (
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/themes"
)

// present is what the project has already, that the columns of a file may join.
type present struct {
	questions []coding.Question
	variables []coding.Variable
	rounds    []coding.Round
	imports   []coding.Import
}

func (s *Server) present(r *request) (present, error) {
	var k present
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		var err error
		if k.questions, err = rd.Questions(r.ctx(), r.projectID()); err != nil {
			return err
		}
		if k.variables, err = rd.Variables(r.ctx(), r.projectID()); err != nil {
			return err
		}
		if k.rounds, err = rd.Rounds(r.ctx(), r.projectID()); err != nil {
			return err
		}
		k.imports, err = rd.Imports(r.ctx(), r.projectID())
		return err
	})
	return k, err
}

// join gives columns of a proposal the keys of questions and variables that the project has under the same wording, so that
// a second file of the same survey comes to the same questions. What a person or a file has said stays.
func (k present) join(d *draft, cols []column) []column {
	if d.u.Mapping != "" {
		return cols
	}
	names := d.file.sheet.Columns
	for i := range cols {
		c := &cols[i]
		switch c.role {
		case importer.RoleQuestion:
			for _, q := range k.questions {
				if sameWording(q.Label, names[i].Name) {
					c.key = q.Key
				}
			}
		case importer.RoleVariable:
			for _, v := range k.variables {
				if sameWording(v.Label, names[i].Name) {
					c.key = v.Key
				}
			}
		}
	}
	return cols
}

func sameWording(label coding.Text, header string) bool {
	for _, l := range themes.Langs {
		if t := label.Exact(l); t != "" && strings.EqualFold(strings.Join(strings.Fields(t), " "), header) {
			return true
		}
	}
	return false
}
