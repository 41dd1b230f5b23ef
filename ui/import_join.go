package ui

import (
	"context"

	"avokoodi/coding"
	"avokoodi/coding/importer"
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

// joinKnown gives what is proposed for a file the keys of questions, variables and categories that the project has.
func (s *Server) joinKnown(ctx context.Context, p coding.ProjectID, f *readFile) error {
	known, err := s.knownOf(ctx, p)
	if err != nil || !known.Some() {
		return err
	}
	v := importer.Version{Sheet: f.sheet, Proposal: f.proposal}
	f.proposal.Mapping, f.joined, f.doubts, err = importer.Join(v, f.proposal.Mapping, f.detected, known)
	return err
}

func (s *Server) knownOf(ctx context.Context, p coding.ProjectID) (k importer.Known, err error) {
	err = s.Service.Store().View(ctx, func(rd coding.Reader) error {
		if k.Questions, err = rd.Questions(ctx, p); err != nil {
			return err
		}
		if k.Variables, err = rd.Variables(ctx, p); err != nil {
			return err
		}
		k.Rounds, err = rd.Rounds(ctx, p)
		return err
	})
	return k, err
}

// doubtful are the doubts about joining that still matter for a mapping: the person did not choose another key.
func (f *readFile) doubtful(m importer.Mapping) []importer.Problem {
	keys := map[string]string{}
	for _, q := range m.Questions {
		keys[q.Column.String()] = q.Key
	}
	for _, v := range m.Variables {
		keys[v.Column.String()] = v.Key
	}
	var out []importer.Problem
	for _, p := range f.doubts {
		if len(p.Args) > 2 && keys[p.Column] == p.Args[2] {
			out = append(out, p)
		}
	}
	return out
}
