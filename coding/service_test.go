package coding_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/coding/sqlstore"
	"avokoodi/themes"
)

// desk is a project with three answers, two themes, a lead, two coders and a reader.
type desk struct {
	t              *testing.T
	ctx            context.Context
	dir            string // of the store's files
	svc            *coding.Service
	p              coding.ProjectID
	answers        []coding.AnswerID
	coord, service coding.Theme
	lead, ann, bo  coding.PersonID
	reader         coding.PersonID
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	ctx := context.Background()
	dir := t.TempDir()
	store, err := sqlstore.Open(ctx, filepath.Join(dir, "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	d := &desk{t: t, ctx: ctx, dir: dir, svc: coding.NewService(store, nil)}
	p, err := d.svc.CreateProject(ctx, coding.Operator, coding.Project{Slug: "p", Name: themes.Same("P")})
	d.ok(err)
	d.p = p.ID
	for _, x := range []struct {
		to   *coding.PersonID
		name string
		role coding.Role
	}{{&d.lead, "lea", coding.RoleLead}, {&d.ann, "ann", coding.RoleAnalyst}, {&d.bo, "bo", coding.RoleAnalyst}, {&d.reader, "ria", coding.RoleReader}} {
		person, err := d.svc.AddPerson(ctx, coding.Operator, coding.NewPerson{Name: x.name, Role: x.role})
		d.ok(err)
		*x.to = person.ID
	}
	_, err = d.svc.Import(ctx, d.p, d.lead, batch("a.csv", "r1", "Kukaan ei johda kokonaisuutta.", "Det saknas tjänster på svenska 👩‍👩‍👧.", "ei"), nil)
	d.ok(err)
	d.coord, err = d.svc.AddTheme(ctx, d.p, d.ann, coding.Theme{Label: coding.Text{FI: "Koordinaatio", EN: "Coordination"}})
	d.ok(err)
	d.service, err = d.svc.AddTheme(ctx, d.p, d.ann, coding.Theme{Label: coding.Text{SV: "Tjänster på svenska"}})
	d.ok(err)
	d.view(func(r coding.Reader) {
		for a, err := range r.EachAnswer(ctx, d.p, 0, 0) {
			d.ok(err)
			d.answers = append(d.answers, a.ID)
		}
	})
	return d
}

func batch(file, round string, texts ...string) coding.Batch {
	return coding.Batch{File: file, SHA256: "sum of " + file, Profile: "table", Round: coding.Round{Key: round, Label: themes.Same(round), Kind: coding.RoundSurvey},
		Questions: []coding.Question{{Key: "q1", Label: coding.Text{FI: "Mitä?"}}},
		Variables: []coding.Variable{{Key: "org", Label: themes.Same("Org"), Categories: []coding.Category{{Key: "a", Label: themes.Same("A")}, {Key: "b", Label: themes.Same("B")}}}},
		Rows: func(yield func(coding.BatchRow, error) bool) {
			for i, text := range texts {
				row := coding.BatchRow{External: fmt.Sprint(i + 1), Values: []coding.BatchValue{{Variable: 0, Category: i % 2}}}
				if text != "" {
					row.Answers = []coding.BatchAnswer{{Question: 0, Language: "fi", Text: text}}
				}
				if !yield(row, nil) {
					return
				}
			}
		}}
}

func (d *desk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) view(fn func(coding.Reader)) {
	d.t.Helper()
	d.ok(d.svc.Store().View(d.ctx, func(r coding.Reader) error { fn(r); return nil }))
}

func (d *desk) apply(who coding.PersonID, th coding.Theme, answer int, spans ...coding.Span) {
	d.t.Helper()
	_, err := d.svc.ApplyTheme(d.ctx, d.p, who, coding.Apply{Answers: d.answers[answer : answer+1], Theme: th.ID, Evidence: spans})
	d.ok(err)
}

// on is what stands on an answer: 'theme/coder spans' and 'state/coder'.
func (d *desk) on(answer int) []string {
	d.t.Helper()
	out := []string{}
	d.view(func(r coding.Reader) {
		codings, err := r.CodingsOf(d.ctx, d.p, d.answers[answer:answer+1])
		d.ok(err)
		for _, c := range codings {
			th, err := r.Theme(d.ctx, d.p, c.Theme)
			d.ok(err)
			out = append(out, fmt.Sprintf("%s/%d %v", th.Key, c.Coder, c.Evidence))
		}
		marks, err := r.MarksOf(d.ctx, d.p, d.answers[answer:answer+1])
		d.ok(err)
		for _, m := range marks {
			out = append(out, fmt.Sprintf("%s/%d", m.State, m.Coder))
		}
	})
	return out
}

func (d *desk) want(answer int, want ...string) {
	d.t.Helper()
	if want == nil {
		want = []string{}
	}
	if diff := cmp.Diff(want, d.on(answer)); diff != "" {
		d.t.Errorf("answer %d (-want +got):\n%s", answer, diff)
	}
}

func problemKey(err error) string {
	var p coding.Problem
	if errors.As(err, &p) {
		return p.Key
	}
	return fmt.Sprint(err)
}

func TestApplyAndMark(t *testing.T) {
	d := newDesk(t)
	ann := fmt.Sprint(d.ann)
	d.apply(d.ann, d.coord, 0)
	d.apply(d.ann, d.coord, 0, coding.Span{Start: 0, End: 6})
	d.apply(d.ann, d.coord, 0, coding.Span{Start: 5, End: 15})
	d.apply(d.ann, d.coord, 0)
	d.want(0, "coordination/"+ann+" [{0 15}]")

	// An end of it is moved: the new stretch takes the old one's place. What is not there is not taken away.
	adjust := func(instead coding.Span, evidence ...coding.Span) {
		t.Helper()
		_, err := d.svc.ApplyTheme(d.ctx, d.p, d.ann, coding.Apply{Answers: d.answers[:1], Theme: d.coord.ID, Evidence: evidence, Instead: []coding.Span{instead}})
		d.ok(err)
	}
	adjust(coding.Span{Start: 0, End: 15}, coding.Span{Start: 0, End: 6})
	d.want(0, "coordination/"+ann+" [{0 6}]")
	adjust(coding.Span{Start: 1, End: 3}, coding.Span{Start: 7, End: 9})
	d.want(0, "coordination/"+ann+" [{0 6} {7 9}]")
	adjust(coding.Span{Start: 7, End: 9})
	d.want(0, "coordination/"+ann+" [{0 6}]")

	_, err := d.svc.MarkAnswers(d.ctx, d.p, d.ann, d.answers[:1], coding.StateNoTheme)
	d.ok(err)
	d.want(0, "none/"+ann) // the mark took the coding away
	_, err = d.svc.MarkAnswers(d.ctx, d.p, d.ann, d.answers[:1], coding.StateUnusable)
	d.ok(err)
	d.want(0, "unusable/"+ann)
	d.apply(d.ann, d.service, 0)
	d.want(0, "tjänster-på-svenska/"+ann+" []") // and the coding the mark
	step, err := d.svc.RemoveTheme(d.ctx, d.p, d.bo, d.service.ID, d.answers[:1], false)
	d.ok(err)
	if step != 0 {
		t.Errorf("taking away what is another's made step %d", step)
	}
	if _, err := d.svc.RemoveTheme(d.ctx, d.p, d.bo, d.service.ID, d.answers[:1], true); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("an analyst took another's coding away: %v", err)
	}
	_, err = d.svc.RemoveTheme(d.ctx, d.p, d.lead, d.service.ID, d.answers[:1], true)
	d.ok(err)
	d.want(0)
}

func TestRefusals(t *testing.T) {
	d := newDesk(t)
	for name, do := range map[string]func() error{
		"coding.span_bad": func() error {
			_, err := d.svc.ApplyTheme(d.ctx, d.p, d.ann, coding.Apply{Answers: d.answers[:1], Theme: d.coord.ID, Evidence: []coding.Span{{Start: 20, End: 31}}})
			return err
		},
		"coding.evidence_many": func() error {
			_, err := d.svc.ApplyTheme(d.ctx, d.p, d.ann, coding.Apply{Answers: d.answers, Theme: d.coord.ID, Evidence: []coding.Span{{Start: 0, End: 1}}})
			return err
		},
		"coding.state_bad": func() error {
			_, err := d.svc.MarkAnswers(d.ctx, d.p, d.ann, d.answers[:1], "coded")
			return err
		},
		"theme.label_taken": func() error {
			_, err := d.svc.AddTheme(d.ctx, d.p, d.ann, coding.Theme{Label: coding.Text{FI: "koordinaatio"}, Key: "other"})
			return err
		},
		"import.same_file": func() error {
			_, err := d.svc.Import(d.ctx, d.p, d.lead, batch("a.csv", "r2", "x"), nil)
			return err
		},
		"import.respondent_exists": func() error {
			_, err := d.svc.Import(d.ctx, d.p, d.lead, batch("b.csv", "r1", "x"), nil)
			return err
		},
		"project.slug_taken": func() error {
			_, err := d.svc.CreateProject(d.ctx, d.lead, coding.Project{Slug: "p", Name: themes.Same("P")})
			return err
		},
		"project.slug_bad": func() error {
			_, err := d.svc.CreateProject(d.ctx, d.lead, coding.Project{Slug: "a/b", Name: themes.Same("P")})
			return err
		},
		"person.name_taken": func() error {
			_, err := d.svc.AddPerson(d.ctx, coding.Operator, coding.NewPerson{Name: "ANN", Role: coding.RoleReader})
			return err
		},
	} {
		var before, after coding.Seq
		d.view(func(r coding.Reader) { before, _ = r.LastSeq(d.ctx, d.p) })
		if got := problemKey(do()); got != name {
			t.Errorf("got %q, want %q", got, name)
		}
		d.view(func(r coding.Reader) { after, _ = r.LastSeq(d.ctx, d.p) })
		if before != after {
			t.Errorf("%s: something was written", name)
		}
	}
	if _, err := d.svc.ApplyTheme(d.ctx, d.p, d.reader, coding.Apply{Answers: d.answers[:1], Theme: d.coord.ID}); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("a reader coded: %v", err)
	}
	if _, err := d.svc.Import(d.ctx, d.p, d.ann, batch("c.csv", "r2", "x"), nil); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("an analyst imported: %v", err)
	}
	if _, err := d.svc.AddPerson(d.ctx, d.lead, coding.NewPerson{Name: "eve", Role: coding.RoleAdmin}); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("a lead made an administrator: %v", err)
	}
	d.ok(d.svc.SetMember(d.ctx, d.lead, coding.Member{Project: d.p, Person: d.bo, Role: coding.RoleNone}))
	if _, err := d.svc.Open(d.ctx, d.bo, "p"); !errors.Is(err, coding.ErrNotFound) {
		t.Errorf("a person shut out sees the project: %v", err)
	}
}

