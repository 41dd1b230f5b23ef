package app

import (
	"archive/zip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/archive"
	"avokoodi/coding/sqlstore"
)

// unzipped is the files of an archive.
func unzipped(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(raw)
	}
	return out
}

// TestContractExportProject reads the archive back: the manifest tells the truth of every file, tables are CSV with a byte order
// mark, and what 'themes import' and 'codings import' read makes the same counts in another project.
func TestContractExportProject(t *testing.T) {
	s := newShell(t).filled()
	s.write("f.csv", "Vastaaja;Kieli;Taustaorganisaatio;Mitä pitäisi parantaa?\nv7;fi;Kunta;=1+1 ei ole kaava\n")
	s.must("import @f.csv --project p --mapping @m.yaml")
	s.write("c2.csv", "respondent,question,theme,coder,start,end\nv1,q1,tiedotus,anna,20,27\nv7,q1,palvelut,anna,,\n")
	s.must("codings import @c2.csv --project p")
	ctx := t.Context()
	store, err := sqlstore.Open(ctx, filepath.Join(s.data, "avokoodi.db"))
	if err != nil {
		t.Fatal(err)
	}
	svc := coding.NewService(store, nil)
	anna := decorate(t, svc)
	s.must("export project --project p -o @p.zip")
	files := unzipped(t, filepath.Join(s.dir, "p.zip"))

	var m archive.Manifest
	if err := json.Unmarshal([]byte(files["manifest.json"]), &m); err != nil {
		t.Fatal(err)
	}
	if m.Format != "avokoodi-project" || m.FormatVersion != 1 || m.Project != "p" || len(m.Files) != len(files)-1 {
		t.Errorf("%+v", m)
	}
	tables := map[string][][]string{}
	for _, f := range m.Files {
		text := files[f.Name]
		switch filepath.Ext(f.Name) {
		case ".csv":
			rest, ok := strings.CutPrefix(text, "\ufeff")
			rows, err := csv.NewReader(strings.NewReader(rest)).ReadAll()
			if err != nil || !ok || len(rows)-1 != f.Rows || f.Columns != nil && strings.Join(rows[0], ",") != strings.Join(f.Columns, ",") {
				t.Errorf("%s: %v, BOM %v, %d rows, said to be %d of %v", f.Name, err, ok, len(rows)-1, f.Rows, f.Columns)
				continue
			}
			tables[f.Name] = rows
		case ".json":
			var list []any
			if json.Unmarshal([]byte(text), &list) == nil && len(list) != f.Rows {
				t.Errorf("%s: %d entities, said to be %d", f.Name, len(list), f.Rows)
			}
		case ".jsonl":
			if n := strings.Count(text, "\n"); n != f.Rows {
				t.Errorf("%s: %d lines, said to be %d", f.Name, n, f.Rows)
			}
		}
	}
	for kind, want := range map[string]int{"respondents": 7, "answers": 6, "codings": 5, "marks": 1, "memos": 2, "quotes": 1, "themes": 3, "rounds": 1, "questions": 1, "imports": 2, "variables": 1} {
		if m.Counts[kind] != want {
			t.Errorf("%d %s, want %d", m.Counts[kind], kind, want)
		}
	}
	if m.Counts["changes"] == 0 || len(tables["codings.csv"]) != 7 { // one coding has two stretches
		t.Errorf("%d changes, %v", m.Counts["changes"], tables["codings.csv"])
	}
	found := false
	for _, row := range tables["answers.csv"] {
		found = found || row[1] == "v7" && row[7] == "'=1+1 ei ole kaava" && exporter.Unguard(row[7]) == "=1+1 ei ole kaava"
	}
	if !found || !strings.Contains(files["respondents.csv"], "v1,2022,1,") || !strings.Contains(files["respondents.csv"], ",association\r\n") {
		t.Errorf("%s\n%s", files["answers.csv"], files["respondents.csv"])
	}

	// The codebook and the codings go into another project with the same answers.
	s.write("book.csv", files["codebook.csv"])
	s.write("codings.csv", files["codings.csv"])
	s.must("import @a.csv --project again --mapping @m.yaml")
	s.must("import @f.csv --project again --mapping @m.yaml")
	s.must("themes import @book.csv --project again")
	s.must("codings import @codings.csv --project again")
	if a, b := s.must("export codings --project p -o @x1.csv")+s.must("count --project p --json --threshold 1"), s.must("count --project again --json --threshold 1"); a != b {
		t.Errorf("counted again:\n%s\n%s", a, b)
	}

	for line, status := range map[string]int{"export project --project p -o @p.csv": exitUsage, "export project --project none -o @n.zip": exitRefused, "export project --project p": exitUsage} {
		if _, _, got := s.run("", line); got != status {
			t.Errorf("%s: status %d, want %d", line, got, status)
		}
	}
	if err := archive.Write(ctx, io.Discard, store, 1, anna, "test", m.ExportedAt); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("an analyst exports everything: %v", err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// decorate adds what the command line can't: a mark, memos and a quote, by the coder anna, who is an analyst.
func decorate(t *testing.T, svc *coding.Service) coding.PersonID {
	t.Helper()
	ctx := t.Context()
	var anna coding.Person
	var answers []coding.Answer
	var codings []coding.Coding
	err := svc.Store().View(ctx, func(r coding.Reader) (err error) {
		for a := range r.EachAnswer(ctx, 1, 0, 0) {
			answers = append(answers, a)
		}
		for c := range r.EachCoding(ctx, 1) {
			codings = append(codings, c)
		}
		anna, err = r.PersonNamed(ctx, "anna")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = svc.SetMemo(ctx, 1, anna.ID, coding.MemoAnswer, int64(answers[0].ID), "Kysy tästä, ääkköset")
	if err == nil {
		_, err = svc.SetMemo(ctx, 1, anna.ID, coding.MemoCoding, int64(codings[0].ID), "Epävarma")
	}
	if err == nil {
		_, err = svc.AddQuote(ctx, 1, anna.ID, coding.Quote{Answer: answers[0].ID, Theme: codings[0].Theme})
	}
	if err == nil {
		_, err = svc.MarkAnswers(ctx, 1, anna.ID, []coding.AnswerID{answers[4].ID}, coding.StateNoTheme)
	}
	if err != nil {
		t.Fatal(err)
	}
	return anna.ID
}
