package archive_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/archive"
	"avokoodi/coding/sqlstore"
)

var now = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

// desk is a project with something of every kind in it.
type desk struct {
	t       *testing.T
	svc     *coding.Service
	p       coding.Project
	lead    coding.Person
	answers []coding.Answer
	theme   coding.Theme
}

func (d *desk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	d := &desk{t: t, svc: coding.NewService(store, nil)}
	ctx, op := t.Context(), coding.Operator
	d.lead, err = d.svc.AddPerson(ctx, op, coding.NewPerson{Name: "lena", Display: "Lena", Role: coding.RoleLead, Password: "a long enough password"})
	d.ok(err)
	d.p, err = d.svc.CreateProject(ctx, d.lead.ID, coding.Project{Slug: "p", Name: coding.Text{FI: "Kysely"}})
	d.ok(err)
	rows := []coding.BatchRow{
		{External: "r1", Values: []coding.BatchValue{{Category: 0}, {Category: 1}}, Answers: []coding.BatchAnswer{{Language: "fi", Text: "=SUM(A1) tiloja puuttuu"}}},
		{External: "r2", Values: []coding.BatchValue{{Category: 1}}, Answers: []coding.BatchAnswer{{Language: "sv", Text: "Två rader,\nmed \"citat\""}}},
		{External: "r3", Answers: []coding.BatchAnswer{{Language: "en", Text: "nothing"}}},
	}
	_, err = d.svc.Import(ctx, d.p.ID, d.lead.ID, coding.Batch{File: "a.csv", SHA256: "abc", Round: coding.Round{Key: "2026"}, Questions: []coding.Question{{Key: "q1", Label: coding.Text{FI: "Mitä?"}}},
		Variables: []coding.Variable{{Key: "org", Multi: true, Categories: []coding.Category{{Key: "a", Label: coding.Text{FI: "A"}}, {Key: "b", Label: coding.Text{FI: "B"}}}}},
		Rows: func(yield func(coding.BatchRow, error) bool) {
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		}}, nil)
	d.ok(err)
	d.ok(store.View(ctx, func(r coding.Reader) error {
		for a, err := range r.EachAnswer(ctx, d.p.ID, 0, 0) {
			if err != nil {
				return err
			}
			d.answers = append(d.answers, a)
		}
		return nil
	}))
	d.theme, err = d.svc.AddTheme(ctx, d.p.ID, d.lead.ID, coding.Theme{Key: "tilat", Label: coding.Text{FI: "Tilat"}})
	d.ok(err)
	_, err = d.svc.ApplyTheme(ctx, d.p.ID, d.lead.ID, coding.Apply{Answers: []coding.AnswerID{d.answers[0].ID}, Theme: d.theme.ID, Evidence: []coding.Span{{Start: 0, End: 4}, {Start: 9, End: 15}}})
	d.ok(err)
	_, err = d.svc.ApplyTheme(ctx, d.p.ID, d.lead.ID, coding.Apply{Answers: []coding.AnswerID{d.answers[1].ID}, Theme: d.theme.ID})
	d.ok(err)
	_, err = d.svc.MarkAnswers(ctx, d.p.ID, d.lead.ID, []coding.AnswerID{d.answers[2].ID}, coding.StateUnusable)
	d.ok(err)
	_, err = d.svc.AddQuote(ctx, d.p.ID, d.lead.ID, coding.Quote{Answer: d.answers[1].ID, Theme: d.theme.ID})
	d.ok(err)
	_, err = d.svc.AddPack(ctx, d.p.ID, d.lead.ID, coding.Pack{Name: "Raportti"})
	d.ok(err)
	_, err = d.svc.AddWorkshop(ctx, d.p.ID, d.lead.ID, coding.Workshop{Name: "Paja", Langs: []coding.Lang{"fi"}, PerPage: 4})
	d.ok(err)
	d.ok(d.svc.SaveView(ctx, d.p.ID, d.lead.ID, "omat", "question=q1"))
	_, err = d.svc.Assign(ctx, d.p.ID, d.lead.ID, []coding.Share{{Coder: d.lead.ID, Answers: []coding.AnswerID{d.answers[0].ID}}}, "")
	d.ok(err)
	return d
}

// files are those of an archive.
func (d *desk) files() map[string][]byte {
	d.t.Helper()
	var b bytes.Buffer
	d.ok(archive.Write(d.t.Context(), &b, d.svc.Store(), d.p.ID, d.lead.ID, "test 1", now))
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	d.ok(err)
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		d.ok(err)
		if out[f.Name] != nil {
			d.t.Errorf("%s is there twice", f.Name)
		}
		out[f.Name], err = io.ReadAll(r)
		d.ok(err)
	}
	return out
}

// rows are those of a table below its header, with the apostrophes taken away again.
func (d *desk) rows(raw []byte) [][]string {
	d.t.Helper()
	text, ok := bytes.CutPrefix(raw, []byte("\ufeff"))
	if !ok || !bytes.Contains(text, []byte("\r\n")) {
		d.t.Fatalf("no byte order mark, or no CRLF: %q", raw)
	}
	all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	d.ok(err)
	for _, row := range all {
		for i := range row {
			row[i] = exporter.Unguard(row[i])
		}
	}
	return all
}

