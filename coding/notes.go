package coding

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// SetMemo writes the actor's memo on a thing; an empty text removes it.
func (s *Service) SetMemo(ctx context.Context, p ProjectID, actor PersonID, on MemoOn, target int64, text string) (StepID, error) {
	text = strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), " \n\t")
	if n := utf8.RuneCountInString(text); n > MaxMemo {
		return 0, problem("memo", "memo.long", MaxMemo, n)
	}
	return s.step(ctx, p, actor, RoleAnalyst, OpMemo, string(on), func(tx Tx, st *Step) error {
		if err := memoTarget(ctx, tx, p, on, target); err != nil {
			return err
		}
		memos, err := tx.MemosOf(ctx, p, on, []int64{target})
		if err != nil {
			return err
		}
		i := slices.IndexFunc(memos, func(m Memo) bool { return m.Author == actor })
		switch {
		case i < 0 && text == "":
			return nil
		case i < 0:
			_, err = tx.Put(ctx, st, nil, Memo{On: on, Target: target, Author: actor, Text: text, At: st.At})
		case text == "":
			_, err = tx.Put(ctx, st, memos[i], nil)
		case memos[i].Text != text:
			after := memos[i]
			after.Text, after.At = text, st.At
			_, err = tx.Put(ctx, st, memos[i], after)
		}
		return err
	})
}

func memoTarget(ctx context.Context, r Reader, p ProjectID, on MemoOn, target int64) error {
	var err error
	switch on {
	case MemoAnswer:
		_, err = r.Answer(ctx, p, AnswerID(target))
	case MemoCoding:
		_, err = r.Coding(ctx, p, CodingID(target))
	case MemoTheme:
		_, err = r.Theme(ctx, p, ThemeID(target))
	case MemoProject:
		if target != int64(p) {
			err = ErrNotFound
		}
	default:
		err = ErrNotFound
	}
	return err
}

// AddQuote chooses an answer, or the stretches that Long keeps of it, as a candidate under a theme (0 for none), last in order.
// An answer may be quoted several times, but not twice with the same stretches and theme: then nothing changes.
func (s *Service) AddQuote(ctx context.Context, p ProjectID, actor PersonID, q Quote) (Quote, error) {
	q = Quote{Answer: q.Answer, Theme: q.Theme, Long: Version{Keep: q.Long.Keep}}
	_, err := s.step(ctx, p, actor, RoleAnalyst, OpQuote, "", func(tx Tx, st *Step) error {
		ans, err := tx.Answer(ctx, p, q.Answer)
		if err != nil {
			return err
		}
		if err := checkSpans(ans.Text, q.Long.Keep); err != nil {
			return err
		}
		if q.Theme != 0 {
			if _, err := tx.Theme(ctx, p, q.Theme); err != nil {
				return err
			}
		}
		all, err := tx.Quotes(ctx, p)
		if err != nil {
			return err
		}
		q.By, q.At, q.Version = actor, st.At, 1
		for _, other := range all {
			if other.Answer == q.Answer && slices.Equal(other.Long.Keep, q.Long.Keep) && other.Theme == q.Theme {
				q = other
				return nil
			}
			q.Order = max(q.Order, other.Order+1)
		}
		id, err := tx.Put(ctx, st, nil, q)
		q.ID = QuoteID(id)
		return err
	})
	return q, err
}

