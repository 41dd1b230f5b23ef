package ui

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/themes"
)

// held is the newest workshop.
func (s *testSurvey) held() coding.Workshop {
	s.t.Helper()
	list, err := s.svc.Workshops(s.t.Context(), s.p.ID, coding.Operator)
	s.ok(err)
	if len(list) == 0 {
		return coding.Workshop{}
	}
	return list[len(list)-1]
}

// approvedQuote makes an answer to q1 a quote of a theme; only what is to be approved is.
func (s *testSurvey) approvedQuote(answer int, theme string, yes bool) coding.QuoteID {
	s.t.Helper()
	ann := s.people[coding.RoleAnalyst].ID
	q, err := s.svc.AddQuote(s.t.Context(), s.p.ID, ann, coding.Quote{Answer: s.answers[answer], Theme: s.themes[theme].ID})
	s.ok(err)
	if yes {
		_, err = s.server.quoteDesk().Approve(s.t.Context(), quotes.Change{Project: s.p.ID, Actor: ann, Quote: q.ID}, nil)
		s.ok(err)
	}
	return q.ID
}

func TestWorkshopIsPutTogether(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 20)
	s.code("coordination", 0, 12)
	ann := s.as(coding.RoleAnalyst)
	ann.get("/p/s/workshop").want(200).says("There are no workshops yet", "Create workshop")
	ann.post("/p/s/workshop", "name", " ").want(422).says("Give the workshop a name.")
	ann.post("/p/s/workshop", "name", "Spring").want(303)
	w := s.held()
	if len(w.Themes) != 2 || w.Themes[0].Why != coding.WhyMost || len(w.Agenda) == 0 {
		t.Fatalf("the draft: %+v", w)
	}
	at, id := fmt.Sprintf("/p/s/workshop/%d", w.ID), func(key string) string { return fmt.Sprint(s.themes[key].ID) }
	ann.get("/p/s/workshop").want(200).says("20 of 38 respondents (53%) brought this up.", "2 themes have no approved quotes", "Named often", "Who should take part")
	ann.post(at, "do", "add", "theme", id("roles"), "why", "typical").want(303)
	ann.post(at, "do", "add", "theme", id("roles")).want(422).says("The theme is already in the workshop.")
	ann.post(at, "do", "up", "theme", id("roles")).want(303)
	ann.post(at, "do", "place", "is", id("services"), "n", "1", "to", "3").want(303)
	order := func() (out []string) {
		for _, th := range s.held().Themes {
			for key, one := range s.themes {
				if one.ID == th.Theme {
					out = append(out, key)
				}
			}
		}
		return out
	}
	if got := order(); !slices.Equal(got, []string{"roles", "coordination", "services"}) {
		t.Errorf("order %v", got)
	}
	good := s.approvedQuote(3, "coordination", true)
	ann.post(at, "do", "edit", "theme", id("coordination"), "quotes", "own", "quote", fmt.Sprint(good), "asked", "own", "question.fi", "Mitä?\n\n  Miksi? ", "question.en", "What?", "sort", "obstacle", "note", "Mind <b>this</b>").want(303)
	th := s.held().Themes[1]
	if !slices.Equal(th.Quotes, []coding.QuoteID{good}) || len(th.Questions) != 2 || th.Questions[0] != (coding.Text{FI: "Mitä?", EN: "What?"}) || th.Questions[1].FI != "Miksi?" || th.Sort != coding.SortObstacle {
		t.Errorf("edited: %+v", th)
	}
	page := ann.get("/p/s/workshop").want(200).says("numero 3, jossa", "What?", "Mind <b>this</b>")
	if strings.Contains(page.body, "<b>this") {
		t.Error("a note became part of the page")
	}
	ann.post(at, "do", "edit", "theme", id("coordination"), "quotes", "none", "asked", "ready").want(303)
	if th := s.held().Themes[1]; !th.NoQuotes || th.Questions != nil {
		t.Errorf("back to the ready questions: %+v", th)
	}
	ann.post(at, "do", "remove", "theme", id("services")).want(303)
	ann.post(at, "do", "remove", "theme", id("services")).to(`/p/s/workshop\?id=\d+`) // gone already: told, nothing else is hit
	if got := order(); !slices.Equal(got, []string{"roles", "coordination"}) {
		t.Errorf("order %v", got)
	}
	settings := []string{"do", "settings", "name", strings.Repeat("Työpaja-", 25), "main", "sv", "lang", "fi", "lang", "sv", "plain", "1", "start", "13:15", "people", "33", "groups", "5", "forming", "choice", "per_page", "2", "two_sided", "1", "question", "q1", "by", "org"}
	ann.post(at, settings...).want(303)
	if w := s.held(); !slices.Equal(w.Langs, []coding.Lang{"sv", "fi"}) || !w.Plain || w.PerPage != 2 || w.People != 33 || w.By != "org" || w.Blank {
		t.Errorf("settings: %+v", w)
	}
	for field, bad := range map[string]string{"name": " ", "start": "25.99", "people": "many", "per_page": "3", "main": "de"} {
		form := slices.Clone(settings)
		form[slices.Index(form, field)+1] = bad
		ann.post(at, form...).want(422)
	}
	reader := s.as(coding.RoleReader)
	reader.get("/p/s/workshop").want(200).says("Coordination", "Download everything").hides("Suggested themes", "Remove the workshop")
	reader.post(at, "do", "delete").want(403)
	ann.post("/p/s/workshop/99", "do", "delete").want(404)
	ann.post(at, "do", "delete").want(303)
	if s.held().ID != 0 {
		t.Error("it is still there")
	}
}

