package storetest

import (
	"avokoodi/coding"
	"avokoodi/themes"
)

func testProjects(f *fixture) {
	var a, b coding.Project
	f.update(func(tx coding.Tx) (err error) {
		a, err = tx.CreateProject(f.ctx, coding.Project{Slug: "a", Name: themes.Same("A"), Threshold: 5, Created: noon, EmptyTalk: []string{"ei"}})
		f.must(err)
		b, err = tx.CreateProject(f.ctx, coding.Project{Slug: "b", Name: themes.Text{SV: "Ö"}, Threshold: 3, Synthetic: true})
		return err
	})
	if a.ID == 0 || b.ID <= a.ID {
		f.t.Fatalf("ids %d and %d", a.ID, b.ID)
	}
	f.same(coding.Project{ID: a.ID, Slug: "a", Name: themes.Same("A"), Threshold: 5, Created: noonKept, EmptyTalk: []string{"ei"}}, a, "created")
	f.view(func(r coding.Reader) error {
		got, err := r.Project(f.ctx, "a")
		f.must(err)
		f.same(a, got, "by slug")
		got, err = r.ProjectByID(f.ctx, b.ID)
		f.must(err)
		f.same(b, got, "by id")
		list, err := r.Projects(f.ctx)
		f.must(err)
		f.same([]coding.Project{a, b}, list, "list")
		_, err = r.Project(f.ctx, "c")
		f.wants(coding.ErrNotFound, err, "unknown slug")
		_, err = r.ProjectByID(f.ctx, b.ID+1)
		f.wants(coding.ErrNotFound, err, "unknown id")
		_, err = r.LastSeq(f.ctx, b.ID+1)
		f.wants(coding.ErrNotFound, err, "last change of an unknown project")
		seq, err := r.LastSeq(f.ctx, b.ID)
		f.must(err)
		f.same(coding.Seq(0), seq, "creating a project is no change")
		return nil
	})
	err := f.store.Update(f.ctx, func(tx coding.Tx) error {
		_, err := tx.CreateProject(f.ctx, coding.Project{Slug: "a", Name: themes.Same("X"), Threshold: 5})
		return err
	})
	f.wants(coding.ErrConflict, err, "slug taken")

	renamed := a
	renamed.Slug, renamed.Threshold = "aa", 7
	f.put(a.ID, a, renamed)
	f.view(func(r coding.Reader) error {
		_, err := r.Project(f.ctx, "a")
		f.wants(coding.ErrNotFound, err, "old slug")
		got, err := r.Project(f.ctx, "aa")
		f.same(renamed, got, "changed")
		return err
	})
	taken := renamed
	taken.Slug = "b"
	_, err = f.try(a.ID, renamed, taken)
	f.wants(coding.ErrConflict, err, "change to a slug taken")
	_, err = f.try(b.ID, renamed, a)
	if err == nil {
		f.t.Errorf("a project was changed in a step of another")
	}
}

func testDeleteProject(f *fixture) {
	gone, stays := f.newSurvey("gone", 4), f.newSurvey("stays", 4)
	for _, s := range []survey{gone, stays} {
		p := s.project.ID
		f.put(p, nil, s.coding(0, 0, 1))
		f.put(p, nil, coding.Mark{Answer: s.answers[1].ID, Coder: 1, State: coding.StateNoTheme, At: noon})
		f.put(p, nil, coding.Memo{On: coding.MemoAnswer, Target: int64(s.answers[1].ID), Author: 1, Text: "m", At: noon})
		f.put(p, nil, coding.Quote{Answer: s.answers[0].ID, Theme: s.themes[0], By: 1, At: noon})
		f.put(p, nil, coding.View{Owner: 1, Name: "v"})
		f.put(p, nil, coding.Pack{Name: "r"})
		f.put(p, nil, coding.Workshop{Name: "w"})
		f.put(p, nil, coding.Decision{Answer: s.answers[0].ID, Theme: s.themes[0], At: noon})
		f.put(p, nil, coding.Assignment{Coder: 1, Answers: coding.AnswerSet{s.answers[0].ID}, At: noon})
		f.put(p, nil, coding.Theme{Key: "child", Parent: s.themes[0], Label: themes.Same("c"), Hue: 1, Version: 1})
	}
	f.update(func(tx coding.Tx) error {
		person, err := tx.SavePerson(f.ctx, coding.Person{Name: "ann", Role: coding.RoleReader})
		f.must(err)
		for _, s := range []survey{gone, stays} {
			f.must(tx.SetMember(f.ctx, coding.Member{Project: s.project.ID, Person: person.ID, Role: coding.RoleLead}))
		}
		return nil
	})
	f.unchanged(stays.project.ID, "deleting another project", func() {
		f.update(func(tx coding.Tx) error { return tx.DeleteProject(f.ctx, gone.project.ID) })
	})
	f.same(contents{}, f.contents(gone.project.ID), "left of the deleted project")
	err := f.store.Update(f.ctx, func(tx coding.Tx) error { return tx.DeleteProject(f.ctx, gone.project.ID) })
	f.wants(coding.ErrNotFound, err, "deleting it again")

	again := f.newSurvey("gone", 1)
	if again.project.ID == gone.project.ID || again.answers[0].ID <= stays.answers[0].ID {
		f.t.Errorf("ids of the deleted project were given again")
	}
}