func TestUndoRedo(t *testing.T) {
	d := newDesk(t)
	ann := fmt.Sprint(d.ann)
	one, two := "coordination/"+ann+" [{0 6}]", "tjänster-på-svenska/"+ann+" []"
	d.apply(d.ann, d.coord, 0, coding.Span{Start: 0, End: 6})
	d.apply(d.ann, d.service, 0)
	undo := func(do func(context.Context, coding.ProjectID, coding.PersonID) (coding.Step, error), want error) {
		t.Helper()
		if _, err := do(d.ctx, d.p, d.ann); !errors.Is(err, want) {
			t.Fatalf("got %v, want %v", err, want)
		}
	}
	undo(d.svc.Redo, coding.ErrNothing)
	undo(d.svc.Undo, nil)
	d.want(0, one)
	undo(d.svc.Undo, nil)
	d.want(0)
	undo(d.svc.Redo, nil)
	d.want(0, one)
	undo(d.svc.Redo, nil)
	d.want(0, one, two)
	undo(d.svc.Redo, coding.ErrNothing)
	undo(d.svc.Undo, nil)
	d.want(0, one)
	d.apply(d.ann, d.coord, 1)
	undo(d.svc.Redo, coding.ErrNothing) // a new change ends what could be redone
	undo(d.svc.Undo, nil)
	undo(d.svc.Undo, nil)
	d.want(0)
}