func TestWorkshopAgendaForm(t *testing.T) {
	s := newTestSurvey(t)
	ann := s.as(coding.RoleAnalyst)
	ann.post("/p/s/workshop", "name", "Spring").want(303)
	at := fmt.Sprintf("/p/s/workshop/%d", s.held().ID)
	rows := []string{"kind", "welcome", "minutes", "15", "step_note", "", "title.en", "Hello", "kind", "other", "minutes", "", "step_note", "Cups", "title.en", "Coffee"}
	ann.post(at, append([]string{"do", "agenda"}, rows...)...).want(303)
	if a := s.held().Agenda; len(a) != 2 || a[0].Title.EN != "Hello" || a[0].Minutes != 15 || a[1].Note != "Cups" || a[1].Minutes != 0 {
		t.Errorf("saved: %+v", a)
	}
	ann.post(at, append([]string{"do", "agenda-down-1"}, rows...)...).want(303)
	ann.post(at, append([]string{"do", "agenda-up-9"}, rows...)...).want(303) // there is no ninth: what was typed is kept
	if a := s.held().Agenda; a[0].Title.EN != "Hello" {
		t.Errorf("moved: %+v", a)
	}
	ann.post(at, append([]string{"do", "agenda-add"}, rows...)...).want(303)
	ann.post(at, append([]string{"do", "agenda-remove-1"}, rows...)...).want(303)
	if a := s.held().Agenda; len(a) != 1 || a[0].Title.EN != "Coffee" {
		t.Errorf("removed: %+v", a)
	}
	for i, bad := range map[int]string{1: "song", 3: "soon"} {
		form := slices.Clone(rows)
		form[i] = bad
		ann.post(at, append([]string{"do", "agenda"}, form...)...).want(422)
	}
	ann.get("/p/s/workshop").want(200).says("Coffee", "9:00–9:00")
}

