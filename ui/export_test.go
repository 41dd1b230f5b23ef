package ui

import (
	"encoding/csv"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"avokoodi/coding"
)

func TestExportsByRole(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 9)
	s.quote(s.answers[4], "coordination", coding.Span{})
	for _, c := range []struct {
		file                           string
		nobody, reader, analyst, start string
	}{
		{"counts.csv", "303", "200", "200", "\ufeffTheme,"},
		{"counts.xlsx", "303", "200", "200", "PK"},
		{"counts.json", "303", "200", "200", "{"},
		{"codebook.csv", "303", "200", "200", "\ufeffkey,"},
		{"codebook.xlsx", "303", "200", "200", "PK"},
		{"codebook.qdc", "303", "200", "200", "<?xml"},
		{"quotes.csv", "303", "200", "200", "\ufeffSection,Theme,"},
		{"quotes.xlsx", "303", "200", "200", "PK"},
		{"quotes.md", "303", "200", "200", "#"},
		{"matrix.csv", "303", "403", "200", "\ufeffrespondent,"},
		{"codings.csv", "303", "403", "200", "\ufeffrespondent,"},
		{"codings.xlsx", "303", "403", "200", "PK"},
		{"answers.csv", "303", "403", "200", "\ufeff"},
		{"public-quotes.csv", "303", "200", "200", "\ufeffSection,Theme,Quote"},
		{"public-quotes.docx", "303", "200", "200", "PK"},
		{"quotes.html", "303", "200", "200", "<!doctype html>"},
		{"answers.pdf", "303", "404", "404", ""},
		{"counts", "303", "404", "404", ""},
		{"../counts.csv", "404", "404", "404", ""},
	} {
		for i, role := range []coding.Role{"", coding.RoleReader, coding.RoleAnalyst} {
			p := s.as(role).get("/p/s/export/" + c.file)
			want := []string{c.nobody, c.reader, c.analyst}[i]
			if got := strings.TrimSpace(strings.Join([]string{itoa(p.status)}, "")); got != want {
				t.Errorf("%s as %q: %s, want %s", c.file, role, got, want)
				continue
			}
			if p.status != 200 {
				continue
			}
			if !strings.HasPrefix(p.body, c.start) {
				t.Errorf("%s begins with %.30q", c.file, p.body)
			}
			name := regexp.MustCompile(`^attachment; filename=s-[a-z]+-\d{4}-\d\d-\d\d\.[a-z]+$`)
			if d := p.header.Get("Content-Disposition"); !name.MatchString(d) {
				t.Errorf("%s is saved as %q", c.file, d)
			}
		}
	}
}

func itoa(n int) string {
	return string([]byte{byte('0' + n/100), byte('0' + n/10%10), byte('0' + n%10)})
}

func readCSV(t *testing.T, body string, comma rune) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff")))
	r.Comma = comma
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	return rows
}

func TestExportedCountsAreThoseOfThePage(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 9)
	s.code("roles", 3, 5)
	b := s.as(coding.RoleReader)
	b.cookies["lang"].Value = "fi"
	rows := readCSV(t, b.get("/p/s/export/counts.csv?by=org&question=q1&org=a").want(200).body, ';')
	byKey := map[string][]string{}
	for _, row := range rows {
		byKey[row[len(row)-1]] = row
	}
	if got := strings.Join(byKey["coordination"], "|"); got != "Koordinaatio|9|23,7|9|60,0|0|0,0|0|0,0|coordination" {
		t.Errorf("coordination: %s", got)
	}
	if got := byKey["roles"][1]; got != "·" {
		t.Errorf("roles: %q", got)
	}
	var out struct {
		Base   int
		Themes []struct {
			Key string
			N   *int
		}
	}
	s.ok(json.Unmarshal([]byte(b.get("/p/s/export/counts.json?question=q1").body), &out))
	if out.Base != 38 || len(out.Themes) != 3 || out.Themes[0].Key != "coordination" || *out.Themes[0].N != 9 {
		t.Errorf("JSON %+v", out)
	}
	f, err := excelize.OpenReader(strings.NewReader(s.as(coding.RoleAnalyst).get("/p/s/export/matrix.xlsx?org=a").want(200).body))
	s.ok(err)
	defer f.Close()
	sheet, err := f.GetRows(f.GetSheetList()[0])
	s.ok(err)
	if len(sheet) != 31 { // 15 associations with two answers each, and the heading
		t.Errorf("the matrix has %d rows", len(sheet))
	}
}

