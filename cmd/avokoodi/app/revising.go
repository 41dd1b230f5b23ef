package app

import (
	"context"
	"fmt"
	"strings"

	"avokoodi/coding"
)

// revise corrects rounds by files, one step for each, and says what that did.
func (a *app) revise(ctx context.Context, h *house, o importOptions, p coding.Project, plans []planned, res *imported) error {
	for _, one := range plans {
		b := one.plan.Batch
		imp, rev, err := h.svc.Revise(ctx, p.ID, coding.Operator, b, coding.Decisions{AllMissing: o.removeMissing, AllBlank: o.removeBlank}, nil)
		if err != nil {
			return a.refuse(one.sheet.File, err)
		}
		a.sayRevised(o, rev)
		res.add(b.Round, imp.Respondents, imp.Answers, imp.Blank, imp.Duplicates, imp.Languages)
	}
	if err := a.indexNow(ctx, h, p); err != nil {
		fmt.Fprintln(a.err, a.t("cli.index_later", err.Error()))
	}
	return nil
}

// missingNamed is how many missing respondents are named.
const missingNamed = 20

func (a *app) sayRevised(o importOptions, rev coding.Revision) {
	fmt.Fprintln(a.err, a.t("cli.revised", rev.Unchanged, rev.Texts, rev.Judged, rev.Added, rev.Values, rev.New))
	if rev.Erased > 0 {
		fmt.Fprintln(a.err, a.t("revise.erased", rev.Erased))
	}
	if n := len(rev.Missing); n > 0 {
		var names []string
		for _, one := range rev.Missing[:min(n, missingNamed)] {
			names = append(names, one.External)
		}
		key := "cli.missing_stay"
		if o.removeMissing {
			key = "cli.missing_removed"
		}
		fmt.Fprintln(a.err, a.t(key, n, strings.Join(names, ", ")))
	}
	if n := len(rev.Blank); n > 0 && !o.removeBlank {
		fmt.Fprintln(a.err, a.t("cli.blank_stay", n))
	}
}
