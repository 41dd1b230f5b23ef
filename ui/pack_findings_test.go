package ui

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/index"
)

// TestFindingsGoIntoReports adds findings from their pages, chooses what of them is shown, and reads them in the files.
func TestFindingsGoIntoReports(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 20)
	s.code("services", 8, 30)
	ann, lead, reader := s.as(coding.RoleAnalyst), s.as(coding.RoleLead), s.as(coding.RoleReader)
	ann.get("/p/s/analysis/together?question=q1").want(200).says("Add to the report")
	reader.get("/p/s/analysis/together").want(200).hides("Add to the report")
	ann.post("/p/s/report", "add", "1", "kind", "cooccurrence", "query", "question=q1&measure=lift").want(303)
	ann.post("/p/s/report", "add", "1", "kind", "coverage", "query", "by=org").want(303)
	ann.post("/p/s/report", "add", "1", "kind", "saturation", "query", "").want(303)
	ann.post("/p/s/report", "add", "1", "kind", "coders", "query", "").want(403)
	lead.post("/p/s/report", "add", "1", "kind", "coders", "query", "").want(303)
	one, parts := s.report()
	at := fmt.Sprintf("/p/s/report/%d", one.ID)
	ann.post(at, "do", "add", "kind", "progress", "title", "How far we are").want(303)
	ann.post(at, "do", "add", "kind", "coders").want(403)
	if _, parts = s.report(); !slices.Equal(parts, []string{"cooccurrence", "coverage", "saturation", "coders", "progress How far we are"}) {
		t.Fatalf("parts %q", parts)
	}
	page := ann.get("/p/s/report").want(200).says("Themes named together", "What helps?", "Lift", "Coverage", "Saturation", "Progress of coding", "Table and chart")
	if !strings.Contains(page.body, "/p/s/analysis/together?measure=lift&amp;question=q1") {
		t.Error("a finding does not lead to its page")
	}
	mark := func(i int) string { one, _ = s.report(); return itemMark(one.Items[i]) }
	ann.post(at, "do", "edit", "n", "1", "is", mark(0), "title", "Together", "text", "Words before.", "show", "table").want(303)
	if one, _ = s.report(); !strings.Contains(one.Items[0].Query, "show=table") || !strings.Contains(one.Items[0].Query, "question=q1") {
		t.Errorf("query %q", one.Items[0].Query)
	}
	docx := parted(t, lead.get(at+"/report.docx").want(200).body)
	for _, want := range []string{"Together", "Words before.", "Other theme", "Respondents and population", "Themes by then", "How far we are", "Respondents, total", "What each coder has coded"} {
		if !strings.Contains(docx, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	xlsx := parted(t, lead.get(at+"/report.xlsx").want(200).body)
	for _, want := range []string{"Together", "Respondents – Together", "How far we are"} {
		if !strings.Contains(xlsx, want) {
			t.Errorf("the workbook has no %q", want)
		}
	}
	parted(t, ann.get(at+"/report.pptx").want(200).body)
	// What is for the working group is left out of a reader's file, in words.
	if text := parted(t, reader.get(at+"/report.docx").want(200).body); !strings.Contains(text, "for the working group only") || strings.Contains(text, "Themes by then") {
		t.Error("a reader's file holds what is for the working group")
	}
}

// TestReportKeepsWeightAndSearch: a table of a report is weighted and searched as it was chosen, and says so.
func TestReportKeepsWeightAndSearch(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 20)
	ix, err := index.Open(t.TempDir(), s.svc.Store(), index.Config{Once: true})
	s.ok(err)
	t.Cleanup(func() { s.ok(ix.Close()) })
	s.server.Index = ix
	s.ok(ix.Sync(t.Context(), s.p.ID))
	var variables []coding.Variable
	s.ok(s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		variables, err = r.Variables(t.Context(), s.p.ID)
		return err
	}))
	_, err = s.svc.AddVariable(t.Context(), s.p.ID, coding.Operator, coding.Variable{Key: "w", Label: coding.Text{EN: "Design weight"}, Weight: true,
		Recode:     &coding.Recode{From: variables[0].ID, Values: map[string]string{"a": "two", "m": "half"}},
		Categories: []coding.Category{{Key: "two", Label: coding.Text{EN: "2"}}, {Key: "half", Label: coding.Text{EN: "0.5"}}}})
	s.ok(err)
	ann := s.as(coding.RoleAnalyst)
	ann.post("/p/s/report", "add", "1", "kind", "table", "query", "question=q1&q="+url.QueryEscape("language:fi")).want(303)
	one, _ := s.report()
	at := fmt.Sprintf("/p/s/report/%d", one.ID)
	ann.get("/p/s/report").want(200).says("Search: language:fi", "Design weight")
	ann.post(at, "do", "edit", "n", "1", "is", itemMark(one.Items[0]), "title", "", "text", "", "weight", "w").want(303)
	ann.get("/p/s/report").want(200).says("Weight: Design weight")
	text := strings.ReplaceAll(parted(t, ann.get(at+"/report.docx").want(200).body), "\u00a0", " ")
	// 15 associations weigh 2 each, all of whom named it; 15 of the municipality weigh ½, of whom 5 did.
	for _, want := range []string{"20 (87%)", "Shares are weighted by Design weight", "n = 30", "Effective n", "language:fi"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	ann.post(at, "do", "edit", "n", "1", "is", func() string { one, _ = s.report(); return itemMark(one.Items[0]) }(), "weight", "").want(303)
	if one, _ = s.report(); strings.Contains(one.Items[0].Query, "weight") {
		t.Errorf("still weighted: %q", one.Items[0].Query)
	}
	// A reader is not given another table than the one that was meant.
	if text := parted(t, s.as(coding.RoleReader).get(at+"/report.docx").want(200).body); !strings.Contains(text, "has a filter that this user is not given") {
		t.Error("a reader's table lacks its filter without a word")
	}
	// A part that can't be counted any more leaves the others whole.
	ann.post("/p/s/report", "add", "1", "kind", "table", "query", "by=gone").want(303)
	if text := parted(t, ann.get(at+"/report.docx").want(200).body); !strings.Contains(text, "could not be counted") || !strings.Contains(text, "language:fi") {
		t.Error("one part spoils the report, or is passed over in silence")
	}
}