func TestUndoNeverOverwrites(t *testing.T) {
	d := newDesk(t)
	d.apply(d.ann, d.coord, 0)
	_, err := d.svc.RemoveTheme(d.ctx, d.p, d.lead, d.coord.ID, d.answers[:1], true)
	d.ok(err)
	_, err = d.svc.Undo(d.ctx, d.p, d.ann)
	var c coding.ConflictError
	// Ann's newest step is the apply; the lead removed the coding later.
	if !errors.As(err, &c) || c.By != d.lead || c.Op != coding.OpRemove {
		t.Fatalf("got %v", err)
	}
	d.want(0)
	_, err = d.svc.Undo(d.ctx, d.p, d.lead)
	d.ok(err)
	_, err = d.svc.Undo(d.ctx, d.p, d.ann) // now it is again as Ann left it
	d.ok(err)
	d.want(0)
}

func TestDeleteThemeAndBack(t *testing.T) {
	d := newDesk(t)
	sub, err := d.svc.AddTheme(d.ctx, d.p, d.ann, coding.Theme{Label: themes.Same("Sub"), Parent: d.coord.ID})
	d.ok(err)
	d.apply(d.ann, d.coord, 0, coding.Span{Start: 0, End: 6})
	d.apply(d.bo, d.coord, 1)
	_, err = d.svc.SetMemo(d.ctx, d.p, d.bo, coding.MemoTheme, int64(d.coord.ID), "a thought")
	d.ok(err)
	_, err = d.svc.AddQuote(d.ctx, d.p, d.ann, coding.Quote{Answer: d.answers[0], Theme: d.coord.ID})
	d.ok(err)
	before := [][]string{d.on(0), d.on(1)}
	if err := d.svc.DeleteTheme(d.ctx, d.p, d.ann, d.coord.ID); !errors.Is(err, coding.ErrForbidden) {
		t.Fatalf("an analyst deleted a theme: %v", err)
	}
	d.ok(d.svc.DeleteTheme(d.ctx, d.p, d.lead, d.coord.ID))
	d.want(0)
	tree, err := d.svc.Codebook(d.ctx, d.p, d.reader)
	d.ok(err)
	if got, _ := tree.Get(sub.ID); got.Parent != 0 {
		t.Errorf("the sub-theme hangs under %d", got.Parent)
	}
	_, err = d.svc.Undo(d.ctx, d.p, d.lead)
	d.ok(err)
	if diff := cmp.Diff(before, [][]string{d.on(0), d.on(1)}); diff != "" {
		t.Errorf("after undo (-want +got):\n%s", diff)
	}
	d.view(func(r coding.Reader) {
		memos, err := r.MemosOf(d.ctx, d.p, coding.MemoTheme, []int64{int64(d.coord.ID)})
		d.ok(err)
		quotes, err := r.Quotes(d.ctx, d.p)
		d.ok(err)
		if len(memos) != 1 || len(quotes) != 1 || quotes[0].Theme != d.coord.ID {
			t.Errorf("memos %v, quotes %v", memos, quotes)
		}
	})
}

