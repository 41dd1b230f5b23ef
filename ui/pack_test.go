package ui

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"avokoodi/coding"
)

// report is the kinds and titles of the newest report's parts.
func (s *testSurvey) report() (one coding.Pack, parts []string) {
	s.t.Helper()
	list, err := s.svc.Packs(s.t.Context(), s.p.ID, coding.Operator)
	s.ok(err)
	if len(list) == 0 {
		return one, nil
	}
	one = list[len(list)-1]
	for _, it := range one.Items {
		parts = append(parts, strings.TrimSuffix(string(it.Kind)+" "+it.Title, " "))
	}
	return one, parts
}

func TestReportIsPutTogether(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 12)
	ann := s.as(coding.RoleAnalyst)
	ann.get("/p/s/report").want(200).says("There are no reports yet", "New report")
	ann.get("/p/s/analysis?by=org").want(200).says("Add the table to the report")
	ann.post("/p/s/report", "add", "1", "kind", "table", "query", "by=org").want(303)
	ann.post("/p/s/report", "add", "1", "kind", "chart", "query", "by=org&chart=heat").want(303)
	one, parts := s.report()
	if !slices.Equal(parts, []string{"table", "chart"}) || one.Name != "Report" {
		t.Fatalf("%v of %q", parts, one.Name)
	}
	at := fmt.Sprintf("/p/s/report/%d", one.ID)
	ann.post(at, "do", "add", "kind", "text", "title", "Intro", "text", "Words <b>&</b>").want(303)
	ann.post(at, "do", "add", "kind", "theme", "theme", fmt.Sprint(s.themes["services"].ID)).want(303)
	mark := func(i int) string { one, _ = s.report(); return itemMark(one.Items[i]) }
	ann.post(at, "do", "up", "n", "3", "is", mark(2)).want(303)
	ann.post(at, "do", "place", "n", "4", "is", mark(3), "to", "1").want(303)
	ann.post(at, "do", "edit", "n", "2", "is", mark(1), "title", "By organisation", "text", "About").want(303)
	if _, parts = s.report(); !slices.Equal(parts, []string{"theme", "table By organisation", "text Intro", "chart"}) {
		t.Errorf("order %q", parts)
	}
	ann.post(at, "do", "remove", "n", "4", "is", mark(3)).want(303)
	page := ann.get("/p/s/report").want(200).says("Words <b>&</b>", "By organisation", "Download DOCX")
	if strings.Contains(page.body, "Words <b>") {
		t.Error("a text became part of the page")
	}
	// A part that somebody moved meanwhile is not hit by accident.
	ann.post(at, "do", "remove", "n", "1", "is", mark(1)).want(303)
	if _, parts = s.report(); len(parts) != 3 {
		t.Errorf("a part that was not meant is gone: %q", parts)
	}
	ann.post(at, "do", "settings", "name", " ", "lang", "fi").want(422).says("Give the report a name.")
	ann.post(at, "do", "settings", "name", "Raportti", "lang", "fi").want(303)
	reader := s.as(coding.RoleReader)
	reader.get("/p/s/report").want(200).says("Raportti").hides("Add a part")
	reader.post(at, "do", "delete").want(403)
	ann.post(at, "do", "delete").want(303)
	if one, _ = s.report(); one.ID != 0 {
		t.Error("it is still there")
	}
}

// parted reads a zip and joins its XML.
func parted(t *testing.T, body string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".xml") {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(&all, r); err != nil {
				t.Fatal(err)
			}
		}
	}
	return all.String()
}

// TestReportIsCountedAnew: the file has what the data are now, in the report's language, and says what it is about.
func TestReportIsCountedAnew(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 12)
	one, err := s.svc.AddPack(t.Context(), s.p.ID, coding.Operator, coding.Pack{Name: `Raportti <&"> ` + strings.Repeat("ä", 180), Lang: "fi",
		Items: []coding.PackItem{{Kind: coding.PackTable, Query: "language=fi"}, {Kind: coding.PackTheme, Theme: 4711}, {Kind: coding.PackText, Text: "Sanoja"}}})
	s.ok(err)
	ann := s.as(coding.RoleAnalyst)
	at := fmt.Sprintf("/p/s/report/%d/report.", one.ID)
	first := parted(t, ann.get(at+"docx").want(200).body)
	for _, want := range []string{"Kysely", "12 (40", "Sanoja", "poistettu teema", "Teemaluettelo", "suomi", "Raportti &lt;&amp;&#34;&gt;"} {
		if !strings.Contains(first, want) {
			t.Errorf("%q is not in the report", want)
		}
	}
	s.code("services", 12, 18)
	if again := parted(t, ann.get(at+"docx").want(200).body); !strings.Contains(again, "18 (60") {
		t.Error("the report has old numbers")
	}
	ann.get(at + "odt").want(404)
	ann.get("/p/s/report/4711/report.docx").want(404)
	// Two at once, in all formats, whole files each.
	var wg sync.WaitGroup
	for _, ending := range []string{"docx", "pptx", "xlsx", "docx", "xlsx", "pptx"} {
		wg.Go(func() { parted(t, s.as(coding.RoleReader).get(at+ending).want(200).body) })
	}
	wg.Wait()
	left, err := os.ReadDir(s.server.Uploads)
	if s.ok(err); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestReportIsProtectedAsOne lays everybody beside the Finnish: 14 and 12 together would say that two Swedish ones named it. The
// table of the Finnish hides its number by itself, since everybody's can be asked for.
func TestReportIsProtectedAsOne(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 12)
	s.code("services", 30, 32)
	one, err := s.svc.AddPack(t.Context(), s.p.ID, coding.Operator, coding.Pack{Name: "Both", Lang: "en", Items: []coding.PackItem{
		{Kind: coding.PackTable, Query: "question=q1"}, {Kind: coding.PackTable, Query: "question=q1&language=fi"}, {Kind: coding.PackChart, Query: "question=q1&language=fi&chart=pareto"}}})
	s.ok(err)
	ann := s.as(coding.RoleAnalyst)
	ann.get("/p/s/analysis?question=q1").want(200).says("14 37%")
	ann.get("/p/s/analysis?question=q1&language=fi").want(200).hides("12 40%")
	text := parted(t, ann.get(fmt.Sprintf("/p/s/report/%d/report.docx", one.ID)).want(200).body)
	all, finnish := strings.Contains(text, "14 (37"), strings.Contains(text, "12 (40")
	if all == finnish {
		t.Errorf("14 of all is shown: %v, 12 of the Finnish: %v; one of them is to be hidden", all, finnish)
	}
}
