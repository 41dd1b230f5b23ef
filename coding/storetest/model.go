package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"avokoodi/coding"
)

// testModel plays random sequences of Updates against a map that follows the same rules. After each, the store holds what
// the map holds. At the end so does who replays the log, and undoing every change of the log leaves nothing.
func testModel(t *testing.T, open func(t *testing.T) coding.Store) {
	store := open(t)
	number := 0
	rapid.Check(t, func(rt *rapid.T) {
		number++
		f := &fixture{t: rt, store: store, ctx: t.Context()}
		m := &model{fixture: f, survey: f.newSurvey(fmt.Sprint("p", number), 3), codings: map[coding.CodingID]coding.Coding{}}
		m.start = f.contents(m.survey.project.ID).LastSeq
		rt.Repeat(map[string]func(*rapid.T){
			"update": m.update,
			"":       func(*rapid.T) { m.checkCodings() },
		})
		m.checkLog()
		m.undoAll()
	})
}

type model struct {
	*fixture
	survey  survey
	start   coding.Seq
	codings map[coding.CodingID]coding.Coding
	removed []coding.Coding
}

// update runs one Update of a few puts, which fails at its end now and then.
func (m *model) update(rt *rapid.T) {
	next, removed := maps.Clone(m.codings), slices.Clone(m.removed)
	fails := rapid.IntRange(0, 4).Draw(rt, "fails") == 0
	n := rapid.IntRange(0, 5).Draw(rt, "puts")
	wrong := errors.New("wrong")
	err := m.store.Update(m.ctx, func(tx coding.Tx) error {
		st, err := tx.Begin(m.ctx, m.survey.project.ID, 1, coding.OpApply, "", 0)
		m.must(err)
		for range n {
			removed = m.put(rt, tx, st, next, removed)
		}
		if fails {
			return wrong
		}
		return nil
	})
	if fails {
		m.wants(wrong, err, "failing Update")
		return
	}
	m.must(err)
	m.codings, m.removed = next, removed
}

// put applies, changes, removes or restores one coding, in the store and in the map.
func (m *model) put(rt *rapid.T, tx coding.Tx, st *coding.Step, next map[coding.CodingID]coding.Coding, removed []coding.Coding) []coding.Coding {
	var before, after any
	ids := slices.Sorted(maps.Keys(next))
	switch what := rapid.SampledFrom([]string{"apply", "change", "remove", "restore"}).Draw(rt, "what"); {
	case what == "change" && len(ids) > 0:
		old := next[rapid.SampledFrom(ids).Draw(rt, "which")]
		changed := old
		changed.Version = rapid.IntRange(1, 9).Draw(rt, "version")
		changed.Evidence = []coding.Span{{Start: 0, End: changed.Version}}
		before, after = old, changed
	case what == "remove" && len(ids) > 0:
		before = next[rapid.SampledFrom(ids).Draw(rt, "which")]
	case what == "restore" && len(removed) > 0:
		after = rapid.SampledFrom(removed).Draw(rt, "which")
	default:
		after = m.survey.coding(rapid.IntRange(0, 5).Draw(rt, "answer"), rapid.IntRange(0, 2).Draw(rt, "theme"),
			coding.PersonID(rapid.IntRange(1, 2).Draw(rt, "coder")))
	}
	taken := false
	if before == nil {
		want := after.(coding.Coding)
		for _, c := range next {
			taken = taken || c.ID == want.ID || c.Answer == want.Answer && c.Theme == want.Theme && c.Coder == want.Coder
		}
	}
	id, err := tx.Put(m.ctx, st, before, after)
	if taken {
		m.wants(coding.ErrConflict, err, "second coding")
		return removed
	}
	m.must(err)
	if after == nil {
		delete(next, coding.CodingID(id))
		return append(removed, before.(coding.Coding))
	}
	next[coding.CodingID(id)] = coding.WithID(after, id).(coding.Coding)
	return removed
}

func (m *model) checkCodings() {
	byID := func(a, b coding.Coding) int { return cmp.Compare(a.ID, b.ID) }
	m.view(func(r coding.Reader) error {
		got, err := all(r.EachCoding(m.ctx, m.survey.project.ID))
		want := slices.SortedFunc(maps.Values(m.codings), byID)
		if !slices.EqualFunc(want, got, func(a, b coding.Coding) bool { return text(a) == text(b) }) {
			m.same(want, got, "codings")
		}
		m.must(err)
		heads, err := all(r.EachCodingHead(m.ctx, m.survey.project.ID))
		m.same(headsOf(want), heads, "heads of codings")
		m.must(err)
		moments, err := all(r.EachCodingMoment(m.ctx, m.survey.project.ID))
		for i, c := range want {
			want[i] = coding.Coding{Answer: c.Answer, At: c.At}
		}
		m.same(want, moments, "moments of codings")
		return err
	})
}

// headsOf is what EachCodingHead makes of codings.
func headsOf(codings []coding.Coding) []coding.Coding {
	var out []coding.Coding
	for _, c := range codings {
		out = append(out, coding.Coding{Answer: c.Answer, Theme: c.Theme, Coder: c.Coder})
	}
	slices.SortFunc(out, func(a, b coding.Coding) int {
		return cmp.Or(cmp.Compare(a.Answer, b.Answer), cmp.Compare(a.Theme, b.Theme), cmp.Compare(a.Coder, b.Coder))
	})
	return out
}

func (m *model) checkLog() {
	c := m.contents(m.survey.project.ID)
	replayed := map[coding.CodingID]coding.Coding{}
	for _, ch := range c.Changes[m.start:] {
		before, err := coding.Decode(ch.Kind, ch.Before)
		m.must(err)
		after, err := coding.Decode(ch.Kind, ch.After)
		m.must(err)
		id := coding.CodingID(ch.ID)
		if old, ok := replayed[id]; ok != (before != nil) || ok && text(old) != text(before) {
			m.t.Fatalf("change %d: before is %s, the log so far says %v", ch.Seq, ch.Before, old)
		}
		if delete(replayed, id); after != nil {
			replayed[id] = after.(coding.Coding)
		}
	}
	m.same(m.codings, replayed, "replayed from the log")
	m.gapless(m.survey.project.ID)
}

func (m *model) undoAll() {
	p := m.survey.project.ID
	changes := m.contents(p).Changes[m.start:]
	m.fixture.update(func(tx coding.Tx) error {
		st, err := tx.Begin(m.ctx, p, 1, coding.OpUndo, "", 0)
		m.must(err)
		for _, ch := range slices.Backward(changes) {
			before, err := coding.Decode(ch.Kind, ch.Before)
			m.must(err)
			after, err := coding.Decode(ch.Kind, ch.After)
			m.must(err)
			_, err = tx.Put(m.ctx, st, after, before)
			m.must(err)
		}
		return nil
	})
	m.same(0, len(m.contents(p).Codings), "codings after undo of everything")
}
