package coding

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// Revise brings corrected files into the round of the same key, all in one step: texts and values that differ are changed,
// what is new is added, and what d names is removed. Every judgement on an answer whose text stays is kept; one on an answer
// whose text changes is kept too and put on the list of what to look at again (Rechecks), its evidence moved to where the
// words are now. The Revision tells what was done; Problems are those of Service.Revision. progress hears the place of the file
// and how many of its new rows are stored.
func (s *Service) Revise(ctx context.Context, p ProjectID, actor PersonID, batches []Batch, d Decisions, progress func(batch, rows int)) ([]Import, Revision, error) {
	var imps []Import
	var out Revision
	var names []string
	for _, b := range batches {
		names = append(names, b.File)
	}
	_, err := s.step(ctx, p, actor, RoleLead, OpImport, strings.Join(names, " · "), func(tx Tx, st *Step) error {
		c, err := compare(ctx, tx, p, batches)
		if err != nil {
			return err
		}
		gone := newRemover(tx, st, p)
		var all []*incoming
		for i, f := range c.files {
			in := &incoming{tx: tx, st: st, p: p, batch: f.batch, corrects: true}
			if progress != nil {
				in.progress = func(rows int) { progress(i, rows) }
			}
			if err := in.revise(ctx, f); err != nil {
				return c.named(f, err)
			}
			all = append(all, in)
		}
		if err := c.missing(); err != nil {
			return err
		}
		if err := gone.left(ctx, c, d); err != nil {
			return err
		}
		for i, in := range all {
			in.erased, in.imp.Changed = c.files[i].erased, c.files[i].changed
			if err := in.close(ctx); err != nil {
				return err
			}
			imps = append(imps, *in.imp)
		}
		out = c.out
		return nil
	})
	return imps, out, err
}

// revise writes what one file corrects.
func (in *incoming) revise(ctx context.Context, f *comparedFile) error {
	if err := in.structure(ctx); err != nil {
		return err
	}
	f.asks, f.categories = in.questions, in.categories // what was new in the comparison has an id now
	if err := in.open(ctx); err != nil {
		return err
	}
	w := &reviser{in}
	return f.each(ctx, func(list []revised) error { return w.rows(ctx, list) })
}

// reviser writes what differs.
type reviser struct{ *incoming }

func (w *reviser) rows(ctx context.Context, list []revised) error {
	var fresh []BatchRow
	var added []Answer
	var texts []retold
	for _, d := range list {
		if d.who.ID == 0 {
			fresh = append(fresh, d.row)
			continue
		}
		texts = append(texts, d.texts...)
		for _, a := range d.added {
			added = append(added, Answer{Question: w.questions[a.Question], Round: w.round, Respondent: d.who.ID, Import: w.imp.ID,
				Language: a.Language, Mixed: a.Mixed, Confidence: a.Confidence, Text: a.Text})
			w.imp.Languages[string(a.Language)]++
		}
		if d.changed {
			if _, err := w.tx.Put(ctx, w.st, RespondentValues{d.who.ID, d.before}, RespondentValues{d.who.ID, d.after}); err != nil {
				return err
			}
		}
	}
	if err := w.tx.AddAnswers(ctx, w.p, added); err != nil {
		return err
	}
	w.imp.Answers += len(added)
	if err := w.retell(ctx, texts); err != nil {
		return err
	}
	return w.write(ctx, fresh)
}

// retell changes texts and what hangs on them.
func (w *reviser) retell(ctx context.Context, texts []retold) error {
	ids := make([]AnswerID, len(texts))
	for i, t := range texts {
		ids[i] = t.old.ID
	}
	on, err := workOn(ctx, w.tx, w.p, ids)
	if err != nil {
		return err
	}
	for _, t := range texts {
		after := t.old
		after.Text, after.Language, after.Mixed, after.Confidence = t.new.Text, t.new.Language, t.new.Mixed, t.new.Confidence
		if _, err := w.tx.Put(ctx, w.st, t.old, after); err != nil {
			return err
		}
		if err := w.flag(ctx, on, t.old, after.Text); err != nil {
			return err
		}
	}
	return nil
}

// flag puts the judgements on a changed answer on the list of what to look at again. One that is there already stays with the
// earlier change, so that its difference is the whole one.
func (w *reviser) flag(ctx context.Context, on work, old Answer, text string) error {
	for _, c := range on.codings[old.ID] {
		after := c
		after.Evidence = MoveSpans(old.Text, text, c.Evidence)
		if after.Recheck == 0 {
			after.Recheck = w.st.ID
		}
		if _, err := w.tx.Put(ctx, w.st, c, after); err != nil {
			return err
		}
	}
	for _, m := range on.marks[old.ID] {
		if m.Recheck != 0 {
			continue
		}
		after := m
		after.Recheck = w.st.ID
		if _, err := w.tx.Put(ctx, w.st, m, after); err != nil {
			return err
		}
	}
	// What was decided of other words is decided no more: where coders differ, the answer comes up again.
	if err := dropDecisions(ctx, w.tx, w.st, on.settled[old.ID], func(Decision) bool { return true }); err != nil {
		return err
	}
	for _, q := range on.quotes[old.ID] {
		// A quote that has been edited stays as it is: its fingerprint tells that the answer has changed, and a person looks.
		if q.Source != "" || len(q.Long.Keep) == 0 {
			continue
		}
		after := q
		after.Long.Keep, after.Version = nil, q.Version+1
		if at := moveSpan(old.Text, text, Span{Start: q.Long.Keep[0].Start, End: q.Long.Keep[len(q.Long.Keep)-1].End}); at != (Span{}) {
			after.Long.Keep = []Span{at}
		}
		if slices.Equal(after.Long.Keep, q.Long.Keep) {
			continue
		}
		if _, err := w.tx.Put(ctx, w.st, q, after); err != nil {
			return err
		}
	}
	return nil
}

// moveSpan is the stretch of the new text from the first to the last word that stayed; the whole text where none did.
func moveSpan(old, text string, s Span) Span {
	moved := MoveSpans(old, text, []Span{s})
	if len(moved) == 0 {
		return Span{}
	}
	out := Span{Start: moved[0].Start, End: moved[len(moved)-1].End}
	if out.Start == 0 && out.End == utf8.RuneCountInString(text) {
		return Span{}
	}
	return out
}

// left removes what the person decided on, as far as the files do not have it.
func (r *remover) left(ctx context.Context, c *compared, d Decisions) error {
	var blank []Answer
	for _, a := range c.out.Blank {
		if d.AllBlank || slices.Contains(d.Blank, a.ID) {
			blank = append(blank, a)
		}
	}
	if err := r.answers(ctx, blank); err != nil {
		return err
	}
	for _, one := range c.out.Missing {
		if !d.AllMissing && !slices.Contains(d.Missing, one.ID) {
			continue
		}
		var ids []AnswerID
		for _, a := range c.answers[one.ID] {
			ids = append(ids, a.ID)
		}
		answers, err := c.r.Answers(ctx, c.p, ids)
		if err != nil {
			return err
		}
		if err := r.answers(ctx, answers); err != nil {
			return err
		}
		if err := r.respondent(ctx, one); err != nil {
			return err
		}
	}
	return r.recount(ctx)
}