func TestMoveTheme(t *testing.T) {
	d := newDesk(t)
	a, err := d.svc.AddTheme(d.ctx, d.p, d.ann, coding.Theme{Label: themes.Same("A"), Parent: d.coord.ID})
	d.ok(err)
	b, err := d.svc.AddTheme(d.ctx, d.p, d.ann, coding.Theme{Label: themes.Same("B"), Parent: a.ID})
	d.ok(err)
	_, err = d.svc.MoveTheme(d.ctx, d.p, d.ann, d.coord.ID, b.ID, 0)
	if got := problemKey(err); got != "theme.cycle" {
		t.Errorf("a cycle: %s", got)
	}
	for i, moves := range []bool{true, false} { // the second time it is there already
		step, err := d.svc.MoveTheme(d.ctx, d.p, d.ann, b.ID, 0, 0)
		if d.ok(err); (step != 0) != moves {
			t.Errorf("time %d: step %d", i+1, step)
		}
	}
	tree, err := d.svc.Codebook(d.ctx, d.p, d.ann)
	d.ok(err)
	if diff := cmp.Diff([]coding.ThemeID{b.ID, d.coord.ID, d.service.ID}, tree.Children(0)); diff != "" {
		t.Error(diff)
	}
}

func TestImportCodings(t *testing.T) {
	d := newDesk(t)
	rows := []coding.CodingRow{
		{Row: 2, Respondent: "1", Question: "q1", Theme: "Koordinaatio", Coder: "new-coder", Start: 0, End: 6},
		{Row: 3, Respondent: "1", Question: "q1", Theme: "coordination", Coder: "new-coder", Start: 7, End: 9},
		{Row: 4, Respondent: "2", Question: "q1", Theme: "brand new", Start: -1, End: -1},
	}
	_, err := d.svc.ImportCodings(d.ctx, d.p, d.lead, rows, d.ann, false, "c.csv")
	var bad coding.RowProblems
	if !errors.As(err, &bad) || len(bad) != 1 || bad[0].Row != 4 || bad[0].Key != "codings.no_theme" {
		t.Fatalf("got %v", err)
	}
	d.want(0)
	res, err := d.svc.ImportCodings(d.ctx, d.p, d.lead, rows, d.ann, true, "c.csv")
	d.ok(err)
	if want := (coding.CodingsResult{Rows: 3, Added: 2, Changed: 1, Themes: 1}); res != want {
		t.Errorf("got %+v, want %+v", res, want)
	}
	d.want(1, fmt.Sprintf("brand-new/%d []", d.ann))
	_, err = d.svc.Undo(d.ctx, d.p, d.lead)
	d.ok(err)
	d.want(0)
	d.want(1)
}

