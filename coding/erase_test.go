package coding_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
	"avokoodi/coding/workshop/room"
)

// respondentOf is who gave an answer.
func (d *desk) respondentOf(answer int) coding.RespondentID {
	d.t.Helper()
	var out coding.RespondentID
	d.view(func(r coding.Reader) {
		a, err := r.Answer(d.ctx, d.p, d.answers[answer])
		d.ok(err)
		out = a.Respondent
	})
	return out
}

// log is the whole change log as text.
func (d *desk) log() string {
	d.t.Helper()
	var b strings.Builder
	d.view(func(r coding.Reader) {
		changes, err := r.Changes(d.ctx, d.p, 0, 0)
		d.ok(err)
		for _, c := range changes {
			b.Write(c.Before)
			b.Write(c.After)
			b.WriteByte('\n')
		}
	})
	return b.String()
}

// TestErase puts a person's words wherever the program keeps words, and looks for them everywhere after the erasure: in what can
// be read, in the change log, and in the bytes of the files.
func TestErase(t *testing.T) {
	d := newDesk(t)
	secret := func(word string) string { return "Salaisuus" + word }
	_, err := d.svc.Import(d.ctx, d.p, d.lead, batch("b.csv", "r2", secret("Vanha")+" asia.", "Toinen vastaus on tässä."), nil)
	d.ok(err)
	_, _, err = d.svc.Revise(d.ctx, d.p, d.lead, []coding.Batch{batch("c.csv", "r2", secret("Uusi")+" asia.", "Toinen vastaus on tässä.")}, coding.Decisions{}, nil)
	d.ok(err)
	d.answers = nil
	d.view(func(r coding.Reader) {
		for a, err := range r.EachAnswer(d.ctx, d.p, 0, 0) {
			d.ok(err)
			d.answers = append(d.answers, a.ID)
		}
	})
	const gone, stays = 3, 4
	d.apply(d.ann, d.coord, gone, coding.Span{Start: 0, End: 4})
	d.apply(d.ann, d.service, stays)
	rule, err := d.svc.ApplyTheme(d.ctx, d.p, d.bo, coding.Apply{Answers: []coding.AnswerID{d.answers[gone], d.answers[stays]}, Theme: d.coord.ID})
	d.ok(err)
	_, err = d.svc.SetMemo(d.ctx, d.p, d.ann, coding.MemoAnswer, int64(d.answers[gone]), secret("Muistio"))
	d.ok(err)
	_, err = d.svc.SetMemo(d.ctx, d.p, d.ann, coding.MemoAnswer, int64(d.answers[gone]), "") // taken away, still in the log
	d.ok(err)
	_, err = d.svc.Decide(d.ctx, d.p, d.ann, []coding.Verdict{d.verdict(gone, d.coord, true), d.verdict(gone, d.service, true)}, secret("Ratkaisu"))
	d.ok(err)
	_, err = d.svc.Undecide(d.ctx, d.p, d.ann, []coding.Verdict{d.verdict(gone, d.service, true)}) // taken back, still in the log
	d.ok(err)
	var own coding.Coding
	d.view(func(r coding.Reader) {
		list, err := r.CodingsOf(d.ctx, d.p, d.answers[gone:gone+1])
		d.ok(err)
		own = list[0]
	})
	_, err = d.svc.SetMemo(d.ctx, d.p, d.ann, coding.MemoCoding, int64(own.ID), secret("Koodaus"))
	d.ok(err)
	_, err = d.svc.RemoveTheme(d.ctx, d.p, d.ann, d.coord.ID, d.answers[gone:gone+1], false) // with its memo
	d.ok(err)
	q, err := d.svc.AddQuote(d.ctx, d.p, d.ann, coding.Quote{Answer: d.answers[gone], Theme: d.coord.ID})
	d.ok(err)
	_, err = d.svc.ChangeQuote(d.ctx, d.p, d.ann, coding.RoleAnalyst, q.ID, 0, func(_ coding.Tx, q *coding.Quote, _ coding.Answer, _ *coding.Step) error {
		q.Note, q.State, q.UsedIn, q.Long.Said = secret("Huomautus"), coding.QuoteApproved, []string{"Raportti"}, secret("Sitaatti")
		q.Comments = []coding.QuoteComment{{Text: secret("Kommentti")}}
		q.Translations = []coding.Translation{{Lang: "en", Text: secret("Käännös")}}
		return nil
	})
	d.ok(err)
	_, err = d.svc.SetExample(d.ctx, d.p, d.ann, d.coord.ID, d.answers[gone], true)
	d.ok(err)
	_, err = d.svc.CorrectLanguage(d.ctx, d.p, d.ann, d.answers[gone:gone+1], "sv")
	d.ok(err)

	rooms := d.svc.Store().(*sqlstore.Store).LiveRooms() // a workshop shows it
	opened, err := rooms.Open(d.ctx, room.Room{Project: d.p, Code: room.NewCode(), Title: "Työpaja", State: room.Open},
		[]room.Card{{Key: "a", Quotes: []room.Quote{{Said: secret("Sitaatti")}, {Said: "Toinen."}}}})
	d.ok(err)

	who := []coding.RespondentID{d.respondentOf(gone)}
	if _, err := d.svc.Erase(d.ctx, d.p, d.ann, who); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("an analyst erased somebody: %v", err)
	}
	if _, err := d.svc.Erase(d.ctx, d.p, d.lead, []coding.RespondentID{99999}); !errors.Is(err, coding.ErrNotFound) {
		t.Errorf("nobody was erased: %v", err)
	}
	boards := sets.New(d.svc.Store())
	board(t, d, boards)
	before, err := d.svc.Erasure(d.ctx, d.p, d.lead, who)
	d.ok(err)
	if before.Answers != 1 || before.Codings != 1 || before.Quotes != 1 || before.Ready != 1 || !slices.Equal(before.UsedIn, []string{"Raportti"}) {
		t.Errorf("what would go: %+v", before)
	}
	if !strings.Contains(d.log(), "SalaisuusMuistio") || !strings.Contains(d.log(), "SalaisuusVanha") {
		t.Fatal("the change log has not what the test looks for")
	}
	done, err := d.svc.Erase(d.ctx, d.p, d.lead, who)
	d.ok(err)
	if done.Changes < 12 || done.Step == 0 {
		t.Errorf("emptied %d changes in step %d", done.Changes, done.Step)
	}
	if log := d.log(); strings.Contains(log, "Salaisuus") {
		t.Errorf("the change log still tells: %s", log)
	}
	d.noBytes("Salaisuus")
	if cards, err := rooms.Cards(d.ctx, opened.ID); err != nil || len(cards) != 1 || len(cards[0].Quotes) != 1 || cards[0].Quotes[0].Said != "Toinen." {
		t.Errorf("cards of the room: %+v, %v", cards, err)
	}

	d.view(func(r coding.Reader) {
		quotes, err := r.Quotes(d.ctx, d.p)
		d.ok(err)
		if len(quotes) != 0 {
			t.Errorf("quotes stay: %+v", quotes)
		}
		th, err := r.Theme(d.ctx, d.p, d.coord.ID)
		d.ok(err)
		if len(th.Examples) != 0 {
			t.Errorf("examples stay: %v", th.Examples)
		}
		st, err := r.Step(d.ctx, d.p, done.Step)
		d.ok(err)
		if st.Op != coding.OpErase || st.Detail != "1" || st.Actor != d.lead {
			t.Errorf("the history says %+v", st)
		}
	})
	// Followed and built anew, the bitmaps are the same.
	if a, b := board(t, d, boards), board(t, d, sets.New(d.svc.Store())); a != b {
		t.Errorf("followed %s, built %s", a, b)
	}
	// The erasure can't be undone; a step that touched others too is undone for them alone.
	if _, err := d.svc.Revert(d.ctx, d.p, d.lead, done.Step); !errors.Is(err, coding.ErrNothing) {
		t.Errorf("the erasure was undone: %v", err)
	}
	if _, err := d.svc.Revert(d.ctx, d.p, d.lead, rule); err != nil {
		t.Errorf("undo of what touched others too: %v", err)
	}
	d.want(stays, "tjänster-på-svenska/"+idText(d.ann)+" []")
	// A corrected file does not bring the person back.
	imps, rev, err := d.svc.Revise(d.ctx, d.p, d.lead, []coding.Batch{batch("d.csv", "r2", secret("Uusi")+" asia.", "Toinen vastaus on muuttunut.")}, coding.Decisions{}, nil)
	d.ok(err)
	if rev.New != 0 || rev.Erased != 1 || imps[0].Erased != 1 || rev.Texts != 1 {
		t.Errorf("the corrected file: %+v, erased %d", rev, imps[0].Erased)
	}
	d.noBytes("Salaisuus")
}