func TestExportedQuotes(t *testing.T) {
	s := newTestSurvey(t)
	s.approved(s.answers[4], "coordination", coding.Span{Start: 0, End: 7})
	s.approved(s.answers[31], "services", coding.Span{})
	s.approved(s.answers[6], "", coding.Span{})
	r, a := s.as(coding.RoleReader), s.as(coding.RoleAnalyst)
	public := r.get("/p/s/export/quotes.csv").want(200)
	public.hides("r04", "2026,", "numero 4")
	if rows := readCSV(t, public.body, ','); len(rows) != 4 || rows[1][2] != "Vastaus" {
		t.Errorf("public: %q", rows)
	}
	if rows := readCSV(t, a.get("/p/s/export/quotes.csv").body, ','); !strings.Contains(strings.Join(rows[1], "|"), "r04") {
		t.Errorf("with sources: %q", rows)
	}
	for query, want := range map[string]int{"theme=coordination": 1, "theme=none": 1, "language=sv": 1, "theme=coordination&theme=services": 2, "language=sv&theme=none": 0} {
		if rows := readCSV(t, a.get("/p/s/export/quotes.csv?"+query).body, ','); len(rows)-1 != want {
			t.Errorf("?%s: %d quotes, want %d", query, len(rows)-1, want)
		}
	}
}

func TestExportedHistoryIsNoFormula(t *testing.T) {
	s := newTestSurvey(t)
	_, err := s.svc.ApplyTheme(t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID, coding.Apply{Answers: s.answers[:3], Theme: s.themes["roles"].ID,
		Source: coding.ByRule, Rule: "=cmd|' /C calc'!A0"})
	s.ok(err)
	s.ok(s.svc.Store().Update(t.Context(), func(tx coding.Tx) error {
		p, err := tx.Person(t.Context(), s.people[coding.RoleAnalyst].ID)
		p.Display = "=1+1"
		_, err2 := tx.SavePerson(t.Context(), p)
		if err == nil {
			err = err2
		}
		return err
	}))
	b := s.as(coding.RoleAnalyst)
	b.cookies["lang"].Value = "sv"
	rows := readCSV(t, b.get("/p/s/history/export.csv?what=rule").want(200).body, ';')
	if len(rows) != 2 || rows[0][1] != "Tid" || rows[1][3] != "'=1+1" || rows[1][4] != "rule" || rows[1][7] != "3" {
		t.Errorf("%q", rows)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t", rune(cell[0])) {
				t.Errorf("the cell %q is a formula", cell)
			}
		}
	}
	if all := readCSV(t, b.get("/p/s/history/export.csv").body, ';'); len(all) != 6 {
		t.Errorf("%d rows", len(all))
	}
}

func TestAttachment(t *testing.T) {
	for name, want := range map[string]string{
		"a.csv":             `attachment; filename=a.csv`,
		"kysely-määrät.csv": `attachment; filename="kysely-maarat.csv"; filename*=UTF-8''kysely-m%C3%A4%C3%A4r%C3%A4t.csv`,
		"x\"\r\ny.csv":      `attachment; filename="x---y.csv"; filename*=UTF-8''x%22%0D%0Ay.csv`,
	} {
		if got := attachment(name); got != want {
			t.Errorf("%q: %s", name, got)
		}
	}
}
