package coding_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"avokoodi/coding"
)

// queues is who was given what: 'coder: answers', with answers by their place.
func (d *desk) queues() string {
	d.t.Helper()
	list, err := d.svc.Assignments(d.ctx, d.p, d.ann)
	d.ok(err)
	var out []string
	for _, a := range list {
		who, err := d.svc.Person(d.ctx, a.Coder)
		d.ok(err)
		var places []string
		for _, id := range a.Answers {
			places = append(places, fmt.Sprint(slices.Index(d.answers, id)))
		}
		out = append(out, who.Name+": "+strings.Join(places, " "))
	}
	return strings.Join(out, "; ")
}

func (d *desk) queued(want string) {
	d.t.Helper()
	if got := d.queues(); got != want {
		d.t.Errorf("assigned %q, want %q", got, want)
	}
}

func TestAssign(t *testing.T) {
	d := newDesk(t)
	a := d.answers
	shares := []coding.Share{{Coder: d.ann, Answers: []coding.AnswerID{a[2], a[0], a[2]}}, {Coder: d.reader}, {Coder: d.bo, Answers: a[1:2]}}
	step, err := d.svc.Assign(d.ctx, d.p, d.lead, shares, " first round ")
	d.ok(err)
	d.queued("ann: 0 2; bo: 1")
	list, err := d.svc.Assignments(d.ctx, d.p, d.bo)
	d.ok(err)
	if list[0].Note != "first round" || list[0].By != d.lead || list[0].At.IsZero() {
		t.Errorf("kept as %+v", list[0])
	}

	// Half of Ann's go to Bo, then the rest; Bo's first is taken back.
	ann := list[0].ID
	_, err = d.svc.Reassign(d.ctx, d.p, d.lead, ann, []coding.AnswerID{a[2], a[1]}, d.bo)
	d.ok(err)
	d.queued("ann: 0; bo: 1; bo: 2")
	if st, err := d.svc.Reassign(d.ctx, d.p, d.lead, ann, a[:1], d.ann); err != nil || st != 0 {
		t.Errorf("given to who has it: step %d, %v", st, err)
	}
	_, err = d.svc.Reassign(d.ctx, d.p, d.lead, ann, a, d.bo)
	d.ok(err)
	d.queued("bo: 0; bo: 1; bo: 2")
	_, err = d.svc.Withdraw(d.ctx, d.p, d.lead, ann, a)
	d.ok(err)
	d.queued("bo: 1; bo: 2")
	if st, err := d.svc.Withdraw(d.ctx, d.p, d.lead, list[1].ID, a[:1]); err != nil || st != 0 {
		t.Errorf("taking back what was not given: step %d, %v", st, err)
	}

	// All of it is undone step by step, and none of it out of order.
	if _, err := d.svc.Revert(d.ctx, d.p, d.lead, step); !errors.Is(err, coding.ErrConflict) {
		t.Errorf("undo of the first step with later ones standing: %v", err)
	}
	for _, want := range []string{"bo: 0; bo: 1; bo: 2", "ann: 0; bo: 1; bo: 2", "ann: 0 2; bo: 1", ""} {
		_, err := d.svc.Undo(d.ctx, d.p, d.lead)
		d.ok(err)
		d.queued(want)
	}
	_, err = d.svc.Redo(d.ctx, d.p, d.lead)
	d.ok(err)
	d.queued("ann: 0 2; bo: 1")
	if _, err := d.svc.Revert(d.ctx, d.p, d.ann, step); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("an analyst undid an assignment: %v", err)
	}
}

