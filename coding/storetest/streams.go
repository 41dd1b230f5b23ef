package storetest

import (
	"errors"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
)

// streamed is enough respondents for several pages of any store.
const streamed = 2600

func testStreams(f *fixture) {
	s := f.newSurvey("p", streamed)
	f.newSurvey("other", 3)
	p := s.project.ID
	f.view(func(r coding.Reader) error {
		answers, err := all(r.EachAnswer(f.ctx, p, 0, 0))
		f.must(err)
		f.same(s.answers, answers, "answers")
		answers, err = all(r.EachAnswer(f.ctx, p, s.answers[99].ID, s.imp.ID))
		f.must(err)
		f.same(s.answers[100:], answers, "answers from the middle")
		heads, err := all(r.EachAnswerHead(f.ctx, p, s.answers[2*streamed-3].ID))
		f.must(err)
		want := append([]coding.Answer{}, s.answers[2*streamed-2:]...)
		for i := range want {
			want[i].Text = ""
		}
		f.same(want, heads, "heads of answers")
		respondents, err := all(r.EachRespondent(f.ctx, p, s.respondents[1].ID))
		f.must(err)
		f.same(s.respondents[2:], respondents, "respondents")
		values, err := all(r.EachValue(f.ctx, p, s.respondents[0].ID))
		f.must(err)
		f.same(streamed-1, len(values), "values")
		f.same(coding.Value{Respondent: s.respondents[1].ID, Category: s.categories[1]}, values[0], "first value")

		n := 0
		stream := r.EachAnswer(f.ctx, p, 0, 0)
		for a, err := range stream { // may be left, and begun again
			f.must(err)
			f.same(s.answers[n], a, "answer %d", n)
			if n++; n == 1500 {
				break
			}
		}
		again, err := all(stream)
		f.same(len(s.answers), len(again), "the same stream again")
		return err
	})
	f.update(func(tx coding.Tx) error {
		answers, err := all(tx.EachAnswer(f.ctx, p, 0, 0))
		f.same(s.answers, answers, "answers within an Update")
		return err
	})
}

