package handout_test

import (
	"path/filepath"
	"testing"

	"avokoodi/cmd/avokoodi/app/demo"
	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
	"avokoodi/coding/workshop"
	"avokoodi/ui/i18n"
)

func words(l coding.Lang, key string, args ...any) string { return i18n.T(string(l), key, args...) }

// house is the demonstration with a maker.
type house struct {
	t  testing.TB
	p  coding.Project
	mk *workshop.Maker
	w  coding.Workshop // twelve themes with four quotes each, in Finnish
}

func newHouse(t testing.TB) *house {
	t.Helper()
	ctx := t.Context()
	store, err := sqlstore.Open(ctx, filepath.Join(t.TempDir(), "demo.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	h := &house{t: t}
	if h.p, _, err = demo.Ensure(ctx, store); err != nil {
		t.Fatal(err)
	}
	h.mk = workshop.NewMaker(store, report.New(sets.New(store)), words)
	list, err := coding.NewService(store, nil).Workshops(ctx, h.p.ID, coding.Operator)
	if err != nil || len(list) != 1 || len(list[0].Themes) != 12 {
		t.Fatalf("the demonstration's workshop: %+v, %v", list, err)
	}
	h.w = list[0]
	h.w.Langs, h.w.TwoSided = []coding.Lang{"fi"}, false
	for _, th := range h.make(h.w).Themes {
		if len(th.Quotes) != workshop.QuotesWanted {
			t.Fatalf("%s has %d quotes", th.Theme.Key, len(th.Quotes))
		}
	}
	return h
}

func (h *house) make(w coding.Workshop) *workshop.Material {
	h.t.Helper()
	m, err := h.mk.Make(h.t.Context(), h.p.ID, w)
	if err != nil {
		h.t.Fatal(err)
	}
	return m
}