func idText(id coding.PersonID) string {
	raw, _ := json.Marshal(id)
	return string(raw)
}

// noBytes fails if a word stands anywhere in the files of the store.
func (d *desk) noBytes(word string) {
	d.t.Helper()
	files, err := filepath.Glob(filepath.Join(d.dir, "*"))
	d.ok(err)
	if len(files) == 0 {
		d.t.Fatal("no files")
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		d.ok(err)
		if i := bytes.Index(raw, []byte(word)); i >= 0 {
			d.t.Errorf("%s has it: %q", filepath.Base(name), raw[max(0, i-40):min(len(raw), i+60)])
		}
	}
}

// board is what the bitmaps tell of the project.
func board(t *testing.T, d *desk, boards *sets.Boards) string {
	t.Helper()
	var out []any
	d.ok(boards.Read(d.ctx, d.p, func(b *sets.Board) error {
		out = append(out, b.All().ToArray(), b.Respondents().ToArray(), b.Theme(d.coord.ID).ToArray(), b.Theme(d.service.ID).ToArray(),
			b.State(coding.StateCoded).ToArray(), b.Codings())
		return nil
	}))
	raw, err := json.Marshal(out)
	d.ok(err)
	return string(raw)
}

// TestFindRespondents finds by the number of a card and by the id in the file.
func TestFindRespondents(t *testing.T) {
	d := newDesk(t)
	_, err := d.svc.Import(d.ctx, d.p, d.lead, batch("b.csv", "r2", "Yksi.", "Kaksi."), nil)
	d.ok(err)
	for said, want := range map[string]int{"#4": 1, " 5 ": 1, "#99": 0, "": 0, "nobody": 0} {
		got, err := d.svc.FindRespondents(d.ctx, d.p, d.lead, said)
		d.ok(err)
		if len(got) != want {
			t.Errorf("%q: %+v", said, got)
		}
	}
	all, err := d.svc.FindRespondents(d.ctx, d.p, d.lead, "#1")
	d.ok(err)
	both, err := d.svc.FindRespondents(d.ctx, d.p, d.lead, all[0].External)
	d.ok(err)
	if len(both) != 2 {
		t.Errorf("the same id in two rounds: %+v", both)
	}
	if _, err := d.svc.FindRespondents(d.ctx, d.p, d.ann, "#1"); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("an analyst may look: %v", err)
	}
}
