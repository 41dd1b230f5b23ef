package ui

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/themes"
)

func TestCodebookCounts(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 12)
	s.code("roles", 8, 11)
	count := func(p *testPage, key string) string {
		m := regexp.MustCompile(`data-key="` + key + `"(?s:.*?)</a><b>([^<]*)</b>`).FindStringSubmatch(p.body)
		if m == nil {
			t.Fatalf("no row for %s", key)
		}
		return m[1]
	}
	for _, c := range []struct {
		role                          coding.Role
		coordination, roles, services string
	}{
		{coding.RoleReader, "12", "&lt;5", "0"},
		{coding.RoleAnalyst, "12", "3", "0"},
	} {
		p := s.as(c.role).get("/p/s/themes").want(200)
		if a, b, d := count(p, "coordination"), count(p, "roles"), count(p, "services"); a != c.coordination || b != c.roles || d != c.services {
			t.Errorf("%s sees %s, %s, %s", c.role, a, b, d)
		}
	}
	s.as(coding.RoleReader).get("/p/s/themes?theme=roles").want(200).hides("<form method=\"post\" action=\"/p/s/themes", "draggable")
	s.as(coding.RoleAnalyst).get("/p/s/themes?theme=coordination").says("12 respondents · 12 answers", "Changes", "created")
}

func TestAddTheme(t *testing.T) {
	s := newTestSurvey(t)
	b := s.as(coding.RoleAnalyst)
	p := b.post("/p/s/themes", "label_en", "", "definition_fi", "mikä tämä on", "hue", "3").want(http.StatusUnprocessableEntity)
	p.says("Write the theme’s name in at least one language.", "mikä tämä on")
	p = b.post("/p/s/themes", "label_en", "coordination", "hue", "3").want(422)
	p.says("already has a theme “coordination”")
	if !strings.Contains(p.body, `value="coordination"`) || !strings.Contains(p.body, `name="hue" value="3" checked`) {
		t.Error("the form lost what was written")
	}
	b.post("/p/s/themes", "label_fi", "Viestintä", "label_en", "Communication", "definition_en", "  Telling\r\npeople ", "keywords_fi", "viesti; tiedote,\n media",
		"hue", "3", "shortcut", "v", "parent", fmt.Sprint(s.themes["coordination"].ID)).to(`/p/s/themes\?theme=communication`)
	b.get("/p/s/themes?theme=communication").says("The theme Communication was created.")
	th := s.theme("communication")
	if th.Definition.EN != "Telling\npeople" || len(th.Keywords.FI) != 3 || th.Keywords.FI[2] != "media" || th.Hue != 3 || th.Shortcut != "v" ||
		th.Parent != s.themes["coordination"].ID {
		t.Errorf("made %+v", th)
	}
	b.post("/p/s/themes", "label_en", "Next", "hue", "1", "then", "another", "under", "coordination").to(`/p/s/themes\?new=1&under=coordination`)
	s.as(coding.RoleReader).post("/p/s/themes", "label_en", "No", "hue", "1").want(403)
}

func TestChangeThemeByForm(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 3)
	b := s.as(coding.RoleAnalyst)
	path := fmt.Sprintf("/p/s/themes/%d", s.themes["coordination"].ID)
	seen := func() string {
		return regexp.MustCompile(`name="seen" value="([^"]+)"`).FindStringSubmatch(b.get("/p/s/themes?theme=coordination").body)[1]
	}
	before := seen()
	b.post(path, "seen", before, "label_en", "Co-ordination", "definition_en", "New words", "hue", "2", "shortcut", "1", "key", "coordination").to(".*theme=coordination")
	th := s.theme("coordination")
	if th.Label.EN != "Co-ordination" || th.Label.FI != "" || th.Version != 2 {
		t.Errorf("became %+v", th)
	}
	b.get("/p/s/themes?theme=coordination").says("Saved.", "3 codings made under an older definition")

	// A form from before that change does not silently undo it.
	p := b.post(path, "seen", before, "label_en", "Mine", "hue", "2", "key", "coordination").want(422).says("Somebody else has changed the theme in the meantime")
	if !strings.Contains(p.body, `value="Mine"`) || s.theme("coordination").Label.EN != "Co-ordination" {
		t.Error("the other's change was overwritten, or one's own text lost")
	}
	again := regexp.MustCompile(`name="seen" value="([^"]+)"`).FindStringSubmatch(p.body)[1]
	b.post(path, "seen", again, "label_en", "Mine", "hue", "2", "shortcut", "1", "key", "coordination").to(".*")

	roles := fmt.Sprintf("/p/s/themes/%d", s.themes["roles"].ID)
	b.post(roles, "label_en", "Roles", "hue", "2", "shortcut", "1", "key", "roles").want(422).says("belongs to the theme", "Give the shortcut 1 to this theme")
	b.post(roles, "label_en", "Roles", "hue", "2", "shortcut", "1", "key", "roles", "take", "1").to(".*theme=roles")
	if s.theme("coordination").Shortcut != "" || s.theme("roles").Shortcut != "1" {
		t.Error("the shortcut was not taken")
	}
	b.post(roles+"/retire", "retired", "1").to(".*theme=roles")
	if !s.theme("roles").Retired {
		t.Error("not retired")
	}
	b.get("/p/s/themes?theme=roles").says("is retired. It stays in earlier counts.", "Bring back")
	b.post(roles + "/retire").to(".*theme=roles")
	if s.theme("roles").Retired {
		t.Error("not brought back")
	}
}

