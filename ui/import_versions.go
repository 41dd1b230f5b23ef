package ui

import (
	"bytes"
	"encoding/json"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/importer"
)

// part is one file of an upload, with what is to become of it.
type part struct {
	u       upload
	file    *readFile
	mapping importer.Mapping
	lang    coding.Lang
}

// files is the upload's files, the first first.
func (d *draft) files() []*readFile { return append([]*readFile{d.file}, d.others...) }

// versions is the files as they are aligned: the first by what was decided about its columns.
func (d *draft) versions() (list []importer.Version) {
	for i, f := range d.files() {
		v := importer.Version{Sheet: f.sheet, Proposal: f.proposal}
		if i == 0 {
			v.Proposal.Mapping = d.mapping()
		}
		list = append(list, v)
	}
	return list
}

// aligned makes the files one questionnaire, by what was decided about the first and by hand. It is worked out once for as long
// as those stay.
func (s *Server) aligned(d *draft) (*importer.Versions, error) {
	of, err := json.Marshal([]any{d.u.Mapping, d.u.Hands, d.u.Others, d.u.reading()})
	if err != nil {
		return nil, err
	}
	d.file.mu.Lock()
	defer d.file.mu.Unlock()
	if d.file.versions != nil && d.file.versionsOf == string(of) {
		return d.file.versions, nil
	}
	list := d.versions()
	hand := importer.ByHands{Columns: d.u.Hands.Columns, Values: d.u.Hands.Values, Languages: d.u.Hands.Languages, Together: d.u.Hands.Together, First: true}
	v, err := importer.AlignVersions(list, s.Detect, hand)
	if err != nil {
		return nil, err
	}
	d.file.versions, d.file.versionsOf = &v, string(of)
	return &v, nil
}

// parts is the files with their mappings, and what could not be aligned between them or with the project.
func (s *Server) parts(r *request, d *draft) ([]part, importer.Problems, error) {
	m := d.mapping()
	if d.aligning() == "" {
		return []part{{d.u, d.file, m, d.file.detected}}, nil, nil
	}
	v, err := s.aligned(d)
	if err != nil {
		return nil, nil, err
	}
	met, err := d.meeting(v)
	if err != nil {
		return nil, nil, err
	}
	people, err := s.peopleOf(r, importer.RoundFor(m).Key, d.known)
	if err != nil {
		return nil, nil, err
	}
	var out []part
	problems := slices.Concat(v.Problems, met.Problems)
	for i, f := range d.files() {
		one := part{d.u, f, met.Mappings[i], v.Languages[i]}
		if i > 0 {
			if one.u, err = s.uploads.load(d.u.Others[i-1].ID); err != nil {
				return nil, nil, err
			}
		}
		one.mapping.Round, one.mapping.Kind = m.Round, m.Kind
		if d.u.Hands.OwnTongue && one.lang != "" {
			one.mapping.Language = importer.LanguageRule{Fixed: one.lang}
		}
		if len(people) > 0 && !d.u.Own {
			foreign := !d.known.Speaks(one.lang)
			var ids importer.Problems
			if one.mapping, ids, err = one.mapping.Before(f.sheet, one.lang, foreign, d.u.Hands.Same, func(id string) bool { return people[id] }); err != nil {
				return nil, nil, err
			}
			problems = append(problems, ids...)
		}
		problems = append(problems, f.doubtful(one.mapping)...)
		out = append(out, one)
	}
	return out, problems, nil
}

// peopleOf is the ids of a round that the project has.
func (s *Server) peopleOf(r *request, key string, known importer.Known) (map[string]bool, error) {
	round, ok := roundOf(known.Rounds, key)
	if !ok {
		return nil, nil
	}
	out := map[string]bool{}
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		for one, err := range rd.EachRespondent(r.ctx(), r.projectID(), 0) {
			if err != nil {
				return err
			}
			if one.Round == round.ID {
				out[one.External] = true
			}
		}
		return nil
	})
	return out, err
}

// planned is the plan of a part, made once for as long as its mapping stays.
func (p part) planned(r *request, detect importer.Detect) (*importer.Plan, error) {
	var of bytes.Buffer
	if err := importer.WriteMapping(&of, p.mapping); err != nil {
		return nil, err
	}
	p.file.mu.Lock()
	defer p.file.mu.Unlock()
	if p.file.plan != nil && p.file.planOf == of.String() {
		return p.file.plan, nil
	}
	plan, err := importer.NewPlan(r.ctx(), p.file.sheet, p.mapping, detect)
	if err != nil {
		return nil, err
	}
	p.file.plan, p.file.planOf = plan, of.String()
	return plan, nil
}

// plans are those of all parts.
func plansOf(r *request, parts []part, detect importer.Detect) ([]*importer.Plan, error) {
	var out []*importer.Plan
	for _, p := range parts {
		plan, err := p.planned(r, detect)
		if err != nil {
			return nil, err
		}
		out = append(out, plan)
	}
	return out, nil
}
