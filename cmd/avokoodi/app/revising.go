package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"avokoodi/coding"
)

// revise corrects a round by files, such as one for each language version, all in one step, and says what that did.
func (a *app) revise(ctx context.Context, h *house, o importOptions, p coding.Project, plans []planned, res *imported) error {
	var batches []coding.Batch
	for _, one := range plans {
		batches = append(batches, one.plan.Batch)
	}
	imps, rev, err := h.svc.Revise(ctx, p.ID, coding.Operator, batches, coding.Decisions{AllMissing: o.removeMissing, AllBlank: o.removeBlank}, nil)
	var wrong coding.Problem
	if errors.As(err, &wrong) && !errors.As(err, new(coding.FileError)) {
		err = coding.FileError{File: plans[0].sheet.File, Err: wrong}
	}
	if err != nil {
		return err
	}
	a.sayRevised(o, rev)
	for i, imp := range imps {
		res.add(batches[i].Round, imp.Respondents, imp.Answers, imp.Blank, imp.Duplicates, imp.Languages)
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