// ChangeQuote changes a quote by fn, for somebody with at least the role. version is the one that the person saw: when the quote
// has been changed since, the error is ErrConflict and nothing changes; 0 does not ask. fn is given the quote and its answer,
// must leave identity, order and version alone, and must copy a slice before it changes it.
func (s *Service) ChangeQuote(ctx context.Context, p ProjectID, actor PersonID, least Role, id QuoteID, version int,
	fn func(tx Tx, q *Quote, a Answer, st *Step) error) (Quote, error) {
	var after Quote
	_, err := s.step(ctx, p, actor, least, OpQuote, "", func(tx Tx, st *Step) error {
		old, err := tx.Quote(ctx, p, id)
		if err != nil {
			return err
		}
		if version != 0 && version != old.Version {
			return fmt.Errorf("quote %d is at version %d and not %d: %w", id, old.Version, version, ErrConflict)
		}
		ans, err := tx.Answer(ctx, p, old.Answer)
		if err != nil {
			return err
		}
		after = old
		if err := fn(tx, &after, ans, st); err != nil {
			return err
		}
		if after.Theme != 0 && after.Theme != old.Theme {
			if _, err := tx.Theme(ctx, p, after.Theme); err != nil {
				return err
			}
		}
		if reflect.DeepEqual(after, old) {
			return nil
		}
		after.ID, after.Answer, after.Order, after.Version = old.ID, old.Answer, old.Order, old.Version+1
		_, err = tx.Put(ctx, st, old, after)
		return err
	})
	return after, err
}

// RemoveQuotes takes quotes off the list: those with the ids.
func (s *Service) RemoveQuotes(ctx context.Context, p ProjectID, actor PersonID, ids []QuoteID) (StepID, error) {
	return s.step(ctx, p, actor, RoleAnalyst, OpUnquote, "", func(tx Tx, st *Step) error {
		for _, id := range ids {
			q, err := tx.Quote(ctx, p, id)
			if err != nil {
				return err
			}
			if _, err := tx.Put(ctx, st, q, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// MoveQuote puts a quote before the one at position, counted without itself.
func (s *Service) MoveQuote(ctx context.Context, p ProjectID, actor PersonID, id QuoteID, position int) error {
	_, err := s.step(ctx, p, actor, RoleAnalyst, OpQuote, "", func(tx Tx, st *Step) error {
		all, err := tx.Quotes(ctx, p)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(q Quote) bool { return q.ID == id })
		if i < 0 {
			return ErrNotFound
		}
		moved := all[i]
		all = slices.Delete(all, i, i+1)
		all = slices.Insert(all, min(max(position, 0), len(all)), moved)
		for order, q := range all {
			if q.Order != order {
				after := q
				after.Order = order
				if _, err := tx.Put(ctx, st, q, after); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return err
}

// CorrectLanguage sets the language of answers by hand.
func (s *Service) CorrectLanguage(ctx context.Context, p ProjectID, actor PersonID, ids []AnswerID, lang Lang) (StepID, error) {
	return s.step(ctx, p, actor, RoleAnalyst, OpLanguage, string(lang), func(tx Tx, st *Step) error {
		answers, err := mustAnswers(ctx, tx, p, ids)
		if err != nil {
			return err
		}
		for _, a := range answers {
			before := a.Spoken()
			if a.Language == lang && !before.Unsure() {
				continue
			}
			if _, err := tx.Put(ctx, st, before, AnswerLanguage{ID: a.ID, Language: lang, Mixed: a.Mixed, Confidence: 100}); err != nil {
				return err
			}
		}
		return nil
	})
}

// SaveView keeps a filter of the desk under a name, replacing the actor's view of the same name; an empty query removes it.
func (s *Service) SaveView(ctx context.Context, p ProjectID, actor PersonID, name, query string) error {
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > 80 || len(query) > 4000 {
		return problem("name", "view.name_bad", 80)
	}
	_, err := s.step(ctx, p, actor, RoleReader, OpView, name, func(tx Tx, st *Step) error {
		views, err := tx.Views(ctx, p, actor)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(views, func(v View) bool { return strings.EqualFold(v.Name, name) })
		switch {
		case i < 0 && query == "":
			return ErrNotFound
		case i < 0:
			_, err = tx.Put(ctx, st, nil, View{Owner: actor, Name: name, Query: query})
		case query == "":
			_, err = tx.Put(ctx, st, views[i], nil)
		default:
			after := views[i]
			after.Name, after.Query = name, query
			_, err = tx.Put(ctx, st, views[i], after)
		}
		return err
	})
	return err
}