func TestMoveTheme(t *testing.T) {
	s := newTestSurvey(t)
	b := s.as(coding.RoleAnalyst)
	move := func(key string, pairs ...string) *testPage {
		return b.post(fmt.Sprintf("/p/s/themes/%d/move", s.themes[key].ID), pairs...)
	}
	id := func(key string) string { return fmt.Sprint(s.themes[key].ID) }
	for _, c := range []struct {
		key   string
		how   []string
		order string
	}{
		{"services", []string{"dir", "up"}, "services coordination(roles)"},
		{"services", []string{"dir", "up"}, "services coordination(roles)"}, // there is nothing above
		{"services", []string{"dir", "down"}, "coordination(roles) services"},
		{"services", []string{"dir", "in"}, "coordination(roles services)"},
		{"services", []string{"dir", "up"}, "coordination(services roles)"},
		{"services", []string{"dir", "out"}, "coordination(roles) services"},
		{"roles", []string{"dir", "out"}, "coordination roles services"},
		{"services", []string{"parent", "0", "position", "0"}, "services coordination roles"},
		{"roles", []string{"parent", id("services")}, "services(roles) coordination"},
		{"roles", []string{"dir", "sideways"}, "services(roles) coordination"},
	} {
		move(c.key, c.how...).want(http.StatusSeeOther)
		if got := s.order(); got != c.order {
			t.Errorf("%s %v: %s, want %s", c.key, c.how, got, c.order)
		}
	}
	move("services", "parent", id("roles")).want(422).says("can’t be moved under its own sub-theme")
	move("services", "dir", "down", "next", "/p/s/themes?theme=roles").to(`/p/s/themes\?did=\d+&theme=roles`)
}

func TestThemeStep(t *testing.T) {
	tree := themes.NewTree([]themes.Theme{{ID: 1}, {ID: 2, Order: 1}, {ID: 3, Parent: 2}})
	for _, c := range []struct {
		id     themes.ID
		dir    string
		parent themes.ID
		at     int
		ok     bool
	}{
		{1, "up", 0, 0, false}, {1, "down", 0, 1, true}, {1, "in", 0, 0, false}, {1, "out", 0, 0, false},
		{2, "up", 0, 0, true}, {2, "down", 0, 0, false}, {2, "in", 1, 0, true}, {3, "out", 0, 2, true}, {3, "", 0, 0, false},
	} {
		th, _ := tree.Get(c.id)
		parent, at, ok := themeStep(tree, th, c.dir)
		if parent != c.parent || at != c.at || ok != c.ok {
			t.Errorf("%d %s: %d at %d, %v; want %+v", c.id, c.dir, parent, at, ok, c)
		}
	}
}

func TestDeleteThemeAndUndo(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 6)
	_, err := s.svc.AddQuote(t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID, coding.Quote{Answer: s.answers[0], Theme: s.themes["coordination"].ID})
	s.ok(err)
	path := fmt.Sprintf("/p/s/themes/%d/delete", s.themes["coordination"].ID)
	s.as(coding.RoleAnalyst).post(path).want(403)
	b := s.as(coding.RoleLead)
	b.get(path).want(200).says("6 codings go with the theme.", "1 quote is left without a theme.", "Sub-themes move to the top level: Roles", "Delete the theme and 6 codings")
	to := b.post(path).to(`/p/s/themes\?did=\d+`)
	if s.order() != "services roles" {
		t.Errorf("left %s", s.order())
	}
	p := b.get(to).want(200).says("The theme coordination was deleted.", "Undo")
	revert := regexp.MustCompile(`action="(/p/s/history/\d+/revert)"`).FindStringSubmatch(p.body)[1]
	b.post(revert, "next", "/p/s/themes").to("/p/s/themes")
	if s.order() != "coordination(roles) services" {
		t.Errorf("undone: %s", s.order())
	}
	b.get("/p/s/analysis").says("Coordination 6 16%")
	b.get(to).hides("was deleted") // the offer is gone with the undo
}

func TestThemeExamples(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 3)
	b := s.as(coding.RoleAnalyst)
	b.get("/p/s/themes?theme=coordination&examples=1").says("Vastaus 👩‍👩‍👧 numero 2", "Choose as example")
	path := fmt.Sprintf("/p/s/themes/%d/examples", s.themes["coordination"].ID)
	b.post(path, "answer", fmt.Sprint(s.answers[1])).to(".*")
	b.post(path, "answer", fmt.Sprint(s.answers[1])).to(".*")
	b.post(path, "answer", "99999").want(404)
	if got := s.theme("coordination").Examples; len(got) != 1 || got[0] != int64(s.answers[1]) {
		t.Fatalf("examples %v", got)
	}
	if s.theme("coordination").Version != 1 {
		t.Error("an example is no new definition")
	}
	b.get("/p/s/themes?view=read").says("numero 1,")
	s.as(coding.RoleReader).get("/p/s/themes").hides("numero 1,")
	b.post(path, "answer", fmt.Sprint(s.answers[1]), "off", "1").to(".*")
	if got := s.theme("coordination").Examples; len(got) != 0 {
		t.Errorf("still %v", got)
	}
}
