package coding_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// decided is what was decided of an answer: 'theme+' applies, 'theme-' does not.
func (d *desk) decided(answer int) string {
	d.t.Helper()
	var out []string
	d.view(func(r coding.Reader) {
		list, err := r.DecisionsOf(d.ctx, d.p, d.answers[answer:answer+1])
		d.ok(err)
		for _, one := range list {
			th, err := r.Theme(d.ctx, d.p, one.Theme)
			d.ok(err)
			out = append(out, th.Key+map[bool]string{true: "+", false: "-"}[one.Applies])
		}
	})
	slices.Sort(out)
	return strings.Join(out, " ")
}

func (d *desk) wantDecided(answer int, want string) {
	d.t.Helper()
	if got := d.decided(answer); got != want {
		d.t.Errorf("decided of answer %d: %q, want %q", answer, got, want)
	}
}

func (d *desk) verdict(answer int, th coding.Theme, applies bool) coding.Verdict {
	return coding.Verdict{Answer: d.answers[answer], Theme: th.ID, Applies: applies}
}

// result is the themes that the project counts on an answer, by key, and its state.
func (d *desk) result(answer int) string {
	d.t.Helper()
	var out []string
	d.ok(sets.New(d.svc.Store()).Read(d.ctx, d.p, func(b *sets.Board) error {
		id := uint32(d.answers[answer])
		for _, th := range b.Tree().All() {
			if b.Theme(th.ID).Contains(id) {
				out = append(out, th.Key)
			}
		}
		for _, s := range coding.States {
			if b.State(s).Contains(id) {
				out = append(out, string(s))
			}
		}
		return nil
	}))
	return strings.Join(out, " ")
}