// testStreamWork reads, and writes, while a stream is open; and streams long texts.
func testStreamWork(f *fixture) {
	s := f.newSurvey("p", 1200)
	p := s.project.ID
	f.view(func(r coding.Reader) error {
		n := 0
		for a, err := range r.EachAnswer(f.ctx, p, 0, 0) {
			f.must(err)
			if n++; n%100 != 0 {
				continue
			}
			got, err := r.Answer(f.ctx, p, a.ID)
			f.must(err)
			f.same(a, got, "answer read in the stream")
			inner := 0
			for _, err := range r.EachAnswer(f.ctx, p, a.ID, 0) {
				f.must(err)
				inner++
			}
			f.same(2400-n, inner, "a stream within the stream")
		}
		f.same(2400, n, "answers")
		return nil
	})
	f.update(func(tx coding.Tx) error {
		st, err := tx.Begin(f.ctx, p, 1, coding.OpRule, "", 0)
		f.must(err)
		for a, err := range tx.EachAnswerHead(f.ctx, p, 0) {
			f.must(err)
			_, err = tx.Put(f.ctx, st, nil, coding.Coding{Answer: a.ID, Theme: s.themes[0], Coder: 1, Source: coding.ByRule})
			f.must(err)
			if a.ID%2 == 0 {
				_, err = tx.Put(f.ctx, st, nil, coding.Mark{Answer: a.ID, Coder: 2, State: coding.StateUnusable})
				f.must(err)
				_, err = tx.Put(f.ctx, st, nil, coding.Memo{On: coding.MemoAnswer, Target: int64(a.ID), Author: 1})
				f.must(err)
			}
		}
		return nil
	})
	f.update(func(tx coding.Tx) error { // a second coder, so that more is read than a block holds, and blocks end within an answer
		st, err := tx.Begin(f.ctx, p, 2, coding.OpRule, "", 0)
		f.must(err)
		for i, a := range s.answers {
			for k := range 1 + i%3 {
				_, err = tx.Put(f.ctx, st, nil, coding.Coding{Answer: a.ID, Theme: s.themes[k%len(s.themes)], Coder: coding.PersonID(3 + k), Source: coding.ByRule})
				f.must(err)
			}
		}
		return nil
	})
	c := f.contents(p)
	f.view(func(r coding.Reader) error {
		heads, err := all(r.EachCodingHead(f.ctx, p))
		f.same(headsOf(c.Codings), heads, "heads of codings")
		stream, n := r.EachCodingHead(f.ctx, p), 0
		for range stream { // may be left, and begun again
			if n++; n == 5000 {
				break
			}
		}
		again, err2 := all(stream)
		f.same(len(heads), len(again), "the same stream again")
		return errors.Join(err, err2)
	})
	f.same(2400+4800, len(c.Codings), "codings")
	f.same(1200, len(c.Marks), "marks")
	f.same(1200, len(c.Memos), "memos")
	f.same(4800, c.Steps[1].Changes, "changes of the step")
	f.gapless(p)
	for i := 1; i < len(c.Codings); i++ {
		if c.Codings[i].ID <= c.Codings[i-1].ID {
			f.t.Fatalf("codings are not by id")
		}
	}

	long := strings.Repeat("pitkä vastaus ", coding.MaxAnswer/15)
	rs := make([]coding.Respondent, 12)
	as := make([]coding.Answer, len(rs))
	for i := range rs {
		rs[i] = coding.Respondent{Round: s.round, Import: s.imp.ID, External: "long" + string(rune('a'+i))}
	}
	f.update(func(tx coding.Tx) error {
		f.must(tx.AddRespondents(f.ctx, p, rs))
		for i := range as {
			as[i] = coding.Answer{Question: s.questions[0], Round: s.round, Respondent: rs[i].ID, Import: s.imp.ID, Language: themes.FI, Mixed: i%2 == 0, Confidence: i % 101, Text: long}
		}
		return tx.AddAnswers(f.ctx, p, as)
	})
	f.view(func(r coding.Reader) error {
		got, err := all(r.EachAnswer(f.ctx, p, s.answers[len(s.answers)-1].ID, 0))
		f.same(as, got, "long answers")
		return err
	})
}

func testBatches(f *fixture) {
	s := f.newSurvey("p", 1300)
	p := s.project.ID
	f.update(func(tx coding.Tx) error {
		st, err := tx.Begin(f.ctx, p, 1, coding.OpApply, "", 0)
		f.must(err)
		for i := range s.answers {
			_, err := tx.Put(f.ctx, st, nil, s.coding(i, i%3, 1))
			f.must(err)
		}
		return nil
	})
	f.view(func(r coding.Reader) error {
		for _, n := range []int{0, 1, 2, 3, 5, 511, 512, 513, 1300, 2600} {
			ids := []coding.AnswerID{1 << 30} // one that is not there
			var want []coding.Answer
			for i := range n {
				a := s.answers[(i*7)%len(s.answers)] // in no order
				ids, want = append(ids, a.ID), append(want, a)
			}
			if n > 0 { // one twice
				ids, want = append(ids, want[0].ID), append(want, want[0])
			}
			got, err := r.Answers(f.ctx, p, ids)
			f.must(err)
			f.same(want, got, "%d answers in the order asked for", n)
			codings, err := r.CodingsOf(f.ctx, p, ids)
			f.must(err)
			f.same(n, len(codings), "codings of %d answers", n)
			for i := 1; i < len(codings); i++ {
				if codings[i].Answer < codings[i-1].Answer {
					f.t.Fatalf("codings are not by answer")
				}
			}
		}
		var ids []coding.RespondentID
		for i := len(s.respondents) - 1; i >= 0; i-- {
			ids = append(ids, s.respondents[i].ID, s.respondents[i].ID)
		}
		respondents, err := r.Respondents(f.ctx, p, ids)
		f.must(err)
		f.same(s.respondents, respondents, "respondents by id")
		values, err := r.ValuesOf(f.ctx, p, ids)
		f.must(err)
		f.same(1300, len(values), "values")
		return nil
	})
}
