package storetest

import (
	"errors"
	"strings"

	"avokoodi/coding"
)

// testErase empties the changes of one respondent's answer and of what hung on it, and of nothing else.
func testErase(f *fixture) {
	s := f.newSurvey("p", 3)
	p := s.project.ID
	secret := "salaisuus"
	hers, his := s.answers[0], s.answers[2]
	old := f.put(p, nil, s.coding(0, 0, 1))
	memo := coding.Memo{On: coding.MemoCoding, Target: old, Author: 1, Text: secret, At: noonKept}
	memo.ID = coding.MemoID(f.put(p, nil, memo))
	f.put(p, memo, nil)
	first := s.coding(0, 0, 1)
	first.ID = coding.CodingID(old)
	f.put(p, first, nil) // gone long before
	quote := coding.Quote{Answer: hers.ID, Note: secret, At: noonKept}
	quote.ID = coding.QuoteID(f.put(p, nil, quote))
	decision := coding.Decision{Answer: hers.ID, Theme: s.themes[0], Why: secret, At: noonKept}
	decision.ID = coding.DecisionID(f.put(p, nil, decision))
	f.put(p, nil, coding.Memo{On: coding.MemoAnswer, Target: int64(his.ID), Author: 1, Text: "säilyy", At: noonKept})
	f.put(p, nil, coding.Memo{On: coding.MemoTheme, Target: int64(hers.ID), Author: 2, Text: "teeman", At: noonKept}) // the number of another kind
	kept := f.put(p, nil, s.coding(2, 0, 1))
	var n int
	f.update(func(tx coding.Tx) error {
		st, err := tx.Begin(f.ctx, p, 1, coding.OpErase, "1", 0)
		f.must(err)
		_, err = tx.Put(f.ctx, st, quote, nil)
		f.must(err)
		_, err = tx.Put(f.ctx, st, decision, nil)
		f.must(err)
		n, err = tx.Erase(f.ctx, p, coding.Erased{Answers: []coding.AnswerID{hers.ID}, Sums: []string{"aa", "bb"}})
		return err
	})
	f.same(8, n, "changes emptied: two of the coding, two of its memo, two of the quote, two of the decision")
	f.gapless(p)
	f.view(func(r coding.Reader) error {
		changes, err := r.Changes(f.ctx, p, 0, 0)
		f.must(err)
		emptied := 0
		for _, c := range changes {
			if strings.Contains(string(c.Before)+string(c.After), secret) {
				f.t.Errorf("change %d still tells: %s %s", c.Seq, c.Before, c.After)
			}
			if c.Emptied() {
				emptied++
			}
		}
		f.same(n, emptied, "emptied changes")
		last, err := r.LastChange(f.ctx, p, coding.KindCoding, kept)
		f.must(err)
		if last.Emptied() {
			f.t.Errorf("a coding of another was emptied")
		}
		sums, err := r.Erased(f.ctx, p)
		f.must(err)
		f.same([]string{"aa", "bb"}, sums, "sums")
		return nil
	})
	wrong := errors.New("wrong")
	f.wants(wrong, f.store.Update(f.ctx, func(tx coding.Tx) error {
		_, err := tx.Erase(f.ctx, p, coding.Erased{Answers: []coding.AnswerID{his.ID}, Sums: []string{"cc"}})
		f.must(err)
		return wrong
	}), "an erasure that fails")
	f.view(func(r coding.Reader) error {
		sums, err := r.Erased(f.ctx, p)
		f.must(err)
		f.same([]string{"aa", "bb"}, sums, "sums after a failure")
		last, err := r.LastChange(f.ctx, p, coding.KindCoding, kept)
		f.must(err)
		if last.Emptied() {
			f.t.Errorf("a failed erasure emptied a change")
		}
		return nil
	})
}