func TestDecide(t *testing.T) {
	d := newDesk(t)
	const sv = "tjänster-på-svenska"
	d.apply(d.ann, d.coord, 0, coding.Span{Start: 0, End: 6})
	d.apply(d.bo, d.service, 0)
	if got := d.result(0); got != "coordination "+sv+" coded" {
		t.Fatalf("undecided it counts as %q", got)
	}
	step, err := d.svc.Decide(d.ctx, d.p, d.ann, []coding.Verdict{d.verdict(0, d.coord, true), d.verdict(0, d.service, false)}, " said so\r\ntogether ")
	d.ok(err)
	if got := d.result(0); got != "coordination coded" {
		t.Errorf("decided it counts as %q", got)
	}
	d.want(0, fmt.Sprintf("coordination/%d [{0 6}]", d.ann), fmt.Sprintf("%s/%d []", sv, d.bo))
	d.view(func(r coding.Reader) {
		list, err := r.DecisionsOf(d.ctx, d.p, d.answers[:1])
		d.ok(err)
		if one := list[0]; one.By != d.ann || one.Why != "said so\ntogether" || one.At.IsZero() {
			t.Errorf("kept as %+v", one)
		}
	})
	if again, err := d.svc.Decide(d.ctx, d.p, d.bo, []coding.Verdict{d.verdict(0, d.coord, true)}, ""); err != nil || again != 0 {
		t.Errorf("the same once more: step %d, %v", again, err)
	}
	// The other way round, and none at all: an answer that somebody looked at and that has no theme.
	_, err = d.svc.Decide(d.ctx, d.p, d.bo, []coding.Verdict{d.verdict(0, d.coord, false)}, "")
	d.ok(err)
	if got := d.result(0); got != "none" {
		t.Errorf("with everything refused it counts as %q", got)
	}
	if _, err := d.svc.Revert(d.ctx, d.p, d.ann, step); !errors.Is(err, coding.ErrConflict) {
		t.Errorf("undo below a later decision: %v", err)
	}
	_, err = d.svc.Undo(d.ctx, d.p, d.bo)
	d.ok(err)
	d.wantDecided(0, "coordination+ "+sv+"-")
	_, err = d.svc.Undecide(d.ctx, d.p, d.lead, []coding.Verdict{d.verdict(0, d.service, false), d.verdict(1, d.service, false)})
	d.ok(err)
	d.wantDecided(0, "coordination+")
	if step, err := d.svc.Undecide(d.ctx, d.p, d.lead, []coding.Verdict{d.verdict(1, d.coord, false)}); err != nil || step != 0 {
		t.Errorf("taking back what was not decided: step %d, %v", step, err)
	}
	// A theme that nobody gave.
	_, err = d.svc.Decide(d.ctx, d.p, d.lead, []coding.Verdict{d.verdict(2, d.service, true)}, "")
	d.ok(err)
	if got := d.result(2); got != sv+" coded" {
		t.Errorf("decided without a coder it counts as %q", got)
	}
	for what, c := range map[string]struct {
		who  coding.PersonID
		of   []coding.Verdict
		why  string
		want string
	}{
		"a reader":     {d.reader, []coding.Verdict{d.verdict(0, d.coord, true)}, "", coding.ErrForbidden.Error()},
		"nothing":      {d.ann, nil, "", "decide.nothing"},
		"no theme":     {d.ann, []coding.Verdict{{Answer: d.answers[0], Theme: 99}}, "", "theme.gone"},
		"a long why":   {d.ann, []coding.Verdict{d.verdict(0, d.coord, true)}, strings.Repeat("ä", coding.MaxWhy+1), "decide.why_long"},
		"a bad answer": {d.ann, []coding.Verdict{{Answer: 999, Theme: d.coord.ID}}, "", ""},
	} {
		_, err := d.svc.Decide(d.ctx, d.p, c.who, c.of, c.why)
		if err == nil || c.want != "" && problemKey(err) != c.want && !errors.Is(err, coding.ErrForbidden) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestDecisionsFollowTheirThemes merges, splits, deletes and corrects what decisions are about.
func TestDecisionsFollowTheirThemes(t *testing.T) {
	d := newDesk(t)
	const sv = "tjänster-på-svenska"
	d.apply(d.ann, d.coord, 0)
	d.apply(d.bo, d.service, 1)
	_, err := d.svc.Decide(d.ctx, d.p, d.lead, []coding.Verdict{d.verdict(0, d.coord, true), d.verdict(0, d.service, false), d.verdict(1, d.coord, true)}, "")
	d.ok(err)
	step, err := d.svc.MergeThemes(d.ctx, d.p, d.ann, d.coord.ID, d.service.ID)
	d.ok(err)
	d.wantDecided(0, sv+"-") // both were decided: the one of the theme that stays
	d.wantDecided(1, sv+"+")
	_, err = d.svc.Revert(d.ctx, d.p, d.ann, step)
	d.ok(err)
	d.wantDecided(0, "coordination+ "+sv+"-")
	d.wantDecided(1, "coordination+")

	_, err = d.svc.Recode(d.ctx, d.p, d.lead, d.answers[1:2], d.coord.ID, d.service.ID, false)
	d.ok(err)
	d.wantDecided(1, sv+"+")
	_, err = d.svc.Undo(d.ctx, d.p, d.lead)
	d.ok(err)
	d.wantDecided(1, "coordination+")

	d.ok(d.svc.DeleteTheme(d.ctx, d.p, d.lead, d.coord.ID))
	d.wantDecided(0, sv+"-")
	d.wantDecided(1, "")
	_, err = d.svc.Undo(d.ctx, d.p, d.lead)
	d.ok(err)
	d.wantDecided(1, "coordination+")

	// What was decided of other words is decided no more; undo brings text and decision back.
	_, _, err = d.svc.Revise(d.ctx, d.p, d.lead, []coding.Batch{batch("a2.csv", "r1", "Kukaan ei johda mitään.", "Det saknas tjänster på svenska 👩‍👩‍👧.", "ei")}, coding.Decisions{}, nil)
	d.ok(err)
	d.wantDecided(0, "")
	d.wantDecided(1, "coordination+")
	_, err = d.svc.Undo(d.ctx, d.p, d.lead)
	d.ok(err)
	d.wantDecided(0, "coordination+ "+sv+"-")
}

// TestDoubleCoding gives the same answers to two, blind, and ends the phase.
func TestDoubleCoding(t *testing.T) {
	d := newDesk(t)
	if _, err := d.svc.AssignDouble(d.ctx, d.p, d.lead, []coding.PersonID{d.ann, d.ann}, d.answers, "", true); problemKey(err) != "assign.two_coders" {
		t.Errorf("one coder twice: %v", err)
	}
	_, err := d.svc.AssignDouble(d.ctx, d.p, d.lead, []coding.PersonID{d.bo, d.ann}, d.answers[:2], " trial ", true)
	d.ok(err)
	d.queued("ann: 0 1; bo: 0 1")
	list, err := d.svc.Assignments(d.ctx, d.p, d.ann)
	d.ok(err)
	if a, b := list[0], list[1]; a.Trial == "" || a.Trial != b.Trial || !a.Veiled() || !b.Veiled() || a.Note != "trial" {
		t.Fatalf("kept as %+v and %+v", a, b)
	}
	veiled := func(who coding.PersonID) (n uint64) {
		d.ok(sets.New(d.svc.Store()).Read(d.ctx, d.p, func(b *sets.Board) error { n = b.Veiled(who).GetCardinality(); return nil }))
		return n
	}
	if veiled(d.ann) != 2 || veiled(d.lead) != 0 || veiled(0) != 2 {
		t.Errorf("veiled: %d of Ann's, %d of the lead's, %d of anybody's", veiled(d.ann), veiled(d.lead), veiled(0))
	}
	if _, err := d.svc.Decide(d.ctx, d.p, d.lead, []coding.Verdict{d.verdict(2, d.coord, true), d.verdict(1, d.coord, true)}, ""); problemKey(err) != "decide.blind" {
		t.Errorf("a decision on what is coded blind: %v", err)
	}
	if _, err := d.svc.Unveil(d.ctx, d.p, d.ann, list[0].Trial); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("a coder ends the phase: %v", err)
	}
	for _, bad := range []string{"", "nothing"} {
		if _, err := d.svc.Unveil(d.ctx, d.p, d.lead, bad); !errors.Is(err, coding.ErrNotFound) {
			t.Errorf("trial %q: %v", bad, err)
		}
	}
	_, err = d.svc.Unveil(d.ctx, d.p, d.lead, list[0].Trial)
	d.ok(err)
	if veiled(d.ann) != 0 {
		t.Error("still veiled")
	}
	if again, err := d.svc.Unveil(d.ctx, d.p, d.lead, list[0].Trial); err != nil || again != 0 {
		t.Errorf("ending it twice: step %d, %v", again, err)
	}
	_, err = d.svc.Undo(d.ctx, d.p, d.lead)
	d.ok(err)
	if veiled(d.bo) != 2 {
		t.Error("undo did not go on with the phase")
	}
}
