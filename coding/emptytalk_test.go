package coding_test

import (
	"errors"
	"testing"

	"avokoodi/coding"
)

func TestMarkEmptyTalk(t *testing.T) {
	d := newDesk(t)
	_, err := d.svc.Import(d.ctx, d.p, d.lead, batch("talk.csv", "r9", "Ei.", "ei", "EOS", "ei ole aikaa", "ei"), nil)
	d.ok(err)
	var ids []coding.AnswerID
	d.view(func(r coding.Reader) {
		for a, err := range r.EachAnswer(d.ctx, d.p, 0, 0) {
			d.ok(err)
			ids = append(ids, a.ID)
		}
	})
	ids = ids[len(ids)-5:]
	_, err = d.svc.ApplyTheme(d.ctx, d.p, d.bo, coding.Apply{Answers: ids[:1], Theme: d.coord.ID}) // another's work stays
	d.ok(err)
	step, n, err := d.svc.MarkEmptyTalk(d.ctx, d.p, d.lead, ids, []string{"ei"})
	d.ok(err)
	if n != 2 || step == 0 {
		t.Fatalf("marked %d in step %d, want 2", n, step)
	}
	state := func() (out []coding.State, remembered []string) {
		d.view(func(r coding.Reader) {
			for _, id := range ids {
				cs, err := r.CodingsOf(d.ctx, d.p, []coding.AnswerID{id})
				d.ok(err)
				ms, err := r.MarksOf(d.ctx, d.p, []coding.AnswerID{id})
				d.ok(err)
				out = append(out, coding.StateOf(cs, ms))
			}
			p, err := r.ProjectByID(d.ctx, d.p)
			d.ok(err)
			remembered = p.EmptyTalk
		})
		return out, remembered
	}
	want := []coding.State{"coded", "unusable", "open", "open", "unusable"}
	got, remembered := state()
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("answer %d is %s, want %s", i, got[i], want[i])
		}
	}
	if len(remembered) != 1 || remembered[0] != "ei" {
		t.Errorf("the project remembers %q", remembered)
	}
	if step, n, err := d.svc.MarkEmptyTalk(d.ctx, d.p, d.ann, ids, []string{"ei"}); err != nil || n != 0 || step != 0 {
		t.Errorf("the second time: step %d, %d marked, %v", step, n, err)
	}
	_, err = d.svc.Undo(d.ctx, d.p, d.lead)
	d.ok(err)
	if got, remembered := state(); got[1] != coding.StateOpen || got[4] != coding.StateOpen || got[0] != coding.StateCoded || len(remembered) != 0 {
		t.Errorf("after undo %v, %q", got, remembered)
	}
	_, n, err = d.svc.MarkEmptyTalk(d.ctx, d.p, d.ann, ids, []string{"ei", "eos"}) // an analyst's ticks are not the project's
	d.ok(err)
	if _, remembered := state(); n != 3 || len(remembered) != 0 {
		t.Errorf("the analyst marked %d, the project remembers %q", n, remembered)
	}
	_, err = d.svc.Undo(d.ctx, d.p, d.ann)
	d.ok(err)
	if _, _, err := d.svc.MarkEmptyTalk(d.ctx, d.p, d.reader, ids, []string{"ei"}); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("a reader marked: %v", err)
	}
	if _, _, err := d.svc.MarkEmptyTalk(d.ctx, d.p, d.ann, ids, nil); problemKey(err) != "empty.nothing" {
		t.Errorf("nothing was marked: %v", err)
	}
}
