package ui

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/index"
)

// TestFindings opens the pages beside the tables of themes: what they say, who may see them, and their files.
func TestFindings(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 20)
	s.code("services", 8, 30)
	ann, lead, reader := s.as(coding.RoleAnalyst), s.as(coding.RoleLead), s.as(coding.RoleReader)
	together := ann.get("/p/s/analysis/together?question=q1").want(200).says("Themes named together", "named together most often (12 respondents)", "Lift")
	if !strings.Contains(together.body, "themes=people") {
		t.Error("a pair does not lead to its answers")
	}
	reader.get("/p/s/analysis/together?question=q1").want(200).says("38 respondents")
	reader.get("/p/s/analysis/rounds").want(200).says("The project has only one round")
	ann.get("/p/s/analysis/coverage").want(200).says("Respondents and population", "Association")
	ann.get("/p/s/analysis/saturation").want(200).says("brought 2 new themes", "1–30")
	lead.get("/p/s/analysis/coders").want(200).says("Coders: 1. Codings: 42.")
	for path, who := range map[string]*testBrowser{"coverage": reader, "saturation": reader, "coders": ann} {
		who.get("/p/s/analysis/" + path).want(403)
		who.get("/p/s/export/" + path + ".csv").want(403)
	}
	for _, kind := range []string{"cooccurrence", "coverage", "saturation"} {
		for _, ending := range []string{"csv", "xlsx", "docx", "json"} {
			if body := ann.get("/p/s/export/" + kind + "." + ending).want(200).body; len(body) < 100 {
				t.Errorf("%s.%s has %d bytes", kind, ending, len(body))
			}
		}
		ann.get("/p/s/export/" + kind + ".sav").want(404)
	}
	json := ann.get("/p/s/export/cooccurrence.json").want(200).body
	for _, want := range []string{`"label": "Codebook"`, `"label": "Project"`, `"label": "Disclosure control"`, `Lift`} {
		if !strings.Contains(json, want) {
			t.Errorf("the file does not say %s", want)
		}
	}
	ann.get("/p/s/analysis/together/chart.svg?question=q1").want(200)
	ann.get("/p/s/analysis/together/chart.png?measure=lift").want(200)
	ann.get("/p/s/analysis/coders/chart.svg").want(403)
}

// TestAnalysisIsSearched narrows a table by a search; a wrong query is said, and a reader's is not used.
func TestAnalysisIsSearched(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 12)
	ix, err := index.Open(t.TempDir(), s.svc.Store(), index.Config{Once: true})
	s.ok(err)
	t.Cleanup(func() { s.ok(ix.Close()) })
	s.server.Index = ix
	s.ok(ix.Sync(t.Context(), s.p.ID))
	ann := s.as(coding.RoleAnalyst)
	page := ann.get("/p/s/analysis?q=" + url.QueryEscape("vastaus language:fi theme:services")).want(200).says("Services <b>&</b> 12")
	if !strings.Contains(page.body, "/p/s/code?q=vastaus") {
		t.Error("numbers do not lead to the answers of the search")
	}
	ann.get("/p/s/analysis?q=" + url.QueryEscape("nowhere-at-all")).want(200).says("No answer matches")
	ann.get("/p/s/analysis?q=" + url.QueryEscape(`"open`)).want(200).says("The search can’t be read")
	ann.get("/p/s/export/counts.csv?q=" + url.QueryEscape("language:fi")).want(200)
	// All but a few: the search is set aside, and said to be.
	but := url.QueryEscape("-numero") // everything else
	ann.get("/p/s/analysis?question=q1&q=" + but).want(200)
	few := ann.get("/p/s/analysis?question=q1&q=" + url.QueryEscape("-34 -35 -36")).want(200)
	if !strings.Contains(few.body, "set aside") && !strings.Contains(few.body, "fewer than 5") {
		t.Errorf("a search that leaves out three is not set aside")
	}
	if reader := s.as(coding.RoleReader).get("/p/s/analysis?q=language:fi").want(200); !strings.Contains(reader.body, "38 respondents") || strings.Contains(reader.body, `name="q" value="language`) {
		t.Error("a reader's table was searched")
	}
}

// TestLookBelow shows a lead what is hidden, and notes it.
func TestLookBelow(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 8)
	s.code("services", 15, 17)
	lead, ann := s.as(coding.RoleLead), s.as(coding.RoleAnalyst)
	before := lead.get("/p/s/analysis?question=q1&by=org").want(200).says("Show numbers below the threshold")
	if strings.Contains(before.body, ">2</a>") {
		t.Error("2 is shown")
	}
	if strings.Contains(ann.get("/p/s/analysis?question=q1&by=org").body, "/analysis/below") {
		t.Error("an analyst is offered it")
	}
	ann.post("/p/s/analysis/below", "query", "question=q1&by=org").want(403)
	page := lead.post("/p/s/analysis/below", "query", "question=q1&by=org").want(200).says("must not be published")
	if !strings.Contains(page.body, ">2</a>") || strings.Contains(page.body, `class="hid"`) {
		t.Error("2 is not shown")
	}
	var looks []coding.Step
	s.ok(s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		var err error
		looks, err = r.Steps(t.Context(), s.p.ID, coding.StepFilter{Ops: []coding.Op{coding.OpLook}})
		return err
	}))
	if len(looks) != 1 || looks[0].Actor != s.people[coding.RoleLead].ID || looks[0].Detail != "by=org&question=q1" {
		t.Errorf("noted: %+v", looks)
	}
	lead.get("/p/s/history").want(200).says("numbers below the threshold looked at")
	// The note is nothing to undo, by key or from the history.
	lead.post(fmt.Sprintf("/p/s/history/%d/revert", looks[0].ID))
	s.ok(s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		st, err := r.Step(t.Context(), s.p.ID, looks[0].ID)
		if st.UndoneBy != 0 {
			t.Error("the note was taken back")
		}
		return err
	}))
}