func TestPeople(t *testing.T) {
	d := newDesk(t)
	needs, err := d.svc.NeedsSetup(d.ctx)
	d.ok(err)
	if !needs {
		t.Fatal("a house without an administrator needs setting up")
	}
	token, err := d.svc.SetupToken(d.ctx)
	d.ok(err)
	who := coding.NewPerson{Name: "root", Password: "a long password"}
	if _, err := d.svc.Setup(d.ctx, "wrong", who); problemKey(err) != "setup.token_bad" {
		t.Errorf("wrong token: %v", err)
	}
	admin, err := d.svc.Setup(d.ctx, token, who)
	d.ok(err)
	if _, err := d.svc.Setup(d.ctx, token, coding.NewPerson{Name: "root2", Password: "a long password"}); problemKey(err) != "setup.token_bad" {
		t.Errorf("the token worked twice: %v", err)
	}
	if _, err := d.svc.SignIn(d.ctx, "Root", "a long password"); err != nil {
		t.Errorf("sign-in: %v", err)
	}
	for _, c := range [][2]string{{"root", "a long passwore"}, {"nobody", "a long password"}, {"ann", ""}, {"root", ""}} {
		if _, err := d.svc.SignIn(d.ctx, c[0], c[1]); !errors.Is(err, coding.ErrSignIn) {
			t.Errorf("sign-in as %q with %q: %v", c[0], c[1], err)
		}
	}
	admin.Role = coding.RoleLead
	if got := problemKey(d.svc.ChangePerson(d.ctx, admin.ID, admin)); got != "person.last_admin" {
		t.Errorf("the last administrator stepped down: %s", got)
	}
	if err := d.svc.SetPassword(d.ctx, d.ann, d.bo, "another password"); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("set another's password: %v", err)
	}
}

func TestMergeSpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spans := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) coding.Span {
			s := rapid.IntRange(0, 30).Draw(t, "start")
			return coding.Span{Start: s, End: rapid.IntRange(0, 30).Draw(t, "end")}
		}), 0, 8).Draw(t, "spans")
		in := func(spans []coding.Span, i int) bool {
			for _, s := range spans {
				if s.Start <= i && i < s.End {
					return true
				}
			}
			return false
		}
		got := coding.MergeSpans(spans)
		for i := range 31 {
			if in(spans, i) != in(got, i) {
				t.Fatalf("place %d of %v became %v", i, spans, got)
			}
		}
		for i, s := range got {
			if s.End <= s.Start || i > 0 && s.Start <= got[i-1].End {
				t.Fatalf("%v became %v", spans, got)
			}
		}
	})
}