// TestNothingUnapprovedIsHandedOut goes through everything that a reader can fetch of a workshop: no words of a quote that is not approved,
// no number that is hidden.
func TestNothingUnapprovedIsHandedOut(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 20)
	s.code("roles", 7, 10) // three: hidden
	good, bad := s.approvedQuote(11, "services", true), s.approvedQuote(12, "services", false)
	w, err := s.svc.AddWorkshop(t.Context(), s.p.ID, coding.Operator, coding.Workshop{Name: "W", Langs: []coding.Lang{"en", "fi", "sv"}, PerPage: 4, TwoSided: true, Blank: true, Question: "q1", By: "org",
		Themes: []coding.WorkshopTheme{{Theme: s.themes["services"].ID, Quotes: []coding.QuoteID{good, bad}}, {Theme: s.themes["roles"].ID}}})
	s.ok(err)
	reader := s.as(coding.RoleReader)
	at := fmt.Sprintf("/p/s/workshop/%d", w.ID)
	all := reader.get("/p/s/workshop").want(200).says("1 chosen quote is left out, because it is not approved.").body
	for _, path := range []string{"/present", "/present?notes=1", "/print/facilitator", "/print/sheets", "/print/sheets-a3", "/print/cards", "/print/posters"} {
		all += reader.get(at + path).want(200).body
	}
	for _, ending := range []string{"pptx", "docx"} {
		all += parted(t, reader.get(at+"/file/workshop."+ending).want(200).body)
	}
	if !strings.Contains(all, "numero 11, jossa") {
		t.Error("the approved quote is nowhere")
	}
	if strings.Contains(all, "numero 12") {
		t.Error("a candidate's words are handed out")
	}
	for _, told := range []string{"3 of 38", "38 vastaajasta 3 ", "3 av 38", "(8%)", "(8\u00a0%)"} {
		if strings.Contains(all, told) {
			t.Errorf("%q tells a hidden number", told)
		}
	}
	if !strings.Contains(all, "The number is not shown, so that nobody is recognised.") {
		t.Error("it is not said that the number is hidden")
	}
}

func TestWorkshopFiles(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 20)
	reader := s.as(coding.RoleReader)
	long := themes.Same(strings.Repeat("Hyvinvointialue", 13))
	th, err := s.svc.AddTheme(t.Context(), s.p.ID, coding.Operator, coding.Theme{Key: "long", Label: long})
	s.ok(err)
	w, err := s.svc.AddWorkshop(t.Context(), s.p.ID, coding.Operator, coding.Workshop{Name: "Kevät <&>", Langs: []coding.Lang{"fi"}, PerPage: 4,
		Themes: []coding.WorkshopTheme{{Theme: s.themes["services"].ID}, {Theme: th.ID}, {Theme: 4711}}})
	s.ok(err)
	at := fmt.Sprintf("/p/s/workshop/%d", w.ID)
	page := reader.get(at + "/file/workshop.zip").want(200)
	z, err := zip.NewReader(strings.NewReader(page.body), int64(len(page.body)))
	s.ok(err)
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	if want := []string{"1-ohjaajan-arkki.pdf", "2-teema-arkit-a4.pdf", "3-teema-arkit-a3.pdf", "5-julisteet-a3.pdf", "6-diat.pptx", "7-muokattava.docx"}; !slices.Equal(names, want) {
		t.Errorf("no cards without quotes: %v", names)
	}
	if got := reader.get(at + "/file/sheets.pdf").want(200); !bytes.HasPrefix([]byte(got.body), []byte("%PDF-")) {
		t.Errorf("not a PDF: %.20q", got.body)
	}
	reader.get(at + "/file/cards.pdf").want(422)
	for _, path := range []string{"/file/songs.pdf", "/file/workshop.pdf", "/file/sheets.docx", "/file/workshop.exe", "/print/songs"} {
		reader.get(at + path).want(404)
	}
	reader.get("/p/s/workshop/99/present").want(404)
	reader.get(at + "/print/cards").want(200).says("There is nothing to print")
	reader.get(at+"/print/sheets").want(200).says("Kevät <&>", "Hyvinvointialue")
	reader.get(at+"/present").want(200).says(long.FI, "Kiitos")
	for _, path := range []string{"/print/sheets", "/present"} {
		if body := reader.get(at + path).body; strings.Contains(body, "Kevät <&>") || strings.Contains(body, "style=") || strings.Contains(body, "<script>") {
			t.Errorf("%s has a name as it was typed, or what the pages' policy forbids", path)
		}
	}
	reader.get("/p/s/workshop?" + url.Values{"id": {fmt.Sprint(w.ID)}}.Encode()).want(200).says("1 theme was deleted from the codebook")
	left, err := os.ReadDir(s.server.Uploads)
	if s.ok(err); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
