package coding_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"avokoodi/coding"
)

func (d *desk) packs() []coding.Pack {
	d.t.Helper()
	list, err := d.svc.Packs(d.ctx, d.p, d.reader)
	d.ok(err)
	return list
}

func TestPackIsKeptAndUndone(t *testing.T) {
	d := newDesk(t)
	pack, err := d.svc.AddPack(d.ctx, d.p, d.ann, coding.Pack{Name: "  Raportti <&\"> ", Lang: "fi"})
	d.ok(err)
	changed, err := d.svc.ChangePack(d.ctx, d.p, d.bo, pack.ID, func(p *coding.Pack) error {
		p.Items = append(p.Items, coding.PackItem{Kind: coding.PackTable, Query: "by=org"}, coding.PackItem{Kind: coding.PackTheme, Theme: d.coord.ID})
		return nil
	})
	d.ok(err)
	if got := d.packs(); len(got) != 1 || got[0].Name != `Raportti <&">` || !slices.Equal(got[0].Items, changed.Items) || len(got[0].Items) != 2 {
		t.Fatalf("%+v", got)
	}
	steps, err := d.svc.History(d.ctx, d.p, d.ann, coding.StepFilter{Ops: []coding.Op{coding.OpPack}})
	d.ok(err)
	if len(steps) != 2 || steps[0].Detail != `Raportti <&">` {
		t.Fatalf("history %+v", steps)
	}
	// Nothing changed: no step.
	_, err = d.svc.ChangePack(d.ctx, d.p, d.bo, pack.ID, func(*coding.Pack) error { return nil })
	d.ok(err)
	_, err = d.svc.Undo(d.ctx, d.p, d.bo)
	d.ok(err)
	if got := d.packs(); len(got[0].Items) != 0 {
		t.Errorf("undone, it still has %d parts", len(got[0].Items))
	}
	d.ok(d.svc.RemovePack(d.ctx, d.p, d.ann, pack.ID))
	if len(d.packs()) != 0 {
		t.Error("it is still there")
	}
}

// TestPackByTwo adds parts from many sides at once: none is lost.
func TestPackByTwo(t *testing.T) {
	d := newDesk(t)
	pack, err := d.svc.AddPack(d.ctx, d.p, d.ann, coding.Pack{Name: "r"})
	d.ok(err)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			_, err := d.svc.ChangePack(d.ctx, d.p, d.bo, pack.ID, func(p *coding.Pack) error {
				p.Items = append(p.Items, coding.PackItem{Kind: coding.PackQuotes})
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(d.packs()[0].Items); n != 8 {
		t.Errorf("%d parts of 8", n)
	}
}

func TestPackRules(t *testing.T) {
	d := newDesk(t)
	pack, err := d.svc.AddPack(d.ctx, d.p, d.ann, coding.Pack{Name: "r"})
	d.ok(err)
	for key, bad := range map[string]coding.Pack{
		"pack.name_missing": {Name: "  "}, "pack.name_long": {Name: strings.Repeat("ä", 201)}, "pack.name_taken": {Name: "r"}, "pack.lang_unknown": {Name: "x", Lang: "de"},
		"pack.title_long": {Name: "x", Items: []coding.PackItem{{Kind: coding.PackText, Title: strings.Repeat("x", 201)}}}, "pack.kind_unknown": {Name: "x", Items: []coding.PackItem{{Kind: "pie"}}},
		"pack.query_bad": {Name: "x", Items: []coding.PackItem{{Kind: coding.PackTable, Query: "%zz"}}}, "pack.many_items": {Name: "x", Items: make([]coding.PackItem, 101)},
		"pack.text_long": {Name: "x", Items: []coding.PackItem{{Kind: coding.PackText, Text: strings.Repeat("x", 20_001)}}},
	} {
		var p coding.Problem
		if _, err := d.svc.AddPack(d.ctx, d.p, d.ann, bad); !errors.As(err, &p) || p.Key != key {
			t.Errorf("%s: %v", key, err)
		}
	}
	if _, err := d.svc.AddPack(d.ctx, d.p, d.reader, coding.Pack{Name: "y"}); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("a reader adds: %v", err)
	}
	if err := d.svc.RemovePack(d.ctx, d.p, d.reader, pack.ID); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("a reader removes: %v", err)
	}
	if _, err := d.svc.ChangePack(d.ctx, d.p, d.ann, 99, nil); !errors.Is(err, coding.ErrNotFound) {
		t.Errorf("a pack that is not there: %v", err)
	}
	if len(d.packs()) != 1 {
		t.Error("something was written")
	}
}
