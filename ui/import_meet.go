package ui

import (
	"maps"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/importer"
)

// firstLanguage is the one that the first file speaks.
func (d *draft) firstLanguage() coding.Lang {
	if l := d.u.Hands.Languages; len(l) > 0 && l[0] != "" {
		return l[0]
	}
	return d.file.detected
}

// aligns tells whether a person must look at what stands beside what: several files, a language that the project does not speak
// yet, or something that may or may not be what the project has under the same key.
func (d *draft) aligns() bool {
	switch {
	case d.readErr != nil:
		return false
	case len(d.u.Others) > 0:
		return true
	case !d.known.Some() || d.u.Own:
		return false
	}
	return !d.known.Speaks(d.firstLanguage()) || len(d.file.doubtful(d.mapping())) > 0
}

// meeting puts the files beside the project.
func (d *draft) meeting(v *importer.Versions) (importer.Meeting, error) {
	list := d.versions()
	joined := d.file.joined
	if l := d.firstLanguage(); l != d.file.detected && d.known.Some() {
		var err error
		if _, joined, _, err = importer.Join(list[0], d.file.proposal.Mapping, l, d.known); err != nil {
			return importer.Meeting{}, err
		}
	}
	return importer.Meet(list, *v, d.known, joined, d.u.Hands.Met, !d.u.Own), nil
}

// rejoin finds what the project has anew, for the language that a person says the first file is in.
func (d *draft) rejoin(l coding.Lang) (importer.Mapping, error) {
	m, _, _, err := importer.Join(d.versions()[0], d.mapping(), l, d.known)
	return m, err
}

// metSlot names the field that says what of the first file stands beside something of the project, its present value, and the
// kind of what may change places with it; "" where nothing can be changed.
func metSlot(row importer.Met) (name, value, kind string) {
	if row.Kind == "id" {
		return "", "", ""
	}
	kind = "p." + row.Kind
	if row.Variable != "" {
		kind += "." + row.Variable
	}
	if row.Known == "" {
		return "", row.Key, kind
	}
	if row.Texts[0] != "" {
		value = row.Key
	}
	return kind + "." + row.Known, value, kind
}

// meetByHand takes what a person moved beside something else of the project: keys of the mapping, and decisions about categories.
// What stood there before is let go of unless it was moved as well.
func (d *draft) meetByHand(r *request, rows []importer.Met, h *hands) importer.Mapping {
	m := d.mapping()
	keys := map[string]map[string]string{"question": {}, "variable": {}} // own key → the project's, "" for none
	h.Met = maps.Clone(h.Met)
	if h.Met == nil {
		h.Met = importer.MeetHands{}
	}
	decide := func(row importer.Met, own, to string) {
		if row.Kind != "category" {
			keys[row.Kind][own] = to
			return
		}
		h.Met[row.Variable] = maps.Clone(h.Met[row.Variable])
		if h.Met[row.Variable] == nil {
			h.Met[row.Variable] = map[string]string{}
		}
		h.Met[row.Variable][own] = to
	}
	type change struct {
		row importer.Met
		to  string
	}
	var changes []change
	for _, row := range rows {
		name, value, _ := metSlot(row)
		to, asked := r.GetPostForm(name)
		if name == "" || !asked || to == value {
			continue
		}
		changes = append(changes, change{row, to})
		if value != "" {
			decide(row, value, "")
		}
	}
	for _, c := range changes {
		if c.to != "" && slices.ContainsFunc(rows, func(o importer.Met) bool {
			return o.Kind == c.row.Kind && o.Variable == c.row.Variable && o.Key == c.to && o.Texts[0] != ""
		}) {
			decide(c.row, c.to, c.row.Known)
		}
	}
	return d.rekeyed(m, keys, h)
}

// rekeyed gives questions and variables the project's keys; what is let go of gets one of its own.
func (d *draft) rekeyed(m importer.Mapping, keys map[string]map[string]string, h *hands) importer.Mapping {
	taken := map[string]bool{}
	for _, q := range d.known.Questions {
		taken[q.Key] = true
	}
	for _, v := range d.known.Variables {
		taken[v.Key] = true
	}
	for _, q := range m.Questions {
		taken[q.Key] = true
	}
	for _, v := range m.Variables {
		taken[v.Key] = true
	}
	next := func(kind, key string, ref importer.ColumnRef) string {
		to, ok := keys[kind][key]
		switch {
		case !ok:
			return key
		case to == "":
			to = freeKey(d.keyFor(findColumn(d.file.sheet, ref)), taken)
			taken[to] = true
		}
		return to
	}
	m.Questions, m.Variables = slices.Clone(m.Questions), slices.Clone(m.Variables)
	for i := range m.Questions {
		q := &m.Questions[i]
		q.Key = next("question", q.Key, q.Column)
	}
	was := map[string]string{}
	for i := range m.Variables {
		v := &m.Variables[i]
		ref := v.Column
		if v.Spread() {
			ref = v.Values[0].Column
		}
		key := next("variable", v.Key, ref)
		was[v.Key], v.Key = key, key
	}
	for i := range m.Questions {
		if key, ok := was[m.Questions[i].OtherOf]; ok {
			m.Questions[i].OtherOf = key
		}
	}
	h.rename(was)
	return m
}

// rename follows variables to their new keys.
func (h *hands) rename(keys map[string]string) {
	for i, list := range h.Values {
		next := map[string]map[string]string{}
		for key, values := range list {
			if to, ok := keys[key]; ok {
				key = to
			}
			next[key] = values
		}
		h.Values[i] = next
	}
	for from, to := range keys {
		if from != to {
			delete(h.Met, from) // it was about another variable's categories
			delete(h.Met, to)
		}
	}
}

// samePeople takes whether those who have an id of the round are the same people.
func (s *Server) samePeople(r *request, d *draft) error {
	d.u.Hands.Same = r.PostForm("same") != ""
	if err := s.uploads.save(d.u); err != nil {
		return err
	}
	return r.goTo(d.path("check"), "")
}
