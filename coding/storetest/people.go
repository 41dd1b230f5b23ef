package storetest

import (
	"avokoodi/coding"
	"avokoodi/themes"
)

func testPeople(f *fixture) {
	save := func(p coding.Person) (out coding.Person, err error) {
		err = f.store.Update(f.ctx, func(tx coding.Tx) (err error) {
			out, err = tx.SavePerson(f.ctx, p)
			return err
		})
		return out, err
	}
	ann, err := save(coding.Person{Name: "Åsa", Display: "Åsa Ö", Role: coding.RoleLead, Password: "$argon2id$x", Created: noon,
		Desk: coding.Desk{Lang: themes.SV, Look: "dark", NoKeys: true, Keys: map[string]string{"next": "k"}}})
	f.must(err)
	f.same(noonKept, ann.Created, "created")
	ben, err := save(coding.Person{Name: "ben", Role: coding.RoleReader})
	f.must(err)
	_, err = save(coding.Person{Name: "åSA"})
	f.wants(coding.ErrConflict, err, "a name that differs in case only")

	f.view(func(r coding.Reader) error {
		got, err := r.Person(f.ctx, ann.ID)
		f.must(err)
		f.same(ann, got, "person")
		got, err = r.PersonNamed(f.ctx, "ÅSA")
		f.must(err)
		f.same(ann, got, "person by name in another case")
		people, err := r.People(f.ctx)
		f.must(err)
		f.same([]coding.Person{ann, ben}, people, "people")
		_, err = r.Person(f.ctx, ben.ID+1)
		f.wants(coding.ErrNotFound, err, "unknown person")
		_, err = r.Person(f.ctx, coding.Operator)
		f.wants(coding.ErrNotFound, err, "the operator")
		_, err = r.PersonNamed(f.ctx, "")
		f.wants(coding.ErrNotFound, err, "no name")
		return nil
	})

	ben.Name, ben.Password, ben.Disabled = "benjamin", "new", true
	_, err = save(ben)
	f.must(err)
	f.view(func(r coding.Reader) error {
		got, err := r.PersonNamed(f.ctx, "Benjamin")
		f.must(err)
		f.same(ben, got, "changed person")
		_, err = r.PersonNamed(f.ctx, "ben")
		f.wants(coding.ErrNotFound, err, "old name")
		return nil
	})
	clash := ben
	clash.Name = "ÅSA"
	_, err = save(clash)
	f.wants(coding.ErrConflict, err, "changing to a name taken")
	clash.ID, clash.Name = 1<<30, "x"
	_, err = save(clash)
	f.wants(coding.ErrNotFound, err, "changing an unknown person")
}

func testMembers(f *fixture) {
	a, b := f.newSurvey("a", 1).project.ID, f.newSurvey("b", 1).project.ID
	var people []coding.PersonID
	set := func(m coding.Member) error {
		return f.store.Update(f.ctx, func(tx coding.Tx) error { return tx.SetMember(f.ctx, m) })
	}
	f.update(func(tx coding.Tx) error {
		for _, name := range []string{"ann", "ben"} {
			p, err := tx.SavePerson(f.ctx, coding.Person{Name: name})
			f.must(err)
			people = append(people, p.ID)
		}
		return nil
	})
	f.must(set(coding.Member{Project: a, Person: people[1], Role: coding.RoleLead}))
	f.must(set(coding.Member{Project: a, Person: people[0], Role: coding.RoleReader}))
	f.must(set(coding.Member{Project: a, Person: people[0], Role: coding.RoleNone})) // in its place
	f.must(set(coding.Member{Project: b, Person: people[0], Role: coding.RoleAnalyst}))
	f.wants(coding.ErrNotFound, set(coding.Member{Project: a, Person: 1 << 30, Role: coding.RoleLead}), "unknown person")
	f.wants(coding.ErrNotFound, set(coding.Member{Project: 1 << 30, Person: people[0], Role: coding.RoleLead}), "unknown project")
	f.same([]coding.Member{{Project: a, Person: people[0], Role: coding.RoleNone}, {Project: a, Person: people[1], Role: coding.RoleLead}},
		f.contents(a).Members, "members")
	f.must(set(coding.Member{Project: a, Person: people[1]}))
	f.must(set(coding.Member{Project: a, Person: people[1]}))
	f.same([]coding.Member{{Project: a, Person: people[0], Role: coding.RoleNone}}, f.contents(a).Members, "members after a removal")
	f.same([]coding.Member{{Project: b, Person: people[0], Role: coding.RoleAnalyst}}, f.contents(b).Members, "members of another project")
}

func testSettings(f *fixture) {
	get := func(key string) (v string) {
		f.view(func(r coding.Reader) (err error) {
			v, err = r.Setting(f.ctx, key)
			return err
		})
		return v
	}
	f.same("", get("k"), "not set")
	for _, v := range []string{"a", "b", ""} {
		f.update(func(tx coding.Tx) error { return tx.SetSetting(f.ctx, "k", v) })
		f.same(v, get("k"), "set")
	}
	f.same("", get("other"), "another key")
}
