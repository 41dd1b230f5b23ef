package ui

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"avokoodi/coding"
)

func TestSettings(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", map[coding.Lang]int{"fi": 8})
	b := s.as(coding.RoleLead)
	b.get("/p/one/settings").want(http.StatusOK).says("Everybody has the same role", "What helps?", "Delete the project")
	for _, bad := range []string{"0", "1001", "-3", "many", ""} {
		b.post("/p/one/settings", "name.en", "Renamed", "threshold", bad).want(http.StatusUnprocessableEntity).says("The threshold must be 1 to 1,000 respondents.")
	}
	b.post("/p/one/settings", "name.en", " ", "threshold", "7").want(http.StatusUnprocessableEntity).says("Give the project a name.")
	b.post("/p/one/settings", "name.en", "Renamed", "name.sv", "Omdöpt", "threshold", "7").to("/p/one/settings")
	step := regexp.MustCompile(`href="(/p/one/history/\d+)"`).FindStringSubmatch(b.get("/p/one/history").want(http.StatusOK).body)[1]
	b.get(step).want(http.StatusOK).says("Survey one → Renamed, threshold 5 → 7, suggestions off")
	a, err := s.svc.Open(t.Context(), coding.Operator, "one")
	if err != nil || a.Project.Threshold != 7 || a.Project.Name != (coding.Text{EN: "Renamed", SV: "Omdöpt"}) {
		t.Errorf("after the change: %+v, %v", a.Project, err)
	}
	if a.Project.ID != p.ID {
		t.Error("another project was changed")
	}
}

func TestMembers(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	field := func(role coding.Role) string { return fmt.Sprintf("role.%d", s.people[role].ID) }
	// Accounts without a password cannot sign in, and are listed without a choice; give the reader one.
	for _, role := range []coding.Role{coding.RoleReader, coding.RoleLead} {
		if err := s.svc.SetPassword(t.Context(), coding.Operator, s.people[role].ID, "a good password"); err != nil {
			t.Fatal(err)
		}
	}
	b.signIn(s.people[coding.RoleLead].ID)
	b.post("/p/one/settings/members", field(coding.RoleReader), "analyst", field(coding.RoleAnalyst), "").to("/p/one/settings#members")
	members, err := s.svc.Members(t.Context(), p.ID, coding.Operator)
	if err != nil || len(members) != 1 || members[0].Role != coding.RoleAnalyst || members[0].Person != s.people[coding.RoleReader].ID {
		t.Errorf("members %v, %v", members, err)
	}
	b.get("/p/one/settings").says("One role was changed.")
	b.post("/p/one/settings/members", field(coding.RoleReader), "admin").want(http.StatusUnprocessableEntity).says("no role “admin”")
	b.post("/p/one/settings/members", field(coding.RoleLead), "reader", field(coding.RoleReader), "none").want(http.StatusUnprocessableEntity).
		says("You can’t remove the lead’s role from yourself.")
	if after, _ := s.svc.Members(t.Context(), p.ID, coding.Operator); len(after) != 1 || after[0].Role != coding.RoleAnalyst {
		t.Errorf("a refused form changed %v", after)
	}
	b.post("/p/one/settings/members", field(coding.RoleReader), "").to("/p/one/settings#members")
	if after, _ := s.svc.Members(t.Context(), p.ID, coding.Operator); len(after) != 0 {
		t.Errorf("members %v", after)
	}
}

func TestDeleteProject(t *testing.T) {
	s := newTestSite(t)
	s.project("one", map[coding.Lang]int{"fi": 8})
	b := s.as(coding.RoleLead)
	for _, typed := range []string{"", "One", "survey one"} {
		b.post("/p/one/settings/delete", "confirm", typed).want(http.StatusUnprocessableEntity).says("Nothing was deleted.")
	}
	if _, err := s.svc.Open(t.Context(), coding.Operator, "one"); err != nil {
		t.Fatal(err)
	}
	b.upload("/p/one/import", "file", "a.csv", []byte("id;comment\n1;a long enough comment\n")).want(http.StatusSeeOther)
	b.post("/p/one/settings/delete", "confirm", " one ").to("/projects")
	b.get("/projects").says("The project “Survey one” has been deleted.")
	if _, err := s.svc.Open(t.Context(), coding.Operator, "one"); !errors.Is(err, coding.ErrNotFound) {
		t.Errorf("the project is still there: %v", err)
	}
	if left := s.server.uploads.all(); len(left) > 0 {
		t.Errorf("the deleted project left %d uploads", len(left))
	}
}
