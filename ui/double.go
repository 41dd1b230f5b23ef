package ui

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

// trials are the double codings of the project, the newest first.
func (s *Server) trials(r *request, people map[coding.PersonID]coding.Person) ([]view.Trial, error) {
	given, err := s.Service.Assignments(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return nil, err
	}
	var out []view.Trial
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		for _, a := range given {
			if a.Trial == "" || slices.ContainsFunc(out, func(t view.Trial) bool { return t.Key == a.Trial }) {
				continue
			}
			var parts []coding.Assignment
			for _, other := range given {
				if other.Trial == a.Trial {
					parts = append(parts, other)
				}
			}
			out = append(out, r.trial(b, parts, people))
		}
		return nil
	})
	slices.Reverse(out)
	return out, err
}

// trial is one double coding of its shares.
func (r *request) trial(b *sets.Board, parts []coding.Assignment, people map[coding.PersonID]coding.Person) view.Trial {
	first := parts[0]
	t := view.Trial{Key: first.Trial, Note: first.Note, At: first.At, By: r.nameOf(people, first.By), Done: true}
	all, both := roaring.New(), b.All().Clone()
	for _, a := range parts {
		set := b.Given(a.ID)
		read := roaring.And(b.Coder(a.Coder), set)
		all.Or(set)
		both.And(read)
		t.Blind, t.Was = t.Blind || a.Veiled(), t.Was || a.Blind
		if a.Opened.After(t.Opened) {
			t.Opened = a.Opened
		}
		one := view.TrialCoder{Done: int(read.GetCardinality()), Left: int(set.GetCardinality() - read.GetCardinality())}
		if p, ok := people[a.Coder]; ok {
			one.Person = *person(p)
			if p.ID == r.person.ID {
				one.Href = r.queueHref(p, nil)
			}
		}
		t.Done = t.Done && one.Left == 0
		t.Mine = t.Mine || a.Coder == r.person.ID && a.Veiled()
		t.Coders = append(t.Coders, one)
	}
	t.Answers, t.Both = int(all.GetCardinality()), int(both.GetCardinality())
	return t
}

// postUnveil ends the blind phase of a double coding (trial=KEY).
func (s *Server) postUnveil(r *request) error {
	step, err := s.Service.Unveil(r.ctx(), r.projectID(), r.person.ID, r.PostForm("trial"))
	if err != nil {
		return err
	}
	if step == 0 {
		return r.goTo(r.path("/agreement"), "decide.same")
	}
	return s.goToDone(r, r.path("/agreement"))
}
