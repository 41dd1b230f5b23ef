package ui

import (
	"net/http"
	"strings"
	"testing"

	"avokoodi/coding"
)

func TestProjectsPage(t *testing.T) {
	s := newTestSite(t)
	s.as(coding.RoleReader).get("/projects").want(http.StatusOK).says("You have no projects yet", "Ask a lead")
	s.as(coding.RoleLead).get("/projects").want(http.StatusOK).says("Start the first project", "avokoodi demo")
	s.project("one", map[coding.Lang]int{"fi": 8})
	s.project("bare", nil)
	s.as(coding.RoleLead).get("/projects").says("2 projects", "Survey one", "8 Answers", "0% of the answers read", "No answers yet.")
}

func TestCreateProject(t *testing.T) {
	s := newTestSite(t)
	b := s.as(coding.RoleLead)
	b.post("/projects", "name.en", "").want(http.StatusUnprocessableEntity).says("Give the project a name.")
	b.post("/projects", "name.en", "A", "slug", "a/b").want(http.StatusUnprocessableEntity).says("The address “a/b” cannot be used")
	b.post("/projects", "name.en", "A", "slug", "../x").want(http.StatusUnprocessableEntity)
	b.post("/projects", "name.en", "Åbo & Östra – kysely", "name.fi", " Turku  2026 ").to("/p/abo-ostra-kysely/import")
	a, err := s.svc.Open(t.Context(), coding.Operator, "abo-ostra-kysely")
	if err != nil || a.Project.Name.FI != "Turku 2026" || a.Project.Threshold != coding.DefaultThreshold {
		t.Errorf("made %+v, %v", a.Project, err)
	}
	b.post("/projects", "name.en", "Åbo Östra kysely").to("/p/abo-ostra-kysely-2/import")
	b.post("/projects", "name.en", "X", "slug", "abo-ostra-kysely").want(http.StatusUnprocessableEntity).says("Another project has the address")
	b.post("/projects", "name.en", "日本").want(http.StatusUnprocessableEntity)
}

func TestSlugFrom(t *testing.T) {
	for name, want := range map[string]string{
		"Kumppanuusbarometri 2022":   "kumppanuusbarometri-2022",
		"  Åbo & Östra – kysely!":    "abo-ostra-kysely",
		"Øresund æ ß":                "oresund-a-s",
		"---":                        "",
		"":                           "",
		"一":                          "",
		strings.Repeat("pitkä ", 20): "pitka-pitka-pitka-pitka-pitka-pitka-pitka-pitka",
	} {
		got := slugFrom(name)
		if got != want {
			t.Errorf("slugFrom(%q) = %q, want %q", name, got, want)
		}
		if got != "" && coding.CheckSlug(got) != nil {
			t.Errorf("slugFrom(%q) = %q is no slug", name, got)
		}
	}
}

func TestOverview(t *testing.T) {
	s := newTestSite(t)
	s.project("one", map[coding.Lang]int{"fi": 30, "sv": 3, "en": 9})
	s.project("bare", nil)
	s.as(coding.RoleLead).get("/p/bare").want(http.StatusOK).says("Import the answers first")
	s.as(coding.RoleAnalyst).get("/p/bare").says("The project has no answers yet")

	coder := s.as(coding.RoleAnalyst).get("/p/one").want(http.StatusOK).says("42 respondents", "Read and create themes", "one.csv", "svenska 0% 0 0 0 3 3")
	for _, link := range []string{`"/p/one/code?question=*&amp;language=sv&amp;state=open"`, `"/p/one/code?question=q1"`} {
		if !strings.Contains(coder.body, link) {
			t.Errorf("the overview has no link %s", link)
		}
	}

	// A reader must not learn that three answered in Swedish, nor work it out from the rest: 42 − 30 − 9.
	reader := s.as(coding.RoleReader).get("/p/one").want(http.StatusOK).says("42 respondents", "svenska ·", "By language")
	reader.hides("/code?", "one.csv", ">9<", ">3<", ">30<")
}

// TestNextStep follows a project from its answers to its quotes.
func TestNextStep(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", map[coding.Lang]int{"fi": 6})
	who := s.people[coding.RoleAnalyst].ID
	b := s.as(coding.RoleAnalyst)
	next := func(words ...string) { t.Helper(); b.get("/p/one").says(words...) }
	next("Read and create themes")
	th, err := s.svc.AddTheme(t.Context(), p.ID, who, coding.Theme{Label: coding.Text{EN: "Help"}})
	if err != nil {
		t.Fatal(err)
	}
	next("Go on coding", "6 answers to “What helps?” are not coded yet.")
	for id := coding.AnswerID(1); id <= 6; id++ {
		if _, err := s.svc.ApplyTheme(t.Context(), p.ID, who, coding.Apply{Answers: []coding.AnswerID{id}, Theme: th.ID}); err != nil {
			t.Fatal(err)
		}
		if id == 5 {
			next("One answer to “What helps?” is not coded yet.")
		}
	}
	next("Choose quotes", "Tester analyst", "6 themes added, 1 change to themes")
	if _, err := s.svc.AddQuote(t.Context(), p.ID, who, coding.Quote{Answer: 1}); err != nil {
		t.Fatal(err)
	}
	next("See the results", "100%")
}
