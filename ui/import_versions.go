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
	var list []importer.Version
	for i, f := range d.files() {
		v := importer.Version{Sheet: f.sheet, Proposal: f.proposal}
		if i == 0 {
			v.Proposal.Mapping = d.mapping()
		}
		list = append(list, v)
	}
	hand := importer.ByHands{Columns: d.u.Hands.Columns, Values: d.u.Hands.Values, Languages: d.u.Hands.Languages, Together: d.u.Hands.Together, First: true}
	v, err := importer.AlignVersions(list, s.Detect, hand)
	if err != nil {
		return nil, err
	}
	d.file.versions, d.file.versionsOf = &v, string(of)
	return &v, nil
}

// parts is the files with their mappings, and what could not be aligned between them.
func (s *Server) parts(r *request, d *draft) ([]part, importer.Problems, error) {
	m := d.mapping()
	if len(d.others) == 0 {
		return []part{{d.u, d.file, m, d.file.detected}}, importer.Problems(d.file.doubtful(m)), nil
	}
	v, err := s.aligned(d)
	if err != nil {
		return nil, nil, err
	}
	known, err := s.knownOf(r.ctx(), r.projectID())
	if err != nil {
		return nil, nil, err
	}
	var out []part
	problems := slices.Clone(v.Problems)
	for i, f := range d.files() {
		one := part{d.u, f, v.Mappings[i], v.Languages[i]}
		if i > 0 {
			if one.u, err = s.uploads.load(d.u.Others[i-1].ID); err != nil {
				return nil, nil, err
			}
		}
		version := importer.Version{Sheet: f.sheet, Proposal: f.proposal}
		if one.mapping, err = importer.JoinValues(version, one.mapping, one.lang, known); err != nil {
			return nil, nil, err
		}
		one.mapping.Round, one.mapping.Kind = m.Round, m.Kind
		if d.u.Hands.OwnTongue && one.lang != "" {
			one.mapping.Language = importer.LanguageRule{Fixed: one.lang}
		}
		problems = append(problems, f.doubtful(one.mapping)...)
		out = append(out, one)
	}
	return out, problems, nil
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