func TestAssignRefused(t *testing.T) {
	d := newDesk(t)
	one := d.answers[:1]
	for what, c := range map[string]struct {
		actor  coding.PersonID
		shares []coding.Share
		note   string
		key    string
		err    error
	}{
		"by an analyst":  {d.ann, []coding.Share{{d.ann, one}}, "", "", coding.ErrForbidden},
		"nothing":        {d.lead, []coding.Share{{d.ann, nil}}, "", "assign.nothing", nil},
		"to a reader":    {d.lead, []coding.Share{{d.ann, one}, {d.reader, one}}, "", "assign.cannot_code", nil},
		"to nobody":      {d.lead, []coding.Share{{999, one}}, "", "assign.no_such_coder", nil},
		"to the command": {d.lead, []coding.Share{{coding.Operator, one}}, "", "assign.no_such_coder", nil},
		"no such answer": {d.lead, []coding.Share{{d.ann, []coding.AnswerID{one[0], 999}}}, "", "", coding.ErrNotFound},
		"a long note":    {d.lead, []coding.Share{{d.ann, one}}, strings.Repeat("ä", coding.MaxAssignmentNote+1), "assign.note_long", nil},
	} {
		_, err := d.svc.Assign(d.ctx, d.p, c.actor, c.shares, c.note)
		if c.err != nil && !errors.Is(err, c.err) || c.key != "" && problemKey(err) != c.key {
			t.Errorf("%s: %v", what, err)
		}
	}
	d.queued("")
	if _, err := d.svc.Assignments(d.ctx, d.p, d.reader); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("a reader sees who works on what: %v", err)
	}
	if _, err := d.svc.Withdraw(d.ctx, d.p, d.lead, 1, one); !errors.Is(err, coding.ErrNotFound) {
		t.Errorf("no such assignment: %v", err)
	}
}

// TestAssignmentOutlivesImport takes an import back whose answers were given to somebody.
func TestAssignmentOutlivesImport(t *testing.T) {
	d := newDesk(t)
	_, err := d.svc.Import(d.ctx, d.p, d.lead, batch("b.csv", "r2", "uusi"), nil)
	d.ok(err)
	var id coding.AnswerID
	d.view(func(r coding.Reader) {
		for a, err := range r.EachAnswerHead(d.ctx, d.p, d.answers[2]) {
			d.ok(err)
			id = a.ID
		}
	})
	_, err = d.svc.Assign(d.ctx, d.p, d.lead, []coding.Share{{d.ann, []coding.AnswerID{id}}}, "")
	d.ok(err)
	steps, err := d.svc.History(d.ctx, d.p, d.lead, coding.StepFilter{Ops: []coding.Op{coding.OpImport}})
	d.ok(err)
	_, err = d.svc.Revert(d.ctx, d.p, d.lead, steps[0].ID)
	d.ok(err)
	list, err := d.svc.Assignments(d.ctx, d.p, d.ann)
	d.ok(err)
	_, err = d.svc.Withdraw(d.ctx, d.p, d.lead, list[0].ID, list[0].Answers)
	d.ok(err)
	d.queued("")
}

func TestAnswerSetJSON(t *testing.T) {
	for text, want := range map[string]coding.AnswerSet{`""`: nil, `"7"`: {7}, `"1-3,5,8-9"`: {1, 2, 3, 5, 8, 9}} {
		raw, err := json.Marshal(want)
		if err != nil || string(raw) != text {
			t.Errorf("%v is %s, %v", want, raw, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		want := coding.NewAnswerSet(rapid.SliceOf(rapid.Map(rapid.IntRange(1, 60), func(i int) coding.AnswerID { return coding.AnswerID(i) })).Draw(t, "ids"))
		raw, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got coding.AnswerSet
		if err := json.Unmarshal(raw, &got); err != nil || !slices.Equal(got, want) {
			t.Fatalf("%s read back as %v, %v", raw, got, err)
		}
	})
	for _, bad := range []string{`"x"`, `"3-"`, `"5-3"`, `"3,3"`, `"2,1"`, `"0"`, `"-1"`, `"1-99999999999"`, `[1]`} {
		var s coding.AnswerSet
		if err := json.Unmarshal([]byte(bad), &s); err == nil {
			t.Errorf("%s was read as %v", bad, s)
		}
	}
}
