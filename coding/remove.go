package coding

import "context"

// remover takes respondents and answers out of a project, with everything that hangs on them, as changes of one step.
type remover struct {
	tx   Tx
	st   *Step
	p    ProjectID
	less map[ImportID]Import // what is gone of each import
}

func newRemover(tx Tx, st *Step, p ProjectID) *remover {
	return &remover{tx, st, p, map[ImportID]Import{}}
}

// answers removes answers and everything on them.
func (w *remover) answers(ctx context.Context, answers []Answer) error {
	on, err := workOn(ctx, w.tx, w.p, answerIDs(answers))
	if err != nil {
		return err
	}
	for _, a := range answers {
		for _, c := range on.codings[a.ID] {
			if err := deleteCoding(ctx, w.tx, w.st, w.p, c); err != nil {
				return err
			}
		}
		var rest []any
		for _, m := range on.marks[a.ID] {
			rest = append(rest, m)
		}
		for _, q := range on.quotes[a.ID] {
			rest = append(rest, q)
		}
		for _, m := range on.memos[a.ID] {
			rest = append(rest, m)
		}
		for _, d := range on.settled[a.ID] {
			rest = append(rest, d)
		}
		for _, one := range append(rest, a) {
			if _, err := w.tx.Put(ctx, w.st, one, nil); err != nil {
				return err
			}
		}
		less := w.less[a.Import]
		less.Answers++
		w.less[a.Import] = less
	}
	return nil
}

// respondent removes one whose answers are gone.
func (w *remover) respondent(ctx context.Context, one Respondent) error {
	values, err := w.tx.ValuesOf(ctx, w.p, []RespondentID{one.ID})
	if err != nil {
		return err
	}
	if len(values) > 0 {
		before := RespondentValues{Respondent: one.ID}
		for _, v := range values {
			before.Categories = append(before.Categories, v.Category)
		}
		if _, err := w.tx.Put(ctx, w.st, before, RespondentValues{Respondent: one.ID}); err != nil {
			return err
		}
	}
	less := w.less[one.Import]
	less.Respondents++
	w.less[one.Import] = less
	_, err = w.tx.Put(ctx, w.st, one, nil)
	return err
}

// recount keeps the numbers of earlier imports to what is there.
func (w *remover) recount(ctx context.Context) error {
	imports, err := w.tx.Imports(ctx, w.p)
	if err != nil {
		return err
	}
	for _, imp := range imports {
		less, ok := w.less[imp.ID]
		if !ok {
			continue
		}
		after := imp
		after.Respondents -= less.Respondents
		after.Answers -= less.Answers
		if _, err := w.tx.Put(ctx, w.st, imp, after); err != nil {
			return err
		}
	}
	return nil
}