// TestManifest: it tells of every file in the archive, with its columns and how many rows it has, and the docs know each file.
func TestManifest(t *testing.T) {
	d := newDesk(t)
	files := d.files()
	var m archive.Manifest
	d.ok(json.Unmarshal(files["manifest.json"], &m))
	if m.Format != "avokoodi-project" || m.FormatVersion != archive.FormatVersion || m.Program != "test 1" || m.Project != "p" || !m.ExportedAt.Equal(now) || m.LastChange == 0 {
		t.Errorf("%+v", m)
	}
	docs, err := os.ReadFile("../../../docs/project-archive.md")
	d.ok(err)
	told := map[string]bool{"manifest.json": true}
	for _, f := range m.Files {
		told[f.Name] = true
		raw, ok := files[f.Name]
		if !ok {
			t.Errorf("%s is not there", f.Name)
			continue
		}
		if !bytes.Contains(docs, []byte("`"+f.Name+"`")) {
			t.Errorf("docs/project-archive.md does not know %s", f.Name)
		}
		if f.About == "" {
			t.Errorf("nothing is said of %s", f.Name)
		}
		if f.Columns == nil {
			continue
		}
		if all := d.rows(raw); len(all)-1 != f.Rows || !slices.Equal(all[0], f.Columns) {
			t.Errorf("%s has %d rows under %v, the manifest says %d under %v", f.Name, len(all)-1, all[0], f.Rows, f.Columns)
		}
	}
	for name := range files {
		if !told[name] {
			t.Errorf("the manifest does not tell of %s", name)
		}
	}
	want := map[string]int{"rounds": 1, "questions": 1, "variables": 1, "imports": 1, "respondents": 3, "answers": 3, "themes": 1, "codings": 2, "marks": 1, "quotes": 1,
		"assignments": 1, "packs": 1, "workshops": 1, "views": 1}
	for kind, n := range want {
		if m.Counts[kind] != n {
			t.Errorf("%s: the manifest counts %d, there are %d", kind, m.Counts[kind], n)
		}
	}
}

// TestWhatIsWritten holds the tables against what was put into the project.
func TestWhatIsWritten(t *testing.T) {
	d := newDesk(t)
	files := d.files()
	column := func(name string, columns ...string) string {
		all := d.rows(files[name])
		var out []string
		for _, row := range all[1:] {
			var cells []string
			for _, c := range columns {
				i := slices.Index(all[0], c)
				if i < 0 {
					t.Fatalf("%s has no column %s: %v", name, c, all[0])
				}
				cells = append(cells, row[i])
			}
			out = append(out, strings.Join(cells, "|"))
		}
		return strings.Join(out, "; ")
	}
	for _, c := range []struct{ name, columns, want string }{
		{"answers.csv", "respondent,round,question,language,text", "r1|2026|q1|fi|=SUM(A1) tiloja puuttuu; r2|2026|q1|sv|Två rader,\nmed \"citat\"; r3|2026|q1|en|nothing"},
		{"respondents.csv", "respondent,round,variable:org", "r1|2026|a|b; r2|2026|b; r3|2026|"},
		{"codings.csv", "respondent,question,theme,coder,start,end,source", "r1|q1|tilat|lena|0|4|person; r1|q1|tilat|lena|9|15|person; r2|q1|tilat|lena|||person"},
		{"marks.csv", "respondent,coder,state", "r3|lena|unusable"},
		{"quotes.csv", "respondent,theme,by", "r2|tilat|lena"},
		{"imports.csv", "file,sha256,respondents,answers", "a.csv|abc|3|3"},
	} {
		if diff := cmp.Diff(c.want, column(c.name, strings.Split(c.columns, ",")...)); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
	if raw := string(files["answers.csv"]); !strings.Contains(raw, "'=SUM(A1)") {
		t.Errorf("a formula is live: %s", raw)
	}
	for name, raw := range files {
		if bytes.Contains(raw, []byte("password")) || bytes.Contains(raw, []byte("argon2")) {
			t.Errorf("%s has a password", name)
		}
	}
	if !bytes.Equal(files["answers.csv"], d.files()["answers.csv"]) {
		t.Error("the same state gives another file")
	}
}

// TestRefused: nobody but a lead gets it all, and a full disk is told.
func TestRefused(t *testing.T) {
	d := newDesk(t)
	ann, err := d.svc.AddPerson(t.Context(), coding.Operator, coding.NewPerson{Name: "ann", Display: "Ann", Role: coding.RoleAnalyst})
	d.ok(err)
	if err := archive.Write(t.Context(), io.Discard, d.svc.Store(), d.p.ID, ann.ID, "test", now); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("an analyst: %v", err)
	}
	full := errors.New("no space")
	for _, room := range []int{0, 300, 3000} {
		if err := archive.Write(t.Context(), &short{room, full}, d.svc.Store(), d.p.ID, d.lead.ID, "test", now); !errors.Is(err, full) {
			t.Errorf("%d bytes of room: %v", room, err)
		}
	}
}

// short is a disk with little room.
type short struct {
	room int
	err  error
}

func (s *short) Write(p []byte) (int, error) {
	if len(p) > s.room {
		n := s.room
		s.room = 0
		return n, fmt.Errorf("write: %w", s.err)
	}
	s.room -= len(p)
	return len(p), nil
}
