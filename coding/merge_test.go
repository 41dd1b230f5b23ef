package coding_test

import (
	"fmt"
	"slices"
	"testing"

	"avokoodi/coding"
	"avokoodi/themes"
)

func TestMergeThemes(t *testing.T) {
	d := newDesk(t)
	sub, err := d.svc.AddTheme(d.ctx, d.p, d.ann, coding.Theme{Label: themes.Same("Sub"), Parent: d.service.ID})
	d.ok(err)
	d.apply(d.ann, d.coord, 0, coding.Span{Start: 0, End: 6})
	d.apply(d.ann, d.service, 0, coding.Span{Start: 10, End: 15})
	d.apply(d.bo, d.service, 1)
	_, err = d.svc.AddQuote(d.ctx, d.p, d.bo, coding.Quote{Answer: d.answers[1], Theme: d.service.ID})
	d.ok(err)
	before := [][]string{d.on(0), d.on(1)}

	if _, err := d.svc.MergeThemes(d.ctx, d.p, d.ann, d.service.ID, sub.ID); problemKey(err) != "theme.merge_self" {
		t.Errorf("a theme was merged into its own sub-theme: %v", err)
	}
	step, err := d.svc.MergeThemes(d.ctx, d.p, d.ann, d.service.ID, d.coord.ID)
	d.ok(err)
	d.want(0, fmt.Sprintf("coordination/%d [{0 6} {10 15}]", d.ann))
	d.want(1, fmt.Sprintf("coordination/%d []", d.bo))
	tree, err := d.svc.Codebook(d.ctx, d.p, d.ann)
	d.ok(err)
	if got, ok := tree.Find("Tjänster på svenska"); !ok || got.ID != d.coord.ID {
		t.Error("the old label does not find the merged theme")
	}
	if !slices.Contains(tree.Children(d.coord.ID), sub.ID) {
		t.Error("the sub-theme did not move along")
	}
	_, err = d.svc.Revert(d.ctx, d.p, d.ann, step)
	d.ok(err)
	d.want(0, before[0]...)
	d.want(1, before[1]...)
	if tree, err = d.svc.Codebook(d.ctx, d.p, d.ann); err != nil || tree.Len() != 3 {
		t.Errorf("%d themes after undo, %v", tree.Len(), err)
	}
}

func TestRecode(t *testing.T) {
	d := newDesk(t)
	d.apply(d.ann, d.coord, 0, coding.Span{Start: 0, End: 6})
	_, err := d.svc.Recode(d.ctx, d.p, d.ann, d.answers[:1], d.coord.ID, d.service.ID, true)
	d.ok(err)
	d.want(0, fmt.Sprintf("coordination/%d [{0 6}]", d.ann), fmt.Sprintf("tjänster-på-svenska/%d [{0 6}]", d.ann))
	_, err = d.svc.Recode(d.ctx, d.p, d.ann, d.answers[:1], d.coord.ID, d.service.ID, false)
	d.ok(err)
	d.want(0, fmt.Sprintf("tjänster-på-svenska/%d [{0 6}]", d.ann))
	_, err = d.svc.Undo(d.ctx, d.p, d.ann)
	d.ok(err)
	d.want(0, fmt.Sprintf("coordination/%d [{0 6}]", d.ann), fmt.Sprintf("tjänster-på-svenska/%d [{0 6}]", d.ann))
}