// TestSavedFromPages: what a page shows can be saved for the command line, with its filter.
func TestSavedFromPages(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 20)
	ann := s.as(coding.RoleAnalyst)
	counts := ann.get("/p/s/export/counts.yaml?question=q1&by=org&org=a&state=coded&net=1").want(200).body
	for _, want := range []string{"question: [q1]", "by: org", "net: true", "filter:", "org:", "- a", "- coded"} {
		if !strings.Contains(counts, want) {
			t.Errorf("no %q in\n%s", want, counts)
		}
	}
	if pairs := ann.get("/p/s/export/cooccurrence.yaml?language=fi&weight=w").want(200).body; !strings.Contains(pairs, "find: cooccurrence") || !strings.Contains(pairs, "language: [fi]") || strings.Contains(pairs, "weight") {
		t.Error(pairs)
	}
	s.as(coding.RoleReader).get("/p/s/export/saturation.yaml").want(403)
}

// TestReportOfNothing: a report of a project without answers, and of filters that match nobody, is whole files that say so.
func TestReportOfNothing(t *testing.T) {
	s := newTestSurvey(t)
	bare, err := s.svc.CreateProject(t.Context(), coding.Operator, coding.Project{Slug: "bare", Name: coding.Text{EN: "Bare"}})
	s.ok(err)
	for _, p := range []coding.Project{s.p, bare} {
		pack := coding.Pack{Name: "Nothing", Lang: "en"}
		for _, kind := range append([]coding.PackKind{coding.PackTable, coding.PackChart}, coding.PackFindings...) {
			pack.Items = append(pack.Items, coding.PackItem{Kind: kind, Query: "language=en"})
		}
		one, err := s.svc.AddPack(t.Context(), p.ID, coding.Operator, pack)
		s.ok(err)
		admin := s.as(coding.RoleLead)
		if p.ID == bare.ID {
			s.ok(s.svc.SetMember(t.Context(), coding.Operator, coding.Member{Project: p.ID, Person: s.people[coding.RoleLead].ID, Role: coding.RoleLead}))
		}
		for _, ending := range []string{"docx", "pptx", "xlsx"} {
			parted(t, admin.get(fmt.Sprintf("/p/%s/report/%d/report.%s", p.Slug, one.ID, ending)).want(200).body)
		}
	}
}
